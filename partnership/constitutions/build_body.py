"""Who sits round the table, who counts, and what an inquorate meeting may do: forms to rule core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from partnership.constitutions.build_tests import clause_of, condition_of, period_of, reading_of, root_of
from partnership.constitutions.declared import WATCHERS, Declared
from partnership.constitutions.forms import RuleForm
from partnership.constitutions.problems import Path
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.schema_body import CapacityForm, CountingForm, InquorateForm, QuorumForm, SeatForm
from partnership.rules.clauses import Clause
from partnership.rules.plain_dates import listed
from partnership.rules.quorum.terms import (
    Applies,
    Capacity,
    ConflictRule,
    Counting,
    DeterminationRule,
    Inquorate,
    InquorateRule,
    Office,
    Organisation,
    QuorumRule,
    QuorumTerms,
    SameOrganisationRule,
    Seat,
    SeparateOfficesRule,
    YesNoRule,
)

INQUORATE_KINDS = {
    "adjourn": Inquorate.ADJOURN,
    "adjourn_until_quorate": Inquorate.ADJOURN_UNTIL_QUORATE,
    "wait": Inquorate.WAIT,
    "discuss_only": Inquorate.DISCUSS_ONLY,
    "chair_picks_items": Inquorate.CHAIR_PICKS_ITEMS,
    "limited_powers": Inquorate.LIMITED_POWERS,
    "go_on_and_ratify": Inquorate.RATIFY_LATER,
    "lapse": Inquorate.LAPSE,
    "dissolve": Inquorate.DISSOLVE,
    "interim_plan": Inquorate.INTERIM_PLAN,
    "no_two_in_a_row": Inquorate.NO_TWO_IN_A_ROW,
}


def note_rule(declared: Declared, section: str, path: Path, form: RuleForm, name: str = "") -> Clause:
    """Enter a rule in the list of all; its clause."""
    clause = Clause(form.clause.ref, form.clause.words)
    declared.note(section, path, form.id, name, clause, reading_of(form.reading))
    return clause


def quorum_terms(declared: Declared, form: ConstitutionForm) -> QuorumTerms:
    """All that the quorum question needs, with every problem of it noted."""
    organisations = _organisations(declared, form)
    offices = _offices(declared, form)
    capacities = _capacities(declared, form)
    seats = _seats(declared, form)
    rules = tuple(
        _quorum_rule(declared, ("quorum", index), rule)
        for index, rule in enumerate(form.quorum if isinstance(form.quorum, list) else ())
    )
    return QuorumTerms(
        body=form.body.name,
        organisations=organisations,
        offices=offices,
        capacities=capacities,
        seats=seats,
        counting=_counting(declared, form),
        rules=rules,
        determination=_determination(declared, form),
        inquorate=_inquorate(declared, form),
    )


def _organisations(declared: Declared, form: ConstitutionForm) -> Mapping[str, Organisation]:
    for index, one in enumerate(form.organisations):
        declared.note("organisations", ("organisations", index), one.id, one.name)
    found = {}
    for index, one in enumerate(form.organisations):
        declared.check_each("organisations", one.stands_for, ("organisations", index, "stands_for"))
        found[one.id] = Organisation(
            id=one.id,
            name=one.name,
            kind=one.kind or "",
            aliases=tuple(one.aliases),
            stands_for=tuple(one.stands_for),
        )
    return found


def _offices(declared: Declared, form: ConstitutionForm) -> Mapping[str, Office]:
    found = {}
    for index, one in enumerate(form.offices):
        clause = note_rule(declared, "offices", ("offices", index), one, one.name)
        found[one.id] = Office(
            id=one.id,
            name=one.name,
            aliases=tuple(one.aliases),
            deputy_may_fill=one.deputy_may_fill,
            held_by=one.held_by,
            independent=one.independent,
            from_statutory_partner=one.from_statutory_partner,
            clause=clause,
            reading=reading_of(one.reading),
        )
    return found


def _capacities(declared: Declared, form: ConstitutionForm) -> Mapping[str, Capacity]:
    found = {}
    for index, one in enumerate(form.capacities):
        path = ("capacities", index)
        clause = note_rule(declared, "capacities", path, one, one.name)
        _check_watcher(declared, path, one)
        found[one.id] = Capacity(
            id=one.id,
            name=one.name,
            counts=one.counts,
            in_base=one.in_base,
            fills_offices=one.fills_offices,
            represents=one.represents,
            votes=one.votes,
            clause=clause,
            reading=reading_of(one.reading),
        )
    return found


def _check_watcher(declared: Declared, path: Path, form: CapacityForm) -> None:
    if form.id not in WATCHERS:
        return
    wrong = [f'"{key}"' for key in ("counts", "in_base", "fills_offices", "represents", "votes") if getattr(form, key)]
    if wrong:
        name = "A guest" if form.id == "guest" else f"An {form.id}"
        remedy = "declare a capacity with an id of its own"
        declared.problem(path, f"{name} cannot have {listed(wrong)} as yes; {remedy}.")


def _seats(declared: Declared, form: ConstitutionForm) -> tuple[Seat, ...]:
    if not isinstance(form.seats, list):
        return ()
    return tuple(_seat(declared, ("seats", index), seat) for index, seat in enumerate(form.seats))


def _seat(declared: Declared, path: Path, form: SeatForm) -> Seat:
    clause, reading = clause_of(form.clause), reading_of(form.reading)
    declared.note("seats", path, form.id, form.name, clause, reading)
    declared.categories.update(form.categories)
    if form.organisation is not None:
        declared.check("organisations", form.organisation, (*path, "organisation"))
    declared.check_each("offices", form.offices, (*path, "offices"))
    declared.check("capacities", form.capacity, (*path, "capacity"))
    if form.offices and form.count > 1:
        declared.problem(
            (*path, "count"), f"{form.count} seats cannot share one office; give the office a seat of its own."
        )
    return Seat(
        id=form.id,
        name=form.name,
        clause=clause,
        reading=reading,
        count=form.count,
        capacity=form.capacity,
        organisation=form.organisation,
        offices=tuple(form.offices),
        categories=tuple(form.categories),
        votes=Fraction(1) if form.votes is None else form.votes,
        unit=form.unit,
    )


def _quorum_rule(declared: Declared, path: Path, form: QuorumForm) -> QuorumRule:
    clause, reading = Clause(form.clause.ref, form.clause.words), reading_of(form.reading)
    declared.note("quorum", path, form.id, form.name or "", clause, reading)
    applies = form.applies
    return QuorumRule(
        id=form.id,
        clause=clause,
        reading=reading,
        test=root_of(declared, path, form),
        tested=form.tested,
        applies=Applies()
        if applies is None
        else Applies(
            phases=frozenset(applies.phases),
            meetings=frozenset(applies.meetings),
            calls=frozenset(applies.calls),
            business=frozenset(applies.business),
        ),
        in_force=period_of(declared, path, form.starts_on, form.until),
    )


def _counting(declared: Declared, form: ConstitutionForm) -> Counting:
    rules: dict[str, ConflictRule | YesNoRule | SameOrganisationRule] = {}
    separate = []
    for index, one in enumerate(form.counting):
        path = ("counting", index)
        clause = note_rule(declared, "counting", path, one, one.about)
        if one.separate_offices is not None:
            declared.check_each("offices", one.separate_offices, (*path, "separate_offices"))
            separate.append(
                SeparateOfficesRule(
                    id=one.id, clause=clause, reading=reading_of(one.reading), offices=tuple(one.separate_offices)
                )
            )
        elif one.about in rules:
            declared.problem((*path, one.about), f'"{one.about}" is already said by the rule {rules[one.about].id}.')
        else:
            rules[one.about] = _counting_rule(declared, path, one, clause)
    return Counting(**rules, separate_offices=tuple(separate))  # type: ignore[arg-type]  # keys and types agree


def _counting_rule(
    declared: Declared, path: Path, form: CountingForm, clause: Clause
) -> ConflictRule | YesNoRule | SameOrganisationRule:
    reading = reading_of(form.reading)
    if form.conflicted is not None:
        when = condition_of(declared, (*path, "conflicted", "when"), form.conflicted.when)
        return ConflictRule(
            id=form.id,
            clause=clause,
            reading=reading,
            effect=form.conflicted.effect,
            floor=form.conflicted.floor,
            when=when,
        )
    if form.same_organisation is not None:
        return SameOrganisationRule(id=form.id, clause=clause, reading=reading, value=form.same_organisation)
    return YesNoRule(id=form.id, clause=clause, reading=reading, value=bool(getattr(form, form.about)))


def _determination(declared: Declared, form: ConstitutionForm) -> DeterminationRule | None:
    rule = form.determination
    if rule is None:
        return None
    clause = note_rule(declared, "determination", ("determination",), rule)
    declared.check("offices", rule.by, ("determination", "by"))
    return DeterminationRule(id=rule.id, clause=clause, reading=reading_of(rule.reading), by=rule.by, scope=rule.scope)


def _inquorate(declared: Declared, form: ConstitutionForm) -> tuple[InquorateRule, ...]:
    if not isinstance(form.inquorate, list):
        return ()
    return tuple(_consequence(declared, ("inquorate", index), rule) for index, rule in enumerate(form.inquorate))


def _consequence(declared: Declared, path: Path, form: InquorateForm) -> InquorateRule:
    clause = note_rule(declared, "inquorate", path, form)
    to = form.adjourn.to if form.adjourn else None
    return InquorateRule(
        id=form.id,
        clause=clause,
        reading=reading_of(form.reading),
        kind=INQUORATE_KINDS[form.consequence],
        words=form.limited_powers or form.interim_plan or form.clause.words,
        wait=timedelta(minutes=form.wait.minutes) if form.wait else None,
        reconvene=None if to == "not stated" else to,
        by=form.go_on_and_ratify.by if form.go_on_and_ratify else "",
        when=condition_of(declared, (*path, "when"), form.when),
    )
