"""Coocook's tables. What may overlap, exist twice or be negative is decided here."""

from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, TSVECTOR, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.kernel.pictures import PictureRow
from softfactory.kernel.time import Instant
from softfactory.services.coocook.base import Base
from softfactory.services.coocook.codes import Policy, Region
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.schemas.chefs import ChefStatus


def _state(of: type[StrEnum]) -> Enum:
    """A state as text with a check: a new state is a new check, not a new type."""
    values = [member.value for member in of]
    return Enum(
        of,
        native_enum=False,
        length=20,
        values_callable=lambda _: values,
        create_constraint=True,
        name="status",
    )


class Picture(PictureRow, Base):
    """A picture that a chef sent."""


class Chef(Base):
    """A person's profile as a chef, with the hours. Locking this row orders everything about the chef's time."""

    __tablename__ = "chef"
    __table_args__ = (
        Index(
            "idx_chef_active_cuisine",
            "cuisines",
            postgresql_using="gin",
            postgresql_where=sql("status = 'active'"),
        ),
        Index("idx_chef_active_rank", "rank", "id", postgresql_where=sql("status = 'active'")),
        Index("idx_chef_active_price", "price_from", "id", postgresql_where=sql("status = 'active'")),
        Index("idx_chef_active_new", "approved_at", "id", postgresql_where=sql("status = 'active'")),
        Index("idx_chef_words", "words", postgresql_using="gin"),
        Index("idx_chef_portrait_id", "portrait_id"),
        Index("idx_chef_cover_id", "cover_id"),
    )

    user_id: Mapped[UUID] = mapped_column(unique=True)  # a row of platform's: an id, never a foreign key
    space_id: Mapped[UUID]
    status: Mapped[ChefStatus] = mapped_column(_state(ChefStatus), default=ChefStatus.DRAFT)
    name: Mapped[str]
    name_en: Mapped[str | None]
    headline: Mapped[str]
    headline_en: Mapped[str | None]
    bio: Mapped[str]
    bio_en: Mapped[str | None]
    cuisines: Mapped[list[str]] = mapped_column(ARRAY(Text))
    region: Mapped[Region] = mapped_column(Text)
    city: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    policy: Mapped[Policy] = mapped_column(Text)
    instant: Mapped[bool]
    picture_seed: Mapped[str]
    portrait_id: Mapped[UUID | None] = mapped_column(ForeignKey("coocook.picture.id", ondelete="SET NULL"))
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("coocook.picture.id", ondelete="SET NULL"))
    decision_reason: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[Instant | None]
    approved_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)
    feed_hash: Mapped[str | None]  # of the calendar feed's token, which nobody can read again
    feed_made_at: Mapped[Instant | None]

    zone: Mapped[str] = mapped_column(default="Asia/Seoul")
    weekly: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    exceptions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    turnaround_minutes: Mapped[int]
    notice_hours: Mapped[int]
    horizon_days: Mapped[int]
    slot_step_minutes: Mapped[int]

    price_from: Mapped[int | None] = mapped_column(BigInteger)  # KRW, of the menus on offer
    rating_count: Mapped[int] = mapped_column(default=0)
    rating: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    rank: Mapped[int] = mapped_column(default=0)  # the Bayesian average in thousandths of a star
    words: Mapped[str] = mapped_column(TSVECTOR, server_default=sql("''::tsvector"), deferred=True)


class GalleryPicture(Base):
    """A picture of a chef's gallery, in its place."""

    __tablename__ = "gallery_picture"
    __table_args__ = (
        UniqueConstraint("picture_id"),
        UniqueConstraint("chef_id", "position"),
        CheckConstraint("position between 1 and 12", name="position"),
    )

    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    picture_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.picture.id", ondelete="CASCADE"))
    position: Mapped[int]


class Menu(Base):
    """What a chef cooks, for how many, at what price. Never changed once offered: bookings point at it."""

    __tablename__ = "menu"
    __table_args__ = (
        Index("idx_menu_chef_active", "chef_id", postgresql_where=sql("active")),
        Index("idx_menu_picture_id", "picture_id"),
        Index("uq_menu_chef_name", "chef_id", "name", unique=True, postgresql_where=sql("active")),
        CheckConstraint("min_party between 1 and max_party", name="party"),
        CheckConstraint("price_per_guest >= 0", name="price"),
    )

    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    name: Mapped[str]
    name_en: Mapped[str | None]
    description: Mapped[str]
    description_en: Mapped[str | None]
    price_per_guest: Mapped[int] = mapped_column(BigInteger)  # KRW
    min_party: Mapped[int]
    max_party: Mapped[int]
    duration_minutes: Mapped[int]
    dishes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    extras: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    allergens: Mapped[list[str]] = mapped_column(ARRAY(Text))
    picture_seed: Mapped[str]
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("coocook.picture.id", ondelete="SET NULL"))
    active: Mapped[bool] = mapped_column(default=True)


