"""The smallest set of people that brings something about, found exactly.

A `Demand` says what such a set must at least satisfy; whether a set really is enough, the caller says. The search
drops what the demand rules out and tries everything else:

* sizes are tried from the smallest, so that the first set found is a smallest one;
* of an unmet part of the demand, one of those who can add to it must come: each in turn, the earlier ones left out;
* of people who are alike (see `Likeness`) one is tried;
* each step is work. Beyond the work allowed `TooMuchWork` is raised; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from partnership.rules.quorum.demands import NEVER, Demand, looked_at, members


class TooMuchWork(Exception):
    """The search would need more steps than it was allowed."""


class Work:
    """The steps still allowed; whether a set is enough costs as much as `ANSWER` steps."""

    ANSWER = 10

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps, or raise TooMuchWork."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork


class Likeness:
    """Who may stand for whom.

    `looks` holds all that can be told of each person by himself. `families` holds for each person the small and
    the large family he belongs to (a seat, an organisation), None for neither; a small family lies within one large
    one. Two people are alike when they look alike and their families do, with those chosen and those left out.
    """

    def __init__(self, looks: Sequence[Hashable], families: Sequence[tuple[Hashable, Hashable]]) -> None:
        self._known: dict[Hashable, int] = {}
        self._looks = [self._number(look) for look in looks]
        self._small = _together([small for small, _ in families])
        self._large = _together([large for _, large in families])

    def colours(self, chosen: int, free: int) -> list[int]:
        """A number for each person; equal for people who are alike."""
        colours = [look * 4 + (chosen >> one & 1) * 2 + (free >> one & 1) for one, look in enumerate(self._looks)]
        for level, families in enumerate((self._small, self._large)):
            before = list(colours)
            for family in families:
                of_family = (level, tuple(sorted([before[one] for one in family])))
                for one in family:
                    colours[one] = self._number((before[one], of_family)) * 4 + 3
        return colours

    def _number(self, look: Hashable) -> int:
        return self._known.setdefault(look, len(self._known))


def _together(families: Sequence[Hashable]) -> list[list[int]]:
    """The families with more than one member, as lists of people."""
    found: dict[Hashable, list[int]] = {}
    for one, family in enumerate(families):
        if family is not None:
            found.setdefault(family, []).append(one)
    return [family for family in found.values() if len(family) > 1]


class _Choice(NamedTuple):
    """Who has been chosen and who still may be: at most `size` more, `others` of them not preferred."""

    chosen: int
    free: int
    size: int
    others: int


class Search:
    """One search for a smallest set among `people`; earlier numbers are tried first.

    `preferred` are those to be taken before the others when sets are equally small. No set smaller than `least` is
    enough; `is_exhausted` says that no larger one can be either.
    """

    def __init__(
        self,
        demand: Demand,
        people: int,
        preferred: int,
        is_enough: Callable[[int], bool],
        colours: Callable[[int, int], Sequence[int]],
        work: Work,
    ) -> None:
        self.demand = demand
        self.people = people
        self.preferred = preferred
        self.work = work
        self.least = looked_at(demand, 0, people, preferred, NEVER).more
        self.is_exhausted = self.least == NEVER
        self._is_enough = is_enough
        self._colours = colours
        self._answers: dict[int, bool] = {}

    def of_at_most(self, size: int) -> int | None:
        """A set of at most so many people; None when there is none."""
        self.is_exhausted = True
        return self._first(size, NEVER)

    def with_fewest_others(self, found: int, size: int) -> int:
        """Of the sets of at most that size one with the fewest people who are not preferred."""
        try:
            for others in range((found & ~self.preferred).bit_count()):
                better = self._first(size, others)
                if better is not None:
                    return better
        except TooMuchWork:
            return found
        return found

    def _first(self, size: int, others: int) -> int | None:
        """The first set that is enough, depth first; None when there is none within these limits."""
        waiting = [iter((_Choice(0, self.people, size, others),))]
        while waiting:
            choice = next(waiting[-1], None)
            if choice is None:
                waiting.pop()
                continue
            self.work.spend()
            more, who = looked_at(self.demand, choice.chosen, choice.free, self.preferred, choice.others)
            if more == 0:
                if self._answer(choice.chosen):
                    return choice.chosen
                who = choice.free
            if more > choice.size or choice.size == 0:
                self.is_exhausted = self.is_exhausted and (more == NEVER or not who)
            else:
                waiting.append(self._one_more(choice, who))
        return None

    def _one_more(self, choice: _Choice, who: int) -> Iterator[_Choice]:
        """The same choice with each of these in turn, the earlier ones left out; of people alike, one."""
        colours = self._colours(choice.chosen, choice.free) if who & (who - 1) else ()
        tried: set[int] = set()
        free = choice.free
        for one in members(who):
            bit = 1 << one
            free &= ~bit
            if colours and colours[one] in tried:
                continue
            tried.update(colours[one : one + 1])
            is_other = not self.preferred & bit
            if not is_other or choice.others:
                yield _Choice(choice.chosen | bit, free, choice.size - 1, choice.others - is_other)

    def _answer(self, chosen: int) -> bool:
        if chosen not in self._answers:
            self.work.spend(Work.ANSWER)
            self._answers[chosen] = self._is_enough(chosen)
        return self._answers[chosen]
