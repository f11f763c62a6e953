"""What a wording may say, and how it is filled in. No database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.obligations.wordings import (
    MOST,
    BrokenWording,
    MessageKind,
    Part,
    Placeholder,
    Words,
    filled,
    kinds,
    plain,
    problems_of,
)

KIND = MessageKind(
    name="example",
    label="An example",
    goes_to="Nobody",
    standard=Words("About {meeting}", "It is on {when}."),
    placeholders=(Placeholder("meeting", "PSCP Board, 22 April"), Placeholder("when", "22 April", is_strong=True)),
    needs=((Part.SUBJECT, "meeting"), (Part.OPENING, "when")),
)
GOOD = Words("Papers: {meeting}", "We meet on {when}.\n\nPlease read first.", "Ring Nell on 01632 960 182.")


def said(text: str, **values: str) -> str:
    return "\n".join(plain(line) for line in filled(KIND, text, values))


def test_a_good_wording_has_no_problem() -> None:
    assert problems_of(KIND, GOOD) == {}


@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        ("subject", "", "Enter the subject."),
        ("subject", "x" * 121 + "{meeting}", "Use at most 120 characters; there are 130."),
        ("subject", "{meeting}\nBcc: all@example.org", "Write the subject on one line."),
        ("subject", "Papers", "Keep {meeting} in the subject: without it the message does not say what it is about."),
        ("subject", "{meeting} {child}", "{child} means nothing in this message. It knows {meeting}, {when}."),
        (
            "opening",
            "On {when} {% if late %}",
            "{% if late %} means nothing in this message. It knows {meeting}, {when}.",
        ),
        ("opening", "On {when} }}", "A brace { or } stands alone: write a placeholder like {meeting}."),
        ("opening", "{when.__class__}", "{when.__class__} means nothing in this message. It knows {meeting}, {when}."),
        ("opening", "We meet.", "Keep {when} in the opening: without it the message does not say what it is about."),
        ("opening", "<b>{when}</b>", "Write plain text: a message takes no HTML."),
        ("opening", "{when} &lt;", "Write plain text: a message takes no HTML."),
        ("opening", "{when}\u202e", "Take out characters that cannot be seen."),
        ("opening", "{when}\x00", "Take out characters that cannot be seen."),
        ("opening", "{when}" + "\na" * 6, "Use at most 6 lines."),
        ("closing", "See https://evil.example", "Leave out web addresses: the message has its own button."),
        ("closing", "See www.evil.example", "Leave out web addresses: the message has its own button."),
        ("closing", " ", "Enter the closing."),
        ("closing", "x" * 401, "Use at most 400 characters; there are 401."),
    ],
)
def test_what_a_wording_may_not_say(part: str, text: str, says: str) -> None:
    assert says in problems_of(KIND, replace(GOOD, **{part: text}))[Part(part)]


def test_values_are_put_in_once_and_never_read_again() -> None:
    assert said("About {meeting}", meeting="{when} <b>", when="secret") == "About {when} <b>"


def test_the_commas_of_a_value_and_capital_letters() -> None:
    board = "PSCP Board, 22 April,"
    assert said("{meeting} is next.\nSee {meeting}. Or {meeting}", meeting=board) == (
        "PSCP Board, 22 April, is next.\nSee PSCP Board, 22 April. Or PSCP Board, 22 April"
    )
    assert said("{meeting} now", meeting="the papers") == "The papers now"


@pytest.mark.parametrize("text", ["{nothing}", "{", "", " \n "])
def test_a_broken_wording_is_not_filled_in(text: str) -> None:
    with pytest.raises(BrokenWording):
        filled(KIND, text, {"meeting": "x"})


@given(st.text(alphabet="{}ab when\n<>&", max_size=60), st.text(max_size=20))
def test_whatever_has_no_problem_can_be_filled_in(text: str, value: str) -> None:
    words = replace(GOOD, opening=text)
    if not problems_of(KIND, words):
        lines = filled(KIND, words.opening, {"meeting": value, "when": value})
        assert lines
        assert all("\n" not in piece.text or piece.text == value for line in lines for piece in line)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if not kind.why_fixed], ids=lambda kind: kind.name)
def test_every_standard_wording_keeps_the_limits_of_its_kind(kind: MessageKind) -> None:
    assert problems_of(kind, kind.standard) == {}
    for part in Part:
        assert filled(kind, kind.standard.of(part), kind.examples)
        assert len(kind.standard.of(part)) <= MOST[part]
    assert not {"title", "item", "paper", "child", "reason", "name"} & {each.name for each in kind.placeholders}
