"""The register of agencies as its page prints it: rows, choices, what is chosen, where further pages are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from membership.models import AgencySuccession, EducationDuty, SuccessionKind
from membership.queries.agency_register import OtherName, RegisterPage, RegisterRow
from membership.register_choices import Asked, Group
from partnership.rules.plain_dates import counted, plain_date

# How many pages either side of the present one are named.
NEARBY = 2
PER_PAGE = 25
SORTED_BY = {"name": "by name", "-name": "by name, from Z", "kind": "by kind"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A box that can be ticked."""

    id: str
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Boxes under one heading; open while something is ticked."""

    key: str
    title: str
    choices: tuple[Choice, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChosenTag:
    """A choice that narrows the register, and the address without it."""

    title: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the register, or a gap where pages are not named."""

    number: int
    href: str
    is_current: bool
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Sorting:
    """A way to sort the list."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency of the list."""

    slug: str
    name: str
    other_names: str
    kind: str
    duties: tuple[str, ...]
    seats: tuple[str, ...]
    listed: tuple[str, ...]
    followed: str


@dataclass(frozen=True, slots=True)
class RegisterOnPage:
    """Everything that the list's page prints."""

    lines: tuple[AgencyLine, ...]
    lead: str
    words: str
    groups: tuple[ChoiceGroup, ...]
    chosen: tuple[ChosenTag, ...]
    sortings: tuple[Sorting, ...]
    pages: tuple[PageLink, ...]
    previous: str
    following: str
    query: str
    is_narrow: bool
    is_partly_ignored: bool


def register_on_page(found: RegisterPage, asked: Asked, groups: Sequence[Group]) -> RegisterOnPage:
    """What to print of a page of the register, for what was asked."""
    chosen = _chosen(asked, groups)
    return RegisterOnPage(
        lines=tuple(agency_line(row) for row in found.rows),
        lead=_lead(found, is_narrow=bool(chosen)),
        words=asked.narrowing.words,
        groups=tuple(_group(group, asked.chosen.get(group.key, ())) for group in groups),
        chosen=chosen,
        sortings=tuple(Sorting(key, words, key == asked.narrowing.sort) for key, words in SORTED_BY.items()),
        pages=_pages(found, asked) if found.pages > 1 else (),
        previous=_address(asked, page=found.number - 1) if found.number > 1 else "",
        following=_address(asked, page=found.number + 1) if found.number < found.pages else "",
        query=_address(asked),
        is_narrow=bool(chosen),
        is_partly_ignored=asked.is_partly_ignored,
    )


def agency_line(row: RegisterRow) -> AgencyLine:
    """One agency in words."""
    return AgencyLine(
        slug=row.agency.slug,
        name=row.name,
        other_names="; ".join(_other_name(name) for name in row.other_names),
        kind=row.agency.get_kind_display(),
        duties=duties_of(row),
        seats=tuple(f"{seat.board.short_name}: {seat.name}" for seat in row.seats),
        listed=tuple(dict.fromkeys(row.headings)),
        followed=_followed(row),
    )


def duties_of(row: RegisterRow) -> tuple[str, ...]:
    """The duties that statute puts on the agency."""
    duties = []
    if row.agency.section_11:
        duties.append("Section 11")
    if row.agency.education_duty:
        duties.append(str(EducationDuty(row.agency.education_duty).label))
    return tuple(duties)


def _other_name(name: OtherName) -> str:
    return f"{name.name} (until {plain_date(name.until)})" if name.until else name.name


def _followed(row: RegisterRow) -> str:
    if row.succession is None:
        return ""
    return succession_words(row.succession, row.successor_name)


def succession_words(succession: AgencySuccession, successor: str) -> str:
    """That another agency came after, and when."""
    verb = "Merged into" if succession.kind == SuccessionKind.MERGED else "Replaced by"
    return f"{verb} {successor} on {plain_date(succession.on)}"


def _lead(found: RegisterPage, *, is_narrow: bool) -> str:
    if not found.total:
        return ""
    number = counted(found.total, "agency", "agencies")
    if found.pages == 1:
        return f"{number} as chosen." if is_narrow else f"{number}, with the seats they hold in this partnership."
    first = (found.number - 1) * PER_PAGE + 1
    return f"{first} to {first + len(found.rows) - 1} of {number}."


# --- choices and addresses --------------------------------------------------------------------------------------------


def _group(group: Group, chosen: Sequence[str]) -> ChoiceGroup:
    choices = tuple(
        Choice(f"{group.key}-{number}", value, words, value in chosen)
        for number, (value, words) in enumerate(group.choices, start=1)
    )
    return ChoiceGroup(group.key, group.title, choices, is_open=bool(chosen))


def _chosen(asked: Asked, groups: Sequence[Group]) -> tuple[ChosenTag, ...]:
    tags = []
    if asked.narrowing.words:
        tags.append(ChosenTag("Words", f"“{asked.narrowing.words}”", _address(asked, words="")))
    for group in groups:
        words = dict(group.choices)
        tags += [
            ChosenTag(group.title, words[value], _address(asked, without=(group.key, value)))
            for value in asked.chosen.get(group.key, ())
        ]
    return tuple(tags)


def _address(asked: Asked, *, page: int = 1, words: str | None = None, without: tuple[str, str] | None = None) -> str:
    """The address of the same list, with another page, other words or one choice less."""
    pairs: list[tuple[str, str]] = []
    looked_for = asked.narrowing.words if words is None else words
    if looked_for:
        pairs.append(("q", looked_for))
    pairs += [(key, value) for key, values in asked.chosen.items() for value in values if (key, value) != without]
    if asked.narrowing.sort != "name":
        pairs.append(("sort", asked.narrowing.sort))
    if page > 1:
        pairs.append(("page", str(page)))
    return "?" + urlencode(pairs)


def _pages(found: RegisterPage, asked: Asked) -> tuple[PageLink, ...]:
    """The first, the last and the nearby pages, with gaps between them."""
    named = {1, found.pages, *range(found.number - NEARBY, found.number + NEARBY + 1)}
    links: list[PageLink] = []
    last = 0
    for number in sorted(one for one in named if 1 <= one <= found.pages):
        if number > last + 1:
            links.append(PageLink(0, "", is_current=False, is_gap=True))
        links.append(PageLink(number, _address(asked, page=number), is_current=number == found.number))
        last = number
    return tuple(links)
