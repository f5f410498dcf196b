import { Alert, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WaysView } from "#web/api/generated";
import { api } from "#web/api/http";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { FormSkeleton } from "#web/ui/Skeletons";
import { PasskeysPanel } from "./PasskeysPanel";
import { PasswordPanel } from "./PasswordPanel";
import { TotpPanel } from "./TotpPanel";
import { WAYS } from "./ways";

/** How one signs in: the password, the authenticator app, passkeys. */
export function Security() {
  const { t } = useTranslation("platform/security");
  const ways = useQuery({
    queryKey: WAYS,
    queryFn: ({ signal }) => api.get<WaysView>("/api/auth/ways", { signal }),
  });
  if (ways.isPending) return <FormSkeleton />;
  if (ways.error) return <ErrorState error={ways.error} onRetry={ways.refetch} order={2} />;
  return (
    <Stack gap="lg">
      {ways.data.demo ? (
        <Alert color="gray" icon={<Icon name="info" />}>
          {t("demo")}
        </Alert>
      ) : null}
      <PasswordPanel ways={ways.data} />
      <TotpPanel ways={ways.data} />
      <PasskeysPanel ways={ways.data} />
    </Stack>
  );
}
