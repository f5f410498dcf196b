"""Payouts: what is left of an order goes to its seller's wallet, less the platform's fee."""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.errors import InvalidInput
from softfactory.kernel.money import share
from softfactory.kernel.operations import answers
from softfactory.services.platform import contract, ledger
from softfactory.services.platform.errors.payments import OrderUnpaid, PayoutReused
from softfactory.services.platform.models.payments import Payout
from softfactory.services.platform.timeline import lock_order


@answers(contract.pay_out)
async def pay_out(session: AsyncSession, request: contract.PayOut) -> contract.PaidOut:
    """Empty the order's escrow, once per payout. What was promised back to the payer is not in it any more."""
    if not 0 <= request.fee_basis_points <= 10_000:
        raise InvalidInput(errors=[{"field": "fee_basis_points", "code": "value_out_of_range"}])
    order = await lock_order(session, request.order_id)
    made = await session.get(Payout, request.payout_id)
    if made is not None:
        if (made.order_id, made.payee_id) != (order.id, request.payee_id):
            raise PayoutReused
        return _answer(made)
    if order.state in ("open", "paying"):
        raise OrderUnpaid
    gross = await ledger.kept_balance(session, ledger.escrow(order.id))
    fee = share(gross, request.fee_basis_points)
    made = Payout(
        id=request.payout_id,
        order_id=order.id,
        payee_id=request.payee_id,
        gross=gross,
        fee=fee,
        net=gross - fee,
    )
    session.add(made)
    await session.flush()
    if gross:
        moved = {
            ledger.escrow(order.id): -gross,
            ledger.wallet(request.payee_id): gross - fee,
            ledger.FEE: fee,
        }
        await ledger.post(session, "payout", made.id, moved)
    return _answer(made)


def _answer(made: Payout) -> contract.PaidOut:
    return contract.PaidOut(payout_id=made.id, gross=made.gross, fee=made.fee, net=made.net)
