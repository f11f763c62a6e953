"""What is on every agenda, who receives what, who signs, what is delegated; and a stand-in's grounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from partnership.rules.arrangements import (
    Delegation,
    Distribution,
    Document,
    ItemKind,
    Occasion,
    Signatories,
    StandingItem,
)
from partnership.rules.book.arrangement_sentences import (
    delegation_sentence,
    distribution_sentence,
    signatories_sentence,
    standing_item_sentence,
    urgent_sentence,
    written_sentence,
)
from partnership.rules.clauses import Clause
from partnership.rules.decisions.decision_sentences import urgent_sentences
from partnership.rules.decisions.urgent_decisions import Ground, UrgentFinding, UrgentRecord, UrgentRule, judge_urgent
from partnership.rules.decisions.written_resolutions import WrittenRule
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.quorum.terms import Office, Organisation, QuorumTerms

CLAUSE = Clause("c", "Our words.")
TERMS = QuorumTerms(
    body="Board",
    organisations={
        "council": Organisation(id="council", name="City Council"),
        "police": Organisation(id="police", name="Constabulary"),
    },
    offices={
        "chair": Office(id="chair", clause=CLAUSE, name="the independent chair"),
        "vice-chair": Office(id="vice-chair", clause=CLAUSE, name="The vice-chair"),
    },
    capacities={},
    seats=(),
    rules=(),
)
URGENT = UrgentRule(
    id="urgent",
    clause=CLAUSE,
    decided_by="chair",
    stand_in="vice-chair",
    grounds=(Ground.UNAVAILABLE,),
    consult=("the manager", "council"),
    as_many_as_practicable=True,
)


@pytest.mark.parametrize(
    ("when", "kinds"),
    [
        (Occasion.EVERY_MEETING, {MeetingKind.ORDINARY, MeetingKind.EXTRAORDINARY, MeetingKind.ANNUAL}),
        (Occasion.EVERY_ORDINARY_MEETING, {MeetingKind.ORDINARY}),
        (Occasion.EVERY_EXTRAORDINARY_MEETING, {MeetingKind.EXTRAORDINARY}),
        (Occasion.EVERY_ANNUAL_MEETING, {MeetingKind.ANNUAL}),
        (Occasion.EVERY_DEVELOPMENT_DAY, {MeetingKind.DEVELOPMENT_DAY}),
    ],
)
def test_the_meetings_at_which_an_item_comes_up(when: Occasion, kinds: set[MeetingKind]) -> None:
    assert {kind for kind in MeetingKind if when.covers(kind)} == kinds


def test_an_urgent_decision_in_words_without_a_second_article() -> None:
    assert urgent_sentence(URGENT, TERMS) == (
        "The independent chair decides what cannot wait for a meeting. The vice-chair decides when the independent "
        "chair is unavailable. Consulted first: the manager, City Council and as many other members as practicable."
    )


def test_a_ground_that_the_rule_does_not_give_is_none() -> None:
    names = {"chair": "the independent chair", "vice-chair": "The vice-chair", "council": "City Council"}
    record = UrgentRecord(
        decided_by="vice-chair",
        ground=Ground.DELEGATED,
        needed_on=date(2027, 3, 31),
        decided_on=date(2027, 3, 30),
        decision="Fund the review.",
    )
    verdict = judge_urgent(URGENT, record, latest_urgent_on=date(2027, 3, 31))
    assert UrgentFinding.GROUND_MISSING in verdict.findings
    assert urgent_sentences(verdict, names) == (
        "Say why the vice-chair decided and not the independent chair.",
        "Record that you consulted the manager.",
        "Record that you consulted City Council.",
    )


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (WrittenRule(id="written", clause=CLAUSE), "all of those"),
        (WrittenRule(id="written", clause=CLAUSE, share=Fraction(2, 3)), "at least two thirds of those"),
        (WrittenRule(id="written", clause=CLAUSE, share=Fraction(1, 2), more_than=True), "more than half of those"),
    ],
)
def test_a_written_resolution_in_words(rule: WrittenRule, who: str) -> None:
    assert written_sentence(rule) == (
        f"A resolution passes without a meeting when {who} entitled to vote have signed it."
    )


def test_a_delegation_names_its_functions_or_says_that_none_is_named() -> None:
    some = Delegation(id="d", clause=CLAUSE, to=("exec",), functions=("Run reviews.", "Agree the budget"))
    assert delegation_sentence(some, {"exec": "the Executive"}) == (
        "Delegated to the Executive: Run reviews; Agree the budget."
    )
    none = Delegation(id="d", clause=CLAUSE, to=("learning-group",), needs_agreement_of="exec")
    assert delegation_sentence(none, {"exec": "the Executive"}) == (
        "Functions may be delegated to learning group; which, the terms do not say. What is decided there is final "
        "once the Executive has agreed."
    )


def test_an_item_a_document_and_signatures_in_words() -> None:
    item = StandingItem(
        id="i", clause=CLAUSE, title="Reviews", kind=ItemKind.ASSURANCE, when=Occasion.EVERY_MEETING, minutes=10
    )
    assert standing_item_sentence(item) == "On the agenda of every meeting: Reviews, for assurance, 10 minutes."
    tracker = Distribution(id="t", clause=CLAUSE, document=Document.ACTION_TRACKER, capacities=("member",))
    assert distribution_sentence(tracker, TERMS) == "Action tracker goes to every member."
    signed = Signatories(id="s", clause=CLAUSE, offices=("chair",), lead_representatives=("council", "police"))
    assert signatories_sentence(signed, TERMS) == (
        "A version is signed by the independent chair and the lead representatives of City Council and Constabulary."
    )
