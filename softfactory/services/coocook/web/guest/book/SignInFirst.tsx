import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { api } from "#web/api/http";
import { adopt, type SignedIn } from "#web/app/session";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { problemText } from "#web/ui/problemText";
import { Notice } from "../../parts/Notice";
import { useBookingWords } from "../../parts/words";
import classes from "./SignInFirst.module.css";

/** A visitor signs in, or tries it as the demo guest, and stays at the same step. */
export function SignInFirst({ text }: { text?: string }) {
  const { t } = useBookingWords();
  const here = useRouterState({ select: (state) => state.location.href });
  const demo = useMutation({
    mutationFn: () => api.post<SignedIn>("/api/auth/demo", { role: "guest" }),
    meta: { quiet: true },
    onSuccess: (answer) => adopt(answer),
  });
  return (
    <section className={classes.box} aria-labelledby="sign-in-first">
      <h2 id="sign-in-first" className={classes.title}>
        {t("signIn.title")}
      </h2>
      <p className={classes.text}>{text ?? t("signIn.text")}</p>
      {demo.error ? (
        <Notice tone="bad" role="alert" icon="alert">
          {problemText(demo.error).text}
        </Notice>
      ) : null}
      <div className={classes.ways}>
        <ButtonLink
          to="/sign-in"
          search={{ next: here } as never}
          leftSection={<Icon name="signIn" size={18} />}
        >
          {t("signIn.signIn")}
        </ButtonLink>
        <Button
          variant="default"
          loading={demo.isPending}
          onClick={() => demo.mutate()}
          leftSection={<Icon name="user" size={18} />}
        >
          {t("signIn.demo")}
        </Button>
      </div>
      <p className={classes.note}>{t("signIn.demoText")}</p>
    </section>
  );
}
