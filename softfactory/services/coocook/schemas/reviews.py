"""Reviews and ratings, as the API takes and shows them."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from softfactory.kernel.paging import Page
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment
from softfactory.services.coocook.schemas.common import refuse

Stars = Annotated[int, Field(ge=1, le=5, strict=True)]


class ReviewWish(Wish):
    rating: Stars
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class ReplyView(View):
    """The reviewed side's answer; its author may better it until ``editable_until``."""

    text: str
    at: Moment
    editable_until: Moment


class HiddenView(View):
    """Told to the author alone: since when nobody else sees the review, why, and whether an appeal waits."""

    at: Moment
    reason: str
    appealed_at: Moment | None


class ReviewView(View):
    """``by``: the side that wrote. ``published_at`` is null while the other side has not written and may still."""

    id: UUID
    booking_id: UUID
    by: Literal["guest", "chef"]
    author_name: str
    rating: int
    text: str
    created_at: Moment
    published_at: Moment | None
    reply: ReplyView | None = None
    hidden: HiddenView | None = None


class PublicReview(View):
    """A guest's review on a chef's page."""

    id: UUID
    author_name: str
    rating: int
    text: str
    menu_name: str
    published_at: Moment
    reply: ReplyView | None = None


class RatingSummary(View):
    """``average`` is plain; ``score`` is the Bayesian average that ranks chefs; ``histogram`` by stars, 1 to 5."""

    count: int
    average: float | None
    score: float
    histogram: Annotated[list[int], Field(min_length=5, max_length=5, examples=[[0, 1, 3, 12, 40]])]


class ReviewPage(Page[PublicReview]):
    summary: RatingSummary


ReportCode = Literal["offensive", "personal_data", "spam", "off_topic", "fake", "other"]


class ReviewActionWish(Wish):
    """``text``: the reply's words, or why. A report has a ``code`` as well, and its words may be left out."""

    action: Literal["reply", "report", "appeal", "hide", "restore"]
    code: ReportCode | None = None
    text: Annotated[str, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.action == "report") != (self.code is not None):
            raise refuse(
                "신고할 때는 사유(code)를 골라 주세요.",
                "A report names its reason in `code`; nothing else does.",
            )
        if not self.text and (self.action != "report" or self.code == "other"):
            raise refuse("내용을 적어 주세요.", "Say it in `text`.")
        return self


class QueueState(StrEnum):
    """Shown and reported; hidden and appealed; all that are hidden."""

    REPORTED = "reported"
    APPEALED = "appealed"
    HIDDEN = "hidden"


class ReviewActView(View):
    """A report, an appeal or a decision. ``by``: on which side of the booking, ``reader`` for anyone else."""

    kind: Literal["report", "appeal", "hide", "restore", "keep"]
    by: Literal["guest", "chef", "reader", "admin"]
    code: ReportCode | None
    reason: str
    at: Moment


class QueuedReview(ReviewView):
    """A review as an admin decides on it, with everything that was done about it."""

    chef_id: UUID
    chef_name: str
    guest_name: str
    waiting_since: Moment | None
    acts: list[ReviewActView]


class ReviewQueue(Page[QueuedReview]):
    """``reported`` and ``appealed``: how many wait in all."""

    reported: int
    appealed: int
