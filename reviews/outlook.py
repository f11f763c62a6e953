"""The quorum of a meeting in a word or two, for a list of meetings: expected, not certain, or as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from meetings.queries import Register
from meetings.quoracy import (
    NoTermsInForce,
    could_come,
    expected_facts,
    quoracy_of,
    quorum_terms_of,
)
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.forecast import Expectation, forecast


class Prospect(Enum):
    """Where the quorum stands. The first four are forecasts; "no replies" is why one is not certain."""

    NO_REPLIES = "no replies"
    EXPECTED = "expected"
    NOT_CERTAIN = "not certain"
    OUT_OF_REACH = "out of reach"
    QUORATE = "quorate"
    NOT_QUORATE = "not quorate"
    HELD = "held"
    NOT_STATED = "not stated"


FORECASTS = {
    Expectation.EXPECTED: Prospect.EXPECTED,
    Expectation.NOT_EXPECTED: Prospect.OUT_OF_REACH,
    Expectation.NOT_STATED: Prospect.NOT_STATED,
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`to_ask` is the fewest people to ask besides; None where that is not known or not asked."""

    prospect: Prospect
    to_ask: int | None = None


def outlook_of(register: Register, *, now: datetime) -> Outlook:
    """The quorum of the meeting as things stand; "not stated" also where its terms cannot be applied."""
    meeting = register.meeting
    if meeting.closed_at is not None:
        return Outlook(Prospect.HELD)
    try:
        return _now(register, now) if meeting.opened_at is not None else _ahead(register)
    except (NoTermsInForce, SizeNotGiven):
        return Outlook(Prospect.NOT_STATED)


def _now(register: Register, now: datetime) -> Outlook:
    is_quorate = quoracy_of(register, at=now).is_quorate
    if is_quorate is None:
        return Outlook(Prospect.NOT_STATED)
    return Outlook(Prospect.QUORATE if is_quorate else Prospect.NOT_QUORATE)


def _ahead(register: Register) -> Outlook:
    ahead = forecast(quorum_terms_of(register), expected_facts(register), could_come(register))
    if ahead.expectation is not Expectation.NOT_CERTAIN:
        return Outlook(FORECASTS[ahead.expectation])
    if not any(row.reply is not None for row in register.seats):
        return Outlook(Prospect.NO_REPLIES)
    return Outlook(Prospect.NOT_CERTAIN, to_ask=ahead.fewest.size)
