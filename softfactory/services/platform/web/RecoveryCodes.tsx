import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSession } from "#web/app/session";
import { Icon } from "#web/ui/icons";
import { CopyButton } from "./CopyButton";
import classes from "./Security.module.css";

/** The ten codes, told this once: to copy, or to keep as a file. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("platform/security");
  const { user } = useSession();
  const download = () => {
    const text = [t("codes.fileTitle", { email: user?.email ?? "" }), "", ...codes, ""].join("\n");
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "softfactory-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Stack gap="md">
      <Text>{t("codes.text")}</Text>
      <ul className={classes.codes} aria-label={t("codes.title")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" grow>
        <CopyButton text={codes.join("\n")} label={t("codes.copy")} />
        <Button variant="default" leftSection={<Icon name="download" size={18} />} onClick={download}>
          {t("codes.download")}
        </Button>
      </Group>
      <Alert color="yellow" icon={<Icon name="alert" />}>
        {t("codes.once")}
      </Alert>
      <Button onClick={onDone} fullWidth>
        {t("codes.done")}
      </Button>
    </Stack>
  );
}
