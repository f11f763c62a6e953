"""Properties of the quorum, and its agreement with a slow oracle, on random bodies and meetings."""

from __future__ import annotations

import ast
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from partnership import rules
from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.terms import Base, QuorumRule, QuorumTerms, Seat, Share
from partnership.rules.quorum.timeline import timeline
from tests.rules import oracle, plain_values
from tests.rules.random_bodies import office, share, tree
from tests.rules.random_meetings import ALWAYS, guest, row_of
from tests.rules.strategies import Plain, World, bounded, worlds

PLAIN_NODE: Plain = {"from": None, "until": None, "strength": "required", "when": None}
ANYTHING: Plain = {"phases": (), "meetings": (), "calls": (), "business": ()}
seeds = st.integers(0, 2**48)


def answer_of(world: World) -> Answer:
    terms, facts, question = world
    return assess(plain_values.terms(terms), plain_values.facts(facts), **plain_values.question(question))


def numbers(answer: Answer) -> list[Any]:
    """All that a verdict counts, without its words."""
    tests = [(test.path, test.needed, test.counted, test.passed, test.is_applied) for test in answer.tests]
    return [answer.outcome, answer.heads, answer.base, answer.margin, tests]


def with_row(world: World, row: Plain) -> World:
    terms, facts, question = world
    return terms, facts | {"attendees": [*facts["attendees"], row]}, question


def with_test(world: World, *tests: Plain) -> World:
    """The world with one rule that asks for all of these tests."""
    terms, facts, question = world
    together = PLAIN_NODE | {"kind": "all", "of": tests, "k": 0}
    rule = terms["rules"][0] | {"test": together, "from": None, "until": None, "applies": ANYTHING}
    return terms | {"rules": [rule]}, facts, question


def somebody(terms: Plain, seed: int) -> Plain:
    """A new person, in a seat of the body or without one, in any capacity that counts for something."""
    of = Random(seed)
    seat = of.choice([None, *terms["seats"]])
    if seat is None:
        return guest(of, 9)
    capacity = of.choice([seat["capacity"], "deputy"])
    return row_of(of, seat, capacity, of.choice([None, None, "p", "r"]))


def without_interests(world: World) -> World:
    """Nobody has withdrawn and nobody is suspended, so that nobody's coming changes a base or a condition."""
    terms, facts, question = world
    rows = [row | {"withdrawals": (), "suspended": False} for row in facts["attendees"]]
    return terms, facts | {"attendees": rows}, question


@bounded(1000)
@given(worlds())
def test_the_core_agrees_with_the_oracle(world: World) -> None:
    answer, verdict = answer_of(world), oracle.verdict(*world)
    assert (answer.outcome, answer.heads) == (verdict.outcome, verdict.heads)
    if not world[0]["counting"]["separate_offices"]:
        tests = [test for test in answer.tests if test.is_applied and test.kind not in {"all", "any", "at_least"}]
        assert {test.path: (test.counted, test.passed) for test in tests} == verdict.tests


@bounded(200)
@given(worlds(), seeds)
def test_the_order_of_arrival_is_irrelevant(world: World, seed: int) -> None:
    terms, facts, question = world
    rows = list(facts["attendees"])
    Random(seed).shuffle(rows)
    assert numbers(answer_of((terms, facts | {"attendees": rows}, question))) == numbers(answer_of(world))


@bounded(200)
@given(worlds(), seeds)
def test_an_observer_changes_nothing(world: World, seed: int) -> None:
    observer = somebody(world[0], seed) | {"capacity": "observer", "suspended": False}
    assert numbers(answer_of(with_row(world, observer))) == numbers(answer_of(world))


@bounded(200)
@given(worlds(), seeds)
def test_an_improper_deputy_never_helps(world: World, seed: int) -> None:
    terms, facts, question = world
    strict = terms | {"counting": terms["counting"] | {"improper_deputy_counts": False}}, facts, question
    improper = somebody(terms, seed) | {"deputy": "improper", "withdrawals": (), "suspended": False}
    assert numbers(answer_of(with_row(strict, improper))) == numbers(answer_of(strict))


@bounded(200)
@given(worlds())
def test_a_vacant_seat_never_attends(world: World) -> None:
    terms, facts, question = world
    taken = {row["seat"] for row in facts["attendees"]}
    empty = [seat["id"] for seat in terms["seats"] if seat["id"] not in taken]
    before, after = answer_of(world), answer_of((terms, facts | {"vacant": empty}, question))
    assert after.heads == before.heads
    counted = {test.path: test.counted for test in before.tests if test.is_applied}
    for test in after.tests:
        if test.kind not in {"all", "any", "at_least"} and test.is_applied:
            assert test.counted == counted.get(test.path, test.counted)


@bounded(300)
@given(worlds(), seeds)
def test_one_more_member_never_ends_a_quorum(world: World, seed: int) -> None:
    plain = without_interests(world)
    row = somebody(plain[0], seed) | {"withdrawals": (), "suspended": False}
    if answer_of(plain).outcome is Outcome.QUORATE:
        assert answer_of(with_row(plain, row)).outcome is Outcome.QUORATE


