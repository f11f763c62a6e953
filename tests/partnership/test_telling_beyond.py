"""A step of an escalation tells somebody: whom the terms mean by no role, or else the team, which is told why."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from meetings.models import Action
from meetings.operations import agree_action, report_on_action
from membership.models import Agency, AgencyOfficer, Seat
from membership.operations import appoint
from membership.operations.agency_register import name_officer
from partnership.authorship import saved
from partnership.clock import LONDON
from partnership.models import Board, BoardKind, Delivery, Obligation, RemindersAs
from partnership.obligations.groups_named import groups_named
from partnership.obligations.operations import ensure_obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.operations import admit_to_team, choose_reminders, deactivate_person, found_board
from partnership.rights import Role
from tests.cast import LONG_AGO, TODAY, Cast
from tests.partnership.test_overdue import Carrier

APRIL = date(2027, 4, 22)
# A week after the action was due, which is a Thursday.
NEXT_WEEK = datetime(2027, 4, 29, 9, tzinfo=LONDON)


class Letters(Carrier):
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[EmailMultiAlternatives] = []

    def prepare(self, message: EmailMultiAlternatives) -> None:
        self.taken.append(message)

    def to(self, name: str) -> EmailMultiAlternatives:
        (found,) = [each for each in self.taken if f"{name}@" in each.to[0] and "New action" not in each.subject]
        return found


def given_an_agency(cast: Cast, seat: Seat) -> Agency:
    """The seat as an agency's own."""
    police = Agency(kind="police", statutory_role="statutory partner", slug="police")
    seat.agency = saved(police, by=cast.author, reason="Entered")
    saved(seat, by=cast.author, reason="The agency's")
    return police


@pytest.fixture
def action(cast: Cast) -> Action:
    given_an_agency(cast, cast.seats["constabulary"])
    return agree_action(board=cast.board, text="Review it", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])


def with_officer(cast: Cast, *, has_account: bool = True) -> None:
    name_officer(
        agency=Agency.objects.get(slug="police"),
        partnership=cast.partnership,
        name="Nobody",
        post="Chief Superintendent",
        from_on=LONG_AGO,
        person=cast["nobody"] if has_account else None,
        by=cast.author,
    )


def told(duty: str, offset: int) -> set[str]:
    rows = Delivery.objects.filter(obligation__duty=duty, offset=offset)
    return set(rows.values_list("recipient__name", flat=True))


def sent(cast: Cast, settings: Settings, now: datetime) -> Letters:
    settings.CLOCK_STOPPED_AT = now
    carrier = Letters()
    plan(now=now)
    sweep(now=now, by=cast.author, transport=carrier)
    return carrier


def test_the_officer_of_the_agency_gets_a_message_of_their_own(
    cast: Cast, action: Action, stopped_clock: Settings
) -> None:
    with_officer(cast)
    letters = sent(cast, stopped_clock, NEXT_WEEK)
    assert told("action-done", 7) == {"Member", "Deputy", "Nobody"}
    body = letters.to("nobody").body
    assert letters.to("nobody").recipients() == ["Nobody <nobody@example.org>"]
    assert f"An action for {action.reference}" in body.replace("an action", "An action")
    assert "7 days ago" in body
    assert "The terms name you, as the officer who answers for your agency" in body
    assert "Review it" not in body
    assert "/actions/" not in body, "they have no seat: they could open no page"
    assert "/actions/" in letters.to("member").body
    assert "The terms" not in letters.to("member").body


def test_an_officer_who_sits_there_is_led_to_the_page(cast: Cast, action: Action, stopped_clock: Settings) -> None:
    name_officer(
        agency=Agency.objects.get(slug="police"),
        partnership=cast.partnership,
        name="Observer",
        post="Chief",
        from_on=LONG_AGO,
        person=cast["observer"],
        by=cast.author,
    )
    assert "/actions/" in sent(cast, stopped_clock, NEXT_WEEK).to("observer").body


@pytest.mark.parametrize("state", ["nobody named", "without an account", "account closed", "ended"])
def test_where_nobody_is_named_the_team_hears_and_is_told_why(
    cast: Cast, action: Action, stopped_clock: Settings, state: str
) -> None:
    if state != "nobody named":
        with_officer(cast, has_account=state != "without an account")
    if state == "account closed":
        deactivate_person(person=cast["nobody"], reason="Left", by=cast.author)
    if state == "ended":
        AgencyOfficer.objects.filter(name="Nobody").update(until=TODAY)
    letters = sent(cast, stopped_clock, NEXT_WEEK)
    assert told("action-done", 7) == {"Member", "Deputy", "Coordinator", "Manager"}
    body = " ".join(letters.to("manager").body.split())
    assert "to the agency's lead officer now, and nobody is named here who can be written to as that" in body
    assert "Please tell them" not in letters.to("member").body


