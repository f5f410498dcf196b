import { Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { ApiError } from "#web/api/problem";
import { useSession } from "#web/app/session";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { FormSkeleton } from "#web/ui/Skeletons";
import { useChef, useMenus } from "../parts/queries";
import { useBookingWords } from "../parts/words";
import classes from "./Book.module.css";
import { DetailsStep } from "./book/DetailsStep";
import { PayStep } from "./book/PayStep";
import { TableStep } from "./book/TableStep";
import { useBookFlow } from "./book/useBookFlow";

function BookSkeleton() {
  return (
    <div className={classes.columns}>
      <FormSkeleton fields={4} />
      <Skeleton height={320} visibleFrom="md" />
    </div>
  );
}

/** Booking in three steps: the time, the table, the payment. The step follows from what the address carries. */
export function Book() {
  const { t } = useBookingWords();
  const { chefId = "" } = useParams({ strict: false }) as { chefId?: string };
  const flow = useBookFlow();
  const session = useSession();
  const chef = useChef(chefId);
  const menus = useMenus(chefId);

  if (chef.isError || menus.isError) {
    const error = chef.error ?? menus.error;
    const missing = error instanceof ApiError && [404, 422].includes(error.status);
    return (
      <Page>
        {missing ? (
          <EmptyState
            order={1}
            picture="lost"
            title={t("chef.missing")}
            text={t("chef.missingText")}
            action={<ButtonLink to="/chefs">{t("chef.others")}</ButtonLink>}
          />
        ) : (
          <ErrorState
            order={1}
            error={error}
            onRetry={() => {
              void chef.refetch();
              void menus.refetch();
            }}
          />
        )}
      </Page>
    );
  }
  const ready = chef.data && menus.data && session.status !== "unknown";
  return (
    <Page title={chef.data ? t("book.titleOf", { name: chef.data.name }) : undefined}>
      <PageHeader
        title={t("book.title")}
        back={{ to: `/chefs/${chefId}`, label: chef.data?.name ?? t("chef.back") }}
      />
      {!ready ? (
        <BookSkeleton />
      ) : flow.address.booking ? (
        <PayStep chef={chef.data} flow={flow} bookingId={flow.address.booking} />
      ) : flow.address.hold && flow.address.at ? (
        <DetailsStep chef={chef.data} menus={menus.data} flow={flow} />
      ) : (
        <TableStep chef={chef.data} menus={menus.data} flow={flow} />
      )}
    </Page>
  );
}
