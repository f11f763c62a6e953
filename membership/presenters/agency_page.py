"""One agency as its page prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from membership.duty_holders import section_11_holders
from membership.models import Agency, AgencyName, GradeLadder, RelevantAgency, Seat
from membership.presenters.agency_register import succession_words
from membership.queries.agency_page import AgencyHistory, AgencyRecord
from partnership.change_history import Entry
from partnership.rules.plain_dates import long_date, plain_date, plain_time

OUTSIDE = "somebody outside this partnership"
# Fields that repeat what the line says already.
NO_NEWS = frozenset({"partnership", "agency", "recorded in", "is alias", "ladder", "slug"})
# What the partnership that recorded it keeps to itself.
OWN_WORDS = frozenset({"what moved"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it, each of several on a line of its own."""

    label: str
    words: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OtherAgency:
    """Another agency that this one has to do with: `slug` leads to its page, where the register has one."""

    words: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class LineOnList:
    """A line of the list of relevant agencies."""

    number: int
    listed_as: str
    category: str
    days: str
    note: str
    is_standing: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat, and since or until when the agency has or had it."""

    board: str
    board_slug: str
    name: str
    days: str


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """Who answers for the agency."""

    name: str
    post: str
    days: str


@dataclass(frozen=True, slots=True)
class LadderOnPage:
    """A ladder with its rungs, the most senior first."""

    number: int
    name: str
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActOfHistory:
    """One act: when, by whom, on what."""

    at: str
    by: str
    what: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOfHistory:
    day: str
    acts: tuple[ActOfHistory, ...]


@dataclass(frozen=True, slots=True)
class AgencyOnPage:
    """Everything that the agency's page prints."""

    name: str
    followed: OtherAgency | None
    facts: tuple[Fact, ...]
    relations: tuple[OtherAgency, ...]
    seats_now: tuple[SeatLine, ...]
    seats_then: tuple[SeatLine, ...]
    lines: tuple[LineOnList, ...]
    officer: OfficerLine | None
    earlier_officers: tuple[OfficerLine, ...]
    ladders: tuple[LadderOnPage, ...]
    requests: tuple[Fact, ...]
    is_shared: bool
    history: tuple[DayOfHistory, ...]


def agency_on_page(record: AgencyRecord, history: AgencyHistory, *, today: date) -> AgencyOnPage:
    """What to print of an agency on a day."""
    held = [seat for seat in record.seats if _is_open(seat, today)]
    officers = record.officers
    in_post = next(
        (one for one in officers if one.starts_on <= today and (one.until is None or one.until > today)), None
    )
    return AgencyOnPage(
        name=record.name,
        followed=_followed(record),
        facts=_facts(record, today),
        relations=tuple(_relations(record)),
        seats_now=tuple(_seat(seat, f"since {plain_date(seat.starts_on)}") for seat in held),
        seats_then=tuple(_seats_then(record, held)),
        lines=tuple(_line(line, today) for line in record.listings),
        officer=OfficerLine(in_post.name, in_post.post, _days(in_post.starts_on, in_post.until)) if in_post else None,
        earlier_officers=tuple(
            OfficerLine(one.name, one.post, _days(one.starts_on, one.until)) for one in officers if one != in_post
        ),
        ladders=tuple(_ladder(ladder) for ladder in record.ladders),
        requests=tuple(
            Fact(
                request.get_outcome_display(),
                (f"{request.body}, asked {plain_date(request.asked_on)} by {request.asked_by}",),
                request.reason,
            )
            for request in record.requests
        ),
        is_shared=record.is_shared,
        history=tuple(_history(history)),
    )


def _is_open(row: Seat, today: date) -> bool:
    return row.until is None or row.until > today


def _days(starts: date | None, until: date | None) -> str:
    begun = f"since {plain_date(starts)}" if starts else ""
    if until is None:
        return begun
    return f"{plain_date(starts)} to {plain_date(until)}" if starts else f"until {plain_date(until)}"


