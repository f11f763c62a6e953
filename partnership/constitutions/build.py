"""A constitution file, whole: bytes in, a `Constitution` out, or every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from partnership.constitutions.build_arrangements import (
    delegations,
    distributions,
    signatories,
    standing_items,
    urgent_rules,
    written_rules,
)
from partnership.constitutions.build_body import note_rule, quorum_terms
from partnership.constitutions.build_duties import (
    absence_rules,
    attendance_policy,
    deadlines,
    decision_rules,
    deputy_rule,
    frequencies,
)
from partnership.constitutions.build_tests import reading_of
from partnership.constitutions.declared import Declared
from partnership.constitutions.possible import check_possible
from partnership.constitutions.problems import BadFile
from partnership.constitutions.remainder import remainder
from partnership.constitutions.schema import AccountableForm, ConstitutionForm, StatementForm, SupportForm
from partnership.constitutions.text import read
from partnership.constitutions.tree import Document, Mapping
from partnership.constitutions.wording import validated
from partnership.rules.constitution import Accountability, Body, Constitution, Statement, Version

MAY_BE_SILENT = (
    "purpose",
    "objectives",
    "responsibilities",
    "accountable_to",
    "seats",
    "quorum",
    "inquorate",
    "deadlines",
    "frequency",
    "attendance",
    "absences",
    "deputies",
    "decisions",
    "urgent_decisions",
    "written_resolutions",
    "delegations",
    "standing_items",
    "documents",
    "signatories",
    "support",
)


def load(data: bytes) -> Constitution:
    """The constitution a file holds. Raises `BadFile` with every problem, in the order of its lines."""
    document = read(data)
    if not isinstance(document.tree, Mapping):
        document.refuse((), 'A constitution is a mapping that begins with "format: 1", not a list or a single word.')
        document.raise_if_bad()
    form = validated(ConstitutionForm, document.tree.value, document)
    if form is None:
        _check_the_rest(document)
        raise BadFile(tuple(document.problems))
    constitution = _built(form, Declared(document))
    document.raise_if_bad()
    return constitution


def _check_the_rest(document: Document) -> None:
    rest = remainder(document)
    if rest is not None:
        _built(rest.form, Declared(rest.document, rest.incomplete))
        document.problems.extend(rest.document.problems)


def _built(form: ConstitutionForm, declared: Declared) -> Constitution:
    purpose = _statements(declared, "purpose", form.purpose)
    objectives = _statements(declared, "objectives", form.objectives)
    responsibilities = _statements(declared, "responsibilities", form.responsibilities)
    accountable_to = _accountable_to(declared, form)
    mutual = tuple(
        _accountability(declared, "mutual_accountability", ("mutual_accountability", index), one)
        for index, one in enumerate(form.mutual_accountability)
    )
    terms = quorum_terms(declared, form)
    found = deadlines(declared, form)
    constitution = Constitution(
        body=_body(form),
        version=_version(declared, form),
        calendar=form.calendar,
        purpose=purpose,
        objectives=objectives,
        responsibilities=responsibilities,
        accountable_to=accountable_to,
        mutual_accountability=mutual,
        are_seats_given_at_meeting=form.seats == "given at the meeting",
        quorum=terms,
        deadlines=found,
        frequency=frequencies(declared, form),
        attendance=attendance_policy(declared, form),
        absences=absence_rules(declared, form),
        deputies=deputy_rule(declared, form, terms.counting, found),
        decisions=decision_rules(declared, form),
        urgent_decisions=urgent_rules(declared, form, found),
        written_resolutions=written_rules(declared, form, found),
        delegations=delegations(declared, form),
        standing_items=standing_items(declared, form),
        documents=distributions(declared, form),
        signatories=signatories(declared, form),
        support=_statements(declared, "support", form.support),
        provisions=_statements(declared, "provisions", form.provisions),
        not_stated=frozenset(key for key in MAY_BE_SILENT if getattr(form, key) in (None, "not stated")),
        entries=(),
    )
    check_possible(declared, form)
    return replace(constitution, entries=tuple(declared.entries))


def _body(form: ConstitutionForm) -> Body:
    body = form.body
    return Body(
        id=body.id,
        name=body.name,
        short_name=body.short_name or body.name,
        kind=body.kind,
        partnership=body.partnership or "",
    )


def _version(declared: Declared, form: ConstitutionForm) -> Version:
    version = form.version
    if version.in_force_from and version.review_by and version.review_by < version.in_force_from:
        declared.problem(
            ("version", "review_by"),
            f"The review ({version.review_by}) is due before this version comes into force ({version.in_force_from}).",
        )
    return Version(
        number=version.number,
        title=version.title,
        in_force_from=version.in_force_from,
        review_by=version.review_by,
        note=version.note or "",
    )


def _statements(
    declared: Declared, section: str, forms: Sequence[StatementForm | SupportForm] | str | None
) -> tuple[Statement, ...]:
    if forms is None or isinstance(forms, str):
        return ()
    return tuple(
        Statement(
            id=one.id,
            clause=note_rule(declared, section, (section, index), one),
            reading=reading_of(one.reading),
            owner=getattr(one, "owner", ""),
        )
        for index, one in enumerate(forms)
    )


def _accountable_to(declared: Declared, form: ConstitutionForm) -> Accountability | None:
    rule = form.accountable_to
    if rule is None or isinstance(rule, str):
        return None
    if rule.body == form.body.id:
        declared.problem(("accountable_to", "body"), "A body cannot be accountable to itself.")
    return _accountability(declared, "accountable_to", ("accountable_to",), rule)


def _accountability(
    declared: Declared, section: str, path: tuple[str | int, ...], form: AccountableForm
) -> Accountability:
    return Accountability(
        id=form.id, clause=note_rule(declared, section, path, form), reading=reading_of(form.reading), body=form.body
    )
