import { api } from "#web/api/http";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { type PageOf, usePages } from "#web/ui/usePages";
import { ZonedTime } from "#web/ui/ZonedTime";
import { useCareWords } from "../care/words";
import type { BookingCard } from "../parts/types";
import classes from "./Admin.module.css";

/** For admins: bookings whose price waits to be divided. */
export function Disputes() {
  const { t, i18n } = useCareWords();
  const pages = usePages(["coocook", "bookings", "disputed", i18n.language], (cursor, signal) =>
    api.get<PageOf<BookingCard>>("/api/coocook/bookings", {
      query: { role: "admin", status: "disputed", cursor, limit: 50 },
      signal,
    }),
  );
  const body = () => {
    if (pages.isPending) return <RowsSkeleton height={96} />;
    if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
    if (pages.items.length === 0)
      return <EmptyState title={t("admin.disputes.none")} text={t("admin.disputes.noneText")} />;
    return (
      <ul className={classes.list}>
        {pages.items.map((booking) => (
          <li key={booking.id} className={classes.card}>
            <div className={classes.row}>
              <div className={classes.words}>
                <h2>{t("admin.disputes.pair", { guest: booking.guest.name, chef: booking.chef.name })}</h2>
                <p className={classes.small}>
                  <ZonedTime at={booking.starts_at} until={booking.ends_at} zone={booking.zone} /> ·{" "}
                  {booking.menu.name} · {t("guests", { count: booking.party })} ·{" "}
                  <b>
                    <Money value={booking.price} />
                  </b>
                </p>
              </div>
              <ButtonLink to={`/admin/disputes/${booking.id}`}>{t("admin.disputes.open")}</ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    );
  };
  return (
    <Page>
      <PageHeader title={t("admin.disputes.title")} text={t("admin.disputes.text")} />
      {body()}
      <MoreButton {...pages} />
    </Page>
  );
}
