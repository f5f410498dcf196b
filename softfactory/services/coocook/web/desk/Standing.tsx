import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import type { OwnChef } from "./types";

interface StandingProps {
  own: OwnChef;
  onProfile: () => void;
}

/** Where a profile stands, when it is not simply listed. */
export function Standing({ own, onProfile }: StandingProps) {
  const { t } = useTranslation("coocook/desk");
  if (own.status === "active") return null;
  const declined = own.status === "declined";
  return (
    <Alert
      mb="lg"
      color={declined ? "orange" : "gray"}
      variant="light"
      styles={{ title: { color: "var(--mantine-color-text)" } }}
      icon={<Icon name={declined ? "alert" : own.status === "draft" ? "clock" : "moon"} />}
      title={t(`standing.${own.status}.title`)}
    >
      {declined && own.decision_reason ? (
        <blockquote style={{ margin: "0 0 8px", whiteSpace: "pre-line" }}>“{own.decision_reason}”</blockquote>
      ) : null}
      {t(`standing.${own.status}.text`)}
      {own.status === "draft" ? null : (
        <div>
          <Button variant="default" mt="sm" onClick={onProfile}>
            {t(`standing.${own.status}.action`)}
          </Button>
        </div>
      )}
    </Alert>
  );
}
