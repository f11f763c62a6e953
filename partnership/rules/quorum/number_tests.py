"""Tests that add up heads or votes: a count, a share of a base, a stepped or a linear number."""

from collections.abc import Sequence

from partnership.rules.quorum import sentences
from partnership.rules.quorum.base import base_of, seats_known, size_of
from partnership.rules.quorum.exact import Amount, rounded_down, rounded_up, threshold_of
from partnership.rules.quorum.heads import Room, heads_of, votes_of
from partnership.rules.quorum.measured import Asked, Measured, named
from partnership.rules.quorum.register import Here, fits, is_everyone
from partnership.rules.quorum.terms import Base, Count, Linear, Measure, Rounding, Share, Stepped, Who

# Named here because reaching a member through its enumeration is slow before Python 3.12.
VOTES = Measure.VOTES
HEADS = Measure.HEADS
SEATS = Base.SEATS
ENTITLED = Base.ENTITLED
UP = Rounding.UP
DOWN = Rounding.DOWN


def measured_count(test: Count, asked: Asked) -> Measured:
    """At least so many, whatever the size of the body."""
    people = _people(asked.room, test.who)
    counted = _total(asked, people, test.measure)
    base = _whole_body(asked, test.who, test.measure)
    return _number(test, people, test.minimum, counted, base, passed=counted >= test.minimum)


def measured_share(test: Share, asked: Asked) -> Measured:
    """At least, or more than, a fraction of a base; compared exactly unless the terms round."""
    base = base_of(asked.body, test.base, test.who, test.measure)
    threshold = threshold_of(test.fraction, base)
    if test.rounding is UP:
        threshold = rounded_up(threshold)
    elif test.rounding is DOWN:
        threshold = rounded_down(threshold)
    people = _people(asked.room, test.who)
    if test.base is ENTITLED:
        people = [one for one in people if one.capacity.votes]
    counted = _total(asked, people, test.measure)
    passed = counted > threshold if test.is_strict else counted >= threshold
    needed = threshold
    if counted.denominator == 1:  # whole heads or votes: the least whole number that satisfies
        needed = rounded_down(threshold) + 1 if test.is_strict else rounded_up(threshold)
    if asked.floor:
        needed = max(needed, asked.floor)
        passed = passed and counted >= asked.floor
    return _number(test, people, needed, counted, base, passed=passed)


def measured_stepped(test: Stepped, asked: Asked) -> Measured:
    """A number read from a table by the size of something; beyond its last step, the last."""
    size = size_of(asked.body, test.by)
    minimum = test.steps[-1].minimum
    for step in test.steps:
        if step.up_to is None or size <= step.up_to:
            minimum = step.minimum
            break
    return _heads(test, asked, minimum)


def measured_linear(test: Linear, asked: Asked) -> Measured:
    """So many times the size of something, and so many more."""
    return _heads(test, asked, rounded_up(test.times * size_of(asked.body, test.by) + test.plus))


def _people(room: Room, who: Who) -> Sequence[Here]:
    """Those who count, of those whom `who` names."""
    if is_everyone(who):
        return room.counted
    return [one for one in room.counted if fits(who, one.categories, one.organisations)]


def _total(asked: Asked, people: Sequence[Here], measure: Measure) -> Amount:
    """The heads, or the weight of the votes, of these people."""
    counting = asked.body.prepared.terms.counting
    if measure is VOTES:
        return votes_of(counting, people)
    return asked.room.heads if people is asked.room.counted else heads_of(counting, people)


def _heads(test: Stepped | Linear, asked: Asked, needed: int) -> Measured:
    people = _people(asked.room, test.who)
    counted = _total(asked, people, HEADS)
    return _number(test, people, needed, counted, _whole_body(asked, test.who, HEADS), passed=counted >= needed)


def _whole_body(asked: Asked, who: Who, measure: Measure) -> Amount | None:
    """For "9 of 20": all the seats, where everybody counts and the number of seats is known."""
    if measure is VOTES or not is_everyone(who):
        return None
    return seats_known(asked.body)


def _number(
    test: Count | Share | Stepped | Linear,
    people: Sequence[Here],
    needed: Amount,
    counted: Amount,
    base: Amount | None,
    *,
    passed: bool,
) -> Measured:
    everybody = is_everyone(test.who)
    if everybody:
        of = "vote" if not isinstance(test, Stepped | Linear) and test.measure is VOTES else "member"
        say = sentences.enough if passed else sentences.too_few
        phrase = say(counted, base, needed, of)
    else:
        of = test.name or _label(test.who, needed)
        phrase = sentences.enough_as(of, counted, needed) if passed else sentences.too_few_as(of, counted, needed)
    return Measured(
        needed=needed,
        counted=counted,
        base=base if isinstance(test, Share) else None,
        passed=passed,
        missing=() if passed else (sentences.more(needed - counted),),
        present=named(people),
        phrase=phrase,
        wanted="" if passed else sentences.more_of(needed - counted, of, is_everyone=everybody),
    )


def _label(who: Who, needed: Amount) -> str:
    """Words for a narrowed count that the terms give no name."""
    members = "member" if needed == 1 else "members"
    if who.category is not None:
        return f"{who.category} {members}"
    if who.not_category is not None:
        return f"{members} other than {who.not_category}"
    return f"{members} from the organisations named"
