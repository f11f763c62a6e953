"""What a register's page asks of the core at one moment: the answer, who would mend it, what would end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.queries import Register
from meetings.quoracy import could_come, expected_facts, facts_of, quorum_terms_of
from partnership.clock import LONDON
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.departures import EndsIf, ends_if
from partnership.rules.quorum.fewest import Fewest, fewest_people
from partnership.rules.quorum.forecast import Expectation, forecast
from partnership.rules.quorum.timeline import Span, timeline
from partnership.rules.quorum.whole_meeting import whole_meeting_sentence

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Quoracy:
    """`fewest` only while it is not quorate, `ends_if` only while it is; neither once the register is closed.

    `expected` before the register is open: the answer is then as if everybody came who said so. `sentence` is what the
    page says first: the answer's own, the forecast's, or of a closed register what the whole meeting was (`answer` is
    then that of the last moment). `headline` is the shortest way to say the same.
    """

    answer: Answer
    sentence: str
    spans: tuple[Span, ...] = ()
    fewest: Fewest | None = None
    ends_if: EndsIf | None = None
    headline: str = ""
    expected: Expectation | None = None

    @property
    def is_forecast(self) -> bool:
        return self.expected is not None


def quoracy_at(register: Register, *, now: datetime) -> Quoracy:
    """The quoracy of the meeting as things stand. Raises NoTermsInForce, SizeNotGiven."""
    meeting = register.meeting
    if meeting.opened_at is None:
        return _forecast(register)
    if meeting.closed_at is not None:
        return _record(register, meeting.closed_at)
    return _live(register, now)


def _forecast(register: Register) -> Quoracy:
    ahead = forecast(quorum_terms_of(register), expected_facts(register), could_come(register))
    return Quoracy(
        ahead.answer,
        sentence=ahead.sentence,
        fewest=ahead.fewest,
        headline=ahead.headline,
        expected=ahead.expectation,
    )


def _record(register: Register, closed_at: datetime) -> Quoracy:
    terms, facts = quorum_terms_of(register), facts_of(register)
    answer = assess(terms, facts, at=closed_at - A_MOMENT)
    spans = timeline(terms, facts)
    # A register that was closed before the meeting began has no stretch of time to tell of.
    sentence = whole_meeting_sentence(spans, LONDON) if spans else answer.sentence
    return Quoracy(answer, sentence=sentence, spans=spans)


def _live(register: Register, now: datetime) -> Quoracy:
    terms, facts = quorum_terms_of(register), facts_of(register)
    answer = assess(terms, facts, at=now)
    fewest = ending = None
    if answer.is_quorate is False:
        fewest = fewest_people(terms, facts, could_come(register), at=now)
    elif answer.is_quorate:
        ending = ends_if(terms, facts, at=now)
    return Quoracy(
        answer,
        sentence=answer.sentence,
        spans=timeline(terms, facts),
        fewest=fewest,
        ends_if=ending,
    )
