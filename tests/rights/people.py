"""Everybody whom the table asks about: the cast, and those whose standing is of a rarer kind."""

from __future__ import annotations

from datetime import timedelta

from meetings.models import Meeting
from membership.models import Seat
from membership.operations import appoint, end_appointment
from partnership.access import MEETING_ROLES, Role
from partnership.authorship import saved
from partnership.models import Standing, StandingSource
from partnership.operations import admit_to_team, deactivate_person
from tests.cast import LONG_AGO, TODAY, Cast

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def assemble(cast: Cast, meeting: Meeting) -> None:
    """Enter the rarer people beside the cast of that meeting's board."""
    standing(cast, "vice-chair", Role.VICE_CHAIR)
    standing(cast, "substitute", Role.SUBSTITUTE, meeting=meeting)
    standing(cast, "adviser", Role.ADVISER, meeting=meeting)
    standing(cast, "lead representative", Role.LEAD_REPRESENTATIVE)
    standing(cast, "case tier", Role.CASE_TIER)
    admit_to_team(
        person=cast.person("administrator"),
        role=Role.ADMINISTRATOR,
        partnership=cast.partnership,
        starts_on=LONG_AGO,
        by=cast.author,
    )
    superuser = cast.person("superuser")
    superuser.is_superuser = True
    saved(superuser, by=cast.author, reason="Looks after the machine")
    ended = cast.seat("ended yesterday", "hmp")
    end_appointment(appointment=ended, ends_on=YESTERDAY, reason="Left", by=cast.author)
    starts = cast.person("starts tomorrow")
    appoint(seat=cast.seats["hmp"], person=starts, starts_on=TOMORROW, by=cast.author)
    for seat in (cast.seats["probation"], Seat.objects.get(board=cast.elsewhere, key="probation")):
        appoint(seat=seat, person=cast.person("member of two"), starts_on=LONG_AGO, by=cast.author)
    cast.person("deactivated")


def deactivate(cast: Cast) -> None:
    """Let the member who has signed in already be deactivated: their session must open nothing any more."""
    appoint(seat=cast.seats["special-school"], person=cast["deactivated"], starts_on=LONG_AGO, by=cast.author)
    deactivate_person(person=cast["deactivated"], reason="Left", by=cast.author)


def standing(cast: Cast, name: str, role: Role, *, meeting: Meeting | None = None) -> Standing:
    """A standing as an appointment or a substitution gives it, without the act behind it."""
    only_there = role in MEETING_ROLES
    given = Standing(
        person=cast.person(name),
        role=role,
        partnership=cast.partnership,
        board=cast.board,
        meeting_id=meeting.pk if only_there and meeting is not None else None,
        starts_on=LONG_AGO,
        source=StandingSource.SUBSTITUTION if only_there else StandingSource.APPOINTMENT,
        source_id=900_000 + len(cast.people),
    )
    return saved(given, by=cast.author, reason=f"Stands as {role.label.lower()}")
