"""The members' page, a seat's page, every act on a seat: what it changes is shown, then done; nothing typed is lost."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from meetings.models import Meeting, ReplyAnswer
from meetings.operations import agree_action, reply
from membership.models import (
    Agency,
    AgencyKind,
    Appointment,
    Grade,
    Leave,
    LeftVacant,
    StatutoryRole,
)
from membership.operations import (
    end_appointment,
    enter_agency,
    enter_grade_ladder,
    grant_leave,
    leave_vacant,
    name_deputy,
)
from membership.queries import deputies_for, representative_of
from membership.queries.seat_history import times_changed
from partnership.authorship import saved
from partnership.models import User
from partnership.operations import deactivate_person
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.conftest import SignedIn

BOARD = "/p/isle-of-wight/main-board/"
MEMBERS = BOARD + "members/"
POLICE = MEMBERS + "constabulary/"
ICB = MEMBERS + "icb/"
APRIL = date(2027, 4, 1)
DAY = timedelta(days=1)


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def day(on: date, name: str = "starts_on") -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def seen(cast: Cast, key: str = "constabulary") -> dict[str, str]:
    return {"seen": str(times_changed(seat=cast.seats[key]))}


@pytest.fixture
def team(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in("coordinator")


@pytest.fixture
def june(cast: Cast) -> Meeting:
    return cast.meeting(on=date(2027, 6, 16))


@pytest.fixture
def council(cast: Cast) -> Agency:
    """The police seat's agency, with its ladder; the member is a director."""
    agency = enter_agency(
        slug="police",
        name="Constabulary of the Island",
        kind=AgencyKind.POLICE,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
        by=cast.author,
    )
    ladder = enter_grade_ladder(agency=agency, name="Ranks", grades=("Chief", "Inspector", "Sergeant"), by=cast.author)
    seat = cast.seats["constabulary"]
    seat.agency = agency
    saved(seat, by=cast.author, reason="Agency known")
    held = cast.appointments["member"]
    held.grade = ladder.grades.get(rank=1)
    saved(held, by=cast.author, reason="Grade known")
    return agency


# --- the two pages ----------------------------------------------------------------------------------------------------


