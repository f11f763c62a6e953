"""Who may read an item or a paper, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from partnership.clock import LONDON
from partnership.models import Bar, Protection, Reader
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One named reader: until when, and in whose place; who is in another's place goes with that one."""

    id: int
    name: str
    words: str
    can_remove: bool


@dataclass(frozen=True, slots=True)
class InterestRow:
    """One interest that counts."""

    id: int
    name: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Everything the page prints of one item or paper."""

    caption: str
    title: str
    is_limited: bool
    state: str
    reason: str
    readers: tuple[ReaderRow, ...]
    interests: tuple[InterestRow, ...]


def access_page(
    *, caption: str, title: str, protection: Protection | None, readers: Iterable[Reader], interests: Iterable[Bar]
) -> AccessPage:
    """`protection` is None where nothing keeps it from anybody yet."""
    is_limited = protection is not None and protection.is_limited
    return AccessPage(
        caption=caption,
        title=title,
        is_limited=is_limited,
        state=_state(protection) if protection else OPEN,
        reason=protection.reason if protection and is_limited else "",
        readers=tuple(_reader(one) for one in readers),
        interests=tuple(_interest(one) for one in interests),
    )


OPEN = "Everybody who may read the agenda may read it."


def _state(protection: Protection) -> str:
    if not protection.is_limited:
        return OPEN
    others = "chair and scrutineer" if protection.excludes_team else "chair, scrutineer and partnership team"
    return f"Limited to named members. The {others} read it, too, unless they have an interest."


def _reader(reader: Reader) -> ReaderRow:
    until = f"until {plain_date(reader.until - timedelta(days=1))}"
    principal = reader.in_place_of
    words = f"In place of {principal.person.name}, {until}" if principal else f"Named {until}: {reader.reason}"
    return ReaderRow(reader.pk, reader.person.name, words, can_remove=principal is None)


def _interest(bar: Bar) -> InterestRow:
    on = plain_date(bar.recorded_at.astimezone(LONDON).date())
    return InterestRow(bar.pk, bar.person.name, f"{bar.get_source_display()} on {on}", bar.reason)
