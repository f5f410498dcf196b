import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, fieldErrors } from "#web/api/problem";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";
import { AuthFrame } from "./AuthFrame";
import { useCode } from "./auth";

const DIGITS = 6;

interface SignInCodeProps {
  challenge: string;
  /** Back to the password; `over`: because this step has ended. */
  onAgain: (over: boolean) => void;
}

/** After a right password: the app's code, or a recovery code. Six digits are sent as soon as they are there. */
export function SignInCode({ challenge, onAgain }: SignInCodeProps) {
  const { t } = useTranslation(["platform/sign-in", "platform"]);
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const finish = useCode();
  const tryIt = (given: string) =>
    finish.mutate(
      { challenge, code: given.trim() },
      {
        onError: (error) => {
          if (error instanceof ApiError && error.code === "challenge_ended") onAgain(true);
        },
      },
    );
  const typed = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, DIGITS);
    setCode(recovery ? text : digits);
    finish.reset();
    setMissing(false);
    if (!recovery && digits.length === DIGITS && digits !== code && !finish.isPending) tryIt(digits);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const enough = code.trim().length >= DIGITS;
    setMissing(!enough);
    if (enough) tryIt(code);
  };
  const ofField = fieldErrors(finish.error).code;
  return (
    <AuthFrame title={t("code.title")} text={t(recovery ? "code.recoveryText" : "code.text")}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {finish.error && !ofField ? (
            <Alert role="alert" color="red" icon={<Icon name="alert" />}>
              {problemText(finish.error).text}
            </Alert>
          ) : null}
          <TextInput
            key={recovery ? "recovery" : "code"}
            label={t(recovery ? "code.recovery" : "code.code")}
            value={code}
            onChange={(event) => typed(event.currentTarget.value)}
            error={missing ? t(recovery ? "code.recoveryShort" : "code.short") : ofField}
            autoComplete={recovery ? "off" : "one-time-code"}
            inputMode={recovery ? "text" : "numeric"}
            maxLength={recovery ? 40 : 10}
            placeholder={recovery ? "XXXXX-XXXXX" : undefined}
            spellCheck={false}
            autoCapitalize={recovery ? "characters" : "off"}
            // The step before was left by pressing a button that is gone: the keyboard goes on here.
            autoFocus
          />
          <Button type="submit" loading={finish.isPending} fullWidth>
            {t("code.submit")}
          </Button>
          <Button
            variant="subtle"
            fullWidth
            onClick={() => {
              setRecovery(!recovery);
              setCode("");
              setMissing(false);
              finish.reset();
            }}
          >
            {t(recovery ? "code.useApp" : "code.useRecovery")}
          </Button>
          <Button variant="subtle" color="gray" fullWidth onClick={() => onAgain(false)}>
            {t("code.again")}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
