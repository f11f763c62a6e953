"""An attendance file against the constitution of its body: labels become ids, times become instants.

A label that the constitution does not declare is not a mistake: that person is a plain head, and
the label is kept in `Attendee.unknown`, so that the answer can say so. A key that does not exist,
or a capacity that is not declared, is a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction
from typing import Protocol
from zoneinfo import ZoneInfo

from partnership.constitutions.declared import BUILT_IN
from partnership.constitutions.problems import BadFile, Path, Problem, quoted
from partnership.constitutions.schema_attendance import CaseForm, MeetingForm, PresentForm
from partnership.constitutions.text import read
from partnership.constitutions.tree import Document, Listing, Mapping, Tree
from partnership.constitutions.wording import nearest, unknown_key, validated
from partnership.rules.deadlines.wall_clock import AmbiguousTime, NoSuchTime, instant_of
from partnership.rules.quorum.facts import ALWAYS, Attendee, Determined, Facts, Interval, MeetingFacts, Withdrawal
from partnership.rules.quorum.terms import Phase, QuorumTerms, Seat

CONFLICTED = "conflicted"
NO_DATE = 'A time needs the date of the meeting: write "meeting: {on: 2026-04-01}".'
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One meeting of an attendance file. `quorate` is the answer it states: None when it states none."""

    name: str
    facts: Facts
    at: datetime | None
    phase: Phase | None
    item: str | None
    business: str | None
    quorate: bool | str | None
    why: str
    line: int


def load_attendance(data: bytes, terms: QuorumTerms) -> tuple[Case, ...]:
    """Every case of the file, in its order. Raises `BadFile` with all its problems."""
    document = read(data)
    cases = [_case(document, path, tree, terms) for path, tree in _cases(document)]
    document.raise_if_bad()
    return tuple(case for case in cases if case)


def moment_of(case: Case, at: time) -> datetime:
    """That time of day on the date of the case's meeting. Raises `BadFile` when it has none."""
    on = case.facts.meeting.on
    try:
        if on is not None:
            return instant_of(on, at, LONDON)
        sentence = NO_DATE
    except (NoSuchTime, AmbiguousTime) as error:
        sentence = str(error)
    raise BadFile((Problem(case.line, 1, "meeting.on", sentence),))


def _cases(document: Document) -> Iterator[tuple[Path, Tree]]:
    """One case alone, a list of them, or a list under "cases"."""
    tree = document.tree
    if isinstance(tree, Mapping) and "cases" in tree.items:
        for key in tree.items:
            if key != "cases":
                document.refuse((key,), unknown_key(key, ["cases"]), of_key=True)
        tree = tree.items["cases"]
        if not isinstance(tree, Listing):
            document.refuse(("cases",), "Expected a list of cases.")
            return
        yield from ((("cases", index), item) for index, item in enumerate(tree.items))
    elif isinstance(tree, Listing):
        yield from (((index,), item) for index, item in enumerate(tree.items))
    else:
        yield (), tree


def _case(document: Document, path: Path, tree: Tree, terms: QuorumTerms) -> Case | None:
    form = validated(CaseForm, tree.value, document, path)
    if form is None:
        return None
    clock = _Clock(document, form.meeting)
    attendees = tuple(
        _attendee(document, (*path, "present", index), row, terms, clock) for index, row in enumerate(form.present)
    )
    sizes = form.membership.model_extra or {}
    _check_vacant(document, (*path, "membership", "vacant"), form.membership.vacant, terms)
    return Case(
        name=form.case or "",
        facts=Facts(
            attendees=attendees,
            meeting=_meeting(form.meeting, clock, (*path, "meeting")),
            sizes=sizes,
            vacant=frozenset(form.membership.vacant),
            determinations=tuple(_determinations(form, terms, clock, path)),
        ),
        at=clock.instant(form.at, (*path, "at")),
        phase=form.phase,
        item=form.meeting.item,
        business=form.meeting.business,
        quorate=form.quorate,
        why=form.why or "",
        line=document.mark(path).line,
    )


class _Clock:
    """Times of day on the date of the meeting, in London."""

    def __init__(self, document: Document, meeting: MeetingForm) -> None:
        self.document = document
        self.on = meeting.on

    def instant(self, at: time | None, path: Path) -> datetime | None:
        if at is None:
            return None
        if self.on is None:
            self.document.add(path, NO_DATE)
            return None
        try:
            return instant_of(self.on, at, LONDON)
        except (NoSuchTime, AmbiguousTime) as error:
            self.document.add(path, str(error))
            return None

    def interval(self, since: time | None, until: time | None, path: Path) -> Interval:
        if since and until and until <= since:
            self.document.add(path, f"Leaving at {until:%H:%M} does not come after arriving at {since:%H:%M}.")
        return Interval(self.instant(since, path), self.instant(until, path))


def _meeting(form: MeetingForm, clock: _Clock, path: Path) -> MeetingFacts:
    circumstances = {*form.circumstances, *(("requisitioned",) if form.requisitioned else ())}
    return MeetingFacts(
        on=form.on,
        kind=form.kind,
        call=form.call,
        circumstances=frozenset(circumstances),
        opened_at=clock.instant(form.opened, (*path, "opened")),
        closed_at=clock.instant(form.closed, (*path, "closed")),
    )


