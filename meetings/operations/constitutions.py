"""Bringing a further version of the rules into force: its seats, and what falls due for the meetings ahead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from meetings.duties import move_duties
from meetings.models import Meeting, MeetingStatus
from meetings.version_duties import version_adopted
from membership.models import Appointment, AppointmentKind
from membership.operations import bring_into_force, end_appointment
from membership.seat_changes import agencies_by_terms, seat_changes
from partnership import clock
from partnership.models import Board, Constitution, User
from partnership.obligations.features import plan_board
from partnership.operations import check_order
from partnership.queries import terms_in, terms_of
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import plain_date

ELSEWHERE = "recorded outside this system"


class NoReasonGiven(Exception):
    """Rules change for a reason, and the record keeps it."""


class NotFromThePast(Exception):
    """A version that began before today would judge meetings already held."""


class AnotherVersionAdopted(Exception):
    """A version was adopted after the one that this one was drawn up against."""

    def __init__(self, adopted: Constitution) -> None:
        self.adopted = adopted
        super().__init__(
            f"Version {adopted.version} was adopted meanwhile, in force from {plain_date(adopted.in_force_from)}. "
            "Nothing of yours was stored: check your text against that version."
        )


class OtherBody(Exception):
    """The file is the constitution of another group."""


class MeetingHasBegun(Exception):
    """The register of a meeting on or after that day is open or closed: the rules of its day stay."""


@transaction.atomic
def adopt_version(
    *,
    board: Board,
    text: str,
    in_force_from: date,
    after: Constitution | None,
    reason: str,
    by: User,
    signed: str = "",
    unseats: Collection[int] = (),
) -> Constitution:
    """Bring a further version into force, arrange its seats, and move what falls due for the meetings it governs.

    `after` is the version it was drawn up against (None: the board has none). `unseats` are the appointments known to
    end with their seats, by id; any other in a seat that goes is refused. `signed` says who signed, and when; it is
    kept with the reason.

    Raises NoReasonGiven, `membership.operations.SeatStillHeld`, `calendars.BeyondHorizon`, and as `check_it_may_follow`
    and `adopt_constitution` do.
    """
    if not reason.strip():
        raise NoReasonGiven("Say why the rules change.")
    terms = terms_in(text=text)
    Board.objects.select_for_update().get(pk=board.pk)
    check_it_may_follow(board=board, terms=terms, in_force_from=in_force_from, after=after)
    before = terms_of(constitution=after) if after is not None else None
    agencies = agencies_by_terms(board=board, before=before, after=terms)
    leaving = seat_changes(board=board, before=before, after=terms, from_on=in_force_from).unseated
    _unseat([each for each in leaving if each.pk in unseats], terms, in_force_from, by)
    signatures = f" Signed by: {signed.strip()}, {ELSEWHERE}." if signed.strip() else ""
    adopted = bring_into_force(
        board=board,
        text=text,
        in_force_from=in_force_from,
        agencies=agencies,
        reason=f"{reason.strip().rstrip('.')}.{signatures}",
        by=by,
    )
    for meeting in governed_by(board=board, from_on=in_force_from):
        move_duties(meeting=meeting, by=by)
    version_adopted(adopted=adopted, by=by)
    plan_board(board=adopted.board, by=by)
    return adopted


def check_it_may_follow(*, board: Board, terms: Terms, in_force_from: date, after: Constitution | None) -> None:
    """Whether a version may come next, as far as that shows before it is adopted. Nothing is written.

    Raises AnotherVersionAdopted, OtherBody, ConstitutionOutOfOrder, NotFromThePast, MeetingHasBegun.
    """
    latest = Constitution.objects.filter(board=board).order_by("-in_force_from").first()
    if latest is not None and (after is None or latest.pk != after.pk):
        raise AnotherVersionAdopted(latest)
    if latest is not None and terms.body.id != terms_of(constitution=latest).body.id:
        raise OtherBody(f"This file is the constitution of {terms.body.name}, not of {board.name}.")
    check_order(latest=latest, number=terms.version.number, begins_on=in_force_from)
    if in_force_from < clock.today():
        raise NotFromThePast(
            f"A version comes into force today or later: {plain_date(in_force_from)} has passed, "
            "and what was held stays judged by the rules of its day."
        )
    begun = Meeting.objects.filter(board=board, opened_at__isnull=False, on__gte=in_force_from).order_by("-on").first()
    if begun is not None:
        raise MeetingHasBegun(
            f"The register of the meeting on {plain_date(begun.on)} was opened under the rules of that day: "
            "a further version starts the day after, or later."
        )


def governed_by(*, board: Board, from_on: date) -> list[Meeting]:
    """The planned meetings that a version in force from that day governs, the next first."""
    planned = Meeting.objects.filter(board=board, status=MeetingStatus.PLANNED, opened_at=None, on__gte=from_on)
    return list(planned.select_related("board__partnership").order_by("on", "starts_at"))


def _unseat(leaving: list[Appointment], terms: Terms, in_force_from: date, by: User) -> None:
    """End these appointments with the day before. Deputies end with whom they stand in for."""
    reason = f"The seat ends with version {terms.version.number} of the terms of reference"
    last_day = in_force_from - timedelta(days=1)
    ended: set[int] = set()
    for appointment in sorted(leaving, key=lambda each: each.kind != AppointmentKind.REPRESENTATIVE):
        if appointment.seat_id in ended or appointment.starts_on > last_day:
            continue
        end_appointment(appointment=appointment, ends_on=last_day, reason=reason, by=by)
        if appointment.kind == AppointmentKind.REPRESENTATIVE:
            ended.add(appointment.seat_id)
