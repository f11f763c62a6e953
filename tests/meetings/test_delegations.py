"""Who decides what for whom: recorded under a rule, ended, answered; and what a decision is worth by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from meetings.delegation_worth import Remark, remarks_on
from meetings.minutes.content import MinutesContent
from meetings.minutes.drafting import draft_minutes
from meetings.models import BoardAnswer, Decision, Delegation
from meetings.operations import (
    AnswerUnsaid,
    Basis,
    DecisionChangedMeanwhile,
    DelegationUnsaid,
    NoAgreementAsked,
    NotDelegable,
    NotDelegatedHere,
    answer_decision,
    change_decision,
    delegate,
    end_delegation,
    withdraw_decision,
)
from meetings.queries.delegations import delegations_on
from partnership.operations import EndsBeforeItStarts
from tests.cast import TODAY, Cast, at
from tests.delegations import DECIDED, TRAINING, City, city_of, decided_at, open_at, training_delegated

YESTERDAY = TODAY - timedelta(days=1)
ASKS = Basis(asks_agreement=True)


@pytest.fixture
def city(cast: Cast) -> City:
    return city_of(cast)


def said_of(decision: Decision) -> list[Remark]:
    found = Decision.objects.select_related("answer", "function_of", "delegation", "item__meeting__board").get(
        pk=decision.pk
    )
    meeting = found.item.meeting
    rules = delegations_on(partnership_id=meeting.board.partnership_id, on=meeting.on)
    return list(remarks_on(found, meeting=meeting, rules=rules))


# --- what the rules say -----------------------------------------------------------------------------------------------


def test_the_rules_say_who_may_decide_for_whom_and_who_must_agree(city: City) -> None:
    rules = delegations_on(partnership_id=city.board.partnership_id, on=TODAY)
    assert [each.rule.id for each in rules.to(city.executive)] == ["delegation"]
    asked = rules.agreement_for(city.committee)
    assert asked is not None
    assert (asked.agrees, asked.rule.clause.ref) == (city.executive, "y; Groups")
    assert rules.awaited_by(city.executive) == (city.committee,)
    assert rules.agreement_for(city.board) is rules.agreement_for(city.executive) is None


def test_before_the_first_version_no_rule_holds(city: City) -> None:
    assert delegations_on(partnership_id=city.board.partnership_id, on=date(2001, 1, 1)).rules == ()


# --- delegating -------------------------------------------------------------------------------------------------------


def test_only_what_the_rules_name_is_delegated(cast: Cast, city: City) -> None:
    given = training_delegated(cast, city)
    assert (given.given_by, given.given_to, given.until) == (city.board, city.executive, None)
    right = {
        "given_by": city.board,
        "given_to": city.executive,
        "rule": "delegation",
        "functions": TRAINING,
        "decided": DECIDED,
        "starts_on": TODAY,
        "ends_on": None,
    }
    for wrong, refusal in (
        ({"rule": "no-such-rule"}, NotDelegable),
        ({"given_to": city.committee}, NotDelegable),
        ({"given_by": city.executive, "given_to": city.committee}, NotDelegable),
        ({"starts_on": date(2001, 1, 1)}, NotDelegable),
        ({"functions": " "}, DelegationUnsaid),
        ({"decided": ""}, DelegationUnsaid),
        ({"ends_on": YESTERDAY}, EndsBeforeItStarts),
    ):
        with pytest.raises(refusal):
            delegate(**right | wrong, by=cast.author)  # type: ignore[arg-type]
    assert Delegation.objects.get() == given


def test_it_ends_with_a_reason(cast: Cast, city: City) -> None:
    given = training_delegated(cast, city)
    with pytest.raises(DelegationUnsaid):
        end_delegation(delegation=given, ends_on=TODAY, reason=" ", by=cast.author)
    with pytest.raises(EndsBeforeItStarts):
        end_delegation(delegation=given, ends_on=YESTERDAY, reason="Over", by=cast.author)
    ended = end_delegation(delegation=given, ends_on=TODAY, reason="Over", by=cast.author)
    assert ended.until == TODAY + timedelta(days=1)
    assert given.history.latest().history_change_reason == "Over"


# --- what a decision is worth -----------------------------------------------------------------------------------------


def test_a_decision_within_a_delegation_says_so_with_its_clause(cast: Cast, city: City) -> None:
    given = training_delegated(cast, city)
    decision = decided_at(cast, open_at(cast, city.executive), Basis(function_of=city.board, delegation=given))
    (remark,) = said_of(decision)
    assert remark.sentence == f"Taken for PSCP Board, under its delegation of 17 March 2027: {TRAINING}."
    assert remark.label == ""
    assert remark.clause is not None
    assert remark.clause.ref == "y"


def test_a_decision_beyond_a_delegation_says_so_with_its_clause(cast: Cast, city: City) -> None:
    decision = decided_at(cast, open_at(cast, city.executive), Basis(function_of=city.board))
    (remark,) = said_of(decision)
    assert remark.sentence == "Beyond what PSCP Board has delegated: no delegation covers this."
    assert remark.label == "Beyond the delegation"
    assert remark.clause is not None
    assert remark.clause.ref == "y"


def test_a_delegation_that_turns_out_to_have_ended_covers_nothing(
    cast: Cast, city: City, stopped_clock: Settings
) -> None:
    given = delegate(
        given_by=city.board,
        given_to=city.executive,
        rule="delegation",
        functions=TRAINING,
        decided=DECIDED,
        starts_on=TODAY - timedelta(days=30),
        ends_on=None,
        by=cast.author,
    )
    decision = decided_at(cast, open_at(cast, city.executive), Basis(function_of=city.board, delegation=given))
    assert said_of(decision)[0].label == ""
    end_delegation(delegation=given, ends_on=YESTERDAY, reason="The Board took it back", by=cast.author)
    assert said_of(decision)[0].label == "Beyond the delegation"
    assert "which ended on 16 March 2027" in said_of(decision)[0].sentence


def test_another_boards_delegation_is_refused(cast: Cast, city: City) -> None:
    given = training_delegated(cast, city)
    meeting = open_at(cast, city.committee)
    for basis in (Basis(function_of=city.board, delegation=given), Basis(delegation=given)):
        with pytest.raises(NotDelegatedHere):
            decided_at(cast, meeting, basis)


# --- agreement --------------------------------------------------------------------------------------------------------


def answer(cast: Cast, decision: Decision, city: City, **changes: object) -> BoardAnswer:
    said = {
        "decision": decision,
        "board": city.executive,
        "is_agreed": True,
        "answered_on": TODAY,
        "where": "Executive Committee, item 2",
        "version": decision.version,
    } | changes
    return answer_decision(**said, by=cast["clerk"])  # type: ignore[arg-type]


def test_a_committees_decision_is_provisional_until_the_executive_agreed(cast: Cast, city: City) -> None:
    decision = decided_at(cast, open_at(cast, city.committee), ASKS)
    (remark,) = said_of(decision)
    assert (remark.label, remark.sentence) == (
        "Provisional",
        "Provisional: waiting for Executive Committee to agree.",
    )
    assert remark.clause is not None
    assert remark.clause.ref == "y; Groups"
    answer(cast, decision, city)
    assert said_of(decision)[0].sentence == "Final: Executive Committee agreed on 17 March 2027."
    answer(cast, decision, city, is_agreed=False)
    assert (said_of(decision)[0].label, BoardAnswer.history.count()) == ("Not agreed", 2)


def test_the_same_decision_is_final_at_once_where_no_rule_asks(cast: Cast, city: City) -> None:
    assert said_of(decided_at(cast, open_at(cast, city.committee), Basis())) == []
    decision = decided_at(cast, open_at(cast, city.board), ASKS)
    assert said_of(decision) == []
    with pytest.raises(NoAgreementAsked):
        answer(cast, decision, city)


def test_what_is_changed_after_the_answer_waits_again(cast: Cast, city: City) -> None:
    decision = decided_at(cast, open_at(cast, city.committee), ASKS)
    answer(cast, decision, city)
    changed = change_decision(
        decision=decision, text="Within two days", decided_at=at(10, 2), version=1, by=cast["clerk"]
    )
    assert changed.asks_agreement
    assert said_of(decision)[0].label == "Provisional"
    with pytest.raises(DecisionChangedMeanwhile):
        answer(cast, decision, city)
    answer(cast, changed, city)
    assert said_of(decision)[0].label == ""


def test_an_answer_says_when_and_where(cast: Cast, city: City) -> None:
    decision = decided_at(cast, open_at(cast, city.committee), ASKS)
    for wrong in ({"where": " "}, {"answered_on": YESTERDAY}, {"answered_on": TODAY + timedelta(days=1)}):
        with pytest.raises(AnswerUnsaid):
            answer(cast, decision, city, **wrong)
    with pytest.raises(NoAgreementAsked):
        answer(cast, decision, city, board=city.board)
    assert not BoardAnswer.objects.exists()


def test_an_answer_goes_with_a_decision_that_is_taken_off_the_record(cast: Cast, city: City) -> None:
    decision = decided_at(cast, open_at(cast, city.committee), ASKS)
    answer(cast, decision, city)
    withdraw_decision(decision=decision, version=1, reason="Recorded twice", by=cast["clerk"])
    assert not BoardAnswer.objects.exists()
    assert BoardAnswer.history.first().history_type == "-"


def test_the_minutes_say_that_a_decision_is_provisional(cast: Cast, city: City) -> None:
    meeting = open_at(cast, city.committee)
    decided_at(cast, meeting, ASKS)
    content = draft_minutes(meeting=meeting, user=cast["clerk"], today=TODAY)
    (remark,) = content.items[0].decisions[0].remarks
    assert remark.label == "Provisional"
    assert remark.sentence == "Provisional: waiting for Executive Committee to agree (clause y; Groups)."
    assert MinutesContent.from_json(content.to_json()) == content
    before = content.to_json()
    del before["items"][0]["decisions"][0]["remarks"]
    assert MinutesContent.from_json(before).items[0].decisions[0].remarks == ()
