"""Whom words of the terms mean at agencies: the officer who answers for one, and the lead representatives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from membership.models import AgencyOfficer, LeadRepresentative
from partnership.access import in_force
from partnership.models import Obligation, User
from partnership.obligations.causes import cause_of
from partnership.obligations.holders import Holder, enter


def _officers(obligations: Iterable[Obligation], rows: Mapping[int, Any], on: date) -> dict[int, list[User]]:
    """Who is named as senior officer of the agency whose it is, and has an account. One query."""
    asked = _agencies(obligations, rows)
    named = AgencyOfficer.objects.filter(in_force(on), agency__in={agency for _, agency in asked.values()})
    people = {
        (each.partnership_id, each.agency_id): each.person
        for each in named.filter(person__is_active=True).select_related("person")
        if each.person is not None
    }
    return {pk: [people[key]] for pk, key in asked.items() if key in people}


def _leads_of_agency(obligations: Iterable[Obligation], rows: Mapping[int, Any], on: date) -> dict[int, list[User]]:
    """Who leads for the agency whose it is. One query."""
    asked = _agencies(obligations, rows)
    held = LeadRepresentative.objects.in_force(on).filter(agency__in={agency for _, agency in asked.values()})
    people = {
        (each.partnership_id, each.agency_id): each.person
        for each in held.filter(person__is_active=True).select_related("person")
    }
    return {pk: [people[key]] for pk, key in asked.items() if key in people}


def _all_leads(obligations: Iterable[Obligation], _: Mapping[int, Any], on: date) -> dict[int, list[User]]:
    """Every lead representative of the partnership. One query."""
    those = list(obligations)
    places = {each.board.partnership_id for each in those}
    held = LeadRepresentative.objects.in_force(on).filter(partnership__in=places, person__is_active=True)
    found: dict[int, dict[int, User]] = {place: {} for place in places}
    for each in held.select_related("person").order_by("person__name", "pk"):
        found[each.partnership_id][each.person_id] = each.person
    return {each.pk: list(found[each.board.partnership_id].values()) for each in those}


def _agencies(obligations: Iterable[Obligation], rows: Mapping[int, Any]) -> dict[int, tuple[int, int]]:
    """Partnership and agency of each that is an agency's, by the obligation's id."""
    found = {}
    for each in obligations:
        agency, row = cause_of(each.cause_type).agency, rows.get(each.pk)
        agency_id = agency(row) if agency is not None and row is not None else None
        if agency_id is not None:
            found[each.pk] = (each.board.partnership_id, agency_id)
    return found


def enter_words() -> None:
    """Make them known; once, when the app starts."""
    enter(
        Holder("agency's lead officer", _officers, told_as="the officer who answers for your agency"),
        Holder("agency's senior officer", _officers, told_as="the officer who answers for your agency"),
        Holder("lead representative", _leads_of_agency, told_as="your agency's lead representative"),
        Holder("lead representatives", _all_leads, told_as="one of the lead representatives"),
        Holder("three partners", _all_leads, told_as="one of the lead representatives"),
    )
