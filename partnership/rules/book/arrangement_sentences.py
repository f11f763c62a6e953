"""Each standing arrangement as a sentence: deciding between meetings, delegation, agenda, documents, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from partnership.rules.arrangements import Delegation, Distribution, Document, ItemKind, Signatories, StandingItem
from partnership.rules.book.duty_rule_sentences import time_words
from partnership.rules.book.rule_sentences import first_upper, fraction_words, the_office
from partnership.rules.decisions.urgent_decisions import Ground, UrgentRule
from partnership.rules.decisions.written_resolutions import WrittenRule
from partnership.rules.plain_dates import counted, listed
from partnership.rules.quorum.terms import QuorumTerms

NO_NAMES: Mapping[str, str] = MappingProxyType({})
GROUND_WORDS = {Ground.UNAVAILABLE: "is unavailable", Ground.DELEGATED: "has delegated the decision"}
PURPOSE_WORDS = {
    ItemKind.DECISION: ", for decision",
    ItemKind.ASSURANCE: ", for assurance",
    ItemKind.INFORMATION: ", for information",
    ItemKind.STANDING: "",
}
SINGULAR = frozenset({Document.ACTION_TRACKER, Document.ANNUAL_REPORT})


def urgent_sentence(rule: UrgentRule, terms: QuorumTerms) -> str:
    """Who decides what cannot wait for a meeting, in whose place, after asking whom."""
    decider = the_office(rule.decided_by, terms)
    sentences = [f"{first_upper(decider)} decides what cannot wait for a meeting."]
    if rule.stand_in:
        grounds = listed([GROUND_WORDS[ground] for ground in rule.grounds], last="or")
        sentences.append(f"{first_upper(the_office(rule.stand_in, terms))} decides when {decider} {grounds}.")
    asked = [_consulted(who, terms) for who in rule.consult]
    if rule.as_many_as_practicable:
        asked.append(f"as many {'other ' if asked else ''}members as practicable")
    if asked:
        sentences.append(f"Consulted first: {listed(asked)}.")
    if rule.when:
        sentences.append(f"A decision is urgent when it is needed {time_words(rule.when)}.")
    return " ".join(sentences)


def _consulted(who: str, terms: QuorumTerms) -> str:
    if who in terms.organisations:
        return terms.organisations[who].name
    return the_office(who, terms) if who in terms.offices else who


def written_sentence(rule: WrittenRule) -> str:
    """How much of the body must sign a resolution outside a meeting."""
    share = fraction_words(rule.share)
    how_many = f"more than {share}" if rule.more_than else share if rule.share == 1 else f"at least {share}"
    within = f", {time_words(rule.within)}" if rule.within else ""
    return f"A resolution passes without a meeting when {how_many} of those entitled to vote have signed it{within}."


def delegation_sentence(rule: Delegation, bodies: Mapping[str, str] = NO_NAMES) -> str:
    """Which functions go to which bodies; `bodies` gives their names by id."""
    to = listed([_body(body, bodies) for body in rule.to])
    if rule.functions:
        words = f"Delegated to {to}: {'; '.join(function.rstrip('.') for function in rule.functions)}."
    else:
        words = f"Functions may be delegated to {to}; which, the terms do not say."
    if rule.needs_agreement_of:
        words += f" What is decided there is final once {_body(rule.needs_agreement_of, bodies)} has agreed."
    return words


def _body(body: str, bodies: Mapping[str, str]) -> str:
    return bodies.get(body, body.replace("-", " "))


def standing_item_sentence(rule: StandingItem) -> str:
    """`On the agenda of every ordinary meeting: Learning from reviews, for assurance, 10 minutes.`"""
    minutes = f", {counted(rule.minutes, 'minute')}" if rule.minutes else ""
    return f"On the agenda of {rule.when}: {rule.title}{PURPOSE_WORDS[rule.kind]}{minutes}."


def distribution_sentence(rule: Distribution, terms: QuorumTerms) -> str:
    """`Written reports go to every participating observer.`"""
    goes = "goes" if rule.document in SINGULAR else "go"
    capacities = [f"every {_capacity(each, terms)}" for each in rule.capacities]
    offices = [the_office(each, terms) for each in rule.offices]
    return f"{first_upper(rule.document)} {goes} to {listed([*capacities, *offices, *rule.others])}."


def _capacity(key: str, terms: QuorumTerms) -> str:
    return terms.capacities[key].name if key in terms.capacities else key


def signatories_sentence(rule: Signatories, terms: QuorumTerms) -> str:
    """By whom a version is signed."""
    offices = [the_office(each, terms) for each in rule.offices]
    return f"A version is signed by {listed([*offices, *_lead_representatives(rule.lead_representatives, terms)])}."


def _lead_representatives(organisations: Sequence[str], terms: QuorumTerms) -> list[str]:
    names = [terms.organisations[each].name if each in terms.organisations else each for each in organisations]
    if not names:
        return []
    leads = "the lead representative" if len(names) == 1 else "the lead representatives"
    return [f"{leads} of {listed(names)}"]
