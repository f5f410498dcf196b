"""Ratings: what guests' published reviews say of a chef, and how chefs are ranked by it.

The rank is a Bayesian average: the chef's stars together with a few reviews' worth of the average chef. One perfect
review does not stand above forty very good ones, and a new chef starts in the middle.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.jobs import job
from softfactory.services.coocook import settings


def bayesian(total: int, count: int, average_chef: float) -> float:
    """The Bayesian average of ``count`` reviews with ``total`` stars."""
    weight = settings.PRIOR_REVIEWS
    return (weight * average_chef + total) / (weight + count)


@dataclass(frozen=True, slots=True)
class Ratings:
    """A chef's published ratings. ``histogram``: reviews with 1, 2, 3, 4 and 5 stars."""

    histogram: list[int]
    average_chef: float

    @property
    def count(self) -> int:
        return sum(self.histogram)

    @property
    def total(self) -> int:
        return sum(stars * n for stars, n in enumerate(self.histogram, start=1))

    @property
    def average(self) -> float | None:
        return round(self.total / self.count, 2) if self.count else None

    @property
    def score(self) -> float:
        return round(bayesian(self.total, self.count, self.average_chef), 3)


async def of_chef(session: AsyncSession, chef_id: UUID) -> Ratings:
    """A chef's ratings, counted now."""
    rows = await session.execute(
        text(
            "select rating, count(*) from coocook.review "
            "where chef_id = :chef_id and by = 'guest' and published_at is not null and hidden_at is null "
            "group by rating"
        ),
        {"chef_id": chef_id},
    )
    counted = {int(rating): int(count) for rating, count in rows}
    return Ratings([counted.get(stars, 0) for stars in range(1, 6)], await average_chef(session))


async def average_chef(session: AsyncSession) -> float:
    """The mean of all chefs' stars; a fixed figure while there are none."""
    row = await session.execute(
        text(
            "select sum(rating * rating_count) / nullif(sum(rating_count), 0) from coocook.chef where rating_count > 0"
        )
    )
    mean = row.scalar()
    return float(mean) if mean is not None else settings.PRIOR_RATING


@job(retries=8)
async def refresh(session: AsyncSession, *, chef_id: UUID) -> None:
    """Bring one chef's rating and rank up to date."""
    told = await of_chef(session, chef_id)
    await session.execute(
        text("update coocook.chef set rating = :rating, rating_count = :count, rank = :rank where id = :id"),
        {"id": chef_id, "rating": told.average, "count": told.count, "rank": round(told.score * 1000)},
    )


@job(every="1h")
async def refresh_all(session: AsyncSession) -> None:
    """Rank all chefs by today's average chef. Only rows whose rank moves are written."""
    await session.execute(
        text(
            """
            with counted as (
                select c.id, count(r.id) as n, coalesce(sum(r.rating), 0) as total
                from coocook.chef c
                left join coocook.review r on r.chef_id = c.id and r.by = 'guest' and r.published_at is not null
                     and r.hidden_at is null
                group by c.id
            ), ranked as (
                select id, n, case when n > 0 then round(total::numeric / n, 2) end as rating,
                       round(1000 * (:weight * cast(:mean as numeric) + total) / (:weight + n))::int as rank
                from counted
            )
            update coocook.chef c set rating = ranked.rating, rating_count = ranked.n, rank = ranked.rank
            from ranked
            where c.id = ranked.id
              and (c.rank, c.rating_count, c.rating) is distinct from (ranked.rank, ranked.n, ranked.rating)
            """
        ),
        {"weight": settings.PRIOR_REVIEWS, "mean": await average_chef(session)},
    )
