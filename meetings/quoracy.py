"""The bridge from rows to the rule core: a register becomes facts, the core answers.

A row's representative comes in the capacity of the seat; a deputy in that of deputies, and in none that counts where
the seat itself does not count. Who holds two seats is the same person in both. Nothing here decides anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from meetings.deputy_checks import NOTHING_SAID, DeputySaid, judged_deputy, said_in
from meetings.models import AttendsAs, DeputyStanding, Meeting, Mode, PresentAs, Recorded, ReplyAnswer
from meetings.queries.register import Register, RegisterRow
from membership.roles import seat_id_in_terms
from partnership.models import User
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import (
    ALWAYS,
    Attendee,
    DeputyCheck,
    Determined,
    Facts,
    Interval,
    MeetingFacts,
    Withdrawal,
)
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.terms import Call, Phase, QuorumTerms

# In what capacity somebody without a seat is there; none of these counts.
WITHOUT_A_SEAT = {
    AttendsAs.OBSERVER: "observer",
    AttendsAs.ADVISER: "adviser",
    AttendsAs.GUEST: "guest",
    AttendsAs.IN_ATTENDANCE: "guest",
}
MEMBER, DEPUTY, SUBSTITUTE, OBSERVER = "member", "deputy", "substitute", "observer"
DEPUTY_CHECKS = {
    DeputyStanding.IMPROPER: DeputyCheck.IMPROPER,
    DeputyStanding.NOT_CHECKED: DeputyCheck.NOT_CHECKED,
}


class NoTermsInForce(Exception):
    """The board had no terms of reference on the meeting's date, so nothing can be said of its quorum."""


def quoracy_of(
    register: Register, *, at: datetime | None, phase: Phase = Phase.HOLD, item: str | None = None
) -> Answer:
    """Whether the meeting is quorate at that moment (None: counting everybody recorded), and why.

    Raises NoTermsInForce.
    """
    return assess(quorum_terms_of(register), facts_of(register), at=at, phase=phase, item=item)


def quorum_terms_of(register: Register) -> QuorumTerms:
    """The quorum of the terms in force on the meeting's date. Raises NoTermsInForce."""
    if register.terms is None:
        raise NoTermsInForce(f"{register.meeting.board} had no terms of reference on that day.")
    return register.terms.quorum


def facts_of(register: Register) -> Facts:
    """The register as the core reads it. Raises NoTermsInForce."""
    terms = quorum_terms_of(register)
    return _facts(register, terms, (attendee for row in register.rows for attendee in _attendees(terms, row)))


def expected_facts(register: Register) -> Facts:
    """The facts if everybody comes who said so, and nobody else. Raises NoTermsInForce."""
    terms = quorum_terms_of(register)
    return _facts(register, terms, (coming for row in register.seats if (coming := _coming(register, row)) is not None))


def full_facts(register: Register) -> Facts:
    """The facts if a person came for every seat: its representative, or on leave the deputy. Raises NoTermsInForce."""
    terms = quorum_terms_of(register)
    those = (_could_come(register, replace(row, reply=None)) for row in register.seats)
    return _facts(register, terms, (one for one in those if one is not None))


def could_come(register: Register) -> tuple[Attendee, ...]:
    """Whom one could still ask, a person a seat that nobody fills: its representative, or the first deputy where the
    representative sent apologies. Filled means in the meeting, or before the day, said to be coming
    and no deputy whom the rules do not count.

    Raises NoTermsInForce.
    """
    seats = [(row, _is_filled(register, row)) for row in register.seats]
    people = {person for row, is_filled in seats if is_filled for person in _people(row)}
    candidates = (_could_come(register, row) for row, is_filled in seats if not is_filled)
    return tuple(candidate for candidate in candidates if candidate and candidate.person not in people)


def counted_rows(register: Register) -> tuple[RegisterRow, ...]:
    """The rows of the seats whose representative can be a head; every seat where there are no terms."""
    if register.terms is None:
        return register.seats
    terms = register.terms.quorum
    return tuple(row for row in register.seats if _counts(terms, _capacity(terms, row, PresentAs.REPRESENTATIVE)))


def terms_capacity(register: Register, row: RegisterRow) -> str:
    """What the terms call the capacity of a seat's representative."""
    if register.terms is None:
        return MEMBER
    terms = register.terms.quorum
    capacity = _capacity(terms, row, PresentAs.REPRESENTATIVE)
    return terms.capacities[capacity].name if capacity in terms.capacities else capacity


