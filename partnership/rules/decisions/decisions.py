"""Whether the record of a decision is valid, and which rule says so.

The answer is one of a few outcomes and a list of findings, each with its
facts; `duty_sentences` turns them into words.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from partnership.rules.clauses import Clause, Reading
from partnership.rules.decisions.voting import (
    Ballot,
    Choice,
    Count,
    Threshold,
    count,
    entitled,
    is_simple_majority,
    is_tied,
    organisation_agrees,
    weight_of,
)


class Manner(StrEnum):
    """How the group came to the decision."""

    CONSENT = "consent"
    VOTE = "vote"


class TieBreak(StrEnum):
    """What a tie leads to, once the casting vote (if any) is spent or unavailable."""

    FAILS = "fails"
    LOT = "lot"
    MEDIATOR = "mediator"


class Inquorate(StrEnum):
    """What a decision taken without a quorum is worth."""

    PROVISIONAL = "provisional"
    VOID = "void"


class Outcome(StrEnum):
    """`incomplete`: the record cannot be kept until something is added or put right."""

    AGREED_BY_CONSENT = "agreed by consent"
    AGREED_BY_MAJORITY = "agreed by majority"
    AGREED_UNANIMOUSLY = "agreed unanimously"
    NOT_AGREED = "not agreed"
    PROVISIONAL = "provisional"
    VOID = "void"
    INCOMPLETE = "incomplete"


class Next(StrEnum):
    """Where a matter goes that was not agreed."""

    NOTHING = "nothing"
    NEXT_AGENDA = "next agenda"
    ESCALATE = "escalate"
    LOT = "lot"
    MEDIATOR = "mediator"


class Finding(StrEnum):
    """Why the outcome is what it is."""

    NO_CONSENT_RULE = "consent is not a way to decide"
    NO_VOTE_RULE = "no vote is stated as a way to decide"
    OBJECTION = "somebody does not consent"
    NOT_ENTITLED = "a vote by somebody without one"
    DISSENT_MISSING = "dissenting views are not recorded"
    ANSWER_MISSING = "a member neither voted nor abstained"
    DEFERRAL_MISSING = "whether it can wait is not recorded"
    NO_MAJORITY = "too few votes"
    TIE = "as many for as against"
    PARTNER_DISAGREES = "a required partner does not agree"
    NOT_UNANIMOUS = "not unanimous at a bare quorum"
    CASTING_VOTE = "decided by the casting vote"
    LOT = "decided by lot"
    MEDIATED = "decided by the mediator"
    NOT_QUORATE = "taken while not quorate"
    AWAITS_GROUP = "waits for another group's agreement"
    GROUP_REFUSED = "another group did not agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """How a group decides.

    `thresholds` must all be met (two-part majorities have two). `required` are
    the organisations that must each agree, `required_as` what a sentence calls
    them. `casting_vote` is the office that has one, "" nobody. `escalate_to`
    are the offices for a matter that failed and cannot wait.
    `agreement_of` is the group without whose agreement a decision is provisional.
    """

    id: str
    clause: Clause
    consent: bool = False
    thresholds: tuple[Threshold, ...] = ()
    required: tuple[str, ...] = ()
    required_as: str = ""
    dissent_recorded: bool = False
    everyone_answers: bool = False
    casting_vote: str = ""
    no_casting_vote_on: tuple[str, ...] = ()
    tie: TieBreak = TieBreak.FAILS
    unanimous_at_bare_quorum: bool = False
    escalate_to: tuple[str, ...] = ()
    agreement_of: str = ""
    inquorate: Inquorate = Inquorate.PROVISIONAL
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """What the record says. None means that nobody has said.

    `casting` is the casting vote as given; `drawn` the result of the lot or the
    mediator's; `group_agreed` the other group's answer; `is_ratified` whether
    those absent have since backed a decision taken without a quorum.
    """

    manner: Manner
    ballots: tuple[Ballot, ...] = ()
    subject: str = ""
    dissent: str = ""
    objections: tuple[str, ...] = ()
    is_quorate: bool = True
    is_bare_quorum: bool = False
    can_wait: bool | None = None
    casting: Choice | None = None
    drawn: Choice | None = None
    group_agreed: bool | None = None
    is_ratified: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: `counts` one per threshold, `disagreeing` required partners, `names` of the finding."""

    rule: DecisionRule
    outcome: Outcome
    next: Next
    findings: tuple[Finding, ...]
    counts: tuple[Count, ...] = ()
    disagreeing: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether the record may be kept as it stands."""
        return not UNFINISHED & set(self.findings)

    @property
    def is_final(self) -> bool:
        """Whether the decision takes effect."""
        return self.outcome in AGREED


VOTES = frozenset({Choice.FOR, Choice.AGAINST, Choice.ABSTAIN})
DECISIVE = frozenset({Choice.FOR, Choice.AGAINST})
SILENCE = frozenset({Choice.NO_ANSWER, Choice.ABSENT})
AWAY = frozenset({Choice.ABSENT, Choice.BARRED})
DRAWN_BY = {TieBreak.LOT: Finding.LOT, TieBreak.MEDIATOR: Finding.MEDIATED}
WAITING_FOR = {TieBreak.LOT: Next.LOT, TieBreak.MEDIATOR: Next.MEDIATOR}
AGREED = frozenset({Outcome.AGREED_BY_CONSENT, Outcome.AGREED_BY_MAJORITY, Outcome.AGREED_UNANIMOUSLY})
ERRORS = frozenset(
    {
        Finding.NO_CONSENT_RULE,
        Finding.NO_VOTE_RULE,
        Finding.OBJECTION,
        Finding.NOT_ENTITLED,
        Finding.ANSWER_MISSING,
    }
)
UNFINISHED = ERRORS | {Finding.DISSENT_MISSING, Finding.DEFERRAL_MISSING}


def judge(rule: DecisionRule, record: DecisionRecord) -> Verdict:
    """What the recorded decision is worth under `rule`. Never raises: a bad record is a finding."""
    errors, names = _errors(rule, record)
    if errors:
        return Verdict(rule, Outcome.INCOMPLETE, Next.NOTHING, errors, names=names)
    if record.manner is Manner.CONSENT:
        return _effect(rule, record, Verdict(rule, Outcome.AGREED_BY_CONSENT, Next.NOTHING, ()))
    counts = tuple(count(threshold, record.ballots) for threshold in rule.thresholds)
    disagreeing = tuple(name for name in rule.required if not organisation_agrees(name, record.ballots))
    decided_by, refusals = _result(rule, record, counts)
    if disagreeing:
        refusals = (Finding.PARTNER_DISAGREES, *refusals)
    verdict = Verdict(
        rule=rule,
        outcome=Outcome.NOT_AGREED if refusals else _kind_of_agreement(record),
        next=Next.NOTHING,
        findings=refusals or decided_by,
        counts=counts,
        disagreeing=disagreeing,
    )
    return _not_agreed(record, verdict) if refusals else _effect(rule, record, verdict)


def _errors(rule: DecisionRule, record: DecisionRecord) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The first thing that keeps the record from being judged at all, and whom it concerns."""
    if record.manner is Manner.CONSENT:
        if not rule.consent:
            return (Finding.NO_CONSENT_RULE,), ()
        return ((Finding.OBJECTION,), record.objections) if record.objections else ((), ())
    if not rule.thresholds:
        return (Finding.NO_VOTE_RULE,), ()
    outsiders = tuple(b.voter for b in record.ballots if not b.may_vote and b.choice in VOTES)
    if outsiders:
        return (Finding.NOT_ENTITLED,), outsiders
    silent = tuple(b.voter for b in entitled(record.ballots) if b.choice in SILENCE)
    if rule.everyone_answers and silent:
        return (Finding.ANSWER_MISSING,), silent
    return (), ()


