"""What the address of the register asks for. Whatever it does not know is left out, and said to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from membership.models import AgencyKind, EducationDuty, StatutoryRole
from membership.queries.agency_register import NO, NO_DUTY, SORTINGS, YES, Narrowing

LONGEST_WORDS = 100
LAST_PAGE = 10_000
YES_NO = ((YES, "Yes"), (NO, "No"))


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind: the word for it in the address, its heading, what can be chosen."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for, and what of it nobody can answer."""

    narrowing: Narrowing
    page: int = 1
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_partly_ignored: bool = False


def groups_of(categories: Sequence[str]) -> list[Group]:
    """What the register can be narrowed by; `categories` are the headings of this partnership's list."""
    duties = [(duty.value or NO_DUTY, str(duty.label)) for duty in EducationDuty]
    groups = (
        ("kind", "Kind", AgencyKind.choices),
        ("role", "Statutory role", StatutoryRole.choices),
        ("section_11", "Section 11 duty", YES_NO),
        ("education", "Education Act duty", duties),
        ("listed", "On our list of relevant agencies", YES_NO),
        ("category", "Heading on the list", [(category, category) for category in categories]),
        ("seat", "Holds a seat", YES_NO),
    )
    return [
        Group(key, title, tuple((str(value), str(words)) for value, words in choices))
        for key, title, choices in groups
        if choices
    ]


def asked_of(query: QueryDict, groups: Iterable[Group]) -> Asked:
    """The reader's choices, each only once and only if it can be chosen."""
    known = {group.key: dict(group.choices) for group in groups}
    chosen = {key: tuple(value for value in choices if value in query.getlist(key)) for key, choices in known.items()}
    words, is_readable = _words(query.get("q", ""))
    sort = query.get("sort", "name")
    page = query.get("page", "1")
    is_number = page.isascii() and page.isdigit() and len(page) <= len(str(LAST_PAGE))
    ignored = (
        not is_readable
        or sort not in SORTINGS
        or not is_number
        or any(value not in known.get(key, {}) for key in known for value in query.getlist(key))
        or any(key not in known and key not in {"q", "sort", "page"} for key in query)
    )
    narrowing = Narrowing(
        words=words,
        kinds=chosen["kind"],
        roles=chosen["role"],
        section_11=chosen["section_11"],
        education=chosen["education"],
        listed=chosen["listed"],
        seated=chosen["seat"],
        categories=chosen.get("category", ()),
        sort=sort if sort in SORTINGS else "name",
    )
    return Asked(narrowing, max(1, int(page)) if is_number else 1, chosen, ignored)


def _words(typed: str) -> tuple[str, bool]:
    """What to look for, and whether all of it could be read."""
    words = " ".join(typed.replace("\x00", " ").split())
    return words[:LONGEST_WORDS], "\x00" not in typed and len(words) <= LONGEST_WORDS
