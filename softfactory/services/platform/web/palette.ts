import i18next from "i18next";
import { api } from "#web/api/http";
import { isDemo } from "#web/app/deployment";
import type { PaletteEntry, PaletteProvider } from "#web/app/palette/entries";
import { adopt, type SignedIn } from "#web/app/session";
import { signOut } from "#web/app/signOut";
import { toastProblem } from "#web/ui/toasts";
import { ROLES, startOf } from "./demo";

/** Signing out, and in a demo becoming somebody else. */
export const palette: PaletteProvider = {
  actions: ({ user, go }) => {
    const t = i18next.getFixedT(null, "platform");
    const roles = ROLES.map(
      ({ role, icon }): PaletteEntry => ({
        id: `demo ${role}`,
        group: "actions",
        label: t("demo.become", { name: t(`demo.${role}.name`) }),
        keywords: ["demo", role],
        icon,
        run: async () => {
          try {
            adopt(await api.post<SignedIn>("/api/auth/demo", { role }));
            go(startOf(role));
          } catch (error) {
            toastProblem(error);
          }
        },
      }),
    );
    const out: PaletteEntry = {
      id: "sign-out",
      group: "actions",
      label: t("shell:account.signOut"),
      keywords: ["sign out", "log out"],
      icon: "signOut",
      run: async () => {
        await signOut().catch(toastProblem);
        go("/");
      },
    };
    return [...(isDemo ? roles : []), ...(user ? [out] : [])];
  },
};
