"""From the plain dicts of the oracle to the values of the core: the same world said twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from partnership.rules.clauses import Clause
from partnership.rules.quorum.facts import Attendee, DeputyCheck, Determined, Facts, Interval, MeetingFacts, Withdrawal
from partnership.rules.quorum.terms import (
    AnyoneConflicted,
    Applies,
    Base,
    Call,
    Capacity,
    Choice,
    Circumstance,
    Combination,
    Condition,
    Conflict,
    ConflictRule,
    Count,
    Counting,
    DeterminationRule,
    Distinct,
    EveryoneConflicted,
    Group,
    Linear,
    Measure,
    Office,
    OfficeHeld,
    Organisation,
    Organisations,
    Period,
    Phase,
    QuorumRule,
    QuorumTerms,
    Rounding,
    SameOrganisation,
    SameOrganisationRule,
    Scope,
    Seat,
    SeparateOfficesRule,
    Share,
    ShareOfSeats,
    SizeWithin,
    Step,
    Stepped,
    Strength,
    Test,
    Tested,
    Who,
    YesNoRule,
)

Plain = dict[str, Any]

CLAUSE = Clause("1", "A clause in our words.")
FIRST_MINUTE = datetime(2027, 4, 22, 10, tzinfo=UTC)
FIRST_DAY = date(2027, 4, 22)


def instant(minute: int | None) -> datetime | None:
    return None if minute is None else FIRST_MINUTE + timedelta(minutes=minute)


def day(number: int | None) -> date | None:
    return None if number is None else FIRST_DAY + timedelta(days=number)


def period(dated: Plain) -> Period:
    return Period(day(dated["from"]), day(dated["until"]))


def who(plain: Plain) -> Who:
    return Who(plain["category"], plain["not_category"], tuple(plain["organisations"]))


def condition(plain: Plain | None) -> Condition | None:
    if plain is None:
        return None
    match plain["kind"]:
        case "share":
            return ShareOfSeats(plain["quantity"], plain["fraction"], plain["is_strict"])
        case "size":
            return SizeWithin(plain["size"], plain["at_least"], plain["at_most"])
        case "everyone conflicted":
            return EveryoneConflicted(plain["category"])
        case "anyone conflicted":
            return AnyoneConflicted(plain["category"])
        case _:
            return Circumstance(plain["name"], plain["is_absent"])


def tree_of(plain: Plain, place: str = "t") -> Test:
    """The test, with ids by place; the kinds are those of a finding."""
    node: dict[str, Any] = {
        "id": place,
        "strength": Strength(plain["strength"]),
        "when": condition(plain["when"]),
        "in_force": period(plain),
    }
    match plain["kind"]:
        case "all" | "any" | "at_least" as joined:
            parts = tuple(tree_of(part, f"{place}-{index}") for index, part in enumerate(plain["of"]))
            return Group(**node, combination=Combination(joined.replace("_", " ")), of=parts, k=plain["k"])
        case "office":
            return OfficeHeld(**node, any_of=plain["any_of"], minimum=plain["minimum"])
        case "organisations":
            choices = tuple(Choice(any_of=one["any_of"], in_force=period(one)) for one in plain["of"])
            return Organisations(**node, of=choices, minimum=plain["minimum"])
        case "distinct":
            return Distinct(**node, minimum=plain["minimum"], of=plain["of"], who=who(plain["who"]))
    return number_test(plain, node | {"who": who(plain["who"])})


def number_test(plain: Plain, node: dict[str, Any]) -> Count | Share | Stepped | Linear:
    match plain["kind"]:
        case "count":
            return Count(**node, minimum=plain["minimum"], measure=Measure(plain["measure"]))
        case "share":
            return Share(
                **node,
                fraction=plain["fraction"],
                is_strict=plain["is_strict"],
                base=Base(plain["base"]),
                measure=Measure(plain["measure"]),
                rounding=Rounding(plain["rounding"]),
            )
        case "stepped":
            return Stepped(**node, by=plain["by"], steps=tuple(Step(*step) for step in plain["steps"]))
        case _:
            return Linear(**node, by=plain["by"], times=plain["times"], plus=plain["plus"])


def rule(plain: Plain) -> QuorumRule:
    applies = plain["applies"]
    return QuorumRule(
        id=plain["id"],
        clause=CLAUSE,
        test=tree_of(plain["test"], plain["id"]),
        tested=Tested(plain["tested"]),
        in_force=period(plain),
        applies=Applies(
            phases=frozenset(map(Phase, applies["phases"])),
            meetings=frozenset(applies["meetings"]),
            calls=frozenset(map(Call, applies["calls"])),
            business=frozenset(applies["business"]),
        ),
    )


def yes_no(value: object) -> YesNoRule:
    return YesNoRule(id="yes-no", clause=CLAUSE, value=bool(value))


def counting(plain: Plain) -> Counting:
    conflicted = plain["conflicted"]
    return Counting(
        conflicted=conflicted
        and ConflictRule(
            id="conflicted",
            clause=CLAUSE,
            effect=Conflict(conflicted["effect"]),
            floor=conflicted["floor"],
            when=condition(conflicted["when"]),
        ),
        suspended_in_base=yes_no(plain["suspended_in_base"]),
        remote_counts=yes_no(plain["remote_counts"]),
        improper_deputy_counts=yes_no(plain["improper_deputy_counts"]),
        same_organisation=SameOrganisationRule(
            id="same", clause=CLAUSE, value=SameOrganisation(plain["same_organisation"])
        ),
        unit_counts_once=yes_no(plain["unit_counts_once"]),
        separate_offices=tuple(
            SeparateOfficesRule(id="separate", clause=CLAUSE, offices=tuple(offices))
            for offices in plain["separate_offices"]
        ),
    )


def seat(plain: Plain) -> Seat:
    return Seat(**(plain | {"name": plain["id"], "votes": Fraction(plain["votes"])}))


def terms(plain: Plain) -> QuorumTerms:
    """The terms of reference that the dict says."""
    made = plain["determination"]
    return QuorumTerms(
        body="body",
        organisations={name: Organisation(id=name, name=name, **one) for name, one in plain["organisations"].items()},
        offices={name: Office(id=name, clause=CLAUSE, name=name, **one) for name, one in plain["offices"].items()},
        capacities={
            name: Capacity(id=name, clause=CLAUSE, name=name, **one) for name, one in plain["capacities"].items()
        },
        seats=tuple(map(seat, plain["seats"])),
        counting=counting(plain["counting"]),
        rules=tuple(map(rule, plain["rules"])),
        determination=made
        and DeterminationRule(id="may-go-on", clause=CLAUSE, by=made["by"], scope=Scope(made["scope"])),
    )


def attendee(plain: Plain) -> Attendee:
    """One row of the register."""
    return Attendee(
        name=plain["name"],
        number=plain["number"],
        person=plain["person"],
        seat=plain["seat"],
        capacity=plain["capacity"],
        organisation=plain["organisation"],
        offices=frozenset(plain["offices"]),
        categories=frozenset(plain["categories"]),
        votes=Fraction(plain["votes"]),
        unit=plain["unit"],
        is_remote=plain["remote"],
        is_suspended=plain["suspended"],
        deputy_check=DeputyCheck(plain["deputy"]),
        here=tuple(Interval(instant(start), instant(end)) for start, end in plain["here"]),
        withdrawals=tuple(
            Withdrawal(item=item, interval=Interval(instant(start), instant(end)))
            for item, start, end in plain["withdrawals"]
        ),
    )


def facts(plain: Plain) -> Facts:
    """The facts of the meeting that the dict says."""
    meeting = plain["meeting"]
    return Facts(
        attendees=tuple(map(attendee, plain["attendees"])),
        meeting=MeetingFacts(
            on=day(meeting["on"]),
            kind=meeting["kind"],
            call=Call(meeting["call"]),
            circumstances=frozenset(meeting["circumstances"]),
            opened_at=instant(meeting["opened"]),
        ),
        sizes=plain["sizes"],
        vacant=frozenset(plain["vacant"]),
        determinations=tuple(
            Determined(by=made["by"], at=instant(made["at"]), reason=made["reason"], item=made["item"])
            for made in plain["determinations"]
        ),
    )


def question(plain: Plain) -> dict[str, Any]:
    """The keyword arguments of a question."""
    return {
        "at": instant(plain["at"]),
        "phase": Phase(plain["phase"]),
        "item": plain["item"],
        "business": plain["business"],
    }
