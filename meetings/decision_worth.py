"""The bridge from a recorded decision to the rule core: what it is worth, by the quorum of its moment.

Nothing here decides anything, and nothing of an answer is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.models import Decision
from meetings.queries import Register
from meetings.quoracy import NoTermsInForce, facts_of, quoracy_of, quorum_terms_of
from partnership.rules.clauses import Clause
from partnership.rules.decisions import decisions as rules
from partnership.rules.decisions.decision_sentences import decision_sentence
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Interval
from partnership.rules.quorum.terms import Phase
from partnership.rules.quorum.timeline import Span, timeline, without_quorum

NO_RULE = "These terms do not state how decisions are made."
NOT_QUORATE = "Taken while not quorate"


@dataclass(frozen=True, slots=True)
class Worth:
    """What a decision is worth: the sentence, and the clause of the rule behind it (None: the terms state none).

    `is_quorate` is None where the terms state no quorum, or where it cannot be worked out: `quorum` says which.
    """

    sentence: str
    clause: Clause | None
    is_quorate: bool | None
    quorum: str


def worth_of(decision: Decision, *, register: Register, number: int) -> Worth:
    """What the terms in force make of a decision at the item of that number."""
    answer, quorum = quorum_at(register, at=decision.decided_at, number=number, phase=Phase.VOTE)
    is_quorate = answer.is_quorate if answer else None
    rule = _consent_rule(register.terms.decisions if register.terms else ())
    if rule is None:
        return Worth(NO_RULE, None, is_quorate, quorum)
    # Where nothing is known of a quorum, the rule says nothing against the decision: the sentence on quorum does.
    record = rules.DecisionRecord(manner=rules.Manner.CONSENT, is_quorate=is_quorate is not False)
    return Worth(decision_sentence(rules.judge(rule, record), record), rule.clause, is_quorate, quorum)


def quorum_at(register: Register, *, at: datetime, number: int, phase: Phase = Phase.ITEM) -> tuple[Answer | None, str]:
    """The quorum at that moment for the item of that number, and its sentence; without an answer, why not."""
    try:
        answer = quoracy_of(register, at=at, phase=phase, item=str(number))
    except (NoTermsInForce, SizeNotGiven) as cannot:
        return None, str(cannot)
    return answer, answer.sentence


def lost_during(register: Register, begun: Iterable[tuple[datetime, int]]) -> dict[int, Span]:
    """By number, the first stretch without a quorum in the time of an item, of those begun at these moments.

    An item lasts to the beginning of the next one, or the close. Nothing where the quorum cannot be worked out.
    """
    try:
        spans = timeline(quorum_terms_of(register), facts_of(register))
    except (NoTermsInForce, SizeNotGiven):
        return {}
    in_order = sorted(begun)
    ends = [*(at for at, _ in in_order[1:]), register.meeting.closed_at]
    found: dict[int, Span] = {}
    for (at, number), end in zip(in_order, ends, strict=False):
        failing = [span for span in spans if without_quorum((span,), {"": Interval(at, end)})]
        found.update({number: failing[0]} if failing else {})
    return found


def _consent_rule(stated: Sequence[rules.DecisionRule]) -> rules.DecisionRule | None:
    """The rule for decisions by consent; the first one where none is, to say that it names no such way."""
    return next((rule for rule in stated if rule.consent), next(iter(stated), None))