def _attendee(document: Document, path: Path, row: PresentForm, terms: QuorumTerms, clock: _Clock) -> Attendee:
    seat = _seat(document, path, row, terms)
    labels = _Labels(row, terms)
    if row.as_ == CONFLICTED:
        capacity = seat.capacity if seat else "member"
    else:
        capacity = _capacity(document, (*path, "as"), row, terms, seat)
    default_votes = seat.votes if seat else Fraction(1)
    return Attendee(
        name=row.name or "",
        number=row.n,
        person=row.person,
        seat=row.seat,
        capacity=capacity,
        organisation=labels.organisation or (seat.organisation if seat else None),
        offices=frozenset(labels.offices),
        categories=frozenset(_listed(row.cat)),
        votes=default_votes if row.votes is None else row.votes,
        unit=row.unit or (seat.unit if seat else None),
        is_remote=row.remote,
        is_suspended=row.suspended,
        deputy_check=row.deputy,
        here=_here(row, clock, path),
        withdrawals=_withdrawals(row, clock, path),
        unknown=tuple(labels.unknown),
    )


def _seat(document: Document, path: Path, row: PresentForm, terms: QuorumTerms) -> Seat | None:
    if row.seat is None:
        return None
    seats = {seat.id: seat for seat in terms.seats}
    if row.seat not in seats:
        near = nearest(row.seat, list(seats))
        hint = f"; did you mean {quoted(near[0])}?" if near else "."
        document.add((*path, "seat"), f"No seat has the id {quoted(row.seat)}{hint}", found=row.seat)
        return None
    if row.n > seats[row.seat].count:
        document.add(
            (*path, "n"), f"{row.n} people cannot sit on {seats[row.seat].count} of the seat {quoted(row.seat)}."
        )
    return seats[row.seat]


def _capacity(document: Document, path: Path, row: PresentForm, terms: QuorumTerms, seat: Seat | None) -> str:
    if row.as_ is None:
        return seat.capacity if seat else "member"
    known = {_folded(label): one.id for one in terms.capacities.values() for label in (one.id, one.name)}
    known.update({one: one for one in BUILT_IN})
    found = known.get(_folded(row.as_))
    if found is None:
        choices = ", ".join(sorted({*terms.capacities, *BUILT_IN, CONFLICTED}))
        document.add(
            path,
            f"{quoted(row.as_)} is not a capacity of this constitution; its capacities are {choices}.",
            found=row.as_,
        )
        return "member"
    return found


class _Called(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


class _Labels:
    """What a row calls its organisation and offices, as ids; what nobody declared is `unknown`."""

    def __init__(self, row: PresentForm, terms: QuorumTerms) -> None:
        self.unknown: list[str] = []
        self.organisation = self._organisation(row.org, terms) if row.org else None
        self.offices = [office for label in _listed(row.role) if (office := self._office(label, terms))]
        known_categories = {category for seat in terms.seats for category in seat.categories}
        if known_categories:
            self.unknown.extend(label for label in _listed(row.cat) if label not in known_categories)

    def _organisation(self, label: str, terms: QuorumTerms) -> str | None:
        called = _called(label, terms.organisations.values())
        if called is None:
            of_kind = [one.id for one in terms.organisations.values() if _folded(one.kind) == _folded(label)]
            called = of_kind[0] if len(of_kind) == 1 else None
        if called is None:
            self.unknown.append(label)
        return called

    def _office(self, label: str, terms: QuorumTerms) -> str | None:
        called = _called(label, terms.offices.values())
        if called is None:
            self.unknown.append(label)
        return called


def _called(label: str, things: Iterable[_Called]) -> str | None:
    """The id of the one that goes by this id, name or alias."""
    for one in things:
        if _folded(label) in {_folded(word) for word in (one.id, one.name, *one.aliases)}:
            return one.id
    return None


def _folded(label: str) -> str:
    """Case and hyphens aside: "Ex officio" is the capacity "ex-officio"."""
    return " ".join(label.casefold().replace("-", " ").split())


def _listed(labels: str | Sequence[str] | None) -> list[str]:
    return [] if labels is None else [labels] if isinstance(labels, str) else list(labels)


def _here(row: PresentForm, clock: _Clock, path: Path) -> tuple[Interval, ...]:
    if row.times is not None:
        stays = [(stay[0], stay[1] if len(stay) > 1 else None) for stay in row.times]
        return tuple(
            clock.interval(since, until, (*path, "times", index)) for index, (since, until) in enumerate(stays)
        )
    if row.arrived or row.left:
        return (clock.interval(row.arrived, row.left, (*path, "arrived" if row.arrived else "left")),)
    return ALWAYS


def _withdrawals(row: PresentForm, clock: _Clock, path: Path) -> tuple[Withdrawal, ...]:
    if row.as_ == CONFLICTED or row.withdrew:
        return (Withdrawal(),)
    return tuple(
        Withdrawal(item=one.item, interval=clock.interval(one.since, one.until, (*path, "withdrew_from", index)))
        for index, one in enumerate(row.withdrew_from)
    )


def _determinations(form: CaseForm, terms: QuorumTerms, clock: _Clock, path: Path) -> Iterator[Determined]:
    for index, one in enumerate(form.determinations):
        yield Determined(
            by=_called(one.by, terms.offices.values()) or one.by,
            at=clock.instant(one.at, (*path, "determinations", index, "at")),
            reason=one.reason,
            item=one.item,
        )


def _check_vacant(document: Document, path: Path, vacant: Sequence[str], terms: QuorumTerms) -> None:
    known = {seat.id for seat in terms.seats}
    for index, one in enumerate(vacant):
        if one not in known:
            document.add((*path, index), f"No seat has the id {quoted(one)}.", found=one)
