import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { ApiError } from "#web/api/problem";
import { useSession } from "#web/app/session";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { FormSkeleton } from "#web/ui/Skeletons";
import { Steps } from "#web/ui/Steps";
import { lastPayment } from "../../parts/actions";
import { useBooking } from "../../parts/queries";
import type { Booking, Chef } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import { Checking } from "./Checking";
import { Done } from "./Done";
import { Ended } from "./Ended";
import { PayForm, usePaying } from "./PayForm";
import { SignInFirst } from "./SignInFirst";
import type { BookFlow } from "./useBookFlow";

const LOOK_AGAIN_MS = 2_500;

/** While a payment is on its way the outcome is asked for, until it is known. */
const whilePaying = (booking: Booking | undefined) => (booking?.status === "paying" ? LOOK_AGAIN_MS : false);

/** Step three: pay, and what came of it. The booking's state, not this screen's memory, says where it stands. */
export function PayStep({ chef, flow, bookingId }: { chef: Chef; flow: BookFlow; bookingId: string }) {
  const { t } = useBookingWords();
  const session = useSession();
  const signedIn = session.status === "signed-in";
  const booking = useBooking(signedIn ? bookingId : undefined, { every: whilePaying });
  const { data } = booking;
  const paying = usePaying();
  const payment = useQuery({
    queryKey: ["coocook", "payment", data?.order_id, data?.status, data?.expires_at],
    queryFn: ({ signal }) => lastPayment(data?.order_id ?? "", signal),
    enabled: !!data,
    refetchInterval: () => (data?.status === "paying" ? LOOK_AGAIN_MS : false),
  });

  if (!signedIn) return <SignInFirst text={t("signIn.toPay")} />;
  if (booking.isPending) return <FormSkeleton fields={4} />;
  if (booking.isError && !data) {
    const missing = booking.error instanceof ApiError && [404, 422].includes(booking.error.status);
    return missing ? (
      <EmptyState
        picture="lost"
        title={t("booking.missing")}
        text={t("booking.missingText")}
        action={<ButtonLink to="/bookings">{t("hold.toBookings")}</ButtonLink>}
      />
    ) : (
      <ErrorState error={booking.error} onRetry={booking.refetch} />
    );
  }
  if (!data) return null;

  const steps = [t("book.step.table"), t("book.step.details"), t("book.step.pay")];
  // Whoever pays here waits for the answer where the button was pressed.
  switch (data.status === "paying" && paying.attempt.isPending ? "held" : data.status) {
    case "held":
      return (
        <>
          <Steps labels={steps} current={2} onGoTo={(step) => flow.goTo(backTo(step, data))} />
          <PayForm booking={data} payment={payment.data ?? null} flow={flow} paying={paying} />
        </>
      );
    case "paying":
      return (
        <>
          <Steps labels={steps} current={2} />
          <Checking booking={data} payment={payment.data ?? null} />
        </>
      );
    case "requested":
    case "confirmed":
      return (
        <>
          <Steps labels={steps} current={3} />
          <Done booking={data} />
        </>
      );
    case "expired":
    case "cancelled":
      return data.paid_at ? (
        <Navigate to={`/bookings/${data.id}`} replace />
      ) : (
        <Ended booking={data} chef={chef} payment={payment.data ?? null} flow={flow} />
      );
    default:
      return <Navigate to={`/bookings/${data.id}`} replace />;
  }
}

/** Earlier steps keep the table as it was booked; what is changed there replaces the unpaid booking. */
function backTo(step: number, booking: Booking) {
  return {
    menu: booking.menu.id,
    party: String(booking.party),
    at: booking.starts_at,
    booking: undefined,
    hold: step === 0 ? undefined : booking.hold_id,
  };
}
