"""The quorum: answers with explanation per second, and the fewest people on the four named boards.

Everything is measured in processor seconds of one core, as the best of several rounds, beside a floor measured in the
same run: the same people counted by a bare sum over their intervals, with no rules at all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from bench.instances import Instance, isle_of_wight, shrinking, sixty_seats, weighted
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.departures import ends_if
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.fewest import FewestStatus, fewest_people

ROUNDS = 60  # short ones, so that the quickest is undisturbed
ANSWERS_WANTED = 5_000  # a second, for the 24-seat board
LONGEST = 0.050  # seconds, for the fewest people of each board


def best_of(rounds: int, times: int, act: Callable[[], object]) -> float:
    """Processor seconds of one call, in the quickest of so many rounds of so many calls."""
    quickest = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(times):
            act()
        quickest = min(quickest, (time.process_time() - started) / times)
    return quickest


def full_house(case: Instance) -> Facts:
    """The meeting with everybody there who has a seat."""
    members = tuple(row for row in case.candidates if row.capacity == "member")
    return replace(case.facts, attendees=case.facts.attendees + members)


def bare_sum(attendees: tuple[Attendee, ...]) -> int:
    """The floor: how many rows are there, each looked at once."""
    return sum([row.number for row in attendees if row.is_here(None)])


def answers() -> bool:
    case = isle_of_wight()
    facts = full_house(case)
    floor = best_of(ROUNDS, 200, lambda: bare_sum(facts.attendees))
    each = best_of(ROUNDS, 40, lambda: assess(case.terms, facts))
    print(f"Answers with explanation, {case.name}, all there")
    print(f"  floor, a bare sum     {1 / floor:>9,.0f} a second")
    print(f"  assess                {1 / each:>9,.0f} a second   ({each / floor:.0f} times the floor)")
    print(
        f"  wanted                {ANSWERS_WANTED:>9,} a second   {'met' if 1 / each >= ANSWERS_WANTED else 'NOT MET'}"
    )
    return 1 / each >= ANSWERS_WANTED


def smallest_sets() -> bool:
    print(f"\nFewest people whose coming makes it quorate (wanted: {LONGEST * 1000:.0f} ms at most)")
    is_met = True
    for instance in (isle_of_wight, sixty_seats, weighted, shrinking):
        case = instance()
        found = fewest_people(case.terms, case.facts, case.candidates, item=case.item)
        one = best_of(ROUNDS // 4, 20, lambda case=case: assess(case.terms, case.facts, item=case.item))  # type: ignore[misc]
        took = best_of(
            ROUNDS // 4, 1, lambda case=case: fewest_people(case.terms, case.facts, case.candidates, item=case.item)  # type: ignore[misc]
        )  # fmt: skip
        came = replace(case.facts, attendees=case.facts.attendees + found.people)
        ends = best_of(ROUNDS // 4, 1, lambda case=case, came=came: ends_if(case.terms, came, item=case.item))  # type: ignore[misc]
        is_met = is_met and found.status is FewestStatus.FOUND and took <= LONGEST
        print(
            f"  {case.name:<50} {found.size} of {len(case.candidates)}: {took * 1000:5.1f} ms"
            f" = {took / one:4.0f} answers; who may not leave: {ends * 1000:4.1f} ms"
        )
    return is_met


if __name__ == "__main__":
    sys.exit(0 if all([answers(), smallest_sets()]) else 1)
