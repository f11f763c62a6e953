"""From the constitution's seats to the roles of their holders: what a standing says, for how long. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from partnership.access import Role
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.quorum.terms import Capacity, Office

# A counted class ("22 others") has rows keyed others, others.2, others.3: the dot is not a character of ids.
CLASS_MARK = "."


@dataclass(frozen=True, slots=True)
class RolePeriod:
    """A role over [starts_on, until); None is open."""

    role: Role
    starts_on: date
    until: date | None


def seat_id_in_terms(key: str) -> str:
    """The id by which the constitution knows the seat of that key."""
    return key.split(CLASS_MARK, maxsplit=1)[0]


def seat_keys(seat_id: str, count: int) -> list[str]:
    """The keys of the rows of a seat, or of a counted class of like seats."""
    return [seat_id] + [f"{seat_id}{CLASS_MARK}{number}" for number in range(2, count + 1)]


def roles_of_seat(terms: Terms, key: str) -> frozenset[Role]:
    """What the representative in a seat is, by the terms: an office holder, a member, an observer or an adviser.

    One seat may carry two offices (a chair who is the scrutineer). A seat the terms do not list is a member's: the
    team has added it, as terms with "seats given at the meeting" let them.
    """
    seat_id = seat_id_in_terms(key)
    seat = next((seat for seat in terms.quorum.seats if seat.id == seat_id), None)
    if seat is None:
        return frozenset({Role.MEMBER})
    held = [terms.quorum.offices[office] for office in seat.offices]
    offices = frozenset(role for office in held for role in roles_of_office(office))
    if offices:
        return offices
    return frozenset({_role_of_capacity(seat.capacity, terms.quorum.capacities.get(seat.capacity))})


def role_periods(
    versions: Sequence[tuple[date, Terms]], *, key: str, is_deputy: bool, starts_on: date, until: date | None
) -> frozenset[RolePeriod]:
    """The roles of an appointment over its period, cut where a further version of the terms changes the seat.

    `versions` are (in force from, terms), the earliest first; before the first, the first holds.
    """
    if is_deputy or not versions:
        return frozenset({RolePeriod(Role.DEPUTY if is_deputy else Role.MEMBER, starts_on, until)})
    spans = _spans(versions, starts_on, until)
    roles = {role for terms, _, _ in spans for role in roles_of_seat(terms, key)}
    return frozenset(
        period
        for role in roles
        for period in _joined(
            role, ((first, last) for terms, first, last in spans if role in roles_of_seat(terms, key))
        )
    )


def without(periods: Iterable[RolePeriod], away: Sequence[tuple[date, date | None]]) -> frozenset[RolePeriod]:
    """The periods less those days: who is on leave has no role of their own meanwhile."""
    left = set(periods)
    for starts_on, until in away:
        left = {part for period in left for part in _cut(period, starts_on, until)}
    return frozenset(left)


def _cut(period: RolePeriod, starts_on: date, until: date | None) -> Iterator[RolePeriod]:
    is_apart = (period.until is not None and period.until <= starts_on) or (
        until is not None and until <= period.starts_on
    )
    if is_apart:
        yield period
        return
    if period.starts_on < starts_on:
        yield RolePeriod(period.role, period.starts_on, starts_on)
    if until is not None and (period.until is None or until < period.until):
        yield RolePeriod(period.role, until, period.until)


def roles_of_office(office: Office) -> Iterable[Role]:
    """What holding that office makes of somebody, by what it is called."""
    for words in (office.id, office.name, *office.aliases):
        title = words.lower().replace("-", " ")
        if title.endswith("vice chair"):
            yield Role.VICE_CHAIR
        elif title.endswith("chair"):
            yield Role.CHAIR
        elif title.endswith("scrutineer"):
            yield Role.SCRUTINEER


def _role_of_capacity(name: str, capacity: Capacity | None) -> Role:
    if name == "adviser":
        return Role.ADVISER
    if name == "member" or (capacity is not None and (capacity.counts or capacity.votes)):
        return Role.MEMBER
    return Role.OBSERVER


def _spans(
    versions: Sequence[tuple[date, Terms]], starts_on: date, until: date | None
) -> list[tuple[Terms, date, date | None]]:
    """The period cut at each version: (terms, first day, first day after)."""
    spans: list[tuple[Terms, date, date | None]] = []
    for number, (in_force_from, terms) in enumerate(versions):
        first = starts_on if number == 0 else max(starts_on, in_force_from)
        next_from = versions[number + 1][0] if number + 1 < len(versions) else None
        ends = [end for end in (until, next_from) if end is not None]
        last = min(ends) if ends else None
        if last is None or first < last:
            spans.append((terms, first, last))
    return spans


def _joined(role: Role, spans: Iterable[tuple[date, date | None]]) -> list[RolePeriod]:
    """Spans that follow on one another, as one period."""
    periods: list[RolePeriod] = []
    for first, last in spans:
        if periods and periods[-1].until == first:
            periods[-1] = RolePeriod(role, periods[-1].starts_on, last)
        else:
            periods.append(RolePeriod(role, first, last))
    return periods
