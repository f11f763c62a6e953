"""What a file may not ask: offices nobody holds, organisations nobody represents, more than there are.

Each part of such a file is in order; only together are they impossible. Where seats are not listed,
or a class of seats could be anybody's, nothing is called impossible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from partnership.constitutions.declared import BUILT_IN, WATCHERS, Declared
from partnership.constitutions.problems import Path
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.schema_body import CapacityForm, OfficeForm, OrganisationForm, SeatForm
from partnership.constitutions.schema_tests import ChoiceForm, CountForm, TestForm
from partnership.rules.quorum.preparation import STAND_INS
from partnership.rules.quorum.terms import HeldBy, Measure, SameOrganisation

TABLE = frozenset({"organisations", "offices", "capacities", "seats"})


def check_possible(declared: Declared, form: ConstitutionForm) -> None:
    """Note everything that no meeting could ever meet."""
    has_circle = _check_circles(declared, form)
    _check_labels(declared, form)
    _check_unused_rules(declared, form)
    _check_counted_once(declared, form)
    if "deadlines" not in declared.incomplete:
        _check_reconvening(declared, form)
    if isinstance(form.seats, list) and form.seats and not declared.incomplete & TABLE:
        _check_offices(declared, form, form.seats)
        table = _Table(form, form.seats)
        for path, test in _tests(form):
            if not has_circle:
                _check_organisations(declared, path, test, table)
            _check_number(declared, path, test, table)


def _check_circles(declared: Declared, form: ConstitutionForm) -> bool:
    """Organisations that stand for each other would each represent both, and neither itself."""
    try:
        TopologicalSorter({one.id: one.stands_for for one in form.organisations}).prepare()
    except CycleError as error:
        circle = [str(one) for one in error.args[1]]
        index = min(index for index, one in enumerate(form.organisations) if one.id in circle)
        words = f'"{form.organisations[index].id}" would stand for itself in a circle.'
        declared.problem(("organisations", index, "stands_for"), words)
        return True
    return False


def _check_labels(declared: Declared, form: ConstitutionForm) -> None:
    """A register can only call an organisation, or an office, by a word that means one of them."""
    called: tuple[tuple[str, Sequence[OrganisationForm | OfficeForm]], ...] = (
        ("organisations", form.organisations),
        ("offices", form.offices),
    )
    for section, forms in called:
        owner: dict[str, str] = {}
        for index, one in enumerate(forms):
            for key, label in (("name", one.name), *(("aliases", alias) for alias in one.aliases)):
                known = owner.setdefault(label.casefold(), one.id)
                if known != one.id:
                    declared.problem((section, index, key), f'"{label}" already means "{known}".')


def _check_unused_rules(declared: Declared, form: ConstitutionForm) -> None:
    if not isinstance(form.quorum, list):
        return
    seen: dict[tuple[object, ...], str] = {}
    for index, rule in enumerate(form.quorum):
        applies = rule.applies
        key = (
            (rule.starts_on, rule.until),
            *(
                frozenset(getattr(applies, name)) if applies else frozenset()
                for name in ("phases", "meetings", "calls", "business")
            ),
        )
        if key in seen:
            declared.problem(("quorum", index), f'This rule is never used: "{seen[key]}" answers the same question.')
        seen.setdefault(key, rule.id)


def _check_counted_once(declared: Declared, form: ConstitutionForm) -> None:
    """One person cannot be the one head of two groupings that cross: who of them counts would be a guess."""
    by_organisation = next((rule for rule in form.counting if rule.same_organisation is SameOrganisation.ONCE), None)
    for index, rule in enumerate(form.counting):
        if by_organisation is not None and rule.unit_counts_once:
            words = f'"{by_organisation.id}" counts each organisation once: units cannot count once as well.'
            declared.problem(("counting", index, "unit_counts_once"), words)


def _check_reconvening(declared: Declared, form: ConstitutionForm) -> None:
    known = {one.id for one in form.deadlines} if isinstance(form.deadlines, list) else set()
    for index, rule in enumerate(form.inquorate if isinstance(form.inquorate, list) else ()):
        to = rule.adjourn.to if rule.adjourn else "not stated"
        if to != "not stated" and to not in known:
            declared.problem(("inquorate", index, "adjourn", "to"), f'No deadline has the id "{to}".')


def _check_offices(declared: Declared, form: ConstitutionForm, seats: Sequence[SeatForm]) -> None:
    fills = {one.id for one in form.capacities if one.fills_offices} | {"member"}
    for index, office in enumerate(form.offices):
        if office.held_by is not HeldBy.SEAT:
            continue
        having = [seat for seat in seats if office.id in seat.offices]
        if not having:
            remedy = 'name it under "offices" of a seat, or say "held_by: any member" or "held_by: somebody outside"'
            declared.problem(("offices", index), f'Nobody can hold the office "{office.id}": {remedy}.')
        elif not any(seat.capacity in fills for seat in having):
            reason = f'the capacity "{having[0].capacity}" of its seat fills no office'
            declared.problem(("offices", index), f'Nobody can hold the office "{office.id}": {reason}.')


class _Table:
    """What the listed seats can bring to a meeting."""

    def __init__(self, form: ConstitutionForm, seats: Sequence[SeatForm]) -> None:
        declared = {one.id: one for one in form.capacities}
        self.counting = [seat for seat in seats if _has(declared, seat, "counts")]
        representing = [seat for seat in seats if _has(declared, seat, "represents")]
        known = {one.id for one in form.organisations}
        # A class of seats without an organisation may be anybody's; a misspelt one has its own sentence.
        self.anybody = any(
            seat.count > 1 if seat.organisation is None else seat.organisation not in known for seat in representing
        )
        stands_for = {one.id: one.stands_for for one in form.organisations}
        self.represented = {
            name
            for seat in representing
            if seat.organisation
            for name in (seat.organisation, *stands_for.get(seat.organisation, ()))
        }
        self.categories = {category for seat in seats for category in seat.categories}
        # Somebody without a seat (an office holder outside the list) may count as well.
        self.others = any(one.counts and not one.in_base and one.id not in STAND_INS for one in form.capacities) or any(
            office.held_by is HeldBy.OUTSIDE for office in form.offices
        )

    def most(self, test: CountForm) -> Fraction | None:
        """The most that could ever be counted; None where there is no telling."""
        if self.others or any(name not in self.categories for name in (test.category, test.not_category) if name):
            return None
        if test.organisations and self.anybody:
            return None
        seats = [
            seat
            for seat in self.counting
            if (test.category is None or test.category in seat.categories)
            and (test.not_category is None or test.not_category not in seat.categories)
            and (not test.organisations or seat.organisation in test.organisations)
        ]
        weights = (
            seat.count * (seat.votes if test.measure is Measure.VOTES and seat.votes is not None else Fraction(1))
            for seat in seats
        )
        return sum(weights, Fraction(0))


def _has(capacities: dict[str, CapacityForm], seat: SeatForm, key: str) -> bool:
    if seat.capacity in capacities:
        return bool(getattr(capacities[seat.capacity], key))
    return seat.capacity in BUILT_IN - WATCHERS


def _tests(form: ConstitutionForm) -> Iterator[tuple[Path, TestForm]]:
    """Every test of every rule with its place, outermost first."""
    rules = form.quorum if isinstance(form.quorum, list) else []
    waiting: list[tuple[Path, TestForm]] = [(("quorum", index), rule) for index, rule in enumerate(rules)]
    while waiting:
        path, test = waiting.pop(0)
        yield path, test
        inside = (
            ((*path, "all"), test.all_of),
            ((*path, "any"), test.any_of),
            ((*path, "at_least", "of"), test.at_least.of if test.at_least else None),
        )
        for place, nodes in inside:
            waiting.extend(((*place, index), node) for index, node in enumerate(nodes or ()))


def _check_organisations(declared: Declared, path: Path, test: TestForm, table: _Table) -> None:
    if table.anybody:
        return
    lists = (((*path, "each_of"), test.each_of), ((*path, "some_of", "of"), test.some_of.of if test.some_of else None))
    for place, choices in lists:
        for index, choice in enumerate(choices or ()):
            names = choice.any_of if isinstance(choice, ChoiceForm) else [choice]
            unknown = [name for name in names if name not in declared.ids("organisations")]
            if not unknown and not table.represented.intersection(names):
                words = " or ".join(f'"{name}"' for name in names)
                declared.problem(
                    (*place, index),
                    f"Nobody can represent {words}: no seat belongs to it or to one that stands for it.",
                )


def _check_number(declared: Declared, path: Path, test: TestForm, table: _Table) -> None:
    if test.count is None:
        return
    most = table.most(test.count)
    if most is not None and test.count.min > most:
        declared.problem((*path, "count", "min"), f"{test.count.min} are needed and the seats bring at most {most}.")
