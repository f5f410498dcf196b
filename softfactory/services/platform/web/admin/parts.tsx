import { Button, Code, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ServiceName } from "#web/admin/waiting";
import { sessionFetch } from "#web/api/http";
import { problemOf } from "#web/api/problem";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import classes from "./parts.module.css";

/** Whether the reader may act, and not only watch. */
export function useMayAct(): boolean {
  return useSession().user?.roles.includes("admin") ?? false;
}

/** Names and values, side by side on a desk and stacked on a phone. */
export function Facts({ facts }: { facts: readonly [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A part of a page, with its heading. */
export function Block({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.block} aria-label={title}>
      <div className={classes.blockHead}>
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Services that did not answer, so that a short list is not taken for a calm one. */
export function Missing({ services }: { services: readonly ServiceName[] }) {
  const { t } = useTranslation("platform/admin");
  return services.map((service) => (
    <p key={service.name} className={classes.missing} role="status">
      <Icon name="alert" size={20} />
      {t("away", { service: say(service.title) })}
    </p>
  ));
}

/** Which service's, or all. */
export function ServiceSelect(props: {
  services: readonly ServiceName[];
  value: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation("platform/admin");
  return (
    <Select
      label={t("service.label")}
      placeholder={t("service.all")}
      clearable
      clearButtonProps={{ "aria-label": t("service.all") }}
      data={props.services.map(({ name, title }) => ({ value: name, label: say(title) }))}
      value={props.value ?? null}
      onChange={props.onChange}
    />
  );
}

/** A table as CSV. The token travels in a header, so a plain link would not do. */
export function CsvButton({ path, name }: { path: string; name: string }) {
  const { t } = useTranslation("platform/admin");
  const fetching = useMutation({
    mutationFn: async () => {
      const answer = await sessionFetch(new URL(path, window.location.origin));
      if (!answer.ok) {
        throw problemOf(
          answer.status,
          await answer.json().catch(() => undefined),
          answer.headers.get("X-Request-Id"),
        );
      }
      const address = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = address;
      link.download = `${name}.csv`;
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <Button variant="default" loading={fetching.isPending} onClick={() => fetching.mutate()}>
      {t("csv")}
    </Button>
  );
}

/** JSON as it is, for reading. */
export function Json({ value }: { value: unknown }) {
  return (
    <Code block className={classes.json} tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </Code>
  );
}

/** A moment in a table: short, and whole on hover. */
export function When({ at }: { at: string | null | undefined }) {
  if (!at) return <span aria-hidden="true">–</span>;
  return (
    <time dateTime={at} title={formatTime(at)} className={classes.when}>
      {new Date(at).toDateString() === new Date().toDateString()
        ? formatTime(at, { style: "time" })
        : `${formatTime(at, { style: "day" })} ${formatTime(at, { style: "time" })}`}
    </time>
  );
}

/** An id, short enough for a line and whole for copying. */
export function Id({ value }: { value: string }) {
  return (
    <code className={classes.id} title={value}>
      {value}
    </code>
  );
}
