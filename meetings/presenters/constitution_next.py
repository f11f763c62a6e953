"""What each rule says of the next meeting: a date, a number, the people it asks for, what the replies make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from meetings.models import Meeting
from meetings.models import MeetingKind as StoredKind
from meetings.queries import Register
from meetings.quoracy import expected_facts
from membership.roles import seat_id_in_terms
from partnership.clock import LONDON
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.deadlines.calendars import BeyondHorizon, Division, WorkingDays
from partnership.rules.deadlines.deadlines import Anchor, Deadline
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.deadlines.duty_sentences import due_sentence
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import counted, listed
from partnership.rules.quorum.answers import Answer, Finding, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Facts, MeetingFacts
from partnership.rules.quorum.terms import Group, OfficeHeld, Organisations, Phase, QuorumTerms, Seat, Test
from partnership.working_days import working_days

KINDS = {
    StoredKind.ORDINARY.value: MeetingKind.ORDINARY,
    StoredKind.EXTRAORDINARY.value: MeetingKind.EXTRAORDINARY,
    StoredKind.ANNUAL.value: MeetingKind.ANNUAL,
    StoredKind.DEVELOPMENT_DAY.value: MeetingKind.DEVELOPMENT_DAY,
}
NUMBERS = frozenset({"count", "share", "stepped", "linear"})


def sayings(
    terms: Terms, upcoming: Meeting, calendar: WorkingDays, register: Register | None = None
) -> dict[str, tuple[str, ...]]:
    """Sentences by the rule's id. With the meeting's register also what hangs on seats and replies."""
    kind = KINDS[upcoming.kind]
    dated: dict[str, tuple[str, ...]] = {
        rule.id: (_due_words(rule, upcoming, calendar),)
        for rule in terms.deadlines
        if rule.anchor is Anchor.MEETING and rule.applies_at(kind)
    }
    facts = Facts(meeting=MeetingFacts(on=upcoming.on, kind=upcoming.kind))
    if register is not None and register.terms is not None:
        facts = expected_facts(replace(register, terms=terms))
    try:
        answer = assess(terms.quorum, facts, phase=Phase.START)
    except SizeNotGiven:
        # The size is given on the day, with the register.
        return dated
    said = dated | {finding.id: _needed(finding) for finding in answer.tests if _is_a_number(finding)}
    return said if register is None else said | _by_the_register(terms, register, answer)


def _is_a_number(finding: Finding) -> bool:
    return finding.is_applied and finding.kind in NUMBERS


def _needed(finding: Finding) -> tuple[str, ...]:
    return (f"{counted(int(finding.needed), 'member')} {'is' if finding.needed == 1 else 'are'} needed.",)


def _due_words(rule: Deadline, meeting: Meeting, calendar: WorkingDays) -> str:
    days = working_days(Division(rule.calendar)) if rule.calendar else calendar
    try:
        due = due_on(rule, meeting.on, days, anchor_at=meeting.starts_at, tz=LONDON)
        words = due_sentence(due).removeprefix(f"{rule.duty}: ")
    except BeyondHorizon as beyond:
        return str(beyond)
    return words[:1].upper() + words[1:]


# --- by the register --------------------------------------------------------------------------------------------------


def _by_the_register(terms: Terms, register: Register, answer: Answer) -> dict[str, tuple[str, ...]]:
    """Who fills what the quorum asks for, what the replies make of it, which seats have a deputy."""
    said = {
        test.id: tuple(
            _who_fills(seat, may_deputise, register) for seat, may_deputise in _asked_for(test, terms.quorum)
        )
        for rule in terms.quorum.rules
        for test in _tests(rule.test)
        if isinstance(test, OfficeHeld | Organisations)
    }
    if answer.rule is not None and register.meeting.opened_at is None:
        said[answer.rule] = (*said.get(answer.rule, ()), *_expected(answer, register))
    if terms.deputies is not None:
        said[terms.deputies.id] = _deputies(terms.quorum, register)
    return {rule_id: sentences for rule_id, sentences in said.items() if sentences}


def _expected(answer: Answer, register: Register) -> tuple[str, ...]:
    replies = sum(row.reply is not None for row in register.seats)
    if not replies:
        return ("No replies yet.",)
    given = f"{replies} of {counted(len(register.seats), 'seat has', 'seats have')} replied."
    if answer.outcome is Outcome.QUORATE:
        return (given, "Quorate, if everybody comes who has said so.")
    return (given, "Not yet quorate with those who have said that they will come.")


def _tests(test: Test) -> Iterator[Test]:
    yield test
    if isinstance(test, Group):
        for part in test.of:
            yield from _tests(part)


def _asked_for(test: OfficeHeld | Organisations, terms: QuorumTerms) -> Iterator[tuple[Seat, bool]]:
    """The seats whose holders can satisfy the test, each with whether a deputy can too."""
    for seat in terms.seats:
        if isinstance(test, OfficeHeld):
            offices = [terms.offices[office] for office in test.any_of if office in seat.offices]
            if offices:
                yield seat, any(office.deputy_may_fill for office in offices)
        elif _represents(seat, terms) & {one for choice in test.of for one in choice.any_of}:
            yield seat, True


def _represents(seat: Seat, terms: QuorumTerms) -> set[str]:
    """The organisations that the holder of a seat can stand for."""
    capacity = terms.capacities.get(seat.capacity)
    if seat.organisation is None or (capacity is not None and not capacity.represents):
        return set()
    organisation = terms.organisations.get(seat.organisation)
    return {seat.organisation, *(organisation.stands_for if organisation else ())}


def _who_fills(seat: Seat, may_deputise: bool, register: Register) -> str:  # noqa: FBT001 - a pair, unpacked
    """`Childrens Social Care: Priya Raman, or Joel Hartnell (deputy).`"""
    names = []
    for row in register.seats:
        if row.held is None or seat_id_in_terms(row.held.seat.key) != seat.id or row.held.representative is None:
            continue
        deputies = [f"{deputy.person} (deputy)" for deputy in row.held.deputies] if may_deputise else []
        names.append(f"{listed([str(row.held.representative.person), *deputies], last='or')}")
    return f"{seat.name}: {'; '.join(names) if names else 'nobody yet'}."


def _deputies(terms: QuorumTerms, register: Register) -> tuple[str, ...]:
    """How many members have a named deputy. Whether each passes the rule is for the team and the chair."""
    counting = {seat.id for seat in terms.seats if seat.organisation is not None and _represents(seat, terms)}
    held = [row.held for row in register.seats if row.held is not None and not row.held.is_vacant]
    members = [one for one in held if seat_id_in_terms(one.seat.key) in counting]
    if not members:
        return ()
    with_one = sum(bool(one.deputies) for one in members)
    without = len(members) - with_one
    seats = counted(len(members), "filled agency seat has", "filled agency seats have")
    have = f"{with_one} of {seats} a named deputy."
    return (have, f"{without} {'has' if without == 1 else 'have'} none.") if without else (have,)
