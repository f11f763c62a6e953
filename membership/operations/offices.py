"""Offices that a member holds beside their own seat, and what the terms ask before somebody is appointed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from membership.models import Appointment, OfficeTerm
from membership.queries.offices import member_offices
from membership.roles import roles_of_office
from partnership.authorship import saved
from partnership.models import Board, Standing, StandingSource, User
from partnership.operations import day_after_last
from partnership.rules.quorum.terms import Office


class NotSuchAnOffice(Exception):
    """The terms have no such office that a member holds."""


class NotAMember(Exception):
    """The person represents no seat of the board on that day."""


class OfficeTaken(Exception):
    """Somebody holds the office on a day of the period."""


class ConsultationMissing(Exception):
    """It was not said who appointed, who was consulted, or when."""


@transaction.atomic
def appoint_to_office(
    *,
    board: Board,
    office: str,
    person: User,
    starts_on: date,
    appointed_by: str,
    consulted: str,
    consulted_on: date,
    by: User,
    ends_on: date | None = None,
) -> OfficeTerm:
    """Record that a member was appointed to an office, by whom, after consulting whom and when; `ends_on` is the last
    day. Raises NotSuchAnOffice, NotAMember, OfficeTaken, ConsultationMissing, EndsBeforeItStarts.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=board.pk)
    held = next((one for one in member_offices(board=board, on=starts_on) if one.id == office), None)
    if held is None:
        raise NotSuchAnOffice("The terms of reference have no such office.")
    if not (appointed_by.strip() and consulted.strip()):
        raise ConsultationMissing("Say who appointed them, and who was consulted.")
    sits = Appointment.objects.filter(seat__board=board, person=person).representatives().in_force(starts_on)
    if not sits.exists():
        raise NotAMember(f"{person} represents no seat of {board.short_name} on that day.")
    until = None if ends_on is None else day_after_last(starts_on=starts_on, ends_on=ends_on)
    others = OfficeTerm.objects.filter(Q(until=None) | Q(until__gt=starts_on), board=board, office=office)
    other = (others if until is None else others.filter(starts_on__lt=until)).select_related("person").first()
    if other is not None:
        raise OfficeTaken(f"{other.person} holds that office already. End it first.")
    term = OfficeTerm(
        board=board,
        office=office,
        person=person,
        starts_on=starts_on,
        until=until,
        appointed_by=appointed_by.strip(),
        consulted=consulted.strip(),
        consulted_on=consulted_on,
    )
    saved(term, by=by, reason=f"Appointed as {held.name}")
    _stand(term, held, by=by)
    return term


@transaction.atomic
def end_office(*, term: OfficeTerm, ends_on: date, reason: str, by: User) -> OfficeTerm:
    """End an office with that last day. Raises EndsBeforeItStarts."""
    term.until = day_after_last(starts_on=term.starts_on, ends_on=ends_on)
    saved(term, by=by, reason=reason, fields=["until"])
    for standing in Standing.objects.filter(source=StandingSource.OFFICE, source_id=term.pk):
        standing.until = term.until
        saved(standing, by=by, reason=reason, fields=["until"])
    return term


def _stand(term: OfficeTerm, office: Office, *, by: User) -> None:
    """Write the standings that the office gives."""
    for role in sorted(set(roles_of_office(office))):
        standing = Standing(
            person=term.person,
            role=role,
            partnership_id=term.board.partnership_id,
            board=term.board,
            starts_on=term.starts_on,
            until=term.until,
            source=StandingSource.OFFICE,
            source_id=term.pk,
        )
        saved(standing, by=by, reason=f"Appointed as {office.name}")
