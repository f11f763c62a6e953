"""Each quorum rule as the sentence a person reads on the constitution page, before any meeting.

The verdict on a meeting has its own module (`sentences`); here nothing is known but the terms.
"""

from __future__ import annotations

from fractions import Fraction

from partnership.rules.plain_dates import counted, listed, plain_date
from partnership.rules.quorum.terms import (
    AnyoneConflicted,
    Base,
    Capacity,
    Choice,
    Circumstance,
    Combination,
    Condition,
    Conflict,
    ConflictRule,
    Count,
    DeterminationRule,
    Distinct,
    EveryoneConflicted,
    Group,
    Inquorate,
    InquorateRule,
    Linear,
    Measure,
    Office,
    OfficeHeld,
    Organisations,
    Period,
    QuorumRule,
    QuorumTerms,
    Rounding,
    Scope,
    Seat,
    Share,
    ShareOfSeats,
    SizeWithin,
    Stepped,
    Strength,
    Test,
    Tested,
    Who,
)

FRACTIONS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1): "all",
}
MEMBER = "member"  # the one capacity in the base that need not be declared
TESTED_WORDS = {
    Tested.START: "It is tested at the start; people leaving later do not undo it.",
    Tested.THROUGHOUT: "It must hold throughout the meeting.",
    Tested.EVERY_VOTE: "It is tested at the start and again at every vote.",
}
SCOPE_WORDS = {Scope.MEETING: "the meeting", Scope.ITEM: "an item"}


def fraction_words(share: Fraction) -> str:
    """`half`, `two thirds`, `3/8`."""
    return FRACTIONS.get(share, str(share))


def quorum_sentence(rule: QuorumRule, terms: QuorumTerms) -> str:
    """The whole rule in one sentence; the parts of an "all" or "any" are told one by one beside it."""
    subject = _subject(rule)
    if isinstance(rule.test, Group):
        return f"{subject} is quorate when {_group_words(rule.test)}."
    return f"{subject} is quorate when {test_words(rule.test, terms)}."


def part_sentence(test: Test, terms: QuorumTerms) -> str:
    """One part of a quorum as a sentence of its own."""
    words = _group_words(test) if isinstance(test, Group) else test_words(test, terms)
    return f"{first_upper(words)}{_limits(test)}."


def tested_sentence(rule: QuorumRule) -> str:
    """When the rule is tested."""
    return TESTED_WORDS[rule.tested]


def _subject(rule: QuorumRule) -> str:
    applies = rule.applies
    kinds = listed([f"{kind}" for kind in sorted(applies.meetings)], last="or") if applies.meetings else ""
    subject = (
        f"An {kinds} meeting" if kinds[:1] in "aeiou" and kinds else f"A {kinds} meeting" if kinds else "A meeting"
    )
    if applies.calls:
        subject += f" on its {listed(sorted(applies.calls), last='or')} call"
    if applies.phases:
        subject += f", asked about its {listed(sorted(applies.phases), last='or')},"
    if applies.business:
        subject += f", for {listed(sorted(applies.business), last='or')},"
    return subject


def _group_words(group: Group) -> str:
    if group.combination is Combination.ALL:
        return "all of these hold"
    if group.combination is Combination.ANY:
        return "any one of these holds"
    return f"at least {group.k} of these {len(group.of)} hold"


def _limits(test: Test) -> str:
    """Where the part is narrowed: expected only, dated, or bound to a condition."""
    words = [f", when {condition_words(test.when)}"] if test.when else []
    if test.in_force != Period():
        words.append(f", {period_words(test.in_force)}")
    if test.strength is Strength.EXPECTED:
        words.append(" (expected: its absence is reported and does not fail the quorum)")
    return "".join(words)


def period_words(period: Period) -> str:
    """`from 1 April 2027`, `until 1 April 2027`, both; the second date is the first day without it."""
    words = []
    if period.starts_on:
        words.append(f"from {plain_date(period.starts_on)}")
    if period.until:
        words.append(f"until {plain_date(period.until)}")
    return " ".join(words)


# --- tests ------------------------------------------------------------------------------------------------------------


def test_words(test: Test, terms: QuorumTerms) -> str:
    """What one test asks for, to stand after "when"."""
    words: str
    match test:
        case Count():
            words = _count_words(test, terms)
        case Share():
            words = _share_words(test, terms)
        case OfficeHeld():
            words = _office_words(test, terms)
        case Organisations():
            words = _organisations_words(test, terms)
        case Distinct():
            words = _distinct_words(test, terms)
        case Stepped():
            words = _stepped_words(test, terms)
        case Linear():
            words = _linear_words(test, terms)
        case Group():
            parts = [test_words(each, terms) for each in test.of]
            words = listed(parts, last="and" if test.combination is Combination.ALL else "or")
    return words


