"""Orders, payments and refunds over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel.auth import IsRecent, Operator, RecentSignInNeeded, RoleMissing, SureUser
from softfactory.kernel.db import ReadSession
from softfactory.kernel.errors import NotFound, problems
from softfactory.kernel.idempotency import KeyReused, SteppedIdempotencyKey, TwinRunning
from softfactory.kernel.operations import SiblingUnavailable
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.services.platform import orders, payment_search, payments, reconciliation
from softfactory.services.platform.contract import SubjectGone
from softfactory.services.platform.errors.payments import (
    AmountMismatch,
    CancelThroughSeller,
    DemoMoney,
    NothingToPay,
    OrderClosed,
    OrderPaid,
    PaymentDeclined,
    PaymentInProgress,
    PaymentKeyUsed,
    PaymentsUnavailable,
    PaymentTimedOut,
    RefundTooLarge,
)
from softfactory.services.platform.routes.books import Searched
from softfactory.services.platform.schemas.payments import (
    CancelView,
    CancelWish,
    ConfirmWish,
    OrderView,
    OrderWish,
    PaymentDetail,
    PaymentView,
    Reconciliation,
)

router = Router("/api/payment", tags=["payment"])


@router.post(
    "/orders",
    status_code=201,
    response_model=OrderView,
    responses=problems(NotFound, NothingToPay, SubjectGone, TwinRunning, KeyReused, SiblingUnavailable),
)
async def open_an_order(
    wish: OrderWish, buyer: SureUser, steps: RouteSteps, _: SteppedIdempotencyKey
) -> OrderView:
    """The order of something that you may buy. Its seller sets the price."""
    return await orders.place(steps, wish, buyer=buyer)


@router.post(
    "/confirm",
    response_model=PaymentView,
    responses={
        202: {"model": PaymentView, "description": "The outcome is not known yet; see Location."},
        **problems(
            PaymentDeclined,
            DemoMoney,
            NotFound,
            SubjectGone,
            OrderClosed,
            OrderPaid,
            PaymentInProgress,
            PaymentKeyUsed,
            PaymentTimedOut,
            TwinRunning,
            AmountMismatch,
            KeyReused,
            PaymentsUnavailable,
            SiblingUnavailable,
        ),
    },
)
async def confirm_a_payment(
    wish: ConfirmWish, payer: SureUser, steps: RouteSteps, _: SteppedIdempotencyKey, response: Response
) -> PaymentView:
    """Pay an order with the key that the provider gave the payer."""
    paid = await payments.confirm(steps, wish, payer=payer)
    if payments.is_unresolved(paid):
        response.status_code = 202
        response.headers["Location"] = f"/api/payment/{paid.id}"
    return paid


@router.get("/", response_model=Page[PaymentView], responses=problems(CursorInvalid, RoleMissing))
async def list_payments(
    caller: SureUser,
    session: ReadSession,
    search: Searched,
    everyone: Annotated[bool, Query(description="Those of all people, for operators.")] = False,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[PaymentView]:
    """Your own payments, or everyone's, the latest first."""
    seen = payment_search.within(search, caller, everyone=everyone)
    return await payment_search.listed(session, seen, cursor=cursor, limit=limit)


@router.get("/reconciliation", response_model=Reconciliation)
async def compare_with_the_providers(_: Operator, steps: RouteSteps) -> Reconciliation:
    """The providers' books against the ledger."""
    return await reconciliation.report(steps)


@router.get("/{payment_id}", response_model=PaymentDetail, responses=problems(NotFound))
async def read_a_payment(payment_id: UUID, caller: SureUser, session: ReadSession) -> PaymentDetail:
    """A payment of yours with its timeline and refunds; any payment for an operator."""
    return await payments.detail(session, payment_id, caller=caller)


@router.post(
    "/{payment_id}/cancel",
    response_model=CancelView,
    responses=problems(
        CancelThroughSeller,
        DemoMoney,
        RecentSignInNeeded,
        NotFound,
        PaymentInProgress,
        RefundTooLarge,
        TwinRunning,
        KeyReused,
    ),
)
async def cancel_a_payment(
    payment_id: UUID,
    wish: CancelWish,
    caller: SureUser,
    is_recent: IsRecent,
    steps: RouteSteps,
    key: SteppedIdempotencyKey,
    dry_run: Annotated[bool, Query(description="Only tell what would be given back.")] = False,
) -> CancelView:
    """Give back a part or all of a payment, as an admin. Payers cancel what they bought at its seller."""
    by = payments.Canceller(caller, is_recent=is_recent)
    return await payments.cancel(steps, payment_id, wish, by=by, key=key, dry_run=dry_run)
