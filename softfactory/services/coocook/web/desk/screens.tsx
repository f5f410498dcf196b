import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "#web/ui/Page";

/** The chef's desk. Its messages are the namespace `coocook/desk`, from `messages/desk.{ko,en}.json`. */
export function Desk() {
  const { t } = useTranslation("coocook/desk");
  return (
    <Page width="wide">
      <PageHeader title={t("title")} />
    </Page>
  );
}
