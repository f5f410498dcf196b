import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Discrepancy, Reconciliation as Report } from "#web/api/generated";
import { api } from "#web/api/http";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber, formatRelative } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import classes from "./Money.module.css";
import { signed } from "./Movements";
import { Block, Facts, Id, When } from "./parts";

function Odd({ rows }: { rows: readonly Discrepancy[] }) {
  const { t } = useTranslation(["platform/admin", "platform"]);
  return (
    <ol className={classes.list}>
      {rows.map((row) => (
        <li key={row.payment_id} className={classes.movement}>
          <div className={classes.movementHead}>
            {row.status ? (
              <TextLink to={`/admin/payments/${row.payment_id}`}>{t(`recon.why.${row.why}`)}</TextLink>
            ) : (
              <strong>{t(`recon.why.${row.why}`)}</strong>
            )}
            <strong>{signed(row.ledger.amount - row.provider.amount)}</strong>
          </div>
          <p className={classes.quiet}>
            {t("recon.ledger")} <Money value={row.ledger} /> · {t("recon.provider")}{" "}
            <Money value={row.provider} />
          </p>
          <p className={classes.quiet}>
            {t(`recon.advice.${row.why}`)} <Id value={row.payment_id} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function Whole({ report }: { report: Report }) {
  const { t } = useTranslation(["platform/admin", "platform"]);
  const calm =
    report.discrepancies.length === 0 && report.unresolved.length === 0 && report.in_flight.length === 0;
  const ago = (at: string | null) => (at ? formatRelative(at) : t("recon.never"));
  return (
    <>
      <div className={classes.figures}>
        <div className={classes.figure}>
          <span>{t("recon.provider")}</span>
          <strong>
            <Money value={report.provider} />
          </strong>
        </div>
        <div className={classes.figure}>
          <span>{t("recon.ledger")}</span>
          <strong>
            <Money value={report.ledger} />
          </strong>
        </div>
        <div className={classes.figure} data-bad={report.settled_difference.amount !== 0 || undefined}>
          <span>{t("recon.difference")}</span>
          <strong>{signed(report.difference.amount)}</strong>
        </div>
      </div>
      {calm ? <EmptyState picture="done" title={t("recon.calm")} text={t("recon.calmText")} /> : null}
      {report.discrepancies.length > 0 ? (
        <Block title={t("recon.discrepancies")}>
          <Odd rows={report.discrepancies} />
        </Block>
      ) : null}
      {report.unresolved.length > 0 ? (
        <Block title={t("recon.unresolved")}>
          <p className={classes.quiet}>{t("recon.unresolvedText")}</p>
          <ol className={classes.list}>
            {report.unresolved.map((row) => (
              <li key={row.payment_id} className={classes.movement}>
                <div className={classes.movementHead}>
                  <TextLink to={`/admin/payments/${row.payment_id}`}>
                    {t(`platform:payments.status.${row.status}`)}
                  </TextLink>
                  <strong>
                    <Money value={row.amount} />
                  </strong>
                </div>
                <p className={classes.quiet}>
                  {t("recon.asked")} <When at={row.asked_at} />
                </p>
              </li>
            ))}
          </ol>
        </Block>
      ) : null}
      {report.in_flight.length > 0 ? (
        <Block title={t("recon.inFlight")}>
          <Odd rows={report.in_flight} />
        </Block>
      ) : null}
      <Block title={t("recon.runs")}>
        <Facts
          facts={[
            [t("recon.swept"), ago(report.swept_at)],
            [t("recon.compared"), ago(report.compared_at)],
            [t("recon.untold"), formatNumber(report.sellers_untold)],
            [t("recon.waiting"), formatNumber(report.refunds_waiting)],
            [t("recon.refused"), formatNumber(report.refunds_refused)],
          ]}
        />
      </Block>
    </>
  );
}

/** The providers' books against the ledger: what does not agree, and why. */
export function Reconciliation() {
  const { t } = useTranslation("platform/admin");
  const report = useQuery({
    queryKey: ["admin", "reconciliation"],
    queryFn: ({ signal }) => api.get<Report>("/api/payment/reconciliation", { signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page>
      <PageHeader title={t("recon.title")} text={t("recon.text")} />
      {report.isPending ? <PageSkeleton /> : null}
      {report.isError && !report.data ? <ErrorState error={report.error} onRetry={report.refetch} /> : null}
      {report.data ? <Whole report={report.data} /> : null}
    </Page>
  );
}
