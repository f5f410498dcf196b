"""HTTP of what operators read about money, and of a person's own wallet."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from softfactory.kernel import sheets
from softfactory.kernel.auth import Operator, User
from softfactory.kernel.db import ReadSession
from softfactory.kernel.errors import NotFound, problems
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.kernel.shapes import Words
from softfactory.services.platform import books, payment_search
from softfactory.services.platform.models.ledger import AccountKind
from softfactory.services.platform.payment_search import Search
from softfactory.services.platform.schemas.books import (
    AccountLine,
    AccountView,
    MovementView,
    PaymentBooks,
    Proof,
    Stats,
    Wallet,
)
from softfactory.services.platform.schemas.payments import PaymentStatus

router = Router("/api/payment", tags=["payment"])

Text = Annotated[Words | None, Query(min_length=1, max_length=200)]


def _search(
    q: Annotated[
        Words | None,
        Query(min_length=1, max_length=200, description="An id, an address, a name, a provider's reference."),
    ] = None,
    status: PaymentStatus | None = None,
    buyer_id: UUID | None = None,
    order_id: UUID | None = None,
    since: Annotated[date | None, Query(description="From this day on, in Seoul.")] = None,
    until: Annotated[date | None, Query(description="Up to this day, in Seoul.")] = None,
) -> Search:
    return Search(q=q, status=status, buyer_id=buyer_id, order_id=order_id, since=since, until=until)


Searched = Annotated[Search, Depends(_search)]


@router.get("/csv", response_class=Response, responses=sheets.FILE)
async def export_payments(operator: Operator, search: Searched, session: ReadSession) -> Response:
    """The payments that match as CSV, the newest 10,000."""
    seen = payment_search.within(search, operator, everyone=True)
    return await payment_search.exported(session, seen)


@router.get("/stats", response_model=Stats)
async def read_stats(
    _: Operator, session: ReadSession, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> Stats:
    """Volume, refunds and failures by day in Seoul, today last."""
    return await payment_search.stats(session, days=days)


@router.get("/wallet", response_model=Wallet, responses=problems(CursorInvalid))
async def read_my_wallet(
    user: User, session: ReadSession, cursor: Cursor = None, limit: Limit = 20
) -> Wallet:
    """What you have earned, and each movement with what it was for."""
    return await books.wallet(session, user.id, cursor=cursor, limit=limit)


@router.get("/ledger/proof", response_model=Proof)
async def prove_the_ledger(_: Operator, session: ReadSession) -> Proof:
    """Add everything up: it sums to zero, or this says where it does not."""
    return await books.proof(session)


@router.get("/ledger/accounts", response_model=Page[AccountView], responses=problems(CursorInvalid))
async def list_ledger_accounts(
    _: Operator,
    session: ReadSession,
    kind: AccountKind | None = None,
    q: Text = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AccountView]:
    """Accounts with their balances, the youngest first."""
    return await books.accounts(session, kind=kind, q=q, cursor=cursor, limit=limit)


@router.get("/ledger/accounts/{account_id}", response_model=AccountView, responses=problems(NotFound))
async def read_ledger_account(account_id: UUID, _: Operator, session: ReadSession) -> AccountView:
    return await books.account(session, account_id)


@router.get(
    "/ledger/accounts/{account_id}/movements",
    response_model=Page[AccountLine],
    responses=problems(CursorInvalid, NotFound),
)
async def list_account_movements(
    account_id: UUID, _: Operator, session: ReadSession, cursor: Cursor = None, limit: Limit = 50
) -> Page[AccountLine]:
    """What moved in one account, the latest first, with its balance after each."""
    return await books.lines(session, account_id, cursor=cursor, limit=limit)


@router.get(
    "/ledger/accounts/{account_id}/csv",
    response_class=Response,
    responses={**sheets.FILE, **problems(NotFound)},
)
async def export_account_movements(account_id: UUID, _: Operator, session: ReadSession) -> Response:
    """What moved in one account as CSV, the newest 10,000."""
    return await books.exported(session, account_id)


@router.get("/ledger/movements/{movement_id}", response_model=MovementView, responses=problems(NotFound))
async def read_ledger_movement(movement_id: UUID, _: Operator, session: ReadSession) -> MovementView:
    """One movement with all of its entries, which sum to zero."""
    return await books.movement(session, movement_id)


@router.get("/{payment_id}/books", response_model=PaymentBooks, responses=problems(NotFound))
async def read_payment_books(payment_id: UUID, _: Operator, steps: RouteSteps) -> PaymentBooks:
    """A payment as its provider tells it now, and as the ledger does."""
    return await books.of_payment(steps, payment_id)