def _count_words(test: Count, terms: QuorumTerms) -> str:
    whom = _of_whom(test.who, terms)
    return f"at least {_quantity(test.minimum, test.measure)}{whom} {_are(test.minimum)} present"


def _distinct_words(test: Distinct, terms: QuorumTerms) -> str:
    among = f" of {listed([_organisation(each, terms) for each in test.of])}" if test.of else ""
    return f"at least {counted(test.minimum, 'different organisation')}{among} {_are(test.minimum)} represented"


def _linear_words(test: Linear, terms: QuorumTerms) -> str:
    plus = f", and {test.plus} more," if test.plus else ""
    return f"at least {test.times} times the {size_words(test.by)}{plus} are present{_of_whom(test.who, terms)}"


def _quantity(number: int, measure: Measure) -> str:
    return counted(number, "vote" if measure is Measure.VOTES else "member")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _of_whom(who: Who, terms: QuorumTerms) -> str:
    words = []
    if who.category:
        words.append(f" of the category “{who.category}”")
    if who.not_category:
        words.append(f" not of the category “{who.not_category}”")
    if who.organisations:
        words.append(f" from {listed([_organisation(each, terms) for each in who.organisations], last='or')}")
    return "".join(words)


def _share_words(test: Share, terms: QuorumTerms) -> str:
    whom = _of_whom(test.who, terms)
    counted_as = "votes" if test.measure is Measure.VOTES else "members"
    number = sum(seat.count for seat in terms.seats if _is_in_base(seat, terms))
    everybody = f"{number} {counted_as}" if number and not whom and test.measure is Measure.HEADS else counted_as
    base = {
        Base.SEATS: f"the {everybody}{whom}",
        Base.FILLED_SEATS: f"the {counted_as}{whom} whose seats are filled",
        Base.IN_OFFICE: f"the {counted_as}{whom} in office",
        Base.REMAINING: f"the {counted_as}{whom} who remain qualified",
        Base.ENTITLED: f"the {counted_as}{whom} entitled to vote",
    }[test.base]
    how_much = "more than" if test.is_strict else "at least"
    rounded = {Rounding.NONE: "", Rounding.UP: ", rounded up,", Rounding.DOWN: ", rounded down,"}[test.rounding]
    return f"{how_much} {fraction_words(test.fraction)} of {base}{rounded} are present"


def _is_in_base(seat: Seat, terms: QuorumTerms) -> bool:
    capacity = terms.capacities.get(seat.capacity)
    return seat.capacity == MEMBER if capacity is None else capacity.in_base


def _office_words(test: OfficeHeld, terms: QuorumTerms) -> str:
    first, *stand_ins = [the_office(each, terms) for each in test.any_of]
    in_place = f", or in their place {listed(stand_ins, last='or')}," if stand_ins else ""
    return f"{first}{in_place} is present"


def the_office(key: str, terms: QuorumTerms) -> str:
    """`the vice-chair`, of the office with that id."""
    office = terms.offices.get(key)
    return the(office.name if office else key)


def the(name: str) -> str:
    """The name with one article before it, whether or not it brings its own."""
    return f"the {name[4:] if name[:4].lower() == 'the ' else name}"


