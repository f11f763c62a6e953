"""A chair who may determine otherwise, and what an inquorate meeting may do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Determined, Facts, MeetingFacts
from partnership.rules.quorum.terms import (
    Circumstance,
    DeterminationRule,
    Inquorate,
    InquorateRule,
    Phase,
    QuorumTerms,
    Scope,
)
from tests.rules.boards import QUORACY, body, clock, count, meeting, office, people

TEN = clock(10)
MADE = Determined(by="chair", at=None, reason="The matter is urgent")


def with_chair(scope: Scope = Scope.MEETING) -> QuorumTerms:
    rule = DeterminationRule(id="by-chair", clause=QUORACY, by="chair", scope=scope)
    return replace(body(count(4), offices=[office("chair", called="Chair")]), determination=rule)


def determined(made: Determined, scope: Scope, *, item: str | None = None, at: datetime | None = None) -> Outcome:
    facts = Facts(attendees=(people(3),), determinations=(made,))
    return assess(with_chair(scope), facts, at=at, phase=Phase.ITEM, item=item).outcome


@pytest.mark.parametrize(
    ("scope", "made", "item", "goes_ahead"),
    [
        (Scope.MEETING, MADE, None, True),
        (Scope.MEETING, MADE, "6", True),
        (Scope.MEETING, replace(MADE, item="6"), "6", True),
        (Scope.MEETING, replace(MADE, item="6"), "7", False),
        (Scope.MEETING, replace(MADE, item="6"), None, False),
        (Scope.ITEM, replace(MADE, item="6"), "6", True),
        (Scope.ITEM, replace(MADE, item="6"), "7", False),
        (Scope.ITEM, replace(MADE, item="6"), None, False),
        (Scope.ITEM, MADE, "6", False),
        (Scope.ITEM, MADE, None, False),
        (Scope.MEETING, replace(MADE, by="vice-chair"), None, False),
        (Scope.MEETING, replace(MADE, reason="  "), None, False),
    ],
)
def test_what_a_determination_covers(scope: Scope, made: Determined, item: str | None, *, goes_ahead: bool) -> None:
    expected = Outcome.QUORATE if goes_ahead else Outcome.NOT_QUORATE_UNLESS_DETERMINED
    assert determined(made, scope, item=item) is expected


@pytest.mark.parametrize(("minute", "goes_ahead"), [(29, False), (30, True), (31, True)])
def test_a_determination_covers_what_comes_after_it(minute: int, *, goes_ahead: bool) -> None:
    made = replace(MADE, at=clock(10, 30))
    expected = Outcome.QUORATE if goes_ahead else Outcome.NOT_QUORATE_UNLESS_DETERMINED
    assert determined(made, Scope.MEETING, at=clock(10, minute)) is expected


def test_a_determination_for_an_item_names_it() -> None:
    facts = Facts(attendees=(people(3),), determinations=(replace(MADE, item="6"),))
    answer = assess(with_chair(Scope.ITEM), facts, item="6")
    assert answer.sentence == "Quorate: the chair determined that item 6 may go ahead. Reason: The matter is urgent."
    assert answer.tests[0].passed is False
    assert answer.consequences == ()


def test_a_determination_without_a_rule_for_it_changes_nothing() -> None:
    facts = Facts(attendees=(people(3),), determinations=(MADE,))
    assert assess(body(count(4)), facts).outcome is Outcome.NOT_QUORATE


def test_a_quorate_meeting_needs_no_determination() -> None:
    facts = Facts(attendees=(people(4),), determinations=(MADE,))
    assert assess(with_chair(), facts).sentence == "Quorate: 4 members present (4 needed)."


# --- consequences -------------------------------------------------------------------------------


def following(*rules: InquorateRule) -> QuorumTerms:
    return replace(body(count(4), offices=[office("chair")]), inquorate=rules)


def then(kind: Inquorate, words: str = "", **more: object) -> InquorateRule:
    return replace(InquorateRule(id="then", clause=QUORACY, kind=kind, words=words), **more)  # type: ignore[arg-type]


HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (then(Inquorate.ADJOURN), "The meeting is adjourned."),
        (
            then(Inquorate.ADJOURN, "It meets again on the same day next week"),
            "It meets again on the same day next week.",
        ),
        (then(Inquorate.ADJOURN_UNTIL_QUORATE), "Those present may adjourn until there is a quorum."),
        (then(Inquorate.WAIT, wait=HALF_AN_HOUR), "The meeting waits for a quorum: wait 30 minutes, until 10:30am."),
        (then(Inquorate.WAIT, "Then it lapses.", wait=timedelta(hours=1)), "Then it lapses: wait 1 hour, until 11am."),
        (then(Inquorate.DISCUSS_ONLY), "Those present may discuss but not decide."),
        (then(Inquorate.CHAIR_PICKS_ITEMS), "The chair decides which items go ahead."),
        (then(Inquorate.LIMITED_POWERS, "Only to fill vacancies"), "Only to fill vacancies."),
        (
            then(Inquorate.RATIFY_LATER, by="the absent members"),
            "The meeting may go on; its decisions wait to be ratified (by the absent members).",
        ),
        (then(Inquorate.RATIFY_LATER, "Decisions wait", by="chair"), "Decisions wait (by the chair)."),
        (then(Inquorate.LAPSE), "The meeting lapses."),
        (then(Inquorate.DISSOLVE), "The meeting is dissolved."),
        (then(Inquorate.INTERIM_PLAN, "An interim plan is made"), "An interim plan is made."),
        (then(Inquorate.NO_TWO_IN_A_ROW), "Two inquorate meetings in a row should not be held."),
    ],
)
def test_each_consequence_in_words(rule: InquorateRule, sentence: str) -> None:
    facts = Facts(attendees=(people(3),), meeting=MeetingFacts(opened_at=TEN))
    assert assess(following(rule), facts).consequences == (sentence,)


def test_a_wait_without_a_known_opening_gives_its_length() -> None:
    rule = then(Inquorate.WAIT, wait=timedelta(minutes=20))
    assert assess(following(rule), meeting()).consequences == ("The meeting waits for a quorum: wait 20 minutes.",)


def test_consequences_follow_their_condition_and_only_an_inquorate_meeting() -> None:
    terms = following(
        then(Inquorate.LAPSE, when=Circumstance("requisitioned")),
        then(Inquorate.ADJOURN, when=Circumstance("requisitioned", is_absent=True)),
    )
    requisitioned = MeetingFacts(circumstances=frozenset({"requisitioned"}))
    short = Facts(attendees=(people(3),))
    assert assess(terms, short).consequences == ("The meeting is adjourned.",)
    assert assess(terms, replace(short, meeting=requisitioned)).consequences == ("The meeting lapses.",)
    assert assess(terms, meeting(people(4))).consequences == ()
