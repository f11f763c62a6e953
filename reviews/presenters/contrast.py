"""The tokens of the style sheet with their contrast, worked out from their values as WCAG 2 does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

STYLE_SHEET = "static/css/identity.css"
DECLARED = re.compile(r"^\s*(--q-[a-z0-9-]+):\s*(#[0-9a-f]{6});", re.MULTILINE)
# Below this a channel of sRGB is linear.
LINEAR_UP_TO = 0.04045
WHITE = "#ffffff"
TEXT, EDGES = 4.5, 3.0
# What each token is for, on which ground it is read, and the least contrast it must have there.
USES = (
    ("--q-ink", "Text", "--q-paper", TEXT),
    ("--q-ink-2", "Secondary text, hints", "--q-paper", TEXT),
    ("--q-petrol-deep", "Top bar", "white", TEXT),
    ("--q-petrol", "Buttons, current page", "white", TEXT),
    ("--q-link", "Links", "--q-paper", TEXT),
    ("--q-link-hover", "Links under the pointer", "--q-paper", TEXT),
    ("--q-link-visited", "Visited links", "--q-paper", TEXT),
    ("--q-brass", "What the rules require: clause bar, required seat, decision", "white", TEXT),
    ("--q-line-strong", "Edges of controls", "white", EDGES),
    ("--q-yes", "Present, quorate, on time", "--q-yes-pale", TEXT),
    ("--q-deputy", "Deputy", "--q-deputy-pale", TEXT),
    ("--q-soon", "Apologies, due soon", "--q-soon-pale", TEXT),
    ("--q-no", "Not quorate, late, overdue", "--q-no-pale", TEXT),
    ("--q-none", "Not started, neutral", "--q-none-pale", TEXT),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A colour of the style sheet, what it is for, and how it stands out from the ground it is used on."""

    name: str
    value: str
    use: str
    ground: str
    contrast: float
    needed: float

    @property
    def ratio(self) -> str:
        return f"{self.contrast:.1f}:1"


def luminance(value: str) -> float:
    """The relative luminance of a colour like `#16242b`."""
    red, green, blue = (_linear(int(value[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: 1 is none, 21 is black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= LINEAR_UP_TO else float(((channel + 0.055) / 1.055) ** 2.4)


@cache
def tokens() -> tuple[Token, ...]:
    """The tokens as the style sheet declares them. Raises KeyError for one that it no longer does."""
    sheet = Path(settings.BASE_DIR, STYLE_SHEET).read_text(encoding="utf-8")
    declared = dict(DECLARED.findall(sheet))

    def token(name: str, use: str, ground: str, needed: float) -> Token:
        on = WHITE if ground == "white" else declared[ground]
        return Token(name, declared[name], use, ground, contrast(declared[name], on), needed)

    return tuple(token(*use) for use in USES)
