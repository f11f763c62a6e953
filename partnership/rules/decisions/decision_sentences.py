"""Every sentence about a decision's validity, in one place; nothing is decided here."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from partnership.rules.book.rule_sentences import the
from partnership.rules.decisions.decisions import (
    DecisionRecord,
    Finding,
    Next,
    Outcome,
    TieBreak,
    Verdict,
)
from partnership.rules.decisions.delegated import DelegatedPower, OthersAnswer, Reach, reach_of
from partnership.rules.decisions.urgent_decisions import UrgentFinding, UrgentVerdict
from partnership.rules.decisions.voting import Choice, Count, VoteBase, weight_of
from partnership.rules.decisions.written_resolutions import WrittenOutcome, WrittenVerdict
from partnership.rules.plain_dates import counted, listed, plain_date

AS_WRITTEN: Mapping[str, str] = MappingProxyType({})


def decision_sentence(verdict: Verdict, record: DecisionRecord) -> str:
    """What the record of a decision is worth and, if it failed, where the matter goes."""
    match verdict.outcome:
        case Outcome.AGREED_BY_MAJORITY:
            return _by_majority(verdict, record)
        case Outcome.NOT_AGREED:
            return f"Not agreed: {_why_not(verdict, record)}.{_what_next(verdict)}"
        case Outcome.PROVISIONAL:
            return f"Provisional: {listed(_what_for(verdict))}."
        case Outcome.INCOMPLETE:
            return _what_is_missing(verdict)
        case _:
            return PLAIN_OUTCOMES[verdict.outcome]


PLAIN_OUTCOMES = {
    Outcome.AGREED_BY_CONSENT: "Agreed by consent.",
    Outcome.AGREED_UNANIMOUSLY: "Agreed unanimously.",
    Outcome.VOID: "No effect: taken while not quorate.",
}


def urgent_sentences(verdict: UrgentVerdict, names: Mapping[str, str] = AS_WRITTEN) -> tuple[str, ...]:
    """What the record of an urgent decision still lacks, one sentence each; empty when complete.

    `names` gives the name of an office or an organisation where the rule and the record have its id.
    """
    sentences: list[str] = []
    for finding in verdict.findings:
        sentences.extend(_urgent_finding(verdict, finding, names))
    return tuple(sentences)


def consulted_words(verdict: UrgentVerdict) -> str:
    """`9 of 14 members consulted`."""
    return f"{verdict.members_consulted} of {counted(verdict.members, 'member')} consulted"


def written_sentence(verdict: WrittenVerdict) -> str:
    """How a written resolution stands."""
    signed = len(verdict.signed)
    total = signed + len(verdict.missing)
    if verdict.outcome is WrittenOutcome.PASSED and verdict.passed_on is not None:
        return f"Passed in writing on {plain_date(verdict.passed_on)}: {signed} of {total} signed."
    if verdict.outcome is WrittenOutcome.LAPSED and verdict.closes is not None:
        ended = plain_date(verdict.closes.on)
        return f"Lapsed: {signed} of {total} had signed when the time ended on {ended}."
    until = f" It is open until {plain_date(verdict.closes.on)}." if verdict.closes else ""
    return f"Not yet passed: {signed} of {total} signed.{until}"


def delegated_sentence(power: DelegatedPower | None, *, giver: str, on: date) -> str:
    """Whether a decision of that day, on a function of the body `giver`, lies within what that body has delegated."""
    match reach_of(power, on=on):
        case Reach.WITHIN if power is not None:
            return f"Taken for {giver}, under its delegation of {plain_date(power.starts_on)}: {_functions(power)}."
        case Reach.NOT_YET if power is not None:
            begins = plain_date(power.starts_on)
            return f"Beyond the delegation by {giver}, which begins on {begins}: {_functions(power)}."
        case Reach.ENDED if power is not None and power.until is not None:
            last = plain_date(power.until - timedelta(days=1))
            return f"Beyond the delegation by {giver}, which ended on {last}: {_functions(power)}."
        case _:
            return f"Beyond what {giver} has delegated: no delegation covers this."


def _functions(power: DelegatedPower) -> str:
    return " ".join(power.functions.split()).rstrip(".")


def agreement_sentence(answer: OthersAnswer | None, *, body: str) -> str:
    """How a decision stands that is final only once that body has agreed."""
    if answer is None:
        return f"Provisional: waiting for {body} to agree."
    if answer.is_agreed:
        return f"Final: {body} agreed on {plain_date(answer.on)}."
    return f"No effect: {body} did not agree, on {plain_date(answer.on)}."


def number_words(value: Fraction) -> str:
    """A weight of votes: `7`, or `7 1/2` where votes are weighted."""
    whole, rest = divmod(value, 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def _by_majority(verdict: Verdict, record: DecisionRecord) -> str:
    if Finding.LOT in verdict.findings:
        how = "Agreed by lot."
    elif Finding.MEDIATED in verdict.findings:
        how = "Agreed by the mediator's decision."
    elif Finding.CASTING_VOTE in verdict.findings:
        how = f"Agreed by the casting vote of the {verdict.rule.casting_vote}."
    else:
        how = "Agreed by majority."
    return f"{how} Dissenting views are recorded." if record.dissent.strip() else how


def _why_not(verdict: Verdict, record: DecisionRecord) -> str:
    findings = verdict.findings
    if Finding.PARTNER_DISAGREES in findings:
        required = verdict.rule.required
        name = verdict.rule.required_as or "required organisations"
        return f"all {len(required)} {name} must agree"
    if Finding.TIE in findings:
        return _tie(verdict, record)
    if Finding.NOT_UNANIMOUS in findings:
        return "with only a quorum present, everybody must agree"
    if Finding.GROUP_REFUSED in findings:
        return f"the {verdict.rule.agreement_of} did not agree"
    return "; ".join(_shortfall(counted_) for counted_ in verdict.counts if not counted_.is_met)


def _tie(verdict: Verdict, record: DecisionRecord) -> str:
    votes_for = number_words(weight_of(record.ballots, Choice.FOR))
    votes_against = number_words(weight_of(record.ballots, Choice.AGAINST))
    words = f"{votes_for} for and {votes_against} against"
    if Finding.CASTING_VOTE in verdict.findings:
        return f"{words}, and the casting vote of the {verdict.rule.casting_vote} was against"
    if {Finding.LOT, Finding.MEDIATED} & set(verdict.findings):
        by = "lot" if verdict.rule.tie is TieBreak.LOT else "mediator"
        return f"{words}, and the {by} decided against"
    return words


BASE_WORDS = {
    VoteBase.PRESENT_AND_ENTITLED: "present and entitled to vote",
    VoteBase.ALL_ENTITLED: "entitled to vote",
    VoteBase.VOTING: "voting",
}


def _shortfall(count: Count) -> str:
    among = f" ({count.threshold.among}s)" if count.threshold.among else ""
    needed = number_words(count.threshold.least_for(count.base))
    return (
        f"{number_words(count.votes_for)} of {number_words(count.base)} "
        f"{BASE_WORDS[count.threshold.base]}{among} were for it, {needed} needed"
    )


def _what_next(verdict: Verdict) -> str:
    if Finding.DEFERRAL_MISSING in verdict.findings:
        return " Say whether it can wait for the next meeting."
    match verdict.next:
        case Next.NEXT_AGENDA:
            return " It goes on the next agenda."
        case Next.ESCALATE:
            return f" It cannot wait: the Chair escalates it to {listed(verdict.names)}."
        case Next.LOT:
            return " It is decided by lot."
        case Next.MEDIATOR:
            return " It goes to the mediator."
        case Next.NOTHING:
            return ""


def _what_for(verdict: Verdict) -> list[str]:
    reasons = []
    if Finding.NOT_QUORATE in verdict.findings:
        reasons.append("taken while not quorate")
    if Finding.AWAITS_GROUP in verdict.findings:
        reasons.append(f"waiting for the {verdict.rule.agreement_of} to agree")
    return reasons


def _what_is_missing(verdict: Verdict) -> str:
    finding = verdict.findings[0]
    match finding:
        case Finding.NO_CONSENT_RULE:
            return "These terms do not state consent as a way to decide. Record the votes."
        case Finding.NO_VOTE_RULE:
            return "These terms do not state a vote as a way to decide."
        case Finding.OBJECTION:
            return f"There is no consent: {listed(verdict.names)} did not agree. Record the votes."
        case Finding.NOT_ENTITLED:
            verb = "has" if len(verdict.names) == 1 else "have"
            return f"{listed(verdict.names)} {verb} no vote."
        case Finding.ANSWER_MISSING:
            return f"Record a vote or an abstention for {listed(verdict.names)}."
        case _:
            return "Record the dissenting views."


def _urgent_finding(verdict: UrgentVerdict, finding: UrgentFinding, names: Mapping[str, str]) -> tuple[str, ...]:
    decided_by, stand_in = (the(names.get(who, who)) for who in (verdict.rule.decided_by, verdict.rule.stand_in))
    match finding:
        case UrgentFinding.NOT_URGENT:
            return ("This is not urgent under the arrangements.",)
        case UrgentFinding.WRONG_OFFICE:
            offices = f"{decided_by} or {stand_in.removeprefix('the ')}" if verdict.rule.stand_in else decided_by
            return (f"Only {offices} may take an urgent decision.",)
        case UrgentFinding.GROUND_MISSING:
            return (f"Say why {stand_in} decided and not {decided_by}.",)
        case UrgentFinding.DECISION_MISSING:
            return ("Record the decision and its date.",)
        case UrgentFinding.NOT_CONSULTED:
            return tuple(f"Record that you consulted {names.get(who, who)}." for who in verdict.missing)
        case UrgentFinding.REASON_MISSING:
            return tuple(f"Say why {names.get(who, who)} was not consulted." for who in verdict.unexplained)
