"""Before the day: what the replies so far would make of the meeting, and whom to ask."""

from dataclasses import replace

import pytest

from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.facts import Attendee, DeputyCheck
from partnership.rules.quorum.fewest import FewestStatus
from partnership.rules.quorum.forecast import forecast
from partnership.rules.quorum.terms import Applies, DeterminationRule, Phase, Scope
from tests.rules.boards import (
    COUNCIL,
    ICB,
    POLICE,
    QUORACY,
    body,
    count,
    in_seats,
    isle_of_wight,
    meeting,
    office,
    others,
    people,
    portsmouth,
    rule,
)

FIVE = in_seats("chair", "scrutineer", POLICE, COUNCIL, ICB)


def test_enough_have_said_that_they_will_come() -> None:
    found = forecast(isle_of_wight(), meeting(*FIVE, *others(8)))
    assert found.answer.outcome is Outcome.QUORATE
    assert found.answer.phase is Phase.START
    assert found.fewest.status is FewestStatus.ALREADY
    assert found.sentence == (
        "If everybody who has said so comes, the meeting will be quorate: 13 of 24 members present (12 needed)."
    )


def test_the_one_to_ask_is_named() -> None:
    coming = (*in_seats("chair", "scrutineer", POLICE, COUNCIL), *others(8))
    deputy = Attendee(name="Ruth Okonjo", seat=ICB, capacity="deputy")
    spare = Attendee(name="Rhys Calloway", seat="other-19")
    found = forecast(isle_of_wight(), meeting(*coming), (spare, deputy))
    assert found.fewest.people == (deputy,)
    assert found.sentence == (
        "Not certain. If only those who have said so come, it falls short:"
        " NHS Hampshire and Isle of Wight ICB is not represented."
        " 1 more person would make it quorate: Ruth Okonjo."
    )
    assert found.headline == "Not certain: 2 of 3 safeguarding partners are coming."


def test_several_to_ask_are_counted() -> None:
    coming = in_seats(COUNCIL)
    asked = (Attendee(name="Ann", seat=POLICE), Attendee(name="Ben", seat=ICB), Attendee(name="Cat", seat="other-1"))
    found = forecast(portsmouth(), meeting(*coming), asked)
    assert found.sentence.endswith("2 more people would make it quorate: Ann and Ben.")


def test_where_nobody_could_it_says_so() -> None:
    improper = Attendee(name="Sam", seat=POLICE, capacity="deputy", deputy_check=DeputyCheck.IMPROPER)
    found = forecast(portsmouth(), meeting(*in_seats(COUNCIL, ICB)), (improper,))
    assert found.fewest.status is FewestStatus.IMPOSSIBLE
    assert found.sentence.endswith(
        "Hampshire Constabulary is not represented. Nobody else who could come would make it quorate."
    )


def test_a_chair_who_may_determine_otherwise_is_named() -> None:
    by_chair = DeterminationRule(id="by-chair", clause=QUORACY, by="chair", scope=Scope.MEETING)
    terms = replace(body(count(4), offices=[office("chair")]), determination=by_chair)
    found = forecast(terms, meeting(people(3)))
    assert found.sentence == (
        "Not expected to be quorate. If only those who have said so come, it falls short unless the chair determines"
        " otherwise:"
        " 3 present. 1 more member needed. Nobody else who could come would make it quorate."
    )


def test_terms_without_a_quorum_count_those_who_come() -> None:
    assert forecast(body(), meeting(people(7))).sentence == (
        "These terms state no quorum; 7 have said that they will come."
    )
    assert forecast(body(), meeting()).sentence == "These terms state no quorum; nobody has said that they will come."
    assert forecast(body(), meeting(people(1))).sentence.endswith("; 1 has said that they will come.")


def test_it_is_the_number_to_start_that_is_forecast() -> None:
    go_on = Applies(phases=frozenset({Phase.HOLD}))
    start = Applies(phases=frozenset({Phase.START}))
    terms = body(rules=[rule(count(5), key="start", applies=start), rule(count(2), key="go-on", applies=go_on)])
    assert forecast(terms, meeting(people(3))).answer.rule == "start"


@pytest.mark.parametrize(
    ("coming", "headline"),
    [
        (in_seats(COUNCIL, ICB, POLICE), "Expected to be quorate: all 3 statutory safeguarding partners are coming."),
        (in_seats(COUNCIL, ICB), "Not certain: 2 of 3 statutory safeguarding partners are coming."),
        (in_seats(COUNCIL), "Not certain: 1 of 3 statutory safeguarding partners is coming."),
        ((), "Not certain: 0 of 3 statutory safeguarding partners are coming."),
    ],
)
def test_the_headline_counts_who_is_asked_for(coming: tuple[Attendee, ...], headline: str) -> None:
    asked = tuple(Attendee(name=seat, seat=seat) for seat in (COUNCIL, ICB, POLICE))
    assert forecast(portsmouth(), meeting(*coming), asked).headline == headline


def test_the_headline_names_a_missing_office_before_a_missing_number() -> None:
    asked = (*in_seats("chair"), *others(12))
    some = (*in_seats("scrutineer", POLICE, COUNCIL, ICB), *others(3))
    chair_missing = forecast(isle_of_wight(), meeting(*some), asked).headline
    assert chair_missing == "Not certain: nobody is coming as the partnership chair."
    enough_named = forecast(isle_of_wight(), meeting(*FIVE, *others(3)), others(12)).headline
    assert enough_named == "Not certain: 8 of 12 needed are coming."


def test_the_headline_says_when_nobody_could_mend_it() -> None:
    found = forecast(portsmouth(), meeting(*in_seats(COUNCIL, ICB)))
    assert found.headline == "Not expected to be quorate: 2 of 3 statutory safeguarding partners are coming."
    assert forecast(body(), meeting(people(7))).headline == (
        "These terms state no quorum; 7 have said that they will come."
    )
