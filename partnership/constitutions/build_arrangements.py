"""Deciding outside meetings, delegation, standing items, documents and signatories: forms to rule core."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from partnership.constitutions.build_body import note_rule
from partnership.constitutions.build_duties import deadline_named
from partnership.constitutions.build_tests import reading_of
from partnership.constitutions.declared import Declared
from partnership.constitutions.problems import Path
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.schema_arrangements import ConsultForm, DelegationForm, DocumentForm, UrgentForm
from partnership.rules.arrangements import Delegation, Distribution, Signatories, StandingItem
from partnership.rules.deadlines.deadlines import Deadline, Direction
from partnership.rules.decisions.urgent_decisions import Ground, UrgentRule
from partnership.rules.decisions.written_resolutions import WrittenRule

ALL = Fraction(1)  # never used: a form without a share is refused


def urgent_rules(declared: Declared, form: ConstitutionForm, found: Sequence[Deadline]) -> tuple[UrgentRule, ...]:
    """The rules for deciding between meetings; `found` are the deadlines one of which says what is urgent."""
    if not isinstance(form.urgent_decisions, list):
        return ()
    return tuple(
        _urgent(declared, ("urgent_decisions", index), one, found) for index, one in enumerate(form.urgent_decisions)
    )


def _urgent(declared: Declared, path: Path, form: UrgentForm, found: Sequence[Deadline]) -> UrgentRule:
    declared.check("offices", form.decided_by, (*path, "decided_by"))
    if form.stand_in is not None:
        declared.check("offices", form.stand_in, (*path, "stand_in"))
        if form.stand_in == form.decided_by:
            declared.problem((*path, "stand_in"), f'"{form.stand_in}" cannot stand in for itself.')
    grounds = tuple(Ground(ground) for ground in form.grounds or (Ground.UNAVAILABLE, Ground.DELEGATED))
    return UrgentRule(
        id=form.id,
        clause=note_rule(declared, "urgent_decisions", path, form),
        reading=reading_of(form.reading),
        decided_by=form.decided_by,
        stand_in=form.stand_in or "",
        grounds=grounds if form.stand_in else (),
        consult=_consulted(declared, (*path, "consult"), form.consult),
        as_many_as_practicable=form.as_many_as_practicable,
        when=_time_after(declared, (*path, "when"), form.when, found),
    )


def _consulted(declared: Declared, path: Path, form: ConsultForm | None) -> tuple[str, ...]:
    """Offices and organisations by id, others in words, in the order in which a record shows them."""
    if form is None:
        return ()
    declared.check_each("offices", form.offices, (*path, "offices"))
    declared.check_each("organisations", form.organisations, (*path, "organisations"))
    return (*form.others, *form.offices, *form.organisations)


def _time_after(declared: Declared, path: Path, name: str | None, found: Sequence[Deadline]) -> Deadline | None:
    """The deadline with that id; its time must run after the request, or the first signature."""
    deadline = deadline_named(declared, path, name, found)
    if deadline is not None and deadline.direction is not Direction.AFTER:
        declared.problem(path, f'The deadline "{name}" counts back; a time that runs after something is needed here.')
    return deadline


def written_rules(declared: Declared, form: ConstitutionForm, found: Sequence[Deadline]) -> tuple[WrittenRule, ...]:
    """The rules for resolving in writing; `found` are the deadlines one of which says within what time."""
    if not isinstance(form.written_resolutions, list):
        return ()
    return tuple(
        WrittenRule(
            id=one.id,
            clause=note_rule(declared, "written_resolutions", ("written_resolutions", index), one),
            reading=reading_of(one.reading),
            share=one.at_least or one.more_than or ALL,
            more_than=one.more_than is not None,
            within=_time_after(declared, ("written_resolutions", index, "within"), one.within, found),
        )
        for index, one in enumerate(form.written_resolutions)
    )


def delegations(declared: Declared, form: ConstitutionForm) -> tuple[Delegation, ...]:
    if not isinstance(form.delegations, list):
        return ()
    return tuple(
        _delegation(declared, ("delegations", index), one, form.body.id) for index, one in enumerate(form.delegations)
    )


def _delegation(declared: Declared, path: Path, form: DelegationForm, own: str) -> Delegation:
    for index, body in enumerate(form.to):
        if body == own:
            declared.problem((*path, "to", index), "A body cannot delegate to itself.")
        elif body in form.to[:index]:
            declared.problem((*path, "to", index), f'"{body}" is in this list twice.')
    if form.to == [form.needs_agreement_of]:
        declared.problem((*path, "needs_agreement_of"), f'"{form.needs_agreement_of}" would agree with itself.')
    return Delegation(
        id=form.id,
        clause=note_rule(declared, "delegations", path, form),
        reading=reading_of(form.reading),
        to=tuple(form.to),
        functions=tuple(form.functions) if isinstance(form.functions, list) else (),
        needs_agreement_of=form.needs_agreement_of or "",
    )


def standing_items(declared: Declared, form: ConstitutionForm) -> tuple[StandingItem, ...]:
    if not isinstance(form.standing_items, list):
        return ()
    return tuple(
        StandingItem(
            id=one.id,
            clause=note_rule(declared, "standing_items", ("standing_items", index), one, one.title),
            reading=reading_of(one.reading),
            title=one.title,
            kind=one.kind,
            when=one.when,
            minutes=one.minutes,
        )
        for index, one in enumerate(form.standing_items)
    )


def distributions(declared: Declared, form: ConstitutionForm) -> tuple[Distribution, ...]:
    if not isinstance(form.documents, list):
        return ()
    return tuple(_distribution(declared, ("documents", index), one) for index, one in enumerate(form.documents))


def _distribution(declared: Declared, path: Path, form: DocumentForm) -> Distribution:
    recipients = form.recipients
    declared.check_each("capacities", recipients.capacities, (*path, "recipients", "capacities"))
    declared.check_each("offices", recipients.offices, (*path, "recipients", "offices"))
    return Distribution(
        id=form.id,
        clause=note_rule(declared, "documents", path, form, form.document),
        reading=reading_of(form.reading),
        document=form.document,
        capacities=tuple(recipients.capacities),
        offices=tuple(recipients.offices),
        others=tuple(recipients.others),
    )


def signatories(declared: Declared, form: ConstitutionForm) -> Signatories | None:
    rule = form.signatories
    if rule is None or isinstance(rule, str):
        return None
    declared.check_each("offices", rule.by.offices, ("signatories", "by", "offices"))
    organisations = rule.by.lead_representatives
    declared.check_each("organisations", organisations, ("signatories", "by", "lead_representatives"))
    return Signatories(
        id=rule.id,
        clause=note_rule(declared, "signatories", ("signatories",), rule),
        reading=reading_of(rule.reading),
        offices=tuple(rule.by.offices),
        lead_representatives=tuple(organisations),
    )
