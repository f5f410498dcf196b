"""Reviews put together from sentences, so that no two of a chef's read the same."""

import random
import re
from typing import Literal

from softfactory.services.coocook.demo import content
from softfactory.services.coocook.schemas.chefs import MenuWish

Language = Literal["ko", "en"]

PRAISE = ("timing", "cleaning", "plating", "children", "allergy", "value", "service")
_PARTICLES = {"은": "는", "이": "가", "을": "를", "과": "와"}
_SLOT = re.compile(r"\{dish([은이을과]?)\}")


def particle(word: str, after_consonant: str) -> str:
    """The form of a Korean particle that follows a word: 은 after a final consonant, 는 after a vowel."""
    last = word[-1]
    closed = "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 != 0
    return after_consonant if closed else _PARTICLES[after_consonant]


def with_dish(sentence: str, name: str) -> str:
    """A sentence with a dish's name in its slot, and the particle that fits it."""
    return _SLOT.sub(lambda slot: name + (particle(name, slot[1]) if slot[1] else ""), sentence)


def english_name(name: str) -> str:
    """A dish's English name as it stands within a sentence."""
    first = re.split(r"[\s-]", name)[0]
    return name if first in content.read("english")["capitals"] else name[0].lower() + name[1:]


class Writer:
    """Writes one chef's reviews in one language. A sentence comes again only when all of its kind were used."""

    def __init__(self, chef: content.DemoChef, language: Language) -> None:
        self.language = language
        self.dice = content.dice("reviews", chef.slug, language)
        self._known: dict[str, list[str]] = {
            kind: [s.removeprefix("~") for s in sentences if not (chef.sweet and s.startswith("~"))]
            for kind, sentences in content.read(f"reviews_{language}").items()
        }
        self._bags: dict[str, list[str]] = {}
        self._written: set[str] = set()

    def review(self, rating: int, menu: MenuWish, *, party: int) -> str:
        """What a guest says of an evening."""
        while (text := self._compose(rating, menu, party)) in self._written:
            pass
        self._written.add(text)
        return text

    def of_guest(self, rating: int) -> str:
        """What the chef says of the guest."""
        return self._next("guest" if rating >= 4 else "guest_cool")

    def _compose(self, rating: int, menu: MenuWish, party: int) -> str:
        dish = _dishes(self.dice, menu, self.language)
        opening = [self._next("open")] if self.dice.random() < 0.55 else []
        grown_up = party < 3 or any(sentence.startswith("=") for sentence in opening)
        said = opening + [self._next(kind) for kind in self._outline(rating, children=not grown_up)]
        return " ".join(with_dish(s.removeprefix("="), dish[i % len(dish)]) for i, s in enumerate(said))

    def _outline(self, rating: int, *, children: bool) -> list[str]:
        """Which kinds of sentences a review of so many stars has after its opening, in order."""
        roll = self.dice.random
        aspects = [kind for kind in PRAISE if kind != "children" or children]
        self.dice.shuffle(aspects)
        closing = ["close"] if roll() < 0.5 else []
        if rating == 5:
            return ["taste", *aspects[: 1 + (roll() < 0.45)], *closing]
        if rating == 4:
            return ["taste", *aspects[: roll() < 0.5], "mild", *(closing if roll() < 0.5 else [])]
        if rating == 3:
            return ["critique", "balance", *(["low"] if roll() < 0.4 else [])]
        return ["critique", "critique", *(["balance"] if roll() < 0.5 else []), "low"]

    def _next(self, kind: str) -> str:
        bag = self._bags.get(kind)
        if not bag:
            bag = self._bags[kind] = list(self._known[kind])
            self.dice.shuffle(bag)
        return bag.pop()


def _dishes(dice: random.Random, menu: MenuWish, language: Language) -> list[str]:
    """The menu's dishes that guests speak of, shuffled, as they stand within a sentence."""
    spoken = [dish for dish in menu.dishes if dish.course in ("starter", "main", "dessert")]
    names = [english_name(d.name_en or d.name) if language == "en" else d.name for d in spoken]
    dice.shuffle(names)
    return names