def _facts(record: AgencyRecord, today: date) -> tuple[Fact, ...]:
    agency = record.agency
    borne = [name for name in record.names_borne if name.name != record.name or name.until or name.starts_on]
    facts = [
        Fact("Our name for it", (record.own_name,) if record.own_name else ()),
        Fact("Names over time", tuple(_dated(name) for name in borne or record.names_borne)),
        Fact("Also known as", tuple(_dated(name) for name in record.aliases)),
        Fact("Kind", (agency.get_kind_display(),)),
        Fact("Statutory role", (agency.get_statutory_role_display(),)),
        _section_11(agency),
        Fact("Education Act duty", (agency.get_education_duty_display(),) if agency.education_duty else ("None",)),
    ]
    return tuple(fact for fact in facts if fact.words)


def _section_11(agency: Agency) -> Fact:
    holder = next((one for one in section_11_holders() if one.id == agency.section_11), None)
    if holder is None:
        return Fact("Section 11 duty", ("None",))
    return Fact("Section 11 duty", (f"Yes: {holder.kind}",), holder.note)


def _dated(name: AgencyName) -> str:
    days = _days(name.starts_on, name.until)
    return f"{name.name}, {days}" if days else name.name


def _followed(record: AgencyRecord) -> OtherAgency | None:
    if record.succession is None:
        return None
    name = record.names[record.succession.successor_id]
    return _other(record, succession_words(record.succession, name), record.succession.successor)


def _other(record: AgencyRecord, words: str, agency: Agency) -> OtherAgency:
    return OtherAgency(words, record.names[agency.pk], agency.slug if agency.pk in record.in_register else "")


def _relations(record: AgencyRecord) -> Iterable[OtherAgency]:
    if record.agency.parent is not None:
        yield _other(record, "Part of", record.agency.parent)
    for child in record.children:
        yield _other(record, "Has as a part", child)
    for earlier in record.predecessions:
        yield _other(record, f"Since {plain_date(earlier.on)} also in the place of", earlier.agency)


def _seat(seat: Seat, days: str) -> SeatLine:
    return SeatLine(seat.board.name, seat.board.slug, seat.name, days)


def _seats_then(record: AgencyRecord, held: list[Seat]) -> Iterable[SeatLine]:
    for seat in record.seats:
        if seat not in held:
            yield _seat(seat, _days(seat.starts_on, seat.until))
    for former in record.former_seats:
        yield _seat(former.seat, _days(former.seat.starts_on, former.left_on))


def _line(line: RelevantAgency, today: date) -> LineOnList:
    is_standing = line.until is None or line.until > today
    return LineOnList(line.pk, line.listed_as, line.category, _days(line.since, line.until), line.note, is_standing)


def _ladder(ladder: GradeLadder) -> LadderOnPage:
    return LadderOnPage(ladder.pk, ladder.name, tuple(grade.name for grade in ladder.grades.all()))


# --- history ----------------------------------------------------------------------------------------------------------


def _history(history: AgencyHistory) -> Iterable[DayOfHistory]:
    for day, entries in groupby(history.entries, key=lambda entry: entry.at.date()):
        yield DayOfHistory(long_date(day), tuple(_act(entry, history) for entry in entries))


def _act(entry: Entry, history: AgencyHistory) -> ActOfHistory:
    """Who of another partnership did it, and why, is that partnership's own; what changed is everybody's."""
    is_ours = entry.by in history.of_this_partnership
    changes = tuple(
        f"{change.field}: {change.was} → {change.now}"
        for change in entry.changes
        if change.field not in NO_NEWS and (is_ours or change.field not in OWN_WORDS)
    )
    what = f"{entry.about}: {entry.done}" if is_ours else f"{entry.about}: changed"
    return ActOfHistory(plain_time(entry.at.time()), entry.by if is_ours else OUTSIDE, what, changes)
