import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { WEEKDAYS } from "../hours";

interface CopyDayProps {
  from: number;
  names: readonly string[];
  onCopy: (to: number[]) => void;
}

/** The hours of one day for other days too. */
export function CopyDay({ from, names, onCopy }: CopyDayProps) {
  const { t } = useTranslation("coocook/desk");
  const [opened, setOpened] = useState(false);
  const [to, setTo] = useState<string[]>([]);
  const others = WEEKDAYS.filter((day) => day !== from);
  const label = t("hours.copy", { day: names[from] });
  const choose = (days: readonly number[]) => setTo(days.filter((day) => day !== from).map(String));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <ActionIcon
            aria-label={label}
            aria-haspopup="dialog"
            onClick={() => {
              setTo([]);
              setOpened((now) => !now);
            }}
          >
            <Icon name="copy" size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="sm">
          <Group gap={6}>
            <Button variant="default" radius="xl" onClick={() => choose([0, 1, 2, 3, 4])}>
              {t("hours.weekdays")}
            </Button>
            <Button variant="default" radius="xl" onClick={() => choose(WEEKDAYS)}>
              {t("hours.everyDay")}
            </Button>
          </Group>
          <Checkbox.Group label={t("hours.copyTo")} value={to} onChange={setTo}>
            <Stack gap={4} mt="xs">
              {others.map((day) => (
                <Checkbox key={day} value={String(day)} label={names[day]} size="md" py={4} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button
            disabled={to.length === 0}
            onClick={() => {
              onCopy(to.map(Number));
              setOpened(false);
            }}
          >
            {to.length > 0 ? t("hours.copyConfirm", { count: to.length }) : t("hours.copyShort")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
