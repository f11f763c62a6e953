"""What a decision is worth that a body takes for another body, or that another body must agree to.

The words are in `decision_sentences`; which rule of which terms asks for it is for the caller to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reach(StrEnum):
    """Whether a function of another body was this body's to exercise on that day."""

    WITHIN = "within a delegation"
    NOT_YET = "before the delegation began"
    ENDED = "after the delegation ended"
    NOT_DELEGATED = "no delegation covers it"


class Agreement(StrEnum):
    """How a decision stands that another body must agree to."""

    AWAITED = "not answered"
    GIVEN = "agreed"
    REFUSED = "did not agree"


@dataclass(frozen=True, slots=True)
class DelegatedPower:
    """Functions that one body has given another over [starts_on, until); open where `until` is None."""

    functions: str
    starts_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class OthersAnswer:
    """What the body whose agreement is asked has answered, and when."""

    is_agreed: bool
    on: date


def reach_of(power: DelegatedPower | None, *, on: date) -> Reach:
    """Whether the power covers a decision of that day; None where no delegation covers it."""
    if power is None:
        return Reach.NOT_DELEGATED
    if on < power.starts_on:
        return Reach.NOT_YET
    return Reach.ENDED if power.until is not None and power.until <= on else Reach.WITHIN


def agreement_of(answer: OthersAnswer | None) -> Agreement:
    """How a decision stands by that answer; None while there is none."""
    if answer is None:
        return Agreement.AWAITED
    return Agreement.GIVEN if answer.is_agreed else Agreement.REFUSED
