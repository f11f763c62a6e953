"""What falls due because somebody holds a seat: details confirmed, induction done. The seat's terms say by when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse

from membership.models import Appointment, DetailsCheck, Induction
from partnership import access
from partnership.models import Obligation, User
from partnership.obligations.causes import Cause, Wording
from partnership.obligations.features import register
from partnership.obligations.hours import rule_of
from partnership.obligations.kept_rules import due_since_occurrence
from partnership.obligations.team import ROLE_OF_WORD, team_recipients

# The permanent ids of the duties that this application can see met.
DETAILS = "details-confirmed"
INDUCTION = "induction"


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _checks(ids: Collection[int]) -> dict[int, DetailsCheck]:
    return DetailsCheck.objects.select_related("board__partnership", "person").in_bulk(ids)


def _inductions(ids: Collection[int]) -> dict[int, Induction]:
    return Induction.objects.select_related("board__partnership", "person").in_bulk(ids)


def _recipients_through(
    load: Callable[[Collection[int]], Mapping[int, DetailsCheck | Induction]],
) -> Callable[[Iterable[Obligation], date], dict[int, list[User]]]:
    """The member while they hold a seat of the board, and whom of the team the rule names. Three queries at most."""

    def recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
        those = list(obligations)
        causes = load({each.cause_id for each in those})
        people = persons_seated({(cause.person_id, cause.board_id) for cause in causes.values()}, on)
        team = team_recipients([each for each in those if names_the_team(each)], on)
        found = {}
        for each in those:
            cause = causes.get(each.cause_id)
            member = people.get((cause.person_id, cause.board_id)) if cause else None
            found[each.pk] = [*([member] if member else []), *team.get(each.pk, [])]
        return found

    return recipients


def persons_seated(asked: Collection[tuple[int, int]], on: date) -> dict[tuple[int, int], User]:
    """The active people who hold a seat, or will, by person and board. One query."""
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=on),
        person__in={person for person, _ in asked},
        seat__board__in={board for _, board in asked},
        person__is_active=True,
    )
    found = {(each.person_id, each.seat.board_id): each.person for each in held.select_related("person", "seat")}
    return {key: person for key, person in found.items() if key in asked}


def names_the_team(obligation: Obligation) -> bool:
    """Whether the rule tells anybody of the team, too."""
    return any(word in ROLE_OF_WORD for word in rule_of(obligation).recipients)


DETAILS_CAUSE = Cause(
    model="membership.detailscheck",
    board=lambda check: check.board,
    load=_checks,
    is_open=lambda check, _: check.person.is_active,
    recipients=_recipients_through(_checks),
    address=lambda _, __: reverse("my_details"),
    wording=lambda check, _: Wording("your contact details, confirmed or corrected", check.board.short_name),
    is_of_one_person=True,
    due_again=due_since_occurrence,
)
INDUCTION_CAUSE = Cause(
    model="membership.induction",
    board=lambda induction: induction.board,
    load=_inductions,
    is_open=lambda induction, _: induction.stopped_on is None and induction.person.is_active,
    recipients=_recipients_through(_inductions),
    address=lambda induction, _: reverse("induction", args=[induction.board.partnership.slug, induction.uuid]),
    wording=lambda induction, _: Wording("the induction of a new member", induction.board.short_name, is_one=True),
    is_of_one_person=True,
    may_hear=lambda induction, person, on: access.may(person, access.Action.READ, induction, on=on),
)


def register_duties() -> None:
    """Make them known; once, when the app starts."""
    register(DETAILS, cause=DETAILS_CAUSE)
    register(INDUCTION, cause=INDUCTION_CAUSE)
