"""Which of two texts a reader gets."""

from softfactory.kernel.language import language


def english() -> bool:
    """Whether the caller of this request reads English."""
    return language.get() == "en"


def pick(ko: str, en: str | None) -> str:
    """The text in the caller's language; what was not translated stays as it was written."""
    return en if en and english() else ko