def first_upper(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _organisations_words(test: Organisations, terms: QuorumTerms) -> str:
    names = [_choice(choice, terms) for choice in test.of]
    if test.minimum is None:
        if test.name:
            return f"all {len(names)} {test.name} are represented: {listed(names)}"
        return f"{listed(names)} {_are(len(names))} represented"
    return f"at least {test.minimum} of {listed(names)} are represented"


def _choice(choice: Choice, terms: QuorumTerms) -> str:
    names = listed([_organisation(each, terms) for each in choice.any_of], last="or")
    dated = period_words(choice.in_force)
    return f"{names} ({dated})" if dated else names


def _organisation(key: str, terms: QuorumTerms) -> str:
    organisation = terms.organisations.get(key)
    return organisation.name if organisation else key


def _stepped_words(test: Stepped, terms: QuorumTerms) -> str:
    whom = _of_whom(test.who, terms)
    steps = [
        f"{step.minimum} while there are {step.up_to} or fewer"
        if step.up_to is not None
        else f"{step.minimum} above that"
        for step in test.steps
    ]
    return f"enough members{whom} are present for the number of {size_words(test.by)}: {listed(steps)}"


def size_words(size: str) -> str:
    """A named size as words: `committee_size` reads "committee size"."""
    return size.replace("_", " ")


def condition_words(condition: Condition) -> str:
    """A condition, to stand after "when"."""
    match condition:
        case ShareOfSeats():
            how_much = "more than" if condition.is_strict else "at least"
            return f"{how_much} {fraction_words(condition.fraction)} of the seats are {size_words(condition.quantity)}"
        case SizeWithin():
            low = [f"at least {condition.at_least}"] if condition.at_least is not None else []
            high = [f"at most {condition.at_most}"] if condition.at_most is not None else []
            return f"the number of {size_words(condition.size)} is {' and '.join(low + high)}"
        case EveryoneConflicted():
            return f"everyone of the category “{condition.category}” has a conflict of interest"
        case AnyoneConflicted():
            who = f"somebody of the category “{condition.category}”" if condition.category else "somebody"
            return f"{who} has a conflict of interest"
        case Circumstance():
            return f"the meeting is {'not ' if condition.is_absent else ''}{condition.name}"


# --- who counts, and what follows -------------------------------------------------------------------------------------

CONFLICT_WORDS = {
    Conflict.NOT_COUNTED: "is not counted for that item",
    Conflict.STILL_COUNTED: "is still counted",
    Conflict.BASE_SHRINKS: "is not counted, and the number needed is worked out without them",
    Conflict.REMAINING_ARE_QUORUM: "leaves, and those who remain are the quorum for that item",
}


def capacity_sentence(capacity: Capacity) -> str:
    """`A deputy counts as present and represents the organisation; …`."""
    does = [
        words
        for holds, words in (
            (capacity.counts, "counts as present"),
            (capacity.in_base, "has a seat in the number the quorum is worked out from"),
            (capacity.fills_offices, "can fill an office"),
            (capacity.represents, "represents the organisation"),
            (capacity.votes, "votes"),
        )
        if holds
    ]
    what = listed(does) if does else "is not counted, represents nobody and does not vote"
    return f"Someone attending as {capacity.name} {what}."


def office_sentence(office: Office) -> str:
    """Who fills an office, and whether a deputy may."""
    deputy = "may fill" if office.deputy_may_fill else "does not fill"
    name = the(office.name).removeprefix("the ")
    further = " Whoever holds it holds no agency's seat." if office.independent else ""
    if office.from_statutory_partner:
        further += " Whoever holds it should come from a statutory safeguarding partner."
    return f"A deputy {deputy} the office of {name}.{further}"


def conflict_sentence(rule: ConflictRule) -> str:
    """What a conflict of interest does to the count."""
    when = f", when {condition_words(rule.when)}" if rule.when else ""
    floor = f"; never fewer than {rule.floor}" if rule.floor else ""
    return f"A member with a conflict of interest {CONFLICT_WORDS[rule.effect]}{when}{floor}."


def determination_sentence(rule: DeterminationRule, terms: QuorumTerms) -> str:
    """Who may let an inquorate meeting, or an item, go ahead."""
    who = the_office(rule.by, terms)
    what = SCOPE_WORDS[rule.scope]
    return f"{first_upper(who)} may determine, with a reason, that {what} goes ahead without a quorum."


def inquorate_sentence(rule: InquorateRule) -> str:
    """One consequence of having no quorum; the constitution's own words where it gives some."""
    wait = f" for {counted(int(rule.wait.total_seconds() // 60), 'minute')}" if rule.wait else ""
    by = f" by {rule.by}" if rule.by else ""
    plain = {
        Inquorate.ADJOURN: "A meeting without a quorum is adjourned",
        Inquorate.ADJOURN_UNTIL_QUORATE: "Those present may adjourn until there is a quorum",
        Inquorate.WAIT: f"A meeting without a quorum waits{wait} first",
        Inquorate.DISCUSS_ONLY: "A meeting without a quorum may discuss and not decide",
        Inquorate.CHAIR_PICKS_ITEMS: "The chair says which items a meeting without a quorum may take",
        Inquorate.LIMITED_POWERS: f"A meeting without a quorum may only do this: {rule.words}",
        Inquorate.RATIFY_LATER: f"A meeting without a quorum may go on, and what it decides waits to be ratified{by}",
        Inquorate.LAPSE: "A meeting without a quorum lapses",
        Inquorate.DISSOLVE: "A meeting without a quorum is dissolved",
        Inquorate.INTERIM_PLAN: f"A meeting without a quorum makes an interim plan: {rule.words}",
        Inquorate.NO_TWO_IN_A_ROW: "No two meetings in a row may be without a quorum",
    }[rule.kind]
    when = f", when {condition_words(rule.when)}" if rule.when else ""
    return f"{plain.rstrip('.')}{when}."
