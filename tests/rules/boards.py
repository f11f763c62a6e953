"""Small boards for table tests: terms and facts in few words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from partnership.rules.clauses import Clause
from partnership.rules.quorum.answers import Answer, Finding
from partnership.rules.quorum.facts import Attendee, Facts, Interval, MeetingFacts
from partnership.rules.quorum.terms import (
    Applies,
    Base,
    Capacity,
    Choice,
    Combination,
    Count,
    Counting,
    Group,
    Office,
    OfficeHeld,
    Organisation,
    Organisations,
    QuorumRule,
    QuorumTerms,
    Seat,
    Share,
    Test,
    Tested,
)

QUORACY = Clause("Quoracy", "Half of the members, with those named.")
POLICE, COUNCIL, ICB = "police", "council", "icb"
NAMES = {
    POLICE: "Hampshire Constabulary",
    COUNCIL: "Isle of Wight Council",
    ICB: "NHS Hampshire and Isle of Wight ICB",
}
HALF = Fraction(1, 2)
SUMMER = timezone(timedelta(hours=1))


def clock(hour: int, minute: int = 0) -> datetime:
    """A moment of Thursday 22 April 2027, British summer time."""
    return datetime(2027, 4, 22, hour, minute, tzinfo=SUMMER)


def capacity(name: str, **changed: bool) -> Capacity:
    """A capacity that counts for everything except the base, unless changed."""
    whole = Capacity(
        id=name, name=name, clause=QUORACY, counts=True, in_base=False, fills_offices=True, represents=True, votes=True
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def office(name: str, *, called: str = "", deputy_may_fill: bool = False) -> Office:
    return Office(id=name, name=called or name, clause=QUORACY, deputy_may_fill=deputy_may_fill)


def rule(
    test: Test, *, key: str = "quorum", tested: Tested = Tested.THROUGHOUT, applies: Applies | None = None
) -> QuorumRule:
    return QuorumRule(id=key, clause=QUORACY, test=test, tested=tested, applies=applies or Applies())


def seats(count: int) -> tuple[Seat, ...]:
    return tuple(Seat(id=f"seat-{place}", name=f"Seat {place}") for place in range(1, count + 1))


def body(
    *tests: Test,
    rules: Iterable[QuorumRule] = (),
    of: int | Iterable[Seat] = 0,
    offices: Iterable[Office] = (),
    organisations: Iterable[Organisation] = (),
    capacities: Iterable[Capacity] = (),
    counting: Counting | None = None,
) -> QuorumTerms:
    """Terms with one rule per test, or the rules given; `of` the seats, or how many."""
    return QuorumTerms(
        body="a-board",
        organisations={one.id: one for one in organisations},
        offices={one.id: one for one in offices},
        capacities={one.id: one for one in (capacity("deputy"), *capacities)},
        seats=seats(of) if isinstance(of, int) else tuple(of),
        counting=counting or Counting(),
        rules=(*(rule(test) for test in tests), *rules),
    )


def count(minimum: int, key: str = "enough") -> Count:
    return Count(id=key, minimum=minimum)


def share(fraction: Fraction = HALF, base: Base = Base.SEATS, *, key: str = "half", is_strict: bool = False) -> Share:
    return Share(id=key, fraction=fraction, base=base, is_strict=is_strict)


def held(*any_of: str) -> OfficeHeld:
    return OfficeHeld(id=f"{any_of[0]}-here", any_of=any_of)


def each_of(*organisations: str, name: str = "") -> Organisations:
    return Organisations(id="partners", name=name, of=tuple(Choice(any_of=(one,)) for one in organisations))


def every(*of: Test) -> Group:
    return Group(id="all", combination=Combination.ALL, of=of)


def either(*of: Test) -> Group:
    return Group(id="any", combination=Combination.ANY, of=of)


def at_least(k: int, *of: Test) -> Group:
    return Group(id="some", combination=Combination.AT_LEAST, of=of, k=k)


def people(number: int) -> Attendee:
    """So many members without a name or a seat."""
    return Attendee(number=number)


def meeting(*attendees: Attendee, **sizes: int) -> Facts:
    return Facts(attendees=attendees, sizes=sizes)


def timed(*attendees: Attendee, opened: datetime | None = None, closed: datetime | None = None) -> Facts:
    return Facts(attendees=attendees, meeting=MeetingFacts(opened_at=opened, closed_at=closed))


def here(start: datetime | None = None, end: datetime | None = None) -> tuple[Interval, ...]:
    return (Interval(start, end),)


def finding(answer: Answer, key: str) -> Finding:
    """The finding of one test, by its id."""
    return next(one for one in answer.tests if one.id == key)


# --- the two source boards ----------------------------------------------------------------------


def isle_of_wight() -> QuorumTerms:
    """Chair, scrutineer, three partners and 19 others in 24 seats, and an observer."""
    partners = [Seat(id=one, name=NAMES[one], organisation=one) for one in NAMES]
    others = [Seat(id=f"other-{place}", name=f"Agency {place}") for place in range(1, 20)]
    return body(
        every(
            share(),
            held("chair"),
            held("scrutineer"),
            each_of(*NAMES, name="safeguarding partners"),
        ),
        of=[
            Seat(id="chair", name="Partnership chair", offices=("chair",)),
            Seat(id="scrutineer", name="Independent scrutineer", offices=("scrutineer",)),
            *partners,
            *others,
            Seat(id="cabinet", name="Cabinet Member", capacity="observer"),
        ],
        offices=[office("chair", called="Partnership chair"), office("scrutineer", called="Independent scrutineer")],
        organisations=[Organisation(id=key, name=name) for key, name in NAMES.items()],
    )


def portsmouth() -> QuorumTerms:
    """The three statutory partners and nothing else; 14 agency seats."""
    return body(
        each_of(*NAMES, name="statutory safeguarding partners"),
        of=[
            *(Seat(id=one, name=NAMES[one], organisation=one) for one in NAMES),
            *(Seat(id=f"other-{place}", name=f"Agency {place}") for place in range(1, 12)),
        ],
        organisations=[Organisation(id=key, name=name) for key, name in NAMES.items()],
    )


def in_seats(*keys: str) -> tuple[Attendee, ...]:
    return tuple(Attendee(name=f"Holder of {key}", seat=key) for key in keys)


def others(number: int) -> tuple[Attendee, ...]:
    """So many holders of the other seats."""
    return in_seats(*(f"other-{place}" for place in range(1, number + 1)))
