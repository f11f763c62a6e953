"""Decisions taken for another body, or that another must agree to: where they stand, and each sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.rules.decisions.decision_sentences import agreement_sentence, delegated_sentence
from partnership.rules.decisions.delegated import Agreement, DelegatedPower, OthersAnswer, Reach, agreement_of, reach_of

BEGINS, UNTIL = date(2027, 3, 1), date(2028, 4, 1)
POWER = DelegatedPower("The training programme,\nup to £5,000.", BEGINS, UNTIL)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("on", "reach"),
    [
        (date(2027, 2, 28), Reach.NOT_YET),
        (BEGINS, Reach.WITHIN),
        (date(2028, 3, 31), Reach.WITHIN),
        (UNTIL, Reach.ENDED),
    ],
)
def test_the_first_and_the_last_day_are_within(on: date, reach: Reach) -> None:
    assert reach_of(POWER, on=on) is reach


def test_what_nobody_delegated_is_beyond() -> None:
    assert reach_of(None, on=BEGINS) is Reach.NOT_DELEGATED


@given(DAYS, st.none() | st.integers(1, 5000), DAYS)
def test_every_day_is_before_within_or_after(begins: date, length: int | None, on: date) -> None:
    until = None if length is None else begins + timedelta(days=length)
    inside = begins <= on and (until is None or on < until)
    assert (reach_of(DelegatedPower("All", begins, until), on=on) is Reach.WITHIN) == inside


@pytest.mark.parametrize(
    ("power", "on", "sentence"),
    [
        (
            POWER,
            BEGINS,
            "Taken for the Board, under its delegation of 1 March 2027: The training programme, up to £5,000.",
        ),
        (
            POWER,
            date(2027, 2, 1),
            "Beyond the delegation by the Board, which begins on 1 March 2027: The training programme, up to £5,000.",
        ),
        (
            POWER,
            date(2029, 1, 1),
            "Beyond the delegation by the Board, which ended on 31 March 2028: The training programme, up to £5,000.",
        ),
        (None, BEGINS, "Beyond what the Board has delegated: no delegation covers this."),
    ],
)
def test_sentences_on_delegation(power: DelegatedPower | None, on: date, sentence: str) -> None:
    assert delegated_sentence(power, giver="the Board", on=on) == sentence


@pytest.mark.parametrize(
    ("answer", "stands", "sentence"),
    [
        (None, Agreement.AWAITED, "Provisional: waiting for the Executive to agree."),
        (OthersAnswer(True, date(2027, 5, 3)), Agreement.GIVEN, "Final: the Executive agreed on 3 May 2027."),
        (
            OthersAnswer(False, date(2027, 5, 3)),
            Agreement.REFUSED,
            "No effect: the Executive did not agree, on 3 May 2027.",
        ),
    ],
)
def test_sentences_on_agreement(answer: OthersAnswer | None, stands: Agreement, sentence: str) -> None:
    assert agreement_of(answer) is stands
    assert agreement_sentence(answer, body="the Executive") == sentence
