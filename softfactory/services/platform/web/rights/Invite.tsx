import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TeamView } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import { emailProblem } from "../rules";
import { useRefreshTeams } from "./team";

/** Whom to invite, by their address. Whether they have an account makes no difference here. */
export function Invite({ team, onClose }: { team: TeamView; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation(["platform/rights", "platform"]);
  const refresh = useRefreshTeams();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string>("member");
  const [tried, setTried] = useState(false);
  const invite = useMutation({
    mutationFn: () => api.post(`/api/users/spaces/${team.id}/invitations`, { email: email.trim(), role }),
    meta: { quiet: true },
    onSuccess: async () => {
      toastDone(t("teams.invited", { email: email.trim() }));
      onClose();
      await refresh();
    },
  });
  const wrong = emailProblem(email.trim());
  const told = tried && wrong ? t(`platform:rule.${wrong}`) : fieldErrors(invite.error).email;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("teams.inviteTitle", { name: team.name })}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!wrong) invite.mutate();
        }}
      >
        <Stack gap="md">
          <FormErrors error={invite.error} labels={{ email: t("teams.email") }} />
          <TextInput
            id="email"
            type="email"
            inputMode="email"
            autoComplete="off"
            data-autofocus
            required
            withAsterisk={false}
            label={t("teams.email")}
            description={t("teams.inviteText")}
            value={email}
            error={told}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Select
            label={t("teams.roleLabel")}
            description={t(`teams.roleText.${role}`)}
            data={(["member", "owner"] as const).map((value) => ({ value, label: t(`teams.role.${value}`) }))}
            value={role}
            allowDeselect={false}
            onChange={(value) => value && setRole(value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={invite.isPending}>
              {t("shell:cancel")}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t("teams.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
