"""The shape of an answer as JSON is a promise to programs: keys, enumerations, exact numbers."""

import json
from dataclasses import replace
from fractions import Fraction

from partnership.rules.clauses import Reading
from partnership.rules.quorum.answer_json import as_json
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee
from partnership.rules.quorum.terms import Base, Inquorate, InquorateRule, Measure, Phase, Seat, Share
from tests.rules.boards import HALF, QUORACY, body, clock, count, every, in_seats, isle_of_wight, meeting, people

CLAUSE = {"ref": "Quoracy", "words": "Half of the members, with those named."}


def test_an_answer_has_these_keys_and_no_others() -> None:
    answer = as_json(assess(isle_of_wight(), meeting(*in_seats("chair")), at=clock(10, 5)))
    assert list(answer) == [
        "outcome", "sentence", "rule", "phase", "at", "heads", "base", "margin", "tests", "notes", "consequences",
    ]  # fmt: skip
    assert list(answer["tests"][0]) == [
        "path", "group", "kind", "id", "name", "needed", "counted", "base", "passed", "is_applied", "strength",
        "missing", "present", "clause", "reading", "sentence",
    ]  # fmt: skip
    assert (answer["at"], answer["phase"]) == ("2027-04-22T10:05:00+01:00", "hold")
    assert (answer["outcome"], answer["rule"], answer["heads"], answer["base"]) == ("not_quorate", "quorum", 1, 24)


def test_a_test_is_written_flat_with_its_clause_and_reading() -> None:
    reading = Reading("seats", why="vacant ones too", others=("members in office",))
    terms = body(every(replace(count(4), reading=reading)))
    wait = InquorateRule(id="then", clause=QUORACY, kind=Inquorate.LAPSE, words="It lapses")
    answer = as_json(assess(replace(terms, inquorate=(wait,)), meeting(Attendee(name="Ann")), phase=Phase.START))
    assert answer["tests"][1] == {
        "path": "all/enough",
        "group": "all",
        "kind": "count",
        "id": "enough",
        "name": "",
        "needed": "4",
        "counted": "1",
        "base": None,
        "passed": False,
        "is_applied": True,
        "strength": "required",
        "missing": ["3 more"],
        "present": ["Ann"],
        "clause": CLAUSE,
        "reading": {"chosen": "seats", "why": "vacant ones too", "others": ["members in office"]},
        "sentence": "1 present. 3 more members needed.",
    }
    assert answer["consequences"] == ["It lapses."]
    assert answer["margin"] == "-3"


def test_fractions_are_exact_strings() -> None:
    test = Share(id="half", fraction=HALF, is_strict=False, base=Base.SEATS, measure=Measure.VOTES)
    terms = body(test, of=[Seat(id="a", name="A", votes=Fraction(49, 2)), Seat(id="b", name="B", votes=Fraction(1, 3))])
    answer = as_json(assess(terms, meeting(*in_seats("b"))))
    assert (answer["tests"][0]["needed"], answer["tests"][0]["counted"]) == ("149/12", "1/3")
    assert (answer["tests"][0]["base"], answer["margin"]) == ("149/6", "-145/12")


def test_terms_that_state_nothing_have_nulls() -> None:
    answer = as_json(assess(body(), meeting(people(7))))
    assert answer == {
        "outcome": "not_stated",
        "sentence": "These terms state no quorum; 7 are present.",
        "rule": None,
        "phase": "hold",
        "at": None,
        "heads": 7,
        "base": None,
        "margin": None,
        "tests": [],
        "notes": [],
        "consequences": [],
    }


def test_it_is_json_as_it_stands_and_the_outcomes_are_fixed() -> None:
    text = json.dumps(as_json(assess(isle_of_wight(), meeting(), at=clock(10))))
    assert json.loads(text)["outcome"] == "not_quorate"
    assert [outcome.value for outcome in Outcome] == [
        "quorate", "not_quorate", "not_quorate_unless_determined", "not_stated",
    ]  # fmt: skip