@bounded(200)
@given(worlds(), seeds)
def test_an_expected_test_never_changes_the_outcome(world: World, seed: int) -> None:
    test = world[0]["rules"][0]["test"]
    expected = tree(Random(seed), 1) | {"strength": "expected"}
    before, after = answer_of(with_test(world, test)), answer_of(with_test(world, test, expected))
    assert (after.outcome, after.heads, after.margin) == (before.outcome, before.heads, before.margin)


@bounded(200)
@given(worlds())
def test_several_people_in_a_row_are_as_many_rows(world: World) -> None:
    terms, facts, question = world
    rows = [row | {"number": 1} for row in facts["attendees"] for _ in range(row["number"])]
    assert numbers(answer_of((terms, facts | {"attendees": rows}, question))) == numbers(answer_of(world))


@bounded(200)
@given(worlds(), seeds)
def test_the_margin_agrees_with_the_outcome(world: World, seed: int) -> None:
    of = Random(seed)
    shares = [share(of) | PLAIN_NODE | {"measure": "heads"} for _ in range(of.randint(1, 3))]
    terms, facts, question = with_test(world, *shares)
    answer = answer_of(
        (terms | {"determination": None, "counting": terms["counting"] | {"conflicted": None}}, facts, question)
    )
    surplus = min(test.counted - test.needed for test in answer.tests if test.kind == "share")
    assert answer.margin == surplus
    assert (answer.outcome is Outcome.QUORATE) == (surplus >= 0 and answer.heads > 0)


@bounded(150)
@given(worlds(), seeds)
def test_an_empty_office_is_filled_by_a_holder_only(world: World, seed: int) -> None:
    asked = office(Random(seed)) | PLAIN_NODE
    terms, facts, question = with_test(world, asked)
    nobody = facts | {"attendees": [row | {"offices": ()} for row in facts["attendees"]]}
    bare = terms | {"seats": [seat | {"offices": ()} for seat in terms["seats"]], "determination": None}
    assert answer_of((bare, nobody, question)).outcome is Outcome.NOT_QUORATE
    holder = {"capacity": "member", "offices": asked["any_of"][-1:], "here": ALWAYS, "withdrawals": (), "remote": False}
    row = guest(Random(seed), 9) | holder | {"suspended": False, "deputy": "proper"}
    assert answer_of(with_row((bare, nobody, question), row)).outcome is Outcome.QUORATE


@bounded(150)
@given(worlds())
def test_every_number_of_an_answer_is_exact(world: World) -> None:
    answer = answer_of(world)
    found = [answer.heads, answer.base, answer.margin]
    found += [value for test in answer.tests for value in (test.needed, test.counted, test.base)]
    assert {type(value) for value in found} <= {int, Fraction, type(None)}


@bounded(200)
@given(
    st.integers(1, 10**12).flatmap(lambda under: st.tuples(st.integers(1, under), st.just(under))),
    st.integers(1, 60),
    st.integers(1, 60),
    st.booleans(),
)
def test_a_share_is_compared_exactly(fraction: tuple[int, int], seats: int, heads: int, is_strict: bool) -> None:  # noqa: FBT001 drawn
    over, under = fraction
    answer = a_share_of(seats, heads, Fraction(over, under), is_strict=is_strict)
    enough = heads * under > seats * over if is_strict else heads * under >= seats * over
    assert answer.is_quorate is enough


def test_half_of_an_odd_number_is_the_next_whole_number() -> None:
    for seats in range(1, 100, 2):
        for heads, enough in ((seats // 2, False), (seats // 2 + 1, True)):
            answer = a_share_of(seats, heads, Fraction(1, 2))
            assert answer.is_quorate is enough, (seats, heads)
            assert answer.tests[0].needed == (seats + 1) // 2


def a_share_of(seats: int, heads: int, fraction: Fraction, *, is_strict: bool = False) -> Answer:
    """The answer where so many of so many seats are there and that share is asked for."""
    half = Share(id="share", fraction=fraction, is_strict=is_strict, base=Base.SEATS)
    rule = QuorumRule(id="quorum", clause=plain_values.CLAUSE, test=half)
    terms = QuorumTerms(body="body", seats=(Seat(id="members", name="Members", count=seats),), rules=(rule,))
    return assess(terms, Facts(attendees=(Attendee(number=heads),)))


@bounded(200)
@given(worlds())
def test_the_timeline_agrees_with_the_answer_at_every_minute(world: World) -> None:
    terms, plain, _ = world
    rows = [row | {"withdrawals": [(None, *when[1:]) for when in row["withdrawals"]]} for row in plain["attendees"]]
    facts = plain_values.facts(plain | {"attendees": rows})
    body = plain_values.terms(terms)
    spans = timeline(body, facts)
    assert all(span.ends_at == following.starts_at for span, following in pairwise(spans))
    for minute in range(8):
        at = plain_values.FIRST_MINUTE + timedelta(minutes=minute, seconds=30)
        for span in spans:
            if span.starts_at <= at and (span.ends_at is None or at < span.ends_at):
                assert assess(body, facts, at=at).outcome is span.answer.outcome
                break
        else:
            assert not spans or at < spans[0].starts_at


def test_nothing_in_the_core_is_a_float() -> None:
    modules = sorted(Path(rules.__file__).parent.rglob("*.py"))
    assert len(modules) > 50
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text())):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), (module.name, node.lineno)
            assert not (isinstance(node, ast.Name) and node.id in {"float", "round"}), (module.name, node.lineno)
