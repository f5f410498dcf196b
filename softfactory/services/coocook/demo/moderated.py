"""Replies of chefs, and reviews that wait for an admin, are hidden, or whose author appeals."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.identity import demo_person_id
from softfactory.services.coocook.demo import content, history
from softfactory.services.coocook.demo.content import demo_id, dice
from softfactory.services.coocook.models import Review, ReviewAct
from softfactory.services.coocook.words import vector

REPLIES = {
    "ko": (
        "찾아 주셔서 감사합니다. 다음 계절 식재료로 또 뵙겠습니다.",
        "따뜻한 말씀 덕분에 힘이 납니다. 남은 반찬도 맛있게 드셨길 바라요.",
        "가족분들이 잘 드셔 주셔서 저도 즐거웠습니다.",
    ),
    "en": (
        "Thank you for having me. I hope to cook for you again next season.",
        "Your table made my evening. Thank you for the kind words.",
        "So glad that everyone enjoyed it. See you again!",
    ),
}
REPORTED = (
    "맛은 보통이었어요. 그리고 옆집 201호 김 사장님 가게가 훨씬 나아요. 010-0000-0000으로 전화해 보세요."
)
APPEALED = "두 번째로 불렀는데 처음만 못했어요. 국이 식어서 나왔습니다."
HIDDEN = "제 블로그에 이 저녁 사진이 다 있어요. 이웃 추가하시면 쿠폰 드려요!"
HIDDEN_BECAUSE = "음식보다 블로그 홍보가 주된 내용이라 숨겼습니다. 홍보를 빼면 다시 볼 수 있습니다."
WHY_APPEAL = "홍보도 욕설도 없이 제가 겪은 일만 적었습니다. 다시 봐 주세요."


async def seed(session: AsyncSession, now: datetime) -> None:
    """Written into the rows before the chefs are ranked, so that a hidden review counts for nothing."""
    await _reply(session, now)
    famous = demo_id("chef", content.DEMO_CHEF)
    worst = await _reviews(session, Review.chef_id == famous, Review.rating < 5)
    reported, appealed = worst[0], worst[1]
    await _say(
        session,
        reported,
        REPORTED,
        rating=2,
        waiting_since=now - timedelta(hours=20),
        reply=None,
        replied_at=None,
    )
    await _say(
        session,
        appealed,
        APPEALED,
        rating=2,
        hidden_at=now - timedelta(days=3),
        hidden_reason="사실과 다르다는 셰프의 신고로 숨겼습니다.",
        appealed_at=now - timedelta(days=1),
        waiting_since=now - timedelta(days=1),
    )
    jiwoo = demo_id("chef", "jiwoo-heo")
    (own,) = await _reviews(session, Review.chef_id == jiwoo, Review.author_id == demo_person_id("guest"))
    await _say(
        session, own, HIDDEN, rating=5, hidden_at=now - timedelta(days=2), hidden_reason=HIDDEN_BECAUSE
    )
    admin, chef = demo_person_id("admin"), history.owner(content.chef(content.DEMO_CHEF))
    reader = demo_person_id("student")
    acts = [
        (reported, "report", "chef", chef, "personal_data", "전화번호와 다른 가게 홍보가 들어 있어요.", 20),
        (reported, "report", "reader", reader, "spam", "", 6),
        (appealed, "report", "chef", chef, "fake", "국은 식지 않았습니다.", 90),
        (appealed, "hide", "admin", admin, None, "사실과 다르다는 셰프의 신고로 숨겼습니다.", 72),
        (appealed, "appeal", "guest", appealed.author_id, None, WHY_APPEAL, 24),
        (own, "report", "reader", reader, "spam", "", 60),
        (own, "hide", "admin", admin, None, HIDDEN_BECAUSE, 48),
    ]
    await session.execute(insert(ReviewAct), [_act(*told, now=now) for told in acts])


async def _reviews(session: AsyncSession, *which: Any) -> list[Review]:
    found = await session.scalars(
        select(Review)
        .where(Review.by == "guest", Review.published_at.is_not(None), *which)
        .order_by(Review.rating, Review.published_at.desc(), Review.id)
        .limit(2)
    )
    return list(found)


async def _say(session: AsyncSession, review: Review, said: str, **facts: Any) -> None:
    await session.execute(
        update(Review)
        .where(Review.id == review.id)
        .values(text=said, words=vector(said), **facts)
        .execution_options(synchronize_session=False)
    )


async def _reply(session: AsyncSession, now: datetime) -> None:
    """A few chefs in ten answer what guests wrote of them, each in the guest's language."""
    rows = await session.execute(
        select(Review.id, Review.text, Review.published_at).where(
            Review.by == "guest", Review.published_at.is_not(None)
        )
    )
    answered = []
    for review_id, text, published_at in rows:
        chance = dice("reply", review_id)
        if published_at is not None and chance.random() < 0.3:
            korean = any("가" <= letter <= "힣" for letter in text)
            at = min(published_at + timedelta(hours=chance.randint(3, 60)), now)
            said = chance.choice(REPLIES["ko" if korean else "en"])
            answered.append({"id": review_id, "reply": said, "replied_at": at})
    await session.execute(update(Review), answered)


def _act(
    review: Review,
    kind: str,
    by: str,
    actor_id: UUID,
    code: str | None,
    reason: str,
    hours_ago: int,
    *,
    now: datetime,
) -> dict[str, Any]:
    at = now - timedelta(hours=hours_ago)
    return {
        "id": demo_id("review-act", review.id, kind, actor_id),
        "review_id": review.id,
        "kind": kind,
        "by": by,
        "actor_id": actor_id,
        "code": code,
        "reason": reason,
        "at": at,
        "created_at": at,
    }
