"""Deputies and substitutes under the rules of both boards and of a joint committee."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.attendance.deputies import (
    DeputyAnswer,
    DeputyRule,
    DeputyVote,
    GradeLadder,
    MeetingTime,
    Outcome,
    Problem,
    Proposal,
    Requirement,
    UnknownGrade,
    WhoMayDeputise,
    check_deputy,
)
from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Unit
from partnership.rules.deadlines.due_dates import TimeNeeded
from partnership.rules.deadlines.duty_sentences import deputy_sentences, register_note
from partnership.rules.quorum.facts import DeputyCheck
from tests.rules.hand_made_calendars import before

ISLE_OF_WIGHT = DeputyRule(
    id="deputies",
    clause=Clause("Membership", "A deputy has the same authority and is of the same grade or one lower."),
    who=WhoMayDeputise.ANY_SUBSTITUTE,
    authority=Requirement.MUST,
    grade=Requirement.SHOULD,
)
PORTSMOUTH = DeputyRule(
    id="deputies",
    clause=Clause("g", "The designated deputy takes part and votes as the representative would."),
    who=WhoMayDeputise.NAMED_DEPUTY,
    votes=DeputyVote.SAME,
)
JOINT_COMMITTEE = DeputyRule(
    id="substitutes",
    clause=Clause("4", "A substitute votes if the chair was told in writing 24 hours before."),
    who=WhoMayDeputise.ANY_SUBSTITUTE,
    written_notice=before(24, Unit.HOURS),
    member_stands_aside=True,
    votes=DeputyVote.SAME,
)


def sam(**known: Any) -> Proposal:
    return Proposal(**{"name": "Sam Lee", "is_named_deputy": True, **known})


def isle_of_wight(**known: Any) -> DeputyAnswer:
    return check_deputy(ISLE_OF_WIGHT, sam(**{"has_same_authority": True, "grades_lower": 1, **known}))


def test_named_deputy_attends_with_the_same_voting_rights() -> None:
    answer = check_deputy(PORTSMOUTH, sam())
    assert (answer.outcome, answer.for_quorum) == (Outcome.ACCEPTED, DeputyCheck.PROPER)
    assert deputy_sentences(answer) == ("Sam Lee will attend with the same voting rights.",)


def test_another_than_the_named_deputy_is_refused() -> None:
    answer = check_deputy(PORTSMOUTH, sam(is_named_deputy=False))
    assert answer.outcome is Outcome.REFUSED
    assert answer.counts_for_quorum is False
    assert deputy_sentences(answer) == ("Only your named deputy may attend in your place.",)


def test_deputy_without_the_authority_is_refused() -> None:
    answer = isle_of_wight(has_same_authority=False, reason="Nobody else is free.")
    assert (answer.outcome, answer.for_quorum) == (Outcome.REFUSED, DeputyCheck.IMPROPER)
    assert not answer.counts_for_quorum
    assert deputy_sentences(answer) == ("Your deputy must have the same decision-making authority as you.",)


def test_deputy_whose_authority_nobody_declared_waits_for_the_answer() -> None:
    answer = isle_of_wight(has_same_authority=None)
    assert (answer.outcome, answer.for_quorum) == (Outcome.INCOMPLETE, DeputyCheck.NOT_CHECKED)
    assert deputy_sentences(answer) == ("Say whether your deputy has the same decision-making authority as you.",)


def test_grade_too_low_warns_and_asks_for_a_reason() -> None:
    answer = isle_of_wight(grades_lower=2)
    assert (answer.outcome, answer.problems) == (Outcome.REASON_NEEDED, (Problem.GRADE_TOO_LOW,))
    assert deputy_sentences(answer) == ("Your deputy should be the same grade as you or one grade lower.",)


def test_grade_too_low_with_a_reason_is_kept_and_does_not_count_by_default() -> None:
    answer = isle_of_wight(grades_lower=2, reason="Long-term sickness.")
    assert (answer.outcome, answer.for_quorum) == (Outcome.ACCEPTED_WITH_REASON, DeputyCheck.IMPROPER)
    assert not answer.counts_for_quorum
    assert register_note(answer) == (
        "Outside the rule for deputies; does not count for the quorum. Reason: Long-term sickness."
    )


def test_reading_may_let_an_improper_deputy_count() -> None:
    rule = DeputyRule(
        id="deputies",
        clause=ISLE_OF_WIGHT.clause,
        who=WhoMayDeputise.ANY_SUBSTITUTE,
        grade=Requirement.SHOULD,
        improper_counts=True,
    )
    answer = check_deputy(rule, sam(grades_lower=3, reason="Sickness."))
    assert answer.counts_for_quorum
    assert register_note(answer) == "Outside the rule for deputies; counts for the quorum. Reason: Sickness."


@pytest.mark.parametrize("grades_lower", [-1, 0, 1])
def test_same_grade_one_lower_or_higher_is_accepted(grades_lower: int) -> None:
    answer = isle_of_wight(grades_lower=grades_lower)
    assert (answer.outcome, answer.counts_for_quorum) == (Outcome.ACCEPTED, True)
    assert deputy_sentences(answer) == ("Sam Lee will attend in your place.",)
    assert register_note(answer) == ""


def test_unknown_grade_counts_and_is_flagged() -> None:
    answer = isle_of_wight(grades_lower=None)
    assert (answer.outcome, answer.for_quorum) == (Outcome.NOT_CHECKED, DeputyCheck.NOT_CHECKED)
    assert answer.counts_for_quorum
    assert deputy_sentences(answer) == ("Your deputy's grade has not been checked.",)
    assert register_note(answer) == "Not checked; counts for the quorum."


@pytest.mark.parametrize(
    ("grade", "below", "sentence"),
    [
        (Requirement.MUST, 0, "Your deputy must be the same grade as you."),
        (Requirement.SHOULD, 2, "Your deputy should be the same grade as you or up to two grades lower."),
        (Requirement.SHOULD, 4, "Your deputy should be the same grade as you or 4 grades lower."),
    ],
)
def test_other_ladders_have_their_own_sentence(grade: Requirement, below: int, sentence: str) -> None:
    rule = DeputyRule(
        id="d", clause=ISLE_OF_WIGHT.clause, who=WhoMayDeputise.ANY_SUBSTITUTE, grade=grade, grades_below=below
    )
    answer = check_deputy(rule, sam(grades_lower=below + 1))
    assert deputy_sentences(answer) == (sentence,)
    assert answer.outcome is (Outcome.REFUSED if grade is Requirement.MUST else Outcome.REASON_NEEDED)


def test_higher_grade_may_be_ruled_out() -> None:
    rule = DeputyRule(
        id="d",
        clause=ISLE_OF_WIGHT.clause,
        who=WhoMayDeputise.ANY_SUBSTITUTE,
        grade=Requirement.SHOULD,
        higher_grade_fits=False,
    )
    assert check_deputy(rule, sam(grades_lower=-1)).problems == (Problem.GRADE_TOO_HIGH,)
    assert check_deputy(rule, sam(grades_lower=0)).problems == ()


def test_every_problem_is_named() -> None:
    answer = isle_of_wight(has_same_authority=False, grades_lower=2)
    assert answer.problems == (Problem.AUTHORITY_DIFFERS, Problem.GRADE_TOO_LOW)
    assert len(deputy_sentences(answer)) == 2


def test_body_without_deputies_refuses_every_one() -> None:
    rule = DeputyRule(id="d", clause=ISLE_OF_WIGHT.clause, who=WhoMayDeputise.NOBODY)
    answer = check_deputy(rule, sam())
    assert (answer.outcome, deputy_sentences(answer)) == (Outcome.REFUSED, ("Nobody may attend in your place.",))


def test_deputy_without_a_vote() -> None:
    rule = DeputyRule(
        id="d", clause=ISLE_OF_WIGHT.clause, who=WhoMayDeputise.ANY_SUBSTITUTE, votes=DeputyVote.NONE,
        counts_for_quorum=False,
    )  # fmt: skip
    answer = check_deputy(rule, sam())
    assert deputy_sentences(answer) == ("Sam Lee will attend without a vote.",)
    assert not answer.counts_for_quorum


MEETING = MeetingTime(date(2027, 4, 22), time(14, 30), ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("notified_on", "notified_at", "outcome"),
    [
        (date(2027, 4, 21), time(14, 30), Outcome.ACCEPTED),
        (date(2027, 4, 21), time(14, 31), Outcome.REFUSED),
        (date(2027, 4, 20), None, Outcome.ACCEPTED),
        (None, None, Outcome.REFUSED),
    ],
)
def test_chair_is_told_in_writing_a_day_before(
    notified_on: date | None, notified_at: time | None, outcome: Outcome
) -> None:
    answer = check_deputy(JOINT_COMMITTEE, sam(notified_on=notified_on, notified_at=notified_at), MEETING)
    assert answer.outcome is outcome
    if outcome is Outcome.REFUSED:
        assert deputy_sentences(answer) == ("You must tell the Chair in writing by 2:30pm on Wednesday 21 April 2027.",)


def test_only_some_rules_put_the_member_aside() -> None:
    rules = [ISLE_OF_WIGHT, PORTSMOUTH, JOINT_COMMITTEE]
    assert [rule.member_stands_aside for rule in rules] == [False, False, True]


def test_notice_rule_needs_to_know_when_the_meeting_begins() -> None:
    with pytest.raises(TimeNeeded):
        check_deputy(JOINT_COMMITTEE, sam())


def test_grades_are_counted_on_the_agencys_own_ladder() -> None:
    ladder = GradeLadder("Constabulary", ("chief superintendent", "superintendent", "chief inspector"))
    assert ladder.grades_lower(member="chief superintendent", deputy="chief inspector") == 2
    assert ladder.grades_lower(member="superintendent", deputy="chief superintendent") == -1
    assert ladder.grades_lower(member="superintendent", deputy="superintendent") == 0
    with pytest.raises(UnknownGrade, match="Constabulary has no grade band 8a"):
        ladder.grades_lower(member="superintendent", deputy="band 8a")
