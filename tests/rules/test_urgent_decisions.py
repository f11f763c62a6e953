"""Deciding outside a meeting: urgent decisions and written resolutions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Anchor, Unit
from partnership.rules.decisions.decision_sentences import consulted_words, urgent_sentences, written_sentence
from partnership.rules.decisions.urgent_decisions import (
    Consulted,
    Ground,
    UrgentFinding,
    UrgentRecord,
    UrgentRule,
    UrgentVerdict,
    judge_urgent,
)
from partnership.rules.decisions.written_resolutions import (
    Signature,
    WrittenOutcome,
    WrittenRule,
    WrittenVerdict,
    judge_written,
)
from tests.rules.hand_made_calendars import after

ICB = "Hampshire and Isle of Wight Integrated Care Board"
PARTNERS = (ICB, "Hampshire Constabulary", "Portsmouth City Council")
OTHERS = tuple(f"agency {n}" for n in range(1, 12))
RULE = UrgentRule(
    id="urgent",
    clause=Clause("c", "The chair decides with the manager, the three partners and whoever can be asked."),
    decided_by="Chair",
    stand_in="Vice-Chair",
    consult=("Manager", *PARTNERS),
    as_many_as_practicable=True,
)
ASKED = date(2027, 3, 23)


def urgent(*, asked: tuple[str, ...], **facts: Any) -> UrgentVerdict:
    stated: dict[str, Any] = {
        "decided_by": "Chair",
        "needed_on": date(2027, 3, 31),
        "decided_on": date(2027, 3, 30),
        "decision": "Fund the review.",
        "consulted": tuple(Consulted(who=who, on=ASKED, view="Agrees.") for who in asked),
        "members": (*PARTNERS, *OTHERS),
        "not_consulted": tuple((who, "Away.") for who in OTHERS if who not in asked),
    }
    return judge_urgent(RULE, UrgentRecord(**{**stated, **facts}), latest_urgent_on=date(2027, 3, 31))


ALL_WHO_MUST = ("Manager", *PARTNERS)


def test_complete_record_is_valid_and_counts_the_members() -> None:
    verdict = urgent(asked=(*ALL_WHO_MUST, *OTHERS[:6]))
    assert verdict.is_valid
    assert urgent_sentences(verdict) == ()
    assert consulted_words(verdict) == "9 of 14 members consulted"


@pytest.mark.parametrize("missing", ALL_WHO_MUST)
def test_each_who_must_be_asked_is_named(missing: str) -> None:
    verdict = urgent(asked=tuple(who for who in ALL_WHO_MUST if who != missing))
    assert verdict.missing == (missing,)
    assert urgent_sentences(verdict) == (f"Record that you consulted {missing}.",)


def test_missing_board_is_asked_for_by_its_name() -> None:
    assert urgent_sentences(urgent(asked=("Manager", *PARTNERS[1:]))) == (
        "Record that you consulted Hampshire and Isle of Wight Integrated Care Board.",
    )


@pytest.mark.parametrize(("on", "view"), [(None, "Agrees."), (ASKED, ""), (ASKED, "  ")])
def test_date_and_view_are_both_needed(on: date | None, view: str) -> None:
    consulted = tuple(
        Consulted(who=who, on=on if who == ICB else ASKED, view=view if who == ICB else "Agrees.")
        for who in ALL_WHO_MUST
    )
    assert urgent(asked=ALL_WHO_MUST, consulted=consulted).missing == (ICB,)


def test_member_left_out_needs_a_reason() -> None:
    reasons = tuple((who, "Away.") for who in OTHERS[1:])
    verdict = urgent(asked=ALL_WHO_MUST, not_consulted=reasons)
    assert urgent_sentences(verdict) == ("Say why agency 1 was not consulted.",)
    blank = urgent(asked=ALL_WHO_MUST, not_consulted=(*reasons, ("agency 1", " ")))
    assert blank.unexplained == ("agency 1",)


@pytest.mark.parametrize(
    ("facts", "finding", "sentence"),
    [
        (
            {"needed_on": date(2027, 4, 1)},
            UrgentFinding.NOT_URGENT,
            "This is not urgent under the arrangements.",
        ),
        (
            {"decided_by": "Manager"},
            UrgentFinding.WRONG_OFFICE,
            "Only the Chair or Vice-Chair may take an urgent decision.",
        ),
        (
            {"decided_by": "Vice-Chair"},
            UrgentFinding.GROUND_MISSING,
            "Say why the Vice-Chair decided and not the Chair.",
        ),
        ({"decided_on": None}, UrgentFinding.DECISION_MISSING, "Record the decision and its date."),
        ({"decision": " "}, UrgentFinding.DECISION_MISSING, "Record the decision and its date."),
    ],
)
def test_record_that_may_not_stand(facts: dict[str, Any], finding: UrgentFinding, sentence: str) -> None:
    verdict = urgent(asked=ALL_WHO_MUST, **facts)
    assert (verdict.findings, verdict.is_valid) == ((finding,), False)
    assert urgent_sentences(verdict) == (sentence,)


@pytest.mark.parametrize("ground", [Ground.UNAVAILABLE, Ground.DELEGATED])
def test_vice_chair_may_decide_with_a_ground(ground: Ground) -> None:
    assert urgent(asked=ALL_WHO_MUST, decided_by="Vice-Chair", ground=ground).is_valid


def test_rule_without_a_stand_in_names_one_office() -> None:
    alone = UrgentRule(id="urgent", clause=RULE.clause, decided_by="Chair")
    record = UrgentRecord(decided_by="Manager", needed_on=ASKED, decided_on=ASKED, decision="Yes.")
    verdict = judge_urgent(alone, record, latest_urgent_on=ASKED)
    assert urgent_sentences(verdict) == ("Only the Chair may take an urgent decision.",)


ALL_SIGN = WrittenRule(id="written", clause=Clause("9", "A resolution all have signed is valid."))
MINIMUM = WrittenRule(
    id="consents",
    clause=Clause("3.10", "Consents of a majority, within 60 days of the first."),
    share=Fraction(1, 2),
    more_than=True,
    within=after(60, Unit.DAYS, anchor=Anchor.EVENT, event="first consent"),
)
MEMBERS = ("Ann", "Ben", "Cat", "Dan")


def written(rule: WrittenRule, at: date, *signed: tuple[str, date]) -> WrittenVerdict:
    signatures = tuple(Signature(member, on) for member, on in signed)
    return judge_written(rule, entitled=MEMBERS, signatures=signatures, at=at)


FIRST, LAST = date(2027, 3, 1), date(2027, 4, 30)


def test_resolution_that_all_must_sign() -> None:
    signed = [(member, date(2027, 3, day)) for day, member in enumerate(MEMBERS, 1)]
    open_ = written(ALL_SIGN, LAST, *signed[:3])
    assert (open_.outcome, open_.missing) == (WrittenOutcome.OPEN, ("Dan",))
    assert written_sentence(open_) == "Not yet passed: 3 of 4 signed."
    passed = written(ALL_SIGN, LAST, *signed)
    assert passed.passed_on == date(2027, 3, 4)
    assert written_sentence(passed) == "Passed in writing on 4 March 2027: 4 of 4 signed."


def test_majority_in_writing_within_sixty_days_of_the_first() -> None:
    two = [("Ann", FIRST), ("Ben", FIRST)]
    assert written(MINIMUM, LAST, *two, ("Cat", LAST)).outcome is WrittenOutcome.PASSED
    assert written_sentence(written(MINIMUM, LAST, *two)) == (
        "Not yet passed: 2 of 4 signed. It is open until 30 April 2027."
    )
    late = written(MINIMUM, date(2027, 5, 1), *two, ("Cat", date(2027, 5, 1)))
    assert written_sentence(late) == "Lapsed: 2 of 4 had signed when the time ended on 30 April 2027."


def test_strangers_second_signatures_and_the_future_do_not_count() -> None:
    verdict = written(MINIMUM, FIRST, ("Ann", FIRST), ("Ann", FIRST), ("Eve", FIRST), ("Ben", LAST))
    assert (verdict.signed, verdict.outcome) == (("Ann",), WrittenOutcome.OPEN)


def test_nobody_has_signed() -> None:
    verdict = written(MINIMUM, FIRST)
    assert (verdict.closes, verdict.outcome) == (None, WrittenOutcome.OPEN)