def _result(
    rule: DecisionRule, record: DecisionRecord, counts: tuple[Count, ...]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What decided the vote, and what stands against it (empty: carried)."""
    if is_tied(record.ballots) and all(map(is_simple_majority, rule.thresholds)):
        return _tie(rule, record)
    if not all(counted.is_met for counted in counts):
        return (), (Finding.NO_MAJORITY,)
    if rule.unanimous_at_bare_quorum and record.is_bare_quorum and not _is_unanimous(record):
        return (), (Finding.NOT_UNANIMOUS,)
    return (), ()


def _tie(rule: DecisionRule, record: DecisionRecord) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    has_casting_vote = rule.casting_vote and record.subject not in rule.no_casting_vote_on
    if has_casting_vote and record.casting in DECISIVE:
        decided_by, answer = Finding.CASTING_VOTE, record.casting
    elif rule.tie in DRAWN_BY and record.drawn in DECISIVE:
        decided_by, answer = DRAWN_BY[rule.tie], record.drawn
    else:
        return (), (Finding.TIE,)
    if answer is Choice.FOR:
        return (decided_by,), ()
    return (), (Finding.TIE, decided_by)


def _kind_of_agreement(record: DecisionRecord) -> Outcome:
    return Outcome.AGREED_UNANIMOUSLY if _is_unanimous(record) else Outcome.AGREED_BY_MAJORITY


def _is_unanimous(record: DecisionRecord) -> bool:
    present = [b for b in entitled(record.ballots) if b.choice not in AWAY]
    return all(ballot.choice is Choice.FOR for ballot in present)


def _not_agreed(record: DecisionRecord, verdict: Verdict) -> Verdict:
    rule = verdict.rule
    is_undecided = verdict.findings == (Finding.TIE,)
    if is_undecided and rule.tie in DRAWN_BY:
        return replace(verdict, next=WAITING_FOR[rule.tie])
    if record.can_wait is None and rule.escalate_to:
        return replace(verdict, findings=(*verdict.findings, Finding.DEFERRAL_MISSING))
    if record.can_wait:
        return replace(verdict, next=Next.NEXT_AGENDA)
    if rule.escalate_to:
        return replace(verdict, next=Next.ESCALATE, names=rule.escalate_to)
    return verdict


def _effect(rule: DecisionRule, record: DecisionRecord, verdict: Verdict) -> Verdict:
    """What an agreement is worth: dissent recorded, quorum, and another group's agreement."""
    has_dissent = weight_of(record.ballots, Choice.AGAINST) > 0
    if rule.dissent_recorded and has_dissent and not record.dissent.strip():
        return _as(verdict, Outcome.INCOMPLETE, Finding.DISSENT_MISSING)
    if not record.is_quorate and rule.inquorate is Inquorate.VOID:
        return _as(verdict, Outcome.VOID, Finding.NOT_QUORATE)
    if not record.is_quorate and not record.is_ratified:
        verdict = _as(verdict, Outcome.PROVISIONAL, Finding.NOT_QUORATE)
    if rule.agreement_of and record.group_agreed is None:
        return _as(verdict, Outcome.PROVISIONAL, Finding.AWAITS_GROUP)
    if rule.agreement_of and not record.group_agreed:
        return _not_agreed(record, _as(verdict, Outcome.NOT_AGREED, Finding.GROUP_REFUSED))
    return verdict


def _as(verdict: Verdict, outcome: Outcome, finding: Finding) -> Verdict:
    return replace(verdict, outcome=outcome, findings=(*verdict.findings, finding))