# --- people -----------------------------------------------------------------------------------------------------------


def _attendees(terms: QuorumTerms, row: RegisterRow) -> Iterator[Attendee]:
    """Each person of a row who attended, with all their times."""
    if row.attendance is None or not row.has_attended:
        return
    attendance = row.attendance
    withdrawals = tuple(
        Withdrawal(item=one.item_number, interval=Interval(one.from_at, one.until_at)) for one in row.withdrawals
    )
    intervals: dict[tuple[int | None, str], list[Interval]] = {}
    for presence in row.presences:
        key = (presence.person_id, presence.present_as)
        intervals.setdefault(key, []).append(Interval(presence.arrived_at, presence.left_at))
    names = {presence.person_id: str(presence.person) for presence in row.presences if presence.person}
    for (person_id, present_as), here in intervals.items():
        is_stand_in = present_as in {PresentAs.DEPUTY, PresentAs.SUBSTITUTE}
        yield Attendee(
            name=names.get(person_id, attendance.guest_name),
            person=_person_key(person_id),
            seat=_seat_in(terms, row),
            capacity=_capacity(terms, row, PresentAs(present_as)),
            is_remote=attendance.mode == Mode.REMOTE,
            deputy_check=_deputy_check(attendance.deputy_standing) if is_stand_in else DeputyCheck.PROPER,
            here=tuple(here),
            withdrawals=withdrawals,
        )


def _coming(register: Register, row: RegisterRow) -> Attendee | None:
    """Who is to come for a seat, by its reply."""
    if row.reply is None or row.reply.person is None or row.held is None:
        return None
    if row.reply.answer == ReplyAnswer.COMING:
        return _named(register, row, row.reply.person, PresentAs.REPRESENTATIVE)
    is_designated = any(deputy.person_id == row.reply.person_id for deputy in row.held.deputies)
    present_as = PresentAs.DEPUTY if is_designated else PresentAs.SUBSTITUTE
    return _named(register, row, row.reply.person, present_as, said_in(row.reply))


def _could_come(register: Register, row: RegisterRow) -> Attendee | None:
    held = row.held
    if held is None or held.representative is None:
        return None
    has_replied_no = row.reply is not None and row.reply.answer == ReplyAnswer.APOLOGIES
    has_apologised = row.recorded is Recorded.APOLOGIES or has_replied_no or held.is_represented_by_a_deputy
    if has_apologised and held.acting_deputy is not None:
        return _named(register, row, held.acting_deputy.person, PresentAs.DEPUTY)
    if held.is_represented_by_a_deputy:
        return None
    return _named(register, row, held.representative.person, PresentAs.REPRESENTATIVE)


def _is_filled(register: Register, row: RegisterRow) -> bool:
    if register.meeting.opened_at is not None:
        return row.is_in_the_meeting
    coming = _coming(register, row)
    return coming is not None and coming.deputy_check is not DeputyCheck.IMPROPER


def _people(row: RegisterRow) -> set[str | None]:
    """Who fills a row, by the core's keys."""
    here = {presence.person_id for presence in row.presences if presence.left_at is None}
    replied = {row.reply.person_id} if row.reply is not None and not here else set()
    return {_person_key(person_id) for person_id in here | replied if person_id is not None}


def _named(
    register: Register, row: RegisterRow, person: User, present_as: PresentAs, said: DeputySaid = NOTHING_SAID
) -> Attendee:
    """Somebody who is to come, or could: a deputy by what is declared and said of them."""
    terms = quorum_terms_of(register)
    return Attendee(
        name=person.name,
        person=_person_key(person.pk),
        seat=_seat_in(terms, row),
        capacity=_capacity(terms, row, present_as),
        deputy_check=_ahead(register, row, person, present_as, said),
        here=ALWAYS,
    )


def _ahead(register: Register, row: RegisterRow, person: User, present_as: PresentAs, said: DeputySaid) -> DeputyCheck:
    """What the rule on deputies makes of them before the day; a notice that can still be given is not missed yet."""
    rule = register.terms.deputies if register.terms else None
    if rule is None or row.held is None or present_as is PresentAs.REPRESENTATIVE:
        return DeputyCheck.PROPER
    if rule.written_notice is not None and said.written_at is None:
        return DeputyCheck.PROPER
    member = (row.held.representative,) if row.held.representative else ()
    judged = judged_deputy(
        rule,
        meeting=register.meeting,
        holders=[*member, *row.held.deputies],
        person_id=person.pk,
        name=person.name,
        said=said,
    )
    return judged.for_quorum


