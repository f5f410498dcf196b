"""What other services may know of coocook: what happened to chefs and bookings. Ids only."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from softfactory.kernel.errors import Conflict
from softfactory.kernel.events import Event

BOOKING = "coocook.booking"
"""The kind of a booking as a subject of payments."""


class AlreadyBeingPaid(Conflict):
    """Another payment of the same booking is not resolved yet."""

    en = "Another payment for this booking is still being processed. Please wait for its outcome."
    ko = "이 예약의 다른 결제를 아직 처리하고 있습니다. 결과를 기다려 주세요."


class ChefApproved(Event):
    chef_id: UUID
    person_id: UUID


class BookingRequested(Event):
    """A paid booking waits for its chef's answer."""

    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    starts_at: datetime


class BookingConfirmed(Event):
    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    starts_at: datetime


class BookingCancelled(Event):
    """A paid booking will not take place. ``by``: who ended it; ``system``: the chef did not answer in time."""

    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    by: Literal["guest", "chef", "admin", "system"]
    refund: int  # KRW


class BookingMoved(Event):
    """A booking has another time; everything else of it stays."""

    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    was_at: datetime
    starts_at: datetime


class BookingDisputed(Event):
    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    by: Literal["guest", "chef"]


class DisputeResolved(Event):
    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
    refund: int  # KRW


class BookingCompleted(Event):
    booking_id: UUID
    chef_id: UUID
    guest_id: UUID
