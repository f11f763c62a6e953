"""Votes, the bases a majority may be counted over, and the count itself. Exact fractions only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor


class Choice(StrEnum):
    """What one person entitled to vote did; `absent` is not there, `barred` may not vote on this."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    NO_ANSWER = "no answer"
    ABSENT = "absent"
    BARRED = "barred"


class VoteBase(StrEnum):
    """Whom a majority is counted over; where the words leave it open, a reading."""

    PRESENT_AND_ENTITLED = "present and entitled"
    ALL_ENTITLED = "all entitled"
    VOTING = "voting"


OUTSIDE = {
    VoteBase.PRESENT_AND_ENTITLED: frozenset({Choice.ABSENT, Choice.BARRED}),
    VoteBase.ALL_ENTITLED: frozenset({Choice.BARRED}),
    VoteBase.VOTING: frozenset(Choice) - {Choice.FOR, Choice.AGAINST},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One line of the roll. `may_vote` false (observer, adviser): a choice by them is an error.

    `categories` are the classes a threshold may be limited to ("constituent member").
    """

    voter: str
    choice: Choice
    organisation: str = ""
    categories: frozenset[str] = frozenset()
    weight: Fraction = Fraction(1)
    may_vote: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share that those for it must reach (`more_than` false) or pass (true).

    `among` empty counts everybody; otherwise only ballots of that category.
    """

    share: Fraction
    base: VoteBase
    more_than: bool = False
    among: str = ""

    def least_for(self, base: Fraction) -> Fraction:
        """The least weight of votes that meets the share, in whole votes."""
        exact = self.share * base
        if self.more_than:
            return Fraction(floor(exact) + 1)
        return Fraction(-floor(-exact))


SIMPLE_MAJORITY_OF_PRESENT = Threshold(share=Fraction(1, 2), more_than=True, base=VoteBase.PRESENT_AND_ENTITLED)


@dataclass(frozen=True, slots=True)
class Count:
    """One threshold counted: votes for it out of the base."""

    threshold: Threshold
    votes_for: Fraction
    base: Fraction

    @property
    def is_met(self) -> bool:
        if self.base == 0:
            return False
        needed = self.threshold.share * self.base
        return self.votes_for > needed if self.threshold.more_than else self.votes_for >= needed


def count(threshold: Threshold, ballots: Iterable[Ballot]) -> Count:
    """Weigh the ballots that the threshold is limited to. Nobody in the base: not met."""
    among = [ballot for ballot in entitled(ballots) if not threshold.among or threshold.among in ballot.categories]
    base = [ballot for ballot in among if ballot.choice not in OUTSIDE[threshold.base]]
    return Count(threshold, weight_of(base, Choice.FOR), _weight(base))


def entitled(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Those who have a vote at all."""
    return tuple(ballot for ballot in ballots if ballot.may_vote)


def weight_of(ballots: Iterable[Ballot], choice: Choice) -> Fraction:
    """The weight of the entitled votes for one choice."""
    return _weight([ballot for ballot in entitled(ballots) if ballot.choice is choice])


def is_tied(ballots: Sequence[Ballot]) -> bool:
    """As many for as against, and somebody voted."""
    votes_for = weight_of(ballots, Choice.FOR)
    return votes_for > 0 and votes_for == weight_of(ballots, Choice.AGAINST)


def is_simple_majority(threshold: Threshold) -> bool:
    """More than half: the only majority that a tie is one vote short of."""
    return threshold.more_than and threshold.share == Fraction(1, 2)


def organisation_agrees(organisation: str, ballots: Iterable[Ballot]) -> bool:
    """At least one of its votes is for, and none is against; abstaining or absent does not agree."""
    choices = {b.choice for b in entitled(ballots) if b.organisation == organisation}
    return Choice.FOR in choices and Choice.AGAINST not in choices


def _weight(ballots: Iterable[Ballot]) -> Fraction:
    return sum((ballot.weight for ballot in ballots), Fraction(0))
