"""Reviews and ratings, as the API takes and shows them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from softfactory.kernel.paging import Page
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment

Stars = Annotated[int, Field(ge=1, le=5, strict=True)]


class ReviewWish(Wish):
    rating: Stars
    text: Annotated[str, Field(min_length=1, max_length=2000)]


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


class PublicReview(View):
    """A guest's review on a chef's page."""

    id: UUID
    author_name: str
    rating: int
    text: str
    menu_name: str
    published_at: Moment


class RatingSummary(View):
    """``average`` is plain; ``score`` is the Bayesian average that ranks chefs; ``histogram`` by stars, 1 to 5."""

    count: int
    average: float | None
    score: float
    histogram: Annotated[list[int], Field(min_length=5, max_length=5, examples=[[0, 1, 3, 12, 40]])]


class ReviewPage(Page[PublicReview]):
    summary: RatingSummary