class Hold(Base):
    """A wish for a chef's time. Whether it still lives is told by its busy row."""

    __tablename__ = "hold"
    __table_args__ = (Index("idx_hold_guest", "guest_id", "expires_at"),)

    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    menu_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.menu.id"))
    guest_id: Mapped[UUID]
    party: Mapped[int]
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    price: Mapped[int] = mapped_column(BigInteger)  # KRW
    expires_at: Mapped[Instant]
    released_at: Mapped[Instant | None]


class Busy(Base):
    """A chef's taken time: start to end and turnaround. One table for holds, bookings and outside appointments.

    ``expires_at``: null once a payment pinned it. PostgreSQL has no index of ``uuid =`` in GiST without an
    extension, so a range of one uuid stands for it.
    """

    __tablename__ = "busy"
    __table_args__ = (
        ExcludeConstraint(
            (sql("coocook.uuid_range(chef_id, chef_id, '[]'::text)"), "&&"),
            ("during", "&&"),
            name="ex_busy_one_guest_at_a_time",
            using="gist",
        ),
        Index("idx_busy_expires", "expires_at", postgresql_where=sql("expires_at is not null")),
        CheckConstraint(
            "not isempty(during) and not lower_inf(during) and not upper_inf(during)", name="bounded"
        ),
    )

    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    during: Mapped[Range[Instant]] = mapped_column(TSTZRANGE)
    ends_at: Mapped[Instant]  # without the turnaround
    hold_id: Mapped[UUID | None] = mapped_column(ForeignKey("coocook.hold.id"), unique=True)
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey("coocook.booking.id"), unique=True)
    expires_at: Mapped[Instant | None]
    note: Mapped[str | None]  # the chef's own words on an outside appointment


class Booking(Base):
    """One guest's evening with one chef."""

    __tablename__ = "booking"
    __table_args__ = (
        Index("idx_booking_user_date", "guest_id", "starts_at", "id"),
        Index("idx_booking_chef_date", "chef_id", "starts_at", "id"),
        Index("idx_booking_request", "request_until", postgresql_where=sql("status = 'requested'")),
        Index("idx_booking_disputed", "starts_at", "id", postgresql_where=sql("status = 'disputed'")),
        Index("idx_booking_confirmed_end", "ends_at", postgresql_where=sql("status = 'confirmed'")),
        Index(
            "idx_booking_unordered",
            "created_at",
            postgresql_where=sql("order_opened_at is null and status = 'held'"),
        ),
        CheckConstraint("price >= 0 and refund_amount between 0 and price", name="money"),
    )

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.hold.id"), unique=True)
    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    menu_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.menu.id"))
    guest_id: Mapped[UUID]  # a row of platform's
    guest_name: Mapped[str]
    space_id: Mapped[UUID]
    status: Mapped[BookingStatus] = mapped_column(_state(BookingStatus), default=BookingStatus.HELD)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    zone: Mapped[str]  # the chef's, when it was booked
    party: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)  # KRW
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    policy: Mapped[dict[str, Any]] = mapped_column(JSONB)
    allergens: Mapped[list[str]] = mapped_column(ARRAY(Text))
    acknowledgement: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    note: Mapped[str]

    order_id: Mapped[UUID] = mapped_column(unique=True)
    order_opened_at: Mapped[Instant | None]
    expires_at: Mapped[Instant | None]  # of an unpaid booking
    payment_id: Mapped[UUID | None]
    released_payments: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=sql("'{}'::uuid[]"))
    paid_at: Mapped[Instant | None]
    request_until: Mapped[Instant | None]
    completed_at: Mapped[Instant | None]
    review_until: Mapped[Instant | None]

    refund_id: Mapped[UUID | None]
    refund_amount: Mapped[int | None] = mapped_column(BigInteger)  # KRW
    refund_state: Mapped[str | None]  # due, requested, done, refused
    payout_id: Mapped[UUID | None]
    payout_started_at: Mapped[Instant | None]  # from here on nobody can dispute: the money may be gone
    paid_out_at: Mapped[Instant | None]
    moves: Mapped[int] = mapped_column(server_default=sql("0"), default=0)  # how often its time was changed


