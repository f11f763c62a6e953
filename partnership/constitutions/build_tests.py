"""The tests of a quorum: from the forms of a file to the nodes of the rule core."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypedDict

from partnership.constitutions.declared import Declared
from partnership.constitutions.forms import ClauseForm, ReadingForm
from partnership.constitutions.problems import Path
from partnership.constitutions.schema_body import QuorumForm
from partnership.constitutions.schema_tests import (
    AtLeastForm,
    ChoiceForm,
    ConditionForm,
    CountForm,
    DistinctForm,
    LinearForm,
    NodeForm,
    OfficeTestForm,
    ShareForm,
    SomeOfForm,
    SteppedForm,
    WhoForm,
)
from partnership.rules.clauses import Clause, Reading
from partnership.rules.quorum.terms import (
    ALWAYS_IN_FORCE,
    AnyoneConflicted,
    Choice,
    Circumstance,
    Combination,
    Condition,
    Count,
    Distinct,
    EveryoneConflicted,
    Group,
    Linear,
    OfficeHeld,
    Organisations,
    Period,
    Share,
    ShareOfSeats,
    SizeWithin,
    Step,
    Stepped,
    Strength,
    Test,
    Who,
)

ANYBODY = "anybody"
NOTHING = Fraction(0)  # never used: a form without a fraction is refused


class NodeParts(TypedDict):
    """What every node has, ready to be handed to its dataclass."""

    id: str
    name: str
    clause: Clause | None
    reading: Reading | None
    strength: Strength
    when: Condition | None
    in_force: Period


def clause_of(form: ClauseForm | None) -> Clause | None:
    return Clause(form.ref, form.words) if form else None


def reading_of(form: ReadingForm | None) -> Reading | None:
    return Reading(form.chosen, form.why or "", tuple(form.others)) if form else None


def period_of(declared: Declared, path: Path, starts_on: date | None, until: date | None) -> Period:
    """In force between two dates, the second of which must come later."""
    if starts_on and until and until <= starts_on:
        declared.problem((*path, "until"), f"This ends on {until}, not after its start on {starts_on}.")
    return Period(starts_on, until) if starts_on or until else ALWAYS_IN_FORCE


def condition_of(declared: Declared, path: Path, form: ConditionForm | None) -> Condition | None:
    if form is None:
        return None
    if form.are is not None:
        return ShareOfSeats(form.are, form.more_than or form.at_least or NOTHING, form.more_than is not None)
    if form.size is not None:
        return SizeWithin(form.size, None if form.at_least is None else int(form.at_least), form.at_most)
    if form.circumstance is not None or form.without_circumstance is not None:
        return Circumstance(form.circumstance or form.without_circumstance or "", is_absent=form.circumstance is None)
    return _conflict_condition(declared, path, form)


def _conflict_condition(declared: Declared, path: Path, form: ConditionForm) -> Condition:
    if form.everyone_conflicted is not None:
        declared.check_category(form.everyone_conflicted, (*path, "everyone_conflicted"))
        return EveryoneConflicted(form.everyone_conflicted)
    if form.anyone_conflicted in {None, ANYBODY}:
        return AnyoneConflicted()
    declared.check_category(form.anyone_conflicted, (*path, "anyone_conflicted"))
    return AnyoneConflicted(form.anyone_conflicted)


def root_of(declared: Declared, path: Path, form: QuorumForm) -> Test:
    """The test of a quorum rule; its root goes by the id of the rule."""
    parts = NodeParts(
        id=form.id,
        name=form.name or "",
        clause=None,
        reading=None,
        strength=Strength.REQUIRED,
        when=None,
        in_force=ALWAYS_IN_FORCE,
    )
    return _test(declared, path, form.test, parts)


def _node(declared: Declared, path: Path, form: NodeForm) -> Test:
    parts = NodeParts(
        id=form.id,
        name=form.name or "",
        clause=clause_of(form.clause),
        reading=reading_of(form.reading),
        strength=form.strength,
        when=condition_of(declared, (*path, "when"), form.when),
        in_force=period_of(declared, path, form.starts_on, form.until),
    )
    declared.note("quorum", path, form.id, form.name or "", parts["clause"], parts["reading"])
    return _test(declared, path, form.test, parts)


def _test(declared: Declared, path: Path, test: tuple[str, Any], parts: NodeParts) -> Test:
    key, value = test
    return BUILDERS[key](declared, (*path, key), value, parts)


def _nodes(declared: Declared, path: Path, forms: Sequence[NodeForm]) -> tuple[Test, ...]:
    return tuple(_node(declared, (*path, index), form) for index, form in enumerate(forms))


def _all(declared: Declared, path: Path, forms: list[NodeForm], parts: NodeParts) -> Test:
    return Group(combination=Combination.ALL, of=_nodes(declared, path, forms), **parts)


def _any(declared: Declared, path: Path, forms: list[NodeForm], parts: NodeParts) -> Test:
    return Group(combination=Combination.ANY, of=_nodes(declared, path, forms), **parts)


def _at_least(declared: Declared, path: Path, form: AtLeastForm, parts: NodeParts) -> Test:
    if form.k > len(form.of):
        declared.problem((*path, "k"), f"{form.k} of {len(form.of)} tests can never hold.")
    return Group(combination=Combination.AT_LEAST, k=form.k, of=_nodes(declared, (*path, "of"), form.of), **parts)


def _who(declared: Declared, path: Path, form: WhoForm) -> Who:
    declared.check_category(form.category, (*path, "category"))
    declared.check_category(form.not_category, (*path, "not_category"))
    declared.check_each("organisations", form.organisations or [], (*path, "organisations"))
    return Who(form.category, form.not_category, tuple(form.organisations or ()))


def _count(declared: Declared, path: Path, form: CountForm, parts: NodeParts) -> Test:
    return Count(minimum=form.min, who=_who(declared, path, form), measure=form.measure, **parts)


def _share(declared: Declared, path: Path, form: ShareForm, parts: NodeParts) -> Test:
    return Share(
        fraction=form.more_than or form.at_least or NOTHING,
        is_strict=form.more_than is not None,
        base=form.base,
        who=_who(declared, path, form),
        measure=form.measure,
        rounding=form.rounding,
        **parts,
    )


def _office(declared: Declared, path: Path, form: OfficeTestForm, parts: NodeParts) -> Test:
    declared.check_each("offices", form.any_of, (*path, "any_of"))
    if form.min > len(form.any_of):
        declared.problem((*path, "min"), f"{form.min} of {len(form.any_of)} offices can never be there.")
    return OfficeHeld(any_of=tuple(form.any_of), minimum=form.min, **parts)


def _choices(declared: Declared, path: Path, places: Sequence[str | ChoiceForm]) -> tuple[Choice, ...]:
    choices = []
    for index, place in enumerate(places):
        here = (*path, index)
        if isinstance(place, str):
            if place in places[:index]:
                declared.problem(here, f'"{place}" is in this list twice.')
            else:
                declared.check("organisations", place, here)
            choices.append(Choice(any_of=(place,)))
        else:
            declared.check_each("organisations", place.any_of, (*here, "any_of"))
            period = period_of(declared, here, place.starts_on, place.until)
            choices.append(Choice(any_of=tuple(place.any_of), in_force=period))
    return tuple(choices)


def _each_of(declared: Declared, path: Path, places: list[str | ChoiceForm], parts: NodeParts) -> Test:
    return Organisations(of=_choices(declared, path, places), **parts)


def _some_of(declared: Declared, path: Path, form: SomeOfForm, parts: NodeParts) -> Test:
    if form.min > len(form.of):
        declared.problem((*path, "min"), f"{form.min} of {len(form.of)} organisations can never be there.")
    return Organisations(minimum=form.min, of=_choices(declared, (*path, "of"), form.of), **parts)


def _distinct(declared: Declared, path: Path, form: DistinctForm, parts: NodeParts) -> Test:
    listed = form.of or []
    declared.check_each("organisations", listed, (*path, "of"))
    if listed and form.min > len(listed):
        declared.problem((*path, "min"), f"{form.min} of {len(listed)} organisations can never be there.")
    return Distinct(minimum=form.min, of=tuple(listed), who=_who(declared, path, form), **parts)


def _stepped(declared: Declared, path: Path, form: SteppedForm, parts: NodeParts) -> Test:
    reached = 0
    for index, step in enumerate(form.steps):
        here = (*path, "steps", index)
        is_last = index == len(form.steps) - 1
        if step.up_to is None and not is_last:
            declared.problem(here, 'Only the last step may leave out "up_to".')
        elif step.up_to is not None and is_last:
            declared.problem(here, f'Above {step.up_to} no number is given; end with a step without "up_to".')
        elif step.up_to is not None and step.up_to <= reached:
            declared.problem(
                (*here, "up_to"), f"The steps overlap: this one ends at {step.up_to}, the one before at {reached}."
            )
        reached = step.up_to or reached
    steps = tuple(Step(step.up_to, step.min) for step in form.steps)
    return Stepped(by=form.by, steps=steps, who=_who(declared, path, form), **parts)


def _linear(declared: Declared, path: Path, form: LinearForm, parts: NodeParts) -> Test:
    return Linear(by=form.by, times=form.times, plus=form.plus, who=_who(declared, path, form), **parts)


BUILDERS: dict[str, Callable[[Declared, Path, Any, NodeParts], Test]] = {
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "count": _count,
    "share": _share,
    "office": _office,
    "each_of": _each_of,
    "some_of": _some_of,
    "distinct": _distinct,
    "stepped": _stepped,
    "linear": _linear,
}
