"""The bridge from a recorded decision to the rule core: whose affair it was, and whether another board agreed.

Nothing here decides anything, and nothing of an answer is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meetings.models import BoardAnswer, Decision, Delegation, Meeting
from meetings.queries.delegations import Delegations
from partnership.models import Board
from partnership.rules.clauses import Clause
from partnership.rules.decisions.decision_sentences import agreement_sentence, delegated_sentence
from partnership.rules.decisions.delegated import Agreement, DelegatedPower, OthersAnswer, Reach, agreement_of, reach_of

BEYOND = "Beyond the delegation"
LABELS = {Agreement.AWAITED: "Provisional", Agreement.GIVEN: "", Agreement.REFUSED: "Not agreed"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What has to be said of a decision. `label` is empty where nothing is amiss, `clause` None without a rule."""

    sentence: str
    label: str
    clause: Clause | None


def remarks_on(decision: Decision, *, meeting: Meeting, rules: Delegations) -> tuple[Remark, ...]:
    """Whether the decision lies within what was delegated, then whether the board that must agree has agreed."""
    return (*_on_function(decision, meeting, rules), *_on_agreement(decision, meeting, rules))


def _on_function(decision: Decision, meeting: Meeting, rules: Delegations) -> Iterator[Remark]:
    giver = decision.function_of
    if giver is None:
        return
    power = power_of(decision.delegation)
    found = rules.rule(decision.delegation.rule, giver) if decision.delegation is not None else None
    # Where no delegation is named, the rule is the one by which there could have been one.
    found = found or next((each for each in rules.to(meeting.board) if each.giver == giver), None)
    yield Remark(
        sentence=delegated_sentence(power, giver=giver.name, on=meeting.on),
        label="" if reach_of(power, on=meeting.on) is Reach.WITHIN else BEYOND,
        clause=found.rule.clause if found else None,
    )


def _on_agreement(decision: Decision, meeting: Meeting, rules: Delegations) -> Iterator[Remark]:
    rule = rules.agreement_for(meeting.board)
    if not decision.asks_agreement or rule is None or rule.agrees is None:
        return
    answer = answer_to(decision, of=rule.agrees)
    yield Remark(
        sentence=agreement_sentence(answer, body=rule.agrees.name),
        label=LABELS[agreement_of(answer)],
        clause=rule.rule.clause,
    )


def power_of(delegation: Delegation | None) -> DelegatedPower | None:
    """A recorded delegation as the core knows it."""
    if delegation is None:
        return None
    return DelegatedPower(delegation.functions, delegation.starts_on, delegation.until)


def answer_to(decision: Decision, *, of: Board) -> OthersAnswer | None:
    """That board's answer to the decision as it reads now; None while there is none."""
    try:
        given = decision.answer
    except BoardAnswer.DoesNotExist:
        return None
    if given.board_id != of.pk or given.to_version != decision.version:
        return None
    return OthersAnswer(given.is_agreed, given.answered_on)