class BookingChange(Base):
    """A row of a booking's timeline: who, when, why. ``what``: ``status``, or what happened without a new status."""

    __tablename__ = "booking_change"
    __table_args__ = (Index("idx_booking_change_booking", "booking_id", "id"),)

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.booking.id"))
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    by: Mapped[str]  # guest, chef, admin, system
    actor_id: Mapped[UUID | None]
    reason: Mapped[str]
    at: Mapped[Instant] = mapped_column(server_default=func.sf_now())
    what: Mapped[str] = mapped_column(server_default=sql("'status'"), default="status")
    was_at: Mapped[Instant | None]
    starts_at: Mapped[Instant | None]  # of a move, or of a proposal of one


class MoveProposal(Base):
    """Another time for a booking, as one side wishes it and the other has not answered. Answered ones are history."""

    __tablename__ = "move_proposal"
    __table_args__ = (Index("idx_move_proposal_expires", "expires_at"),)

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.booking.id"), unique=True)
    by: Mapped[str]
    actor_id: Mapped[UUID]
    starts_at: Mapped[Instant]
    reason: Mapped[str]
    expires_at: Mapped[Instant]


class Dispute(Base):
    """What one side says went wrong, what the other says to it, and how an admin decided."""

    __tablename__ = "dispute"
    __table_args__ = (
        CheckConstraint("refund >= 0", name="refund"),
        CheckConstraint("by in ('guest', 'chef')", name="by"),
    )

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.booking.id"), unique=True)
    by: Mapped[str]
    from_status: Mapped[str]
    reason: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[Instant | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[Instant | None]
    decision: Mapped[str | None]
    refund: Mapped[int | None] = mapped_column(BigInteger)  # KRW


class Review(Base):
    """One side's words on the other, unseen by the other until both have written or the time is up."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("booking_id", "by"),
        Index(
            "idx_review_chef_published",
            "chef_id",
            "published_at",
            "id",
            postgresql_where=sql("by = 'guest'"),
        ),
        Index("idx_review_queue", "waiting_since", "id", postgresql_where=sql("waiting_since is not null")),
        Index("idx_review_hidden", "hidden_at", "id", postgresql_where=sql("hidden_at is not null")),
        Index("idx_review_waiting", "publish_at", postgresql_where=sql("published_at is null")),
        Index("idx_review_words", "words", postgresql_using="gin"),
        CheckConstraint("rating between 1 and 5", name="rating"),
        CheckConstraint("by in ('guest', 'chef')", name="by"),
    )

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.booking.id"))
    chef_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.chef.id"))
    by: Mapped[str]
    author_id: Mapped[UUID]
    author_name: Mapped[str]
    rating: Mapped[int]
    text: Mapped[str]
    publish_at: Mapped[Instant]
    published_at: Mapped[Instant | None]
    words: Mapped[str] = mapped_column(TSVECTOR, server_default=sql("''::tsvector"), deferred=True)

    reply: Mapped[str | None]
    replied_at: Mapped[Instant | None]
    hidden_at: Mapped[Instant | None]
    hidden_reason: Mapped[str | None]
    appealed_at: Mapped[Instant | None]  # of the present hiding
    waiting_since: Mapped[Instant | None]  # reported or appealed, and not decided


class ReviewAct(Base):
    """What was done about a review: reports, appeals and decisions. Never changed: the trace of moderation."""

    __tablename__ = "review_act"
    __table_args__ = (
        Index("idx_review_act_review", "review_id", "id"),
        Index(
            "uq_review_act_report",
            "review_id",
            "actor_id",
            unique=True,
            postgresql_where=sql("kind = 'report'"),
        ),
        CheckConstraint("kind in ('report', 'appeal', 'hide', 'restore', 'keep')", name="kind"),
    )

    review_id: Mapped[UUID] = mapped_column(ForeignKey("coocook.review.id"))
    kind: Mapped[str]
    by: Mapped[str]  # guest, chef, reader, admin
    actor_id: Mapped[UUID]
    code: Mapped[str | None]  # why it was reported
    reason: Mapped[str]
    at: Mapped[Instant] = mapped_column(server_default=func.sf_now())
