"""The attendance of a board in one year, by the terms that were in force on the date of each meeting.

A year is one part, unless its terms came to expect something else within it; then each expectation is held against
the meetings of its own time. Nothing is computed here that the rule core computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from membership.presenters import uncounted_keys
from partnership.rules.attendance.absences import (
    Absence,
    AbsenceRule,
    Basis,
    LowShare,
    MissedInARow,
    MissedInYear,
    NotSeenFor,
    Occasion,
    absence_by_share,
    absence_in_a_row,
    absence_in_year,
    absence_since,
    occasions_of_person,
    occasions_of_seat,
)
from partnership.rules.attendance.attendance import (
    AttendancePolicy,
    AttendanceReport,
    Meeting,
    Period,
    Record,
    Seat,
    report,
)
from partnership.rules.clauses import Clause
from reviews.queries import AdoptedTerms, Registers

# Terms that ask for no rate: rates are shown over the kinds of meeting that are usually counted, and none is judged.
NO_RATE_ASKED = AttendancePolicy(id="attendance", clause=Clause("", ""))


@dataclass(frozen=True, slots=True)
class LongAbsence:
    """An absence rule that was met: by a seat, or (`person` named) by its representative."""

    seat: str
    person: str
    absence: Absence


@dataclass(frozen=True, slots=True)
class YearPart:
    """A stretch of the year under one expectation.

    `meetings` has every one of its meetings that should be over, also those that do not count. `uncounted` are the
    seats left out, because whoever holds them is not counted as a member.
    """

    period: Period
    adopted: AdoptedTerms | None
    meetings: tuple[Meeting, ...]
    report: AttendanceReport
    long_absences: tuple[LongAbsence, ...]
    uncounted: tuple[Seat, ...]


def year_parts(registers: Registers, *, year: int, today: date) -> list[YearPart]:
    """The parts of the year, until today, the earliest first; mostly one."""
    return [_part(registers, *each) for each in _expectations(registers.versions, _period(year, today))]


def overlaps(one: Period, other: Period) -> bool:
    """Whether the two share a day."""
    return (other.until is None or one.start < other.until) and (one.until is None or other.start < one.until)


def _period(year: int, today: date) -> Period:
    """The calendar year, or what of it has passed."""
    start, until = date(year, 1, 1), date(year + 1, 1, 1)
    return Period(start, max(start, min(until, today + timedelta(days=1))))


# --- which terms ------------------------------------------------------------------------------------------------------


def _expectations(versions: Sequence[AdoptedTerms], year: Period) -> Iterator[tuple[Period, AdoptedTerms | None]]:
    """The year cut where what is expected changes. A version that expects the same starts no part of its own."""
    changes = [
        version for version in versions if version.in_force_from > year.start and year.covers(version.in_force_from)
    ]
    stretches: list[tuple[date, AdoptedTerms | None]] = [(year.start, _in_force(versions, year.start))]
    for version in changes:
        start, before = stretches[-1]
        if _expected_by(before) == _expected_by(version):
            stretches[-1] = (start, version)
        else:
            stretches.append((version.in_force_from, version))
    ends = [*(start for start, _ in stretches[1:]), year.until]
    for (start, adopted), until in zip(stretches, ends, strict=True):
        yield Period(start, until), adopted


def _in_force(versions: Sequence[AdoptedTerms], on: date) -> AdoptedTerms | None:
    begun = [version for version in versions if version.in_force_from <= on]
    return begun[-1] if begun else None


def _policy(adopted: AdoptedTerms | None) -> AttendancePolicy:
    return (adopted.terms.attendance if adopted else None) or NO_RATE_ASKED


def _expected_by(adopted: AdoptedTerms | None) -> tuple[object, ...]:
    policy = _policy(adopted)
    rates = (policy.representative, policy.seat, policy.agency)
    return (*rates, policy.minimum_meetings, frozenset(policy.counts), policy.leave)


# --- one part ---------------------------------------------------------------------------------------------------------


def _part(registers: Registers, period: Period, adopted: AdoptedTerms | None) -> YearPart:
    uncounted = uncounted_keys(adopted.terms if adopted else None)
    seats = [seat for seat in registers.seats if overlaps(seat.existed, period)]
    counted = [seat for seat in seats if seat.id not in uncounted]
    return YearPart(
        period=period,
        adopted=adopted,
        meetings=tuple(meeting for meeting in registers.meetings if period.covers(meeting.on)),
        report=report(
            policy=_policy(adopted),
            period=period,
            seats=counted,
            meetings=registers.meetings,
            records=registers.records,
        ),
        long_absences=tuple(_long_absences(registers, period, adopted, counted)),
        uncounted=tuple(seat for seat in seats if seat.id in uncounted),
    )


def _long_absences(
    registers: Registers, period: Period, adopted: AdoptedTerms | None, seats: Iterable[Seat]
) -> Iterator[LongAbsence]:
    """What each rule finds in the period; a run may have begun before it, while the same rule was in force."""
    entries: dict[str, list[Record]] = {}
    for record in registers.records:
        entries.setdefault(record.seat, []).append(record)
    for rule in adopted.terms.absences if adopted else ():
        since = _since(registers.versions, rule)
        meetings = [
            meeting for meeting in registers.meetings if since <= meeting.on and _is_before_its_end(meeting.on, period)
        ]
        for seat in seats:
            for person, occasions, from_day in _whose(rule, seat, period, meetings, entries.get(seat.id, [])):
                absence = _absence(rule, occasions, from_day, period)
                if absence is not None and max((absence.reached_on, *absence.missed_on)) >= period.start:
                    yield LongAbsence(seat.id, person, absence)


def _is_before_its_end(day: date, period: Period) -> bool:
    return period.until is None or day < period.until


def _since(versions: Sequence[AdoptedTerms], rule: AbsenceRule) -> date:
    """From when the rule has been in force without a break, by its id."""
    since = date.min
    is_running = False
    for version in versions:
        has_it = any(each.id == rule.id for each in version.terms.absences)
        if has_it and not is_running:
            since = version.in_force_from
        is_running = has_it
    return since


def _whose(
    rule: AbsenceRule, seat: Seat, period: Period, meetings: Sequence[Meeting], records: Sequence[Record]
) -> Iterator[tuple[str, tuple[Occasion, ...], date]]:
    """Whose absences the rule looks at: the seat's own (no name), or those of its last representative in the period."""
    if isinstance(rule, MissedInARow | MissedInYear) and rule.basis is Basis.SEAT:
        yield "", occasions_of_seat(seat, meetings, records), seat.existed.start
        return
    for holder in [tenure for tenure in seat.tenures if overlaps(tenure.held, period)][-1:]:
        yield holder.person, occasions_of_person(seat, holder, meetings, records), holder.held.start


def _absence(rule: AbsenceRule, occasions: Sequence[Occasion], from_day: date, period: Period) -> Absence | None:
    last_day = (period.until or date.max) - timedelta(days=1)
    match rule:
        case MissedInARow():
            return absence_in_a_row(rule, occasions)
        case MissedInYear():
            return absence_in_year(rule, occasions, period.start.year)
        case NotSeenFor():
            return absence_since(rule, occasions, in_office_from=from_day, at=last_day)
        case LowShare():
            # The registers do not tell who took part in a discussion, so that such a rule is left to people.
            return None if rule.unless_active else absence_by_share(rule, occasions, at=last_day)
