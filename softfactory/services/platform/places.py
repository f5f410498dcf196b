"""Where a request comes from, and what people call the device it was sent with."""

import re
from dataclasses import dataclass

_BROWSERS = (  # the order matters: Edge calls itself Chrome, and Chrome calls itself Safari
    (r"\bEdg(?:e|A|iOS)?/", "Edge"),
    (r"\bWhale/", "Whale"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\bKAKAOTALK\b", "KakaoTalk"),
    (r"\bNAVER\(", "NAVER"),
    (r"\bOPR/", "Opera"),
    (r"\b(?:Firefox|FxiOS)/", "Firefox"),
    (r"\b(?:Chrome|CriOS|HeadlessChrome)/", "Chrome"),
    (r"\bSafari/", "Safari"),
)
_SYSTEMS = (  # the order matters: Android calls itself Linux
    (r"\biPhone\b", "iOS"),
    (r"\biPad\b", "iPadOS"),
    (r"\bAndroid\b", "Android"),
    (r"\bCrOS\b", "ChromeOS"),
    (r"\bWindows\b", "Windows"),
    (r"\bMac OS X\b|\bMacintosh\b", "macOS"),
    (r"\bLinux\b", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from. ``device``: the browser's own cookie, None for a client without cookies."""

    user_agent: str
    address: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device in the words of its owner. None: it does not say, or says what nobody knows."""

    browser: str | None
    system: str | None
    handheld: bool

    @property
    def name(self) -> str:
        """``Chrome · Windows``; empty when nothing is known."""
        return " · ".join(part for part in (self.browser, self.system) if part)


def device_of(user_agent: str) -> Device:
    """What a ``User-Agent`` says, as far as people care."""
    return Device(
        _first(_BROWSERS, user_agent) or _program(user_agent),
        _first(_SYSTEMS, user_agent),
        bool(re.search(r"\b(?:Mobile|Mobi|Android|iPhone|iPad)\b", user_agent)),
    )


def _first(names: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for pattern, name in names if re.search(pattern, text, re.IGNORECASE)), None)


def _program(user_agent: str) -> str | None:
    """A program names itself first: ``python-httpx/0.28.1``, ``curl/8.5.0``."""
    found = re.match(r"([A-Za-z][A-Za-z0-9 ._-]{1,30})/\d", user_agent)
    return found[1] if found and found[1] != "Mozilla" else None
