"""Loading the demonstration, once; and moving today's meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings.models import Attendance, Meeting
from partnership.models import Partnership, User
from partnership.operations import system_author
from reviews.demo import tables
from reviews.demo.ahead import collect_replies, plan_the_year_ahead
from reviews.demo.business import draft_next_agendas
from reviews.demo.confidentiality import write_the_agreement
from reviews.demo.contacts import enter_contact_details
from reviews.demo.duties import keep_duties
from reviews.demo.groups import PARTNERSHIPS, enter_agencies, found_boards, found_partnerships, list_relevant_agencies
from reviews.demo.inductions import begin_inductions
from reviews.demo.limited import limit_an_item, open_a_case
from reviews.demo.mandates import settle_mandates
from reviews.demo.past import hold_past_meetings
from reviews.demo.people import add_seats_of_the_network, admit_team, fill_seats, register_people
from reviews.demo.register_of_agencies import tend_the_register
from reviews.demo.rules import draft_the_rules
from reviews.demo.seats import change_seats
from reviews.demo.stage import Stage
from reviews.demo.today import open_todays_meetings, refresh_todays_meetings

AUTHOR = "demonstration"


class NotLoaded(Exception):
    """There is no demonstration in this database."""


class OtherDataHere(Exception):
    """The database holds a partnership that is not of the demonstration."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was made."""

    partnerships: int
    boards: int
    people: int
    meetings: int
    rows: int


def is_loaded() -> bool:
    return Partnership.objects.filter(slug__in=PARTNERSHIPS).count() == len(PARTNERSHIPS)


@transaction.atomic
def load_demonstration(*, now: datetime) -> Loaded:
    """Make the whole demonstration around the instant `now`, all of it or nothing. Raises OtherDataHere."""
    if Partnership.objects.exists():
        raise OtherDataHere("This database already holds a partnership. Load the demonstration into an empty one.")
    stage = Stage(author=system_author(job=AUTHOR), now=now)
    found_partnerships(stage)
    register_people(stage)
    admit_team(stage)
    enter_agencies(stage)
    list_relevant_agencies(stage)
    found_boards(stage)
    add_seats_of_the_network(stage)
    fill_seats(stage)
    tend_the_register(stage)
    enter_contact_details(stage)
    begin_inductions(stage)
    write_the_agreement(stage)
    hold_past_meetings(stage)
    plan_the_year_ahead(stage)
    collect_replies(stage)
    draft_next_agendas(stage)
    change_seats(stage)
    open_todays_meetings(stage)
    limit_an_item(stage)
    draft_the_rules(stage)
    settle_mandates(stage)
    open_a_case(stage)
    keep_duties(stage)
    return Loaded(
        partnerships=len(stage.partnerships),
        boards=len(stage.boards),
        people=len(stage.people),
        meetings=Meeting.objects.count(),
        rows=Attendance.objects.count(),
    )


def refresh_demonstration(*, now: datetime) -> list[Meeting]:
    """Move today's two meetings to the last full hour; nothing else changes. Raises NotLoaded."""
    if not is_loaded():
        raise NotLoaded("The demonstration is not loaded yet. Run load_demo without --refresh first.")
    coordinators = {
        row.partnership: User.objects.get(email=tables.address_of(row.person))
        for row in tables.team()
        if row.role == "coordinator"
    }
    return refresh_todays_meetings(now=now, coordinators=coordinators)
