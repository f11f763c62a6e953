"""The quorum over the length of a meeting, from arrivals, departures and withdrawals.

A span holds from one instant (inclusive) to another (exclusive). Neighbours with the same outcome
and the same sentence are one span, so that each span is something that happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Facts, Interval, precedes
from partnership.rules.quorum.moments import changes, in_order
from partnership.rules.quorum.terms import Phase, QuorumTerms


@dataclass(frozen=True, slots=True)
class Span:
    """The quorum from `starts_at` (inclusive) to `ends_at` (exclusive; None while nothing ends it)."""

    starts_at: datetime
    ends_at: datetime | None
    answer: Answer

    @property
    def is_quorate(self) -> bool:
        """Whether what is done in it is done with a quorum; so also where the terms state none."""
        return self.answer.outcome in {Outcome.QUORATE, Outcome.NOT_STATED}


def timeline(terms: QuorumTerms, facts: Facts, *, business: Mapping[str, str] | None = None) -> tuple[Span, ...]:
    """The spans of the meeting, first to last; none where no time is known.

    It runs from the opening (or the first time known) to the close, and its last span has no end
    while the meeting is not closed. While somebody is withdrawn from an item between two times,
    that item is what is being dealt with: it is judged as such, and as the kind of business that
    `business` gives for it.
    """
    kinds = business or {}
    moments = _moments(facts)
    closed = facts.meeting.closed_at
    spans: list[Span] = []
    for index, at in enumerate(moments):
        until = moments[index + 1] if index + 1 < len(moments) else closed
        item = _item_at(facts, at)
        phase = Phase.HOLD if item is None else Phase.ITEM
        answer = assess(terms, facts, at=at, phase=phase, item=item, business=kinds.get(item) if item else None)
        if spans and _reads_the_same(spans[-1].answer, answer):
            spans[-1] = Span(spans[-1].starts_at, until, spans[-1].answer)
        else:
            spans.append(Span(at, until, answer))
    return tuple(spans)


def without_quorum(spans: tuple[Span, ...], items: Mapping[str, Interval]) -> tuple[str, ...]:
    """The items, in the order given, of which some part was taken while not quorate.

    An item is taken from its `arrived` (inclusive) to its `left` (exclusive); one moment alone, a
    vote, is an item whose two ends are equal.
    """
    return tuple(
        item for item, taken in items.items() if any(not span.is_quorate and _overlap(span, taken) for span in spans)
    )


def _moments(facts: Facts) -> list[datetime]:
    """When the quorum may change, within the meeting; the opening is the first."""
    meeting = facts.meeting
    known = changes(facts)
    if meeting.opened_at is not None:
        opened = meeting.opened_at
        known = [opened, *(one for one in known if precedes(opened, one))]
    known += [made.at for made in facts.determinations if made.at is not None and known and precedes(known[0], made.at)]
    closed = meeting.closed_at
    return in_order(one for one in known if closed is None or precedes(one, closed))


def _item_at(facts: Facts, at: datetime) -> str | None:
    """The item from which somebody is withdrawn at that moment, for a time and not throughout."""
    for row in facts.attendees:
        for withdrawal in row.withdrawals:
            item, interval = withdrawal.item, withdrawal.interval
            if item is not None and interval.arrived is not None and interval.covers(at):
                return item
    return None


def _reads_the_same(one: Answer, other: Answer) -> bool:
    return one.outcome is other.outcome and one.sentence == other.sentence


def _overlap(span: Span, taken: Interval) -> bool:
    starts_in_time = span.ends_at is None or taken.arrived is None or precedes(taken.arrived, span.ends_at)
    if taken.left is None:
        return starts_in_time
    if taken.left == taken.arrived:
        return starts_in_time and not precedes(taken.left, span.starts_at)
    return starts_in_time and precedes(span.starts_at, taken.left)
