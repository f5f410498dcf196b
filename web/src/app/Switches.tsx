import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api } from "#web/api/http";
import type { Language } from "#web/app/feature";
import { chooseLanguage, language } from "#web/app/i18n";
import { queryClient } from "#web/app/query";
import { currentSession } from "#web/app/session";
import { Icon, type IconName } from "#web/ui/icons";
import { toastProblem } from "#web/ui/toasts";

const LANGUAGES: { code: Language; name: string }[] = [
  { code: "ko", name: "한국어" },
  { code: "en", name: "English" },
];

/** Switch, ask the API again in the new language, and let mail follow for someone who is signed in. */
export async function switchLanguage(to: Language): Promise<void> {
  try {
    await chooseLanguage(to);
  } catch (error) {
    toastProblem(error);
    return;
  }
  void queryClient.invalidateQueries();
  if (currentSession().status === "signed-in") {
    await api.patch("/api/users/me", { language: to }).catch(() => undefined);
  }
}

export function LanguageSwitch() {
  const { t } = useTranslation("shell");
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <ActionIcon aria-label={t("language.label")}>
          <Icon name="globe" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map(({ code, name }) => (
          <Menu.Item
            key={code}
            lang={code}
            onClick={() => void switchLanguage(code)}
            rightSection={language() === code ? <Icon name="check" size={18} /> : null}
            aria-current={language() === code}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  { scheme: "light", icon: "sun" },
  { scheme: "dark", icon: "moon" },
  { scheme: "auto", icon: "device" },
] as const satisfies { scheme: string; icon: IconName }[];

export function SchemeSwitch() {
  const { t } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const now = SCHEMES.find(({ scheme }) => scheme === colorScheme) ?? SCHEMES[2];
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon aria-label={t("scheme.label")}>
          <Icon name={now.icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ scheme, icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icon} size={18} />}
            rightSection={colorScheme === scheme ? <Icon name="check" size={18} /> : null}
            aria-current={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
