import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "#web/ui/Page";
import { Payments } from "./Payments";
import { Profile } from "./Profile";
import { Sessions } from "./Sessions";

export function Account() {
  const { t } = useTranslation("platform");
  return (
    <Page width="narrow">
      <PageHeader title={t("account.title")} />
      <Stack gap="xl">
        <Profile />
        <Payments />
        <Sessions />
      </Stack>
    </Page>
  );
}
