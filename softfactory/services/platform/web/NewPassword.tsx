import { PasswordInput, type PasswordInputProps, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";

const SHORTEST = 10;

/** Where a new password is chosen; the bar fills until it is long enough. */
export function NewPassword(props: PasswordInputProps & { value: string }) {
  const { t } = useTranslation("platform");
  const typed = props.value.length;
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        description={t("field.passwordHint")}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        {...props}
      />
      <Progress
        mt={8}
        size={4}
        value={Math.min(100, (typed / SHORTEST) * 100)}
        color={typed >= SHORTEST ? "teal" : "persimmon"}
        aria-hidden="true"
      />
    </div>
  );
}
