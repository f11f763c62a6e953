"""Who signs a version of the rules, by the rules themselves: offices, and lead representatives of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from membership.models import Appointment, AppointmentKind, LeadRepresentative
from membership.roles import seat_id_in_terms
from membership.seat_changes import agencies_by_terms
from partnership.models import ConstitutionDraft, User
from partnership.queries import terms_in, terms_of
from partnership.rules.arrangements import Signatories
from partnership.rules.constitution import Constitution as Terms


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """One signature that is asked for, and who may give it today."""

    key: str
    capacity: str
    people: tuple[User, ...]


def signatories_for(draft: ConstitutionDraft) -> tuple[Signatories | None, Terms]:
    """The rule on signatures that holds for a draft: that of the version in force while they sign, else its own."""
    own = terms_in(text=draft.text)
    if draft.follows is not None:
        before = terms_of(constitution=draft.follows)
        if before.signatories is not None:
            return before.signatories, before
    return own.signatories, own


def must_be_signed(before: Terms | None, after: Terms) -> bool:
    """Whether a version is signed before it is in force: by the rules before it, or by its own."""
    return any(terms is not None and terms.signatories is not None for terms in (before, after))


def signing_places(*, draft: ConstitutionDraft, on: date) -> tuple[SigningPlace, ...]:
    """Every signature that the rules ask for; none where they name nobody. A fixed number of queries."""
    rule, terms = signatories_for(draft)
    if rule is None:
        return ()
    return (*_of_offices(rule, terms, draft, on), *_of_leads(rule, terms, draft, on))


def _of_offices(rule: Signatories, terms: Terms, draft: ConstitutionDraft, on: date) -> list[SigningPlace]:
    if not rule.offices:
        return []
    seats = {seat.id: seat.offices for seat in terms.quorum.seats}
    holders: dict[str, list[User]] = {}
    held = Appointment.objects.filter(seat__board=draft.board_id, kind=AppointmentKind.REPRESENTATIVE)
    for appointment in held.in_force(on).select_related("seat", "person"):
        for office in seats.get(seat_id_in_terms(appointment.seat.key), ()):
            holders.setdefault(office, []).append(appointment.person)
    return [
        SigningPlace(
            f"office:{office}",
            terms.quorum.offices[office].name if office in terms.quorum.offices else office,
            tuple(holders.get(office, ())),
        )
        for office in rule.offices
    ]


def _of_leads(rule: Signatories, terms: Terms, draft: ConstitutionDraft, on: date) -> list[SigningPlace]:
    agencies = agencies_by_terms(board=draft.board, before=terms, after=terms)
    leads = LeadRepresentative.objects.in_force(on).filter(partnership=draft.board.partnership_id)
    people: dict[int, list[User]] = {}
    for lead in leads.select_related("person"):
        people.setdefault(lead.agency_id, []).append(lead.person)
    names = terms.quorum.organisations
    return [
        SigningPlace(
            f"organisation:{each}",
            f"the lead representative of {names[each].name if each in names else each}",
            tuple(people.get(agencies[each].pk, ())) if each in agencies else (),
        )
        for each in rule.lead_representatives
    ]
