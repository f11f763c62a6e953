"""What minutes say of the quorum: one sentence over the whole meeting, who met it, and the clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meetings.minutes.attendance_table import who_came
from meetings.minutes.content import QuorumRecord
from meetings.minutes.words import times_of
from meetings.queries import Register, RegisterRow
from meetings.quoracy import NoTermsInForce, facts_of, quorum_terms_of
from membership.roles import seat_id_in_terms
from partnership.clock import LONDON
from partnership.rules.clauses import cited
from partnership.rules.plain_dates import plain_date
from partnership.rules.quorum.answers import Finding
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.terms import QuorumTerms, Seat
from partnership.rules.quorum.timeline import Span, timeline
from partnership.rules.quorum.whole_meeting import is_quorate_throughout, whole_meeting_sentence

ORGANISATIONS, OFFICE = "organisations", "office"
CLOSED_EARLY = "Whether this meeting was quorate cannot be said. Its register was closed before it began."


def quorum_of(register: Register) -> tuple[QuorumRecord, tuple[Span, ...]]:
    """The record and the spans it rests on; none where the terms or the register do not let it be said."""
    try:
        terms, facts = quorum_terms_of(register), facts_of(register)
        spans = timeline(terms, facts)
    except (NoTermsInForce, SizeNotGiven) as cannot:
        return QuorumRecord(f"Whether this meeting was quorate cannot be said. {cannot}", None, "", ""), ()
    if not spans:
        return QuorumRecord(CLOSED_EARLY, None, "", ""), ()
    record = QuorumRecord(
        sentence=whole_meeting_sentence(spans, LONDON),
        is_quorate=is_quorate_throughout(spans),
        who=_who_met_it(register, terms, spans),
        source=_source(register, spans),
    )
    return record, spans


def _who_met_it(register: Register, terms: QuorumTerms, spans: Iterable[Span]) -> str:
    """`Portsmouth City Council (Elena Marsh), …, 10am to 12:24pm.`: the seats that the rule names, and who came."""
    findings = [finding for span in spans for finding in span.answer.tests if finding.is_applied]
    met = list(_rows_named(register, terms, findings))
    if not met:
        return ""
    names = [f"{row.held.seat.name} ({who_came(register.meeting, row)})" for row in met if row.held]
    return f"{', '.join(names)}, {times_of(register.meeting)}."


def _rows_named(register: Register, terms: QuorumTerms, findings: Iterable[Finding]) -> Iterator[RegisterRow]:
    by_kind: dict[str, set[str]] = {ORGANISATIONS: set(), OFFICE: set()}
    for finding in findings:
        if finding.kind in by_kind:
            by_kind[finding.kind].update(finding.present)
    seats = {seat.id: seat for seat in terms.seats}
    for row in register.seats:
        seat = seats.get(seat_id_in_terms(row.held.seat.key)) if row.held else None
        people = {presence.person.name for presence in row.presences if presence.person}
        if seat is not None and row.has_attended and people & by_kind[_kind_of(seat)]:
            yield row


def _kind_of(seat: Seat) -> str:
    return OFFICE if seat.offices else ORGANISATIONS


def _source(register: Register, spans: tuple[Span, ...]) -> str:
    """`Clause d, version 1, in force from 1 September 2022.`"""
    version = register.constitution
    tests = spans[0].answer.tests if spans else ()
    clause = cited(tests[0].clause) if tests else ""
    if version is None:
        return ""
    words = f"version {version.version}, in force from {plain_date(version.in_force_from)}."
    whole = f"{clause}, {words}" if clause else words
    return f"{whole[:1].upper()}{whole[1:]}"