def _person_key(person_id: int | None) -> str | None:
    return None if person_id is None else f"person {person_id}"


def _deputy_check(standing: str) -> DeputyCheck:
    return DEPUTY_CHECKS.get(DeputyStanding(standing), DeputyCheck.PROPER)


def _seat_in(terms: QuorumTerms, row: RegisterRow) -> str | None:
    """The seat's id in the terms; None for a seat the terms do not list, and for a guest."""
    if row.held is None:
        return None
    seat_id = seat_id_in_terms(row.held.seat.key)
    return seat_id if seat_id in prepared(terms).places else None


def _capacity(terms: QuorumTerms, row: RegisterRow, present_as: PresentAs) -> str:
    """The capacity of whoever sits in a row: the seat's own, a stand-in's, or a guest's."""
    if row.held is None:
        attends_as = row.attendance.attends_as if row.attendance else AttendsAs.GUEST
        return WITHOUT_A_SEAT[AttendsAs(attends_as)]
    place = prepared(terms).places.get(seat_id_in_terms(row.held.seat.key))
    own = place.seat.capacity if place else MEMBER
    if present_as is PresentAs.REPRESENTATIVE:
        return own
    if not _counts(terms, own):
        return OBSERVER
    if present_as is PresentAs.SUBSTITUTE and SUBSTITUTE in terms.capacities:
        return SUBSTITUTE
    # Terms that state no quorum need not say what a deputy counts for: everybody there is told as present.
    return DEPUTY if DEPUTY in terms.capacities or terms.rules else own


def _counts(terms: QuorumTerms, capacity: str) -> bool:
    declared = terms.capacities.get(capacity)
    return declared.counts if declared is not None else capacity == MEMBER


# --- the meeting and its seats ----------------------------------------------------------------------------------------


def _facts(register: Register, terms: QuorumTerms, attendees: Iterable[Attendee]) -> Facts:
    determination = terms.determination
    return Facts(
        attendees=tuple(attendees),
        meeting=_meeting_facts(register.meeting),
        sizes=_sizes(register, terms),
        vacant=frozenset(_vacant(register)),
        determinations=tuple(
            Determined(by=determination.by, at=made.at, reason=made.reason, item=made.item_number or None)
            for made in register.determinations
            if determination is not None
        ),
    )


def _meeting_facts(meeting: Meeting) -> MeetingFacts:
    return MeetingFacts(
        on=meeting.on,
        kind=meeting.kind,
        call=Call(meeting.call),
        circumstances=frozenset({meeting.kind}),
        opened_at=meeting.began,
        closed_at=meeting.closed_at,
    )


def _vacant(register: Register) -> Iterator[str]:
    """The seats, by their id in the terms, none of whose rows is held."""
    every, vacant = _seat_counts(register)
    return (seat_id for seat_id, number in vacant.items() if number == every[seat_id])


def _sizes(register: Register, terms: QuorumTerms) -> dict[str, int]:
    """What the rows know and the terms do not: how many seats where these are left open, vacancies within a class."""
    every, vacant = _seat_counts(register)
    if not terms.seats:
        return {"seats": every.total()}
    in_base = {seat.id for seat in terms.seats if _is_in_base(terms, seat.capacity)}
    if any(0 < number < every[seat_id] for seat_id, number in vacant.items()):
        return {"vacancies": sum(number for seat_id, number in vacant.items() if seat_id in in_base)}
    return {}


def _seat_counts(register: Register) -> tuple[Counter[str], Counter[str]]:
    """How many rows each seat of the terms has, and how many of them are vacant."""
    held = [row.held for row in register.seats if row.held is not None]
    every = Counter(seat_id_in_terms(one.seat.key) for one in held)
    return every, Counter(seat_id_in_terms(one.seat.key) for one in held if one.is_vacant)


def _is_in_base(terms: QuorumTerms, capacity: str) -> bool:
    declared = terms.capacities.get(capacity)
    return declared.in_base if declared is not None else capacity == MEMBER
