"""Decisions of both boards and of bodies that decide in other ways."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from partnership.rules.clauses import Clause
from partnership.rules.decisions.decision_sentences import decision_sentence, number_words
from partnership.rules.decisions.decisions import (
    DecisionRecord,
    DecisionRule,
    Finding,
    Inquorate,
    Manner,
    Next,
    Outcome,
    TieBreak,
    Verdict,
    judge,
)
from partnership.rules.decisions.voting import (
    SIMPLE_MAJORITY_OF_PRESENT,
    Ballot,
    Choice,
    Threshold,
    VoteBase,
    count,
    organisation_agrees,
)

CLAUSE = Clause("v", "Failing consent, a majority decides if all three partners agree.")
PARTNERS = ("ICB", "Constabulary", "Council")
PORTSMOUTH = DecisionRule(
    id="decisions",
    clause=CLAUSE,
    consent=True,
    thresholds=(SIMPLE_MAJORITY_OF_PRESENT,),
    required=PARTNERS,
    required_as="statutory safeguarding partners",
    dissent_recorded=True,
    escalate_to=("the ICB's lead", "the Chief Constable", "the Council's Chief Executive"),
)
SIMPLE = DecisionRule(id="decisions", clause=CLAUSE, thresholds=(SIMPLE_MAJORITY_OF_PRESENT,))
LETTERS = {"f": Choice.FOR, "a": Choice.AGAINST, "x": Choice.ABSTAIN, "-": Choice.ABSENT, "n": Choice.NO_ANSWER}


def ballots(others: str, partners: str = "") -> tuple[Ballot, ...]:
    named = [
        Ballot(voter=name, organisation=name, choice=LETTERS[letter])
        for name, letter in zip(PARTNERS, partners, strict=False)
    ]
    return (*named, *(Ballot(voter=f"member {n}", choice=LETTERS[letter]) for n, letter in enumerate(others, 1)))


def vote(rule: DecisionRule, cast: tuple[Ballot, ...], **facts: Any) -> tuple[Verdict, str]:
    record = DecisionRecord(manner=Manner.VOTE, ballots=cast, **facts)
    verdict = judge(rule, record)
    return verdict, decision_sentence(verdict, record)


def test_consent_is_enough() -> None:
    record = DecisionRecord(manner=Manner.CONSENT)
    verdict = judge(PORTSMOUTH, record)
    assert (verdict.is_valid, verdict.is_final) == (True, True)
    assert decision_sentence(verdict, record) == "Agreed by consent."


def test_objection_means_a_vote() -> None:
    record = DecisionRecord(manner=Manner.CONSENT, objections=("Probation", "Diocese"))
    verdict = judge(PORTSMOUTH, record)
    assert (verdict.outcome, verdict.is_valid) == (Outcome.INCOMPLETE, False)
    assert decision_sentence(verdict, record) == (
        "There is no consent: Probation and Diocese did not agree. Record the votes."
    )


TEN_THREE_ONE = ballots("f" * 7 + "aaa" + "x", "fff")


def test_majority_needs_the_dissent_in_words() -> None:
    verdict, sentence = vote(PORTSMOUTH, TEN_THREE_ONE)
    assert (verdict.outcome, verdict.is_valid, sentence) == (Outcome.INCOMPLETE, False, "Record the dissenting views.")
    verdict, sentence = vote(PORTSMOUTH, TEN_THREE_ONE, dissent="Too little time to prepare.")
    assert (verdict.outcome, verdict.is_valid, verdict.is_final) == (Outcome.AGREED_BY_MAJORITY, True, True)
    assert sentence == "Agreed by majority. Dissenting views are recorded."
    assert [(counted.votes_for, counted.base) for counted in verdict.counts] == [(Fraction(10), Fraction(14))]


def test_nobody_against_needs_no_dissent() -> None:
    assert vote(PORTSMOUTH, ballots("f" * 11, "fff"))[1] == "Agreed unanimously."
    assert vote(PORTSMOUTH, ballots("f" * 10 + "x", "fff"))[1] == "Agreed by majority."


@pytest.mark.parametrize("partners", ["aff", "xff", "-ff", "faf", "fxf", "ff-"])
def test_every_partner_must_agree(partners: str) -> None:
    verdict, sentence = vote(PORTSMOUTH, ballots("f" * 10, partners), can_wait=True)
    assert verdict.outcome is Outcome.NOT_AGREED
    assert verdict.disagreeing == (PARTNERS[next(n for n, letter in enumerate(partners) if letter != "f")],)
    assert sentence == ("Not agreed: all 3 statutory safeguarding partners must agree. It goes on the next agenda.")


def test_failed_matter_that_cannot_wait_is_escalated() -> None:
    verdict, sentence = vote(PORTSMOUTH, ballots("f" * 10, "aff"), can_wait=False)
    assert (verdict.next, verdict.names) == (Next.ESCALATE, PORTSMOUTH.escalate_to)
    assert sentence == (
        "Not agreed: all 3 statutory safeguarding partners must agree. It cannot wait: the Chair escalates it to "
        "the ICB's lead, the Chief Constable and the Council's Chief Executive."
    )


def test_whether_it_can_wait_must_be_recorded() -> None:
    verdict, sentence = vote(PORTSMOUTH, ballots("f" * 10, "aff"))
    assert (verdict.outcome, verdict.is_valid, verdict.next) == (Outcome.NOT_AGREED, False, Next.NOTHING)
    assert sentence.endswith("Say whether it can wait for the next meeting.")


def test_split_vote_goes_the_same_way() -> None:
    verdict, sentence = vote(PORTSMOUTH, ballots("ffff" + "a" * 7, "fff"), can_wait=False)
    assert (verdict.findings, verdict.next) == ((Finding.TIE,), Next.ESCALATE)
    assert sentence.startswith("Not agreed: 7 for and 7 against. It cannot wait:")


@pytest.mark.parametrize(
    ("cast", "base", "is_met"),
    [
        ("fffaax", VoteBase.PRESENT_AND_ENTITLED, False),
        ("fffaax", VoteBase.VOTING, True),
        ("ffff--", VoteBase.ALL_ENTITLED, True),
        ("fff---", VoteBase.ALL_ENTITLED, False),
        ("fff---", VoteBase.PRESENT_AND_ENTITLED, True),
        ("------", VoteBase.PRESENT_AND_ENTITLED, False),
        ("xxxx", VoteBase.VOTING, False),
    ],
)
def test_base_of_the_majority_decides(*, cast: str, base: VoteBase, is_met: bool) -> None:
    majority = Threshold(share=Fraction(1, 2), more_than=True, base=base)
    assert count(majority, ballots(cast)).is_met is is_met


@pytest.mark.parametrize(("cast", "is_met"), [("ffaaa", False), ("ffffaa", True), ("fffaa", False), ("ff", True)])
def test_two_thirds_are_exact(*, cast: str, is_met: bool) -> None:
    two_thirds = Threshold(share=Fraction(2, 3), base=VoteBase.VOTING)
    assert count(two_thirds, ballots(cast)).is_met is is_met


@pytest.mark.parametrize(
    ("share", "more_than", "base", "least"),
    [("1/2", True, 14, 8), ("1/2", True, 13, 7), ("1/2", False, 13, 7), ("2/3", False, 9, 6), ("3/4", False, 9, 7)],
)
def test_least_number_of_votes(*, share: str, more_than: bool, base: int, least: int) -> None:
    threshold = Threshold(share=Fraction(share), more_than=more_than, base=VoteBase.VOTING)
    assert threshold.least_for(Fraction(base)) == least


def test_too_few_votes_say_how_many_were_needed() -> None:
    _, sentence = vote(SIMPLE, ballots("fffffaaaxx"))
    assert sentence == "Not agreed: 5 of 10 present and entitled to vote were for it, 6 needed."


CONSTITUENT = frozenset({"constituent member"})
TWO_PART = DecisionRule(
    id="decisions",
    clause=CLAUSE,
    thresholds=(
        Threshold(share=Fraction(2, 3), base=VoteBase.VOTING, among="constituent member"),
        Threshold(share=Fraction(1, 2), more_than=True, base=VoteBase.ALL_ENTITLED),
    ),
)


@pytest.mark.parametrize(
    ("constituent", "others", "unmet"),
    [
        ("ffffff", "faaa", []),
        ("ffffaa", "ffaa", []),
        ("fffaaa", "ffff", [0]),
        ("ffff--", "xx--", [1]),
        ("faa", "aaa", [0, 1]),
    ],
)
def test_two_part_majority_needs_both(constituent: str, others: str, unmet: list[int]) -> None:
    cast = tuple(
        Ballot(voter=f"constituent {n}", choice=LETTERS[letter], categories=CONSTITUENT)
        for n, letter in enumerate(constituent)
    )
    verdict, sentence = vote(TWO_PART, cast + ballots(others))
    assert [n for n, counted in enumerate(verdict.counts) if not counted.is_met] == unmet
    assert verdict.is_final is (not unmet)
    assert ("constituent members" in sentence) is (0 in unmet)


CASTING = DecisionRule(
    id="decisions",
    clause=CLAUSE,
    thresholds=(SIMPLE_MAJORITY_OF_PRESENT,),
    casting_vote="chair",
    no_casting_vote_on=("co-option",),
    tie=TieBreak.LOT,
)


def test_casting_vote_decides_a_tie_either_way() -> None:
    verdict, sentence = vote(CASTING, ballots("ffaa"), casting=Choice.FOR)
    assert (verdict.outcome, sentence) == (Outcome.AGREED_BY_MAJORITY, "Agreed by the casting vote of the chair.")
    verdict, sentence = vote(CASTING, ballots("ffaa"), casting=Choice.AGAINST)
    assert verdict.outcome is Outcome.NOT_AGREED
    assert sentence == "Not agreed: 2 for and 2 against, and the casting vote of the chair was against."


def test_casting_vote_is_nothing_without_a_tie_or_without_the_right() -> None:
    assert vote(CASTING, ballots("faaa"), casting=Choice.FOR)[0].outcome is Outcome.NOT_AGREED
    assert vote(SIMPLE, ballots("ffaa"), casting=Choice.FOR)[0].outcome is Outcome.NOT_AGREED


def test_casting_vote_does_not_make_two_thirds() -> None:
    rule = DecisionRule(
        id="d", clause=CLAUSE, thresholds=(Threshold(share=Fraction(2, 3), base=VoteBase.VOTING),), casting_vote="chair"
    )
    assert vote(rule, ballots("ffaa"), casting=Choice.FOR)[0].findings == (Finding.NO_MAJORITY,)


def test_at_least_half_is_met_by_half_and_needs_no_casting_vote() -> None:
    at_least_half = Threshold(share=Fraction(1, 2), base=VoteBase.VOTING)
    rule = DecisionRule(id="d", clause=CLAUSE, thresholds=(at_least_half,))
    assert vote(rule, ballots("ffaa"))[0].is_final
    beyond = Threshold(share=Fraction(2, 3), more_than=True, base=VoteBase.VOTING)
    rule = DecisionRule(id="d", clause=CLAUSE, thresholds=(beyond,), casting_vote="chair")
    assert not vote(rule, ballots("ffaa"), casting=Choice.FOR)[0].is_final


def test_smallest_votes() -> None:
    assert vote(SIMPLE, ballots("f"))[0].is_final
    assert vote(SIMPLE, ballots("fa"))[0].findings == (Finding.TIE,)
    assert vote(CASTING, ballots("xx"), casting=Choice.FOR)[0].findings == (Finding.NO_MAJORITY,)


def test_tie_that_the_casting_vote_may_not_settle_is_drawn() -> None:
    verdict, sentence = vote(CASTING, ballots("ffaa"), subject="co-option", casting=Choice.FOR)
    assert (verdict.next, sentence) == (Next.LOT, "Not agreed: 2 for and 2 against. It is decided by lot.")
    assert vote(CASTING, ballots("ffaa"), subject="co-option", drawn=Choice.FOR)[1] == "Agreed by lot."
    _, lost = vote(CASTING, ballots("ffaa"), subject="co-option", drawn=Choice.AGAINST)
    assert lost == "Not agreed: 2 for and 2 against, and the lot decided against."


def test_tie_may_go_to_a_mediator() -> None:
    rule = DecisionRule(id="d", clause=CLAUSE, thresholds=(SIMPLE_MAJORITY_OF_PRESENT,), tie=TieBreak.MEDIATOR)
    assert vote(rule, ballots("ffaa"))[1] == "Not agreed: 2 for and 2 against. It goes to the mediator."
    assert vote(rule, ballots("ffaa"), drawn=Choice.FOR)[1] == "Agreed by the mediator's decision."


BARE = DecisionRule(id="d", clause=CLAUSE, thresholds=(SIMPLE_MAJORITY_OF_PRESENT,), unanimous_at_bare_quorum=True)


def test_bare_quorum_must_be_unanimous() -> None:
    verdict, sentence = vote(BARE, ballots("ffffa"), is_bare_quorum=True)
    assert verdict.findings == (Finding.NOT_UNANIMOUS,)
    assert sentence == "Not agreed: with only a quorum present, everybody must agree."
    assert vote(BARE, ballots("fffff--"), is_bare_quorum=True)[1] == "Agreed unanimously."
    assert vote(BARE, ballots("ffffaf"))[0].is_final
    assert vote(SIMPLE, ballots("ffffa"), is_bare_quorum=True)[0].is_final


def test_people_without_a_vote_are_named() -> None:
    chair = Ballot(voter="The Chair", choice=Choice.FOR, may_vote=False)
    verdict, sentence = vote(SIMPLE, (*ballots("fff"), chair))
    assert (verdict.outcome, sentence) == (Outcome.INCOMPLETE, "The Chair has no vote.")
    observer = Ballot(voter="The observer", choice=Choice.ABSENT, may_vote=False)
    assert vote(SIMPLE, (*ballots("fff"), observer))[1] == "Agreed unanimously."


def test_every_member_votes_or_abstains() -> None:
    rule = DecisionRule(
        id="d", clause=CLAUSE, everyone_answers=True,
        thresholds=(Threshold(share=Fraction(1, 2), more_than=True, base=VoteBase.VOTING),),
    )  # fmt: skip
    assert vote(rule, ballots("ffn-f"))[1] == "Record a vote or an abstention for member 3 and member 4."
    assert vote(rule, ballots("ffxxa"))[0].is_final


def test_barred_member_is_in_no_base() -> None:
    barred = Ballot(voter="The interested member", choice=Choice.BARRED)
    assert count(SIMPLE_MAJORITY_OF_PRESENT, (*ballots("ffa"), barred)).base == 3
    everybody = Threshold(share=Fraction(1), base=VoteBase.ALL_ENTITLED)
    assert count(everybody, (*ballots("fff"), barred)).is_met


def test_decision_taken_while_not_quorate() -> None:
    verdict, sentence = vote(SIMPLE, ballots("fff"), is_quorate=False)
    assert (verdict.outcome, verdict.is_final, sentence) == (
        Outcome.PROVISIONAL, False, "Provisional: taken while not quorate.",
    )  # fmt: skip
    assert vote(SIMPLE, ballots("fff"), is_quorate=False, is_ratified=True)[0].is_final
    strict = DecisionRule(id="d", clause=CLAUSE, thresholds=(SIMPLE_MAJORITY_OF_PRESENT,), inquorate=Inquorate.VOID)
    assert vote(strict, ballots("fff"), is_quorate=False, is_ratified=True)[1] == (
        "No effect: taken while not quorate."
    )


COMMITTEE = DecisionRule(id="d", clause=CLAUSE, consent=True, agreement_of="Executive Committee")


@pytest.mark.parametrize(
    ("answer", "outcome", "sentence"),
    [
        (None, Outcome.PROVISIONAL, "Provisional: waiting for the Executive Committee to agree."),
        (True, Outcome.AGREED_BY_CONSENT, "Agreed by consent."),
        (False, Outcome.NOT_AGREED, "Not agreed: the Executive Committee did not agree."),
    ],
)
def test_committee_waits_for_the_other_group(*, answer: bool | None, outcome: Outcome, sentence: str) -> None:
    record = DecisionRecord(manner=Manner.CONSENT, group_agreed=answer)
    verdict = judge(COMMITTEE, record)
    assert (verdict.outcome, decision_sentence(verdict, record)) == (outcome, sentence)


def test_committee_may_wait_for_two_things() -> None:
    record = DecisionRecord(manner=Manner.CONSENT, is_quorate=False)
    assert decision_sentence(judge(COMMITTEE, record), record) == (
        "Provisional: taken while not quorate and waiting for the Executive Committee to agree."
    )


def test_way_of_deciding_that_is_not_stated_is_refused() -> None:
    assert vote(COMMITTEE, ballots("fff"))[1] == "These terms do not state a vote as a way to decide."
    record = DecisionRecord(manner=Manner.CONSENT)
    assert decision_sentence(judge(SIMPLE, record), record) == (
        "These terms do not state consent as a way to decide. Record the votes."
    )


def test_organisation_with_two_voices_agrees_only_with_one_mind() -> None:
    def two(first: str, second: str) -> list[Ballot]:
        return [Ballot(voter=v, organisation="Council", choice=LETTERS[v]) for v in (first, second)]

    assert organisation_agrees("Council", two("f", "x"))
    assert not organisation_agrees("Council", two("f", "a"))
    assert not organisation_agrees("Council", two("x", "-"))


def test_weighted_votes_are_exact() -> None:
    cast = [
        Ballot(voter="one", choice=Choice.FOR, weight=Fraction(1, 3)),
        Ballot(voter="two", choice=Choice.AGAINST, weight=Fraction(1, 3)),
        Ballot(voter="three", choice=Choice.AGAINST, weight=Fraction(2, 3)),
    ]
    third = count(Threshold(share=Fraction(1, 4), base=VoteBase.VOTING), cast)
    assert (third.is_met, third.base) == (True, Fraction(4, 3))
    assert [number_words(Fraction(n, 2)) for n in (1, 2, 3)] == ["1/2", "1", "1 1/2"]
