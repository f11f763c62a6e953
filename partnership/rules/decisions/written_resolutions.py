"""A resolution signed in writing, without a meeting."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.due_dates import Due, due_on


class WrittenOutcome(StrEnum):
    """`open` may still pass; `lapsed` ran out of time."""

    PASSED = "passed"
    OPEN = "open"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRule:
    """The share of those entitled who must sign (1: all), within a time from the first signature.

    `within` None: no time is stated.
    """

    id: str
    clause: Clause
    share: Fraction = Fraction(1)
    more_than: bool = False
    within: Deadline | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    member: str
    on: date


@dataclass(frozen=True, slots=True)
class WrittenVerdict:
    """`passed_on` is the day of the signature that carried it; `missing` who has not signed in time."""

    rule: WrittenRule
    outcome: WrittenOutcome
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    closes: Due | None
    passed_on: date | None


def judge_written(
    rule: WrittenRule, *, entitled: tuple[str, ...], signatures: tuple[Signature, ...], at: date
) -> WrittenVerdict:
    """Whether a resolution has passed by `at`. Signatures of others and second ones do not count."""
    firsts: dict[str, date] = {}
    for signature in sorted(signatures, key=lambda s: (s.on, s.member)):
        if signature.member in entitled and signature.on <= at:
            firsts.setdefault(signature.member, signature.on)
    closes = None
    if rule.within is not None and firsts:
        closes = due_on(rule.within, min(firsts.values()))
    signed = [(m, on) for m, on in firsts.items() if closes is None or on <= closes.on]
    passed_on = next((on for n, (_, on) in enumerate(signed, 1) if _is_enough(rule, n, len(entitled))), None)
    return WrittenVerdict(
        rule=rule,
        outcome=_outcome(passed_on, closes, at),
        signed=tuple(member for member, _ in signed),
        missing=tuple(member for member in entitled if member not in dict(signed)),
        closes=closes,
        passed_on=passed_on,
    )


def _is_enough(rule: WrittenRule, signed: int, entitled: int) -> bool:
    needed = rule.share * entitled
    return signed > needed if rule.more_than else signed >= needed


def _outcome(passed_on: date | None, closes: Due | None, at: date) -> WrittenOutcome:
    if passed_on is not None:
        return WrittenOutcome.PASSED
    if closes is not None and at > closes.on:
        return WrittenOutcome.LAPSED
    return WrittenOutcome.OPEN
