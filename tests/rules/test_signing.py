"""What is said of who has signed the confidentiality agreement."""

from __future__ import annotations

import pytest

from partnership.rules.clauses import Clause
from partnership.rules.signing import Signer, minuted_signing, not_signed, signing_sentence

X = Clause("x", "Every member signs at each Board meeting.")


def people(signed: int, missing: int, unasked: int = 0) -> list[Signer]:
    return [
        *(Signer(f"s{n}", f"Signed {n}", is_asked=True, has_signed=True) for n in range(signed)),
        *(Signer(f"m{n}", f"Missing {n}", is_asked=True, has_signed=False) for n in range(missing)),
        *(Signer(f"u{n}", f"Observer {n}", is_asked=False, has_signed=False) for n in range(unasked)),
    ]


@pytest.mark.parametrize(
    ("signed", "missing", "sentence"),
    [
        (0, 0, ""),
        (13, 1, "1 person has not signed the confidentiality agreement."),
        (0, 2, "2 people have not signed the confidentiality agreement."),
        (3, 0, "Everybody who is asked to has signed the confidentiality agreement."),
    ],
)
def test_what_the_register_says(signed: int, missing: int, sentence: str) -> None:
    assert signing_sentence(people(signed, missing, unasked=2)) == sentence


@pytest.mark.parametrize(
    ("signed", "missing", "sentence"),
    [
        (0, 0, ""),
        (13, 0, "All 13 members and deputies who attended signed the confidentiality agreement (clause x)."),
        (1, 0, "The one member or deputy who attended signed the confidentiality agreement (clause x)."),
        (12, 1, "12 of 13 members and deputies who attended signed the confidentiality agreement (clause x)."),
        (0, 1, "0 of 1 member or deputy who attended signed the confidentiality agreement (clause x)."),
    ],
)
def test_what_the_minutes_say_names_nobody(signed: int, missing: int, sentence: str) -> None:
    assert minuted_signing(people(signed, missing, unasked=2), X) == sentence


def test_whoever_sits_for_two_is_missing_once() -> None:
    one = Signer("7", "Ada", is_asked=True, has_signed=False)
    assert not_signed([one, one, Signer("8", "Observer", is_asked=False, has_signed=False)]) == (one,)
