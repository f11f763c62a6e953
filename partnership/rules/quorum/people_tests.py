"""Tests that ask for particular people: offices held, organisations represented."""

from collections.abc import Sequence

from partnership.rules.plain_dates import listed
from partnership.rules.quorum import sentences
from partnership.rules.quorum.heads import Room
from partnership.rules.quorum.measured import Asked, Measured, named
from partnership.rules.quorum.preparation import Prepared
from partnership.rules.quorum.register import Here, fits
from partnership.rules.quorum.terms import Choice, Distinct, OfficeHeld, Organisations, Test


def measured_office(test: OfficeHeld, asked: Asked) -> Measured:
    """Somebody who holds the office is there, or somebody who stands in for its holder."""
    names = tuple([asked.body.prepared.office_names.get(one, one) for one in test.any_of])
    holders = asked.holders[test.any_of]
    counted = sum({one.row.person or index: one.row.number for index, one in enumerate(holders)}.values())
    passed = counted >= test.minimum
    if passed:
        held = {office for one in holders for office in one.offices}
        filled = [name for name, office in zip(names, test.any_of, strict=True) if office in held]
        phrase = sentences.offices_filled(filled, names[0], counted, test.minimum)
    else:
        phrase = sentences.offices_empty(names, counted, test.minimum)
    return Measured(
        needed=test.minimum,
        counted=counted,
        base=None,
        passed=passed,
        missing=() if passed else (listed(names, last="or"),),
        present=named(holders),
        phrase=phrase,
        wanted="" if passed else listed([f"the {name}" for name in names], last="or"),
    )


def measured_organisations(test: Organisations, asked: Asked) -> Measured:
    """Each of the organisations in force on the day, or so many of them, is represented."""
    on = asked.body.facts.meeting.on
    prepared = asked.body.prepared
    choices = [choice for choice in test.of if choice.in_force.covers(on)]
    present: list[str] = []
    missing: list[str] = []
    for choice in choices:
        there = [one for one in choice.any_of if one in asked.represented]
        if there:
            present += named(asked.represented[there[0]])
        else:
            missing.append(_named(choice, prepared))
    needed = len(choices) if test.minimum is None else test.minimum
    counted = len(choices) - len(missing)
    passed = counted >= needed
    return Measured(
        needed=needed,
        counted=counted,
        base=len(choices),
        passed=passed,
        missing=() if passed else tuple(missing) or (sentences.more(needed - counted),),
        present=tuple(dict.fromkeys(present)),
        phrase=_organisations_phrase(test, prepared, choices, counted, needed, missing),
        wanted="" if passed else sentences.organisations_wanted(missing, needed - counted),
    )


def is_empty(test: Test, asked: Asked) -> bool:
    """Whether a list of organisations has nothing in force on the day, and so asks for nothing."""
    on = asked.body.facts.meeting.on
    return isinstance(test, Organisations) and not any(choice.in_force.covers(on) for choice in test.of)


def measured_distinct(test: Distinct, asked: Asked) -> Measured:
    """So many different organisations are there, of those listed or of any."""
    present = [
        one
        for one in asked.room.here
        if one.capacity.represents and one.organisation and fits(test.who, one.categories, one.organisations)
    ]
    if test.of:
        different = {name for one in present for name in one.organisations} & set(test.of)
    else:
        different = {one.organisation for one in present if one.organisation}
    counted, passed = len(different), len(different) >= test.minimum
    return Measured(
        needed=test.minimum,
        counted=counted,
        base=len(test.of) if test.of else None,
        passed=passed,
        missing=() if passed else (sentences.more(test.minimum - counted),),
        present=tuple(
            dict.fromkeys(asked.body.prepared.name_of(one.organisation) for one in present if one.organisation)
        ),
        phrase=sentences.different_organisations(counted, test.minimum),
        wanted="" if passed else sentences.more_organisations(test.minimum - counted),
    )


def represented_by(room: Room) -> dict[str, list[Here]]:
    """For each organisation, who here represents it."""
    represented: dict[str, list[Here]] = {}
    for one in room.here:
        if one.capacity.represents:
            for organisation in one.organisations:
                represented.setdefault(organisation, []).append(one)
    return represented


def _named(choice: Choice, prepared: Prepared) -> str:
    """The organisations that may stand in this place, by name."""
    if len(choice.any_of) == 1:
        return prepared.name_of(choice.any_of[0])
    return listed([prepared.name_of(one) for one in choice.any_of], last="or")


def _organisations_phrase(
    test: Organisations, prepared: Prepared, choices: list[Choice], counted: int, needed: int, missing: Sequence[str]
) -> str:
    if test.minimum is not None:
        return sentences.some_organisations(test.name, counted, len(choices), needed)
    if missing:
        return sentences.not_represented(missing)
    if test.name:
        return sentences.all_present(test.name, needed)
    return sentences.represented([_named(choice, prepared) for choice in choices])
