import { Checkbox, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import type { PersonDetail } from "#web/api/generated";
import classes from "./People.module.css";
import { ROLES } from "./queries";

interface RolesDialogProps {
  person: PersonDetail;
  act: (roles: string[], reason: string) => Promise<unknown>;
  done: string;
  onClose: () => void;
}

/** Which roles a person has from now on, and why. */
export function RolesDialog({ person, act, done, onClose }: RolesDialogProps) {
  const { t } = useTranslation("platform/people");
  const [roles, setRoles] = useState<string[]>(person.roles);
  const same = roles.length === person.roles.length && person.roles.every((role) => roles.includes(role));
  return (
    <ReasonDialog
      title={t("rolesTitle", { name: person.name })}
      confirm={t("changeRoles")}
      done={done}
      disabled={same || roles.length === 0}
      onClose={onClose}
      act={(reason) => act(roles, reason)}
    >
      <Checkbox.Group
        label={t("roles")}
        value={roles}
        onChange={setRoles}
        error={roles.length === 0 ? t("oneRole") : undefined}
      >
        <Stack gap={0} mt="xs">
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              value={role}
              label={t(`role.${role}`)}
              description={role === "admin" || role === "operator" ? t(`roleText.${role}`) : undefined}
              className={classes.choice}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </ReasonDialog>
  );
}
