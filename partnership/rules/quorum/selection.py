"""Which of a body's quorum rules answers the question, and as at which moment.

Terms may state several quorums: one to start and a lower one to go on, one for a reconvened
meeting, one for a class vote. The rule in force that names the most of what is asked wins; where
none is for the moment asked about, a vote or an item is judged as the meeting is, and a meeting
that has only a rule for its start is judged by its start.
"""

from dataclasses import dataclass

from partnership.rules.quorum.facts import MeetingFacts
from partnership.rules.quorum.terms import Applies, Phase, QuorumRule, QuorumTerms, Tested

FALLING_BACK = {
    Phase.START: (Phase.START,),
    Phase.HOLD: (Phase.HOLD, Phase.START),
    Phase.VOTE: (Phase.VOTE, Phase.HOLD, Phase.START),
    Phase.ITEM: (Phase.ITEM, Phase.HOLD, Phase.START),
}


# Named here because reaching a member through its enumeration is slow before Python 3.12.
START = Phase.START
HOLD = Phase.HOLD


@dataclass(frozen=True, slots=True)
class Selected:
    """The rule, and whether it is the opening that answers rather than the moment asked about."""

    rule: QuorumRule
    is_as_at_opening: bool


def selected(terms: QuorumTerms, meeting: MeetingFacts, *, phase: Phase, business: str | None) -> Selected | None:
    """The rule for this meeting and phase; None when the terms state none for it."""
    for asked in FALLING_BACK[phase]:
        fitting = [rule for rule in terms.rules if _fits(rule, meeting, asked, business)]
        if fitting:
            rule = fitting[0] if len(fitting) == 1 else max(fitting, key=_conditions_named)  # of equals the first
            return Selected(rule, is_as_at_opening=phase is not START and _rests_on_opening(rule, asked, phase))
    return None


def _fits(rule: QuorumRule, meeting: MeetingFacts, phase: Phase, business: str | None) -> bool:
    applies = rule.applies
    return (
        rule.in_force.covers(meeting.on)
        and (not applies.phases or phase in applies.phases)
        and (not applies.meetings or meeting.kind in applies.meetings)
        and (not applies.calls or meeting.call in applies.calls)
        and (not applies.business or business in applies.business)
    )


def _conditions_named(rule: QuorumRule) -> int:
    applies: Applies = rule.applies
    return sum(map(bool, (applies.phases, applies.meetings, applies.calls, applies.business)))


def _rests_on_opening(rule: QuorumRule, asked: Phase, phase: Phase) -> bool:
    """A quorum tested at the start stands; one tested at votes stands between them."""
    if asked is START or rule.tested is Tested.START:
        return True
    return rule.tested is Tested.EVERY_VOTE and phase is HOLD
