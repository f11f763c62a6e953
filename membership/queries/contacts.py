"""Contact details as they stand: one's own, partnership by partnership, and those of everybody on a board's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from membership.duties import DETAILS
from membership.models import Appointment, ContactDetails, DetailsCheck
from membership.queries import team_of
from partnership.models import Board, Obligation, Partnership, Standing, User
from partnership.queries import partnerships_of

DETAILS_CHECK = "membership.detailscheck"


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """A person's details in one partnership. `asked` is the earliest open obligation to confirm them."""

    partnership: Partnership
    details: ContactDetails
    asked: Obligation | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a board's list: by an appointment, or as one of the team. `asked` as above, for that board alone."""

    person: User
    appointment: Appointment | None
    standing: Standing | None
    details: ContactDetails
    asked: Obligation | None


def own_details(*, person: User, on: date) -> list[OwnDetails]:
    """What the person says of themselves, in each partnership in which they have a standing. Four queries."""
    partnerships = partnerships_of(user=person, on=on)
    known = {details.partnership_id: details for details in ContactDetails.objects.filter(person=person)}
    checks = DetailsCheck.objects.filter(person=person).select_related("board")
    asked: dict[int, Obligation] = {}
    by_check = _asked({check.pk for check in checks})
    for check in checks:
        found = by_check.get(check.pk)
        earlier = asked.get(check.board.partnership_id)
        if found is not None and (earlier is None or found.due_on < earlier.due_on):
            asked[check.board.partnership_id] = found
    return [
        OwnDetails(here, known.get(here.pk) or blank_details(here, person), asked.get(here.pk)) for here in partnerships
    ]


def details_of(*, partnership: Partnership, person: User) -> ContactDetails:
    """What is recorded of the person; blank where nothing is."""
    found = ContactDetails.objects.filter(partnership=partnership, person=person).first()
    return found or blank_details(partnership, person)


def blank_details(partnership: Partnership, person: User) -> ContactDetails:
    return ContactDetails(partnership=partnership, person=person)


def listed_on(*, board: Board, on: date) -> list[Listed]:
    """Everybody on the board's list that day, seat by seat, then the team. For whoever may read it; five queries."""
    held = Appointment.objects.filter(seat__board=board).in_force(on).select_related("person", "seat")
    appointments = list(held.order_by("seat__position", "seat__name", "order", "starts_on"))
    team = team_of(board=board, on=on)
    people = {each.person_id for each in appointments} | {each.person_id for each in team}
    details = {
        each.person_id: each
        for each in ContactDetails.objects.filter(partnership=board.partnership_id, person__in=people)
    }
    checks = dict(DetailsCheck.objects.filter(board=board).values_list("pk", "person"))
    asked = {checks[check]: obligation for check, obligation in _asked(checks).items()}

    def line(person: User, appointment: Appointment | None, standing: Standing | None) -> Listed:
        known = details.get(person.pk) or blank_details(board.partnership, person)
        return Listed(person, appointment, standing, known, asked.get(person.pk))

    seated = [line(each.person, each, None) for each in appointments]
    serving = {each.person_id: line(each.person, None, each) for each in reversed(team)}
    return seated + [serving[each.person_id] for each in team if each is serving[each.person_id].standing]


def stale_by_board(*, boards: Iterable[Board], on: date) -> dict[int, int]:
    """How many people have not confirmed their details in time, by board. One query."""
    late = Obligation.objects.open().filter(board__in=list(boards), cause_type=DETAILS_CHECK, due_on__lt=on)
    found: dict[int, int] = {}
    for board in late.values_list("board", flat=True):
        found[board] = found.get(board, 0) + 1
    return found


def _asked(checks: Iterable[int]) -> dict[int, Obligation]:
    """What is open, by the check it hangs on. One query."""
    rows = Obligation.objects.open().filter(cause_type=DETAILS_CHECK, cause_id__in=list(checks), duty=DETAILS)
    return {row.cause_id: row for row in rows.select_related("constitution", "board")}