def test_members_in_order_with_what_is_missing_said(
    cast: Cast, council: Agency, team: Client, signed_in: SignedIn
) -> None:
    name_deputy(seat=cast.seats["constabulary"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    leave_vacant(seat=cast.seats["icb"], starts_on=TODAY, reason="Being recruited to", by=cast["coordinator"])
    grant_leave(
        appointment=cast.appointments["member"], starts_on=TODAY, ends_on=APRIL, reason="Illness", by=cast["manager"]
    )
    said = text(team.get(MEMBERS))
    assert "1. Deputy since 5 January 2026 2. Nobody since 17 March 2027" in said
    assert "Statutory partner" in said
    assert "Vacant Left vacant: Being recruited to" in said
    assert "A vacant seat counts as absent until filled." in said
    assert "On leave until 1 April 2027" in said
    assert "No deputy named" in said, "the chair has none"
    theirs = text(signed_in("observer").get(MEMBERS))
    assert "Vacant" in theirs
    assert "leave until" not in theirs


def test_a_seat_over_time_with_its_gaps(cast: Cast, team: Client, signed_in: SignedIn) -> None:
    end_appointment(
        appointment=cast.appointments["member"], ends_on=TODAY - 9 * DAY, reason="Left", by=cast["coordinator"]
    )
    said = text(team.get(POLICE))
    assert "No one holds this seat. It counts as absent until filled." in said
    assert "Vacant since 9 March 2027 (9 days)" in said
    assert "Member" in said
    assert "5 January 2026 to 8 March 2027" in said
    assert "Earlier deputies Deputy, 5 January 2026 to 8 March 2027" in said
    assert "Appoint a representative" in said
    assert "Appoint a representative" not in text(signed_in("observer").get(POLICE))


def test_grades_are_for_the_chair_and_leave_for_the_team(cast: Cast, council: Agency, signed_in: SignedIn) -> None:
    grant_leave(appointment=cast.appointments["member"], starts_on=APRIL, reason="Illness", by=cast["manager"])
    reads = {
        name: (page := text(signed_in(name).get(POLICE))) and ("Grade: Chief" in page, "Illness" in page)
        for name in ("coordinator", "manager", "chair", "scrutineer", "deputy", "neighbour")
    }
    assert reads == {
        "coordinator": (True, True),
        "manager": (True, True),
        "chair": (True, False),
        "scrutineer": (False, False),
        "deputy": (False, False),
        "neighbour": (False, False),
    }


def test_no_seat_of_that_key_is_a_404(team: Client) -> None:
    assert team.get(MEMBERS + "nowhere/").status_code == 404
    assert team.get(MEMBERS + "a%00b/").status_code == 404
    assert team.get(POLICE + "holders/999999/end/").status_code == 404


# --- appointing -------------------------------------------------------------------------------------------------------


def test_somebody_new_is_appointed_after_what_it_changes_was_shown(cast: Cast, june: Meeting, team: Client) -> None:
    form = {
        **seen(cast, "icb"),
        "name": "Kim Day",
        "email": "Kim.Day@example.org",
        **day(TODAY),
    }
    shown = team.post(ICB + "appoint/", form)
    said = text(shown)
    assert shown.status_code == 200
    assert "Representative Nobody: the seat is vacant Kim Day" in said
    assert "Quorum on 16 June if somebody comes for every seat" in said
    assert "Kim Day votes for the seat" in said
    assert "Kim Day, member" in said
    assert "Seat's rate in 2027" in said
    assert not User.objects.filter(name="Kim Day").exists(), "nothing is kept before it is confirmed"
    assert not Appointment.objects.filter(seat=cast.seats["icb"]).exists()
    done = team.post(ICB + "appoint/", form | {"confirm": "yes"}, follow=True)
    assert "The appointment is recorded." in text(done)
    held = representative_of(seat=cast.seats["icb"], on=TODAY)
    assert held is not None
    assert (held.person.email, held.history.get().history_user) == ("kim.day@example.org", cast["coordinator"])


def test_a_closed_account_is_not_appointed(cast: Cast, team: Client) -> None:
    deactivate_person(person=cast.person("gone"), reason="Left", by=cast.author)
    for address, sentence in (
        (cast["gone"].email.upper(), "That account is closed."),
        (cast.author.email, "Enter an e-mail address, like name@example.org."),
    ):
        form = {**seen(cast, "icb"), "name": "Gone", "email": address, **day(TODAY), "confirm": "yes"}
        refused = team.post(ICB + "appoint/", form)
        assert refused.status_code == 400
        assert sentence in text(refused)
    assert representative_of(seat=cast.seats["icb"], on=TODAY) is None


def test_one_account_serves_every_partnership(cast: Cast, team: Client) -> None:
    form = {**seen(cast, "icb"), "name": "Whoever", "email": "OUTSIDER@example.org", **day(TODAY), "confirm": "yes"}
    assert team.post(ICB + "appoint/", form).status_code == 302
    held = representative_of(seat=cast.seats["icb"], on=TODAY)
    assert held is not None
    assert held.person == cast["outsider"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Choose who it is, or enter the name of somebody new."),
        ({"email": ""}, "Enter their work e-mail address."),
        ({"email": "kim at work"}, "Enter an e-mail address, like name@example.org."),
        ({"starts_on_0": ""}, "Enter their first day."),
        ({"ends_on_0": "1"}, "Enter the day, the month and the year."),
        ({"starts_on_0": "", "starts_on_1": "", "starts_on_2": ""}, "Enter their first day."),
        ({"starts_on_0": "31", "starts_on_1": "2"}, "There is no such date. Check the day and the month."),
        (
            {"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2027"},
            "The last day, 1 January 2027, is before the first",
        ),
        ({"who": "999999", "name": "", "email": ""}, "Choose one of the people."),
        ({"starts_on_2": "2025"}, "does not exist on every day of that period"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    cast: Cast, team: Client, changed: dict[str, str], sentence: str
) -> None:
    form = {**seen(cast, "icb"), "name": "Kim Day", "email": "kim@example.org", **day(TODAY)} | changed
    for sent in (form, form | {"confirm": "yes"}):
        response = team.post(ICB + "appoint/", sent)
        assert response.status_code == 400
        page = html.unescape(response.content.decode())
        assert page.count(sentence) == 2, "in the summary and at the field"
        assert "Kim Day" in page or "name" in changed
    assert not Appointment.objects.filter(seat=cast.seats["icb"]).exists()


@pytest.mark.parametrize("typed", ["Eve\x00Moor", "\ud800", "x" * 5000])
def test_whatever_is_typed_is_answered(cast: Cast, team: Client, typed: str) -> None:
    sent = typed.encode("utf-8", "surrogatepass")
    form = {**seen(cast, "icb"), "name": sent, "email": sent[:50], **day(TODAY)}
    assert team.post(ICB + "appoint/", form).status_code == 400


# --- handing over -----------------------------------------------------------------------------------------------------


def test_a_handover_shows_what_follows_and_what_never_does(cast: Cast, june: Meeting, team: Client) -> None:
    action = agree_action(board=cast.board, text="Report", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])
    reply(meeting=june, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    form = {**seen(cast), "who": str(cast["neighbour"].pk), "reason": "Promoted", **day(APRIL)}
    said = text(team.post(POLICE + "hand-over/", form))
    assert "What changes, as of 1 April 2027" in said
    assert "Representative Member Neighbour" in said
    assert f"Open actions of the seat {action.reference} (Member) {action.reference} (Neighbour)" in said
    assert "16 June: Member comes None: the seat is asked" in said
    assert "restricted papers that were opened to the predecessor never follow" in said
    action.refresh_from_db()
    assert action.owner == cast["member"]
    team.post(POLICE + "hand-over/", form | {"confirm": "yes"})
    assert representative_of(seat=cast.seats["constabulary"], on=APRIL).person == cast["neighbour"]  # type: ignore[union-attr]
    assert representative_of(seat=cast.seats["constabulary"], on=APRIL - DAY).person == cast["member"]  # type: ignore[union-attr]


# --- deputies ---------------------------------------------------------------------------------------------------------


def naming(cast: Cast, grade: int, **said: str) -> dict[str, str]:
    return {
        **seen(cast),
        "who": str(cast["neighbour"].pk),
        "grade": str(Grade.objects.get(rank=grade).pk),
        "authority": "yes",
        "declared_by": "Member",
        **day(TODAY),
        **said,
    }


def test_must_is_refused_and_should_is_asked_why(cast: Cast, council: Agency, team: Client) -> None:
    page = POLICE + "name-deputy/"
    assert "Does the deputy have the same decision-making authority as Member?" in text(team.get(page))
    refused = team.post(page, naming(cast, 2, authority="no"))
    assert refused.status_code == 400
    assert text(refused).count("The deputy must have the same decision-making authority as Member.") == 2
    assert re.search(r'value="no"[^>]* checked', refused.content.decode())
    warned = team.post(page, naming(cast, 3))
    assert warned.status_code == 400
    assert "The deputy should be the same grade as Member or one grade lower. Say why this deputy is named." in text(
        warned
    )
    done = naming(cast, 3, deputy_reason="Everybody else is new", confirm="yes")
    assert team.post(page, done).status_code == 302
    held = deputies_for(seat=cast.seats["constabulary"], on=TODAY)[-1]
    assert (held.deputy_reason, held.has_same_authority, held.declared_by) == ("Everybody else is new", True, "Member")
    said = text(team.get(POLICE))
    assert "Named outside the rule for deputies: Everybody else is new" in said
    assert "The same decision-making authority, declared by Member on 17 March 2027" in said


def test_one_grade_lower_is_accepted_without_a_word(cast: Cast, council: Agency, team: Client) -> None:
    form = naming(cast, 2, deputy_reason="Not needed", confirm="yes")
    assert team.post(POLICE + "name-deputy/", form).status_code == 302
    assert deputies_for(seat=cast.seats["constabulary"], on=TODAY)[-1].deputy_reason == ""


def test_deputies_are_moved_by_buttons(cast: Cast, team: Client) -> None:
    second = name_deputy(seat=cast.seats["constabulary"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    address = f"{POLICE}holders/{second.pk}/move/"
    assert f'action="{address}"' in team.get(POLICE).content.decode()
    team.post(address, {"move": "up"})
    assert deputies_for(seat=cast.seats["constabulary"], on=TODAY)[0].person == cast["nobody"]
    assert team.get(address).status_code == 405


# --- the other acts ---------------------------------------------------------------------------------------------------


def test_every_other_act_is_shown_then_done(cast: Cast, team: Client) -> None:
    member = cast.appointments["member"]
    deputy = deputies_for(seat=cast.seats["constabulary"], on=TODAY)[0]

    def act(number: int, name: str, **said: str) -> str:
        address = f"{POLICE}holders/{number}/{name}/"
        assert team.get(address).status_code == 200
        shown = team.post(address, seen(cast) | said)
        assert shown.status_code == 200, text(shown)
        done = team.post(address, seen(cast) | said | {"confirm": "yes"}, follow=True)
        assert done.redirect_chain, text(done)
        return text(shown)

    assert "Member, on leave" in act(member.pk, "leave", **day(TODAY), reason="Illness")
    assert Leave.objects.get().reason == "Illness"
    act(member.pk, "back", **day(TODAY, "ends_on"))
    assert Leave.objects.get().until == TODAY + DAY
    act(member.pk, "may-commit", **day(TODAY, "on"), confirmed_by="The chief constable")
    assert "Confirmed by The chief constable on 17 March 2027" in text(team.get(POLICE))
    act(deputy.pk, "declare", **day(TODAY, "on"), authority="no", declared_by="Member")
    assert "Not the same decision-making authority, declared by Member" in text(team.get(POLICE))
    act(member.pk, "correct", **day(LONG_AGO + DAY), reason="Mistyped")
    assert Appointment.objects.get(pk=member.pk).starts_on == LONG_AGO + DAY
    shown = act(member.pk, "end", **day(APRIL, "ends_on"), reason="Left")
    assert "Representative Member Nobody: the seat is vacant" in shown
    assert Appointment.objects.get(pk=deputy.pk).until == APRIL + DAY


def test_a_vacant_seat_is_left_vacant_with_a_reason(cast: Cast, team: Client) -> None:
    form = {**seen(cast, "icb"), **day(TODAY)}
    assert "Say why the seat is left vacant." in text(team.post(ICB + "leave-vacant/", form))
    team.post(ICB + "leave-vacant/", form | {"reason": "Frozen", "confirm": "yes"})
    assert LeftVacant.objects.get().reason == "Frozen"
    assert "Left vacant since 17 March 2027: Frozen" in text(team.get(ICB))


# --- two at once ------------------------------------------------------------------------------------------------------


def test_of_two_coordinators_the_second_is_told_and_keeps_what_was_typed(cast: Cast, team: Client) -> None:
    form = {**seen(cast, "icb"), "name": "Kim Day", "email": "kim@example.org", **day(TODAY)}
    assert team.post(ICB + "appoint/", form).status_code == 200
    other = form | {"name": "Robin Vale", "email": "robin@example.org", "confirm": "yes"}
    assert team.post(ICB + "appoint/", other).status_code == 302
    clash = team.post(ICB + "appoint/", form | {"confirm": "yes"})
    assert clash.status_code == 409
    said = text(clash)
    assert "Somebody else changed this seat while you were writing. Nothing was saved." in said
    assert "It now says: Representative: Robin Vale. Deputies: no deputy." in said
    assert 'value="Kim Day"' in clash.content.decode()
    assert not User.objects.filter(name="Kim Day").exists()
    again = team.post(ICB + "appoint/", form | seen(cast, "icb") | {"confirm": "yes"})
    assert again.status_code == 400
    assert "Robin Vale is already representative" in text(again)


def test_back_from_the_check_keeps_what_was_typed(cast: Cast, team: Client) -> None:
    form = {**seen(cast, "icb"), "name": "Kim Day", "email": "kim@example.org", **day(TODAY)}
    drawn = team.post(ICB + "appoint/", form).content.decode()
    for value in ("Kim Day", "kim@example.org", "17", "2027"):
        assert f'value="{value}"' in drawn
    back = team.post(ICB + "appoint/", form | {"back": "yes"})
    assert back.status_code == 200
    assert 'value="Kim Day"' in back.content.decode()