def test_an_officer_named_no_longer_when_it_is_claimed_is_not_told(
    cast: Cast, action: Action, stopped_clock: Settings
) -> None:
    with_officer(cast)
    plan(now=NEXT_WEEK)
    AgencyOfficer.objects.filter(name="Nobody").update(until=TODAY)
    sent(cast, stopped_clock, NEXT_WEEK)
    assert Delivery.objects.get(offset=7, recipient=cast["nobody"]).state == "skipped no access"


def test_while_it_is_asked_to_be_closed_nobody_hears(cast: Cast, action: Action, stopped_clock: Settings) -> None:
    with_officer(cast)
    report_on_action(action=action, text="Done", by=cast["member"], asks_to_close=True)
    sent(cast, stopped_clock, NEXT_WEEK)
    assert told("action-done", 7) == set()


def test_in_a_digest_it_says_the_same(cast: Cast, action: Action, stopped_clock: Settings) -> None:
    choose_reminders(person=cast["manager"], reminders_as=RemindersAs.DIGEST, by=cast.author)
    body = " ".join(sent(cast, stopped_clock, NEXT_WEEK).to("manager").body.split())
    assert "nobody is named here who can be written to as that" in body


def test_in_an_officers_digest_there_is_no_page_they_cannot_open(
    cast: Cast, action: Action, stopped_clock: Settings
) -> None:
    with_officer(cast)
    choose_reminders(person=cast["nobody"], reminders_as=RemindersAs.DIGEST, by=cast.author)
    body = " ".join(sent(cast, stopped_clock, NEXT_WEEK).to("nobody").body.split())
    assert "as the officer who answers for your agency" in body
    assert "/actions/" not in body


def test_an_office_that_is_vacant_is_said_to_the_team(cast: Cast, stopped_clock: Settings) -> None:
    meeting = cast.meeting(on=APRIL)
    cast["chair"].standings.update(until=TODAY)
    # The day after the papers were due.
    letters = sent(cast, stopped_clock, datetime(2027, 4, 16, 9, tzinfo=LONDON))
    assert told("papers", 1) == {"Coordinator", "Manager"}
    assert "told to the chair now" in " ".join(letters.to("coordinator").body.split())
    assert meeting.pk


def test_a_seat_without_a_deputy_names_no_your_to_others(cast: Cast, stopped_clock: Settings) -> None:
    admit_to_team(
        person=cast.person("city manager"), role=Role.MANAGER, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    seat = cast.elsewhere.seats.filter(office="").order_by("position")[0]
    given_an_agency(cast, seat)
    appoint(seat=seat, person=cast.person("police"), starts_on=TODAY, by=cast.author)
    asked = Obligation.objects.get(board=cast.elsewhere, duty="deputy-named")
    letters = sent(cast, stopped_clock, at_nine(asked.due_on, 14))
    body = " ".join(letters.to("city.manager").body.split())
    assert "a deputy for" in body.lower()
    assert "your seat" not in body
    assert "agency's lead officer" in body


def at_nine(due_on: date, days: int) -> datetime:
    day = date.fromordinal(due_on.toordinal() + days)
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


def test_what_goes_before_another_group_tells_the_team_so(cast: Cast, stopped_clock: Settings) -> None:
    row = ensure_obligation(
        duty="papers", cause=cast.meeting(on=APRIL), owner="coordinator", due_on=APRIL, by=cast.author
    )
    Board.objects.filter(pk=cast.neighbours.pk).update(name="Isle of Wight SCP Executive Group")
    found = groups_named(["Executive Group", "executive", "next Board", "Board", "Nobody at all"], row)
    assert {word: board.pk for word, board in found.items()} == {
        "Executive Group": cast.neighbours.pk,
        "executive": cast.neighbours.pk,
        "next Board": cast.board.pk,
        "Board": cast.board.pk,
    }
    found_board(
        partnership=cast.partnership,
        slug="other",
        name="Another Executive Group",
        short_name="Other",
        kind=BoardKind.EXECUTIVE,
        by=cast.author,
    )
    assert groups_named(["Executive Group"], row) == {}, "it could be either"
