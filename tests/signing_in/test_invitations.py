"""Invitations: seven days, one use, one address, nothing by looking at it, one page for all that do not work (A13)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from membership.models import Appointment
from membership.operations import appoint, correct_appointment, end_appointment
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import (
    AuditEvent,
    Delivery,
    DeliveryState,
    Invitation,
    SignInAct,
    SignInEvent,
    SignInMeans,
    User,
    What,
)
from partnership.obligations.claims import claim, due_ids
from partnership.obligations.messages import message_for, rows_behind
from partnership.operations import admit_to_team, deactivate_person
from partnership.signing_in.invitations import (
    NobodyToInvite,
    TooManyInvitations,
    accept,
    invite,
    token_of,
    withdraw,
)
from partnership.signing_in.invited import Stage, invited_among
from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.rights.people import standing
from tests.signing_in.conftest import ADDRESS, Letters, MachineClock, asked_by, is_signed_in
from tests.signing_in.steps import SET_UP, set_up_an_app, with_app

BOARD = "/p/isle-of-wight/main-board/"
OVER = "This invitation does not work"


@pytest.fixture
def seated(real: User, cast: Cast) -> Appointment:
    """Somebody new, appointed to a seat, who has never been here."""
    return appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)


@pytest.fixture
def invitation(seated: Appointment, cast: Cast) -> Invitation:
    return invite(person=seated.person, board=cast.board, by=cast["coordinator"])


def address_of(invitation: Invitation) -> str:
    return f"/invitation/{token_of(invitation.uuid)}/"


def does_not_work(client: Client, invitation: Invitation) -> bool:
    """Neither to look at nor to accept, and always with the same page."""
    answers = [client.get(address_of(invitation)), client.post(address_of(invitation))]
    unknown = client.get("/invitation/none/")
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not is_signed_in(client)
    return all(_main(answer) == _main(unknown) and OVER in _main(answer) for answer in answers)


def _main(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined]  # an answer of the test client
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return found[0]


# --- accepting --------------------------------------------------------------------------------------------------------


def test_accepting_signs_in_and_leads_to_the_second_step(invitation: Invitation, letters: Letters) -> None:
    client = Client()
    page = client.get(address_of(invitation)).content.decode()
    assert "You are invited to Isle of Wight SCP" in page
    response = client.post(address_of(invitation), follow=True)
    assert response.redirect_chain[-1][0] == SET_UP
    assert is_signed_in(client)
    set_up_an_app(client)
    assert client.get("/").status_code == 200
    event = SignInEvent.objects.get(person=invitation.person, what=SignInAct.SIGNED_IN)
    assert event.how == SignInMeans.INVITATION


def test_looking_at_it_changes_nothing(invitation: Invitation, client: Client) -> None:
    """D23: mail scanners fetch every address, some of them twice."""
    before = SignInEvent.objects.count(), AuditEvent.objects.count()
    for _ in range(3):
        assert client.get(address_of(invitation)).status_code == 200
        assert client.head(address_of(invitation)).status_code == 200
    assert not is_signed_in(client)
    assert (SignInEvent.objects.count(), AuditEvent.objects.count()) == before
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_it_works_once(invitation: Invitation) -> None:
    Client().post(address_of(invitation))
    assert does_not_work(Client(), invitation)


def test_it_works_for_seven_days(invitation: Invitation, machine: MachineClock) -> None:
    machine.on(days=7, seconds=-1)
    assert Client().get(address_of(invitation)).status_code == 200
    machine.on(seconds=1)
    assert does_not_work(Client(), invitation)


def test_withdrawn_it_opens_nothing(invitation: Invitation, cast: Cast) -> None:
    withdraw(person=invitation.person, board=cast.board, by=cast["manager"])
    assert does_not_work(Client(), invitation)


def test_sent_anew_the_one_before_opens_nothing(invitation: Invitation, cast: Cast) -> None:
    newer = invite(person=invitation.person, board=cast.board, by=cast["manager"])
    assert does_not_work(Client(), invitation)
    assert Client().get(address_of(newer)).status_code == 200


def test_void_when_the_address_changes(invitation: Invitation, cast: Cast) -> None:
    """A13: it proved that one address is read, and the account has another by now."""
    person = invitation.person
    person.email = "another@example.org"
    saved(person, by=cast.author, reason="Married", fields=["email"])
    assert does_not_work(Client(), invitation)


def test_void_when_the_appointment_changes(invitation: Invitation, seated: Appointment, cast: Cast) -> None:
    later = date(2027, 12, 31)
    correct_appointment(
        appointment=seated, starts_on=LONG_AGO, ends_on=later, grade=None, reason="A term of a year", by=cast.author
    )
    assert does_not_work(Client(), invitation)


def test_void_when_the_appointment_ends(invitation: Invitation, seated: Appointment, cast: Cast) -> None:
    end_appointment(appointment=seated, ends_on=TODAY, reason="Left", by=cast.author)
    assert does_not_work(Client(), invitation)


def test_a_further_appointment_leaves_it_as_it_is(invitation: Invitation, cast: Cast) -> None:
    admit_to_team(person=invitation.person, role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    assert Client().get(address_of(invitation)).status_code == 200


def test_dead_with_the_account(invitation: Invitation, cast: Cast) -> None:
    deactivate_person(person=invitation.person, reason="Left", by=cast.author)
    assert does_not_work(Client(), invitation)


def test_somebody_with_a_second_step_takes_it_after_accepting(
    seated: Appointment, cast: Cast, letters: Letters
) -> None:
    """A9: an invitation is a first step, and no way round the second."""
    with_app(letters, ADDRESS)
    invitation = invite(person=seated.person, board=cast.board, by=cast["coordinator"])
    client = Client()
    response = client.post(address_of(invitation), follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/second-step/"
    assert client.get(BOARD).status_code == 302


def test_accepting_in_a_browser_of_somebody_else_signs_them_out(
    invitation: Invitation, signed_in: SignedIn, cast: Cast
) -> None:
    client = signed_in("chair")
    assert "Accepting signs them out" in client.get(address_of(invitation)).content.decode()
    client.post(address_of(invitation))
    assert client.session["_auth_user_id"] == str(invitation.person_id)


def test_of_two_at_once_one_is_accepted(invitation: Invitation) -> None:
    token = token_of(invitation.uuid)
    assert [accept(token), accept(token)] == [invitation.person, None]


# --- no way round it --------------------------------------------------------------------------------------------------


def test_no_code_before_the_first_invitation_is_accepted(
    invitation: Invitation, letters: Letters, machine: MachineClock
) -> None:
    """V22: an invitation that ended is not accepted by another way in."""
    asked_by(Client())
    assert letters.sent == 0
    machine.on(days=8)
    asked_by(Client())
    assert letters.sent == 0


def test_a_code_after_it_was_accepted(invitation: Invitation, letters: Letters) -> None:
    Client().post(address_of(invitation))
    asked_by(Client())
    assert letters.sent == 1


def test_whoever_has_been_here_is_sent_codes_whatever_becomes_of_an_invitation(
    seated: Appointment, cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    with_app(letters, ADDRESS)
    invite(person=seated.person, board=cast.board, by=cast["coordinator"])
    machine.on(days=8)
    asked_by(Client())
    assert letters.sent == 2


def test_nothing_of_the_database_opens_it(invitation: Invitation) -> None:
    kept = Invitation.objects.values().get(pk=invitation.pk)
    token = token_of(invitation.uuid)
    assert token not in str(kept)
    assert token not in str(list(Invitation.history.values()))
    assert Client().get(f"/invitation/{kept['token']}/").status_code == 404


def test_very_many_wrong_ones_are_slowed(invitation: Invitation, machine: MachineClock) -> None:
    client = Client()
    answers = [client.post(f"/invitation/guess-{number}/").status_code for number in range(21)]
    assert answers == [404] * 20 + [429]
    assert client.get(address_of(invitation)).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(address_of(invitation)).status_code == 200
    machine.on(hours=1, seconds=1)
    assert client.get(address_of(invitation)).status_code == 200


# --- inviting ---------------------------------------------------------------------------------------------------------


def test_nobody_is_invited_without_a_part_in_the_board(real: User, cast: Cast) -> None:
    with pytest.raises(NobodyToInvite):
        invite(person=real, board=cast.board, by=cast["coordinator"])


def test_no_more_than_three_a_day(invitation: Invitation, cast: Cast, machine: MachineClock) -> None:
    for _ in range(2):
        invite(person=invitation.person, board=cast.board, by=cast["manager"])
    with pytest.raises(TooManyInvitations):
        invite(person=invitation.person, board=cast.board, by=cast["manager"])
    machine.on(days=1, seconds=1)
    invite(person=invitation.person, board=cast.board, by=cast["manager"])


def test_each_act_is_in_the_trail(invitation: Invitation, cast: Cast) -> None:
    withdraw(person=invitation.person, board=cast.board, by=cast["manager"])
    newer = invite(person=invitation.person, board=cast.board, by=cast["coordinator"])
    accept(token_of(newer.uuid))
    events = AuditEvent.objects.filter(subject=invitation.person, kind="invitation").order_by("pk")
    assert [(event.what, event.person) for event in events] == [
        (What.INVITED, cast["coordinator"]),
        (What.INVITATION_WITHDRAWN, cast["manager"]),
        (What.INVITED, cast["coordinator"]),
        (What.INVITATION_ACCEPTED, invitation.person),
    ]


def test_the_message_leads_to_it_and_says_nothing_else(invitation: Invitation) -> None:
    delivery = Delivery.objects.select_related("announcement", "board__partnership", "recipient").get(
        announcement__kind="invitation"
    )
    message = message_for([delivery], rows_behind([delivery]), now=NOW)
    text = str(message.message())
    assert message.subject == "Your invitation to IOWSCP"
    assert message.to == [f"Real Person <{ADDRESS}>"]
    assert address_of(invitation) in message.body
    assert "Whoever has this message can accept in your place" in text
    assert token_of(invitation.uuid) not in message.subject


def test_a_message_that_waits_is_not_sent_when_the_invitation_is_over(invitation: Invitation, cast: Cast) -> None:
    withdraw(person=invitation.person, board=cast.board, by=cast["manager"])
    assert claim(due_ids(now=NOW, machine_now=NOW), now=NOW, machine_now=NOW, by=cast.author) == []
    assert Delivery.objects.get(announcement__kind="invitation").state == DeliveryState.CANCELLED


# --- what the team does and sees --------------------------------------------------------------------------------------


def stage_of(person: User, cast: Cast) -> Stage:
    return invited_among(people=[person], partnership_id=cast.partnership.pk)[person.pk].stage


def test_the_team_sees_how_far_somebody_is(
    seated: Appointment, cast: Cast, signed_in: SignedIn, machine: MachineClock
) -> None:
    person, client = seated.person, signed_in("coordinator")
    assert stage_of(person, cast) is Stage.NOT_INVITED
    client.post(f"{BOARD}invitations/{person.pk}/send/")
    assert stage_of(person, cast) is Stage.WAITING
    assert "Open until 24 March 2027" in client.get(f"{BOARD}invitations/").content.decode()
    assert "Invited" in client.get(f"{BOARD}members/").content.decode()
    client.post(f"{BOARD}invitations/{person.pk}/withdraw/")
    assert stage_of(person, cast) is Stage.WITHDRAWN
    made = invite(person=person, board=cast.board, by=cast["manager"])
    machine.on(days=7)
    assert stage_of(person, cast) is Stage.EXPIRED
    made = invite(person=person, board=cast.board, by=cast["manager"])
    accept(token_of(made.uuid))
    assert stage_of(person, cast) is Stage.ACCEPTED


def test_members_see_nothing_of_it(invitation: Invitation, signed_in: SignedIn) -> None:
    page = signed_in("member").get(f"{BOARD}members/").content.decode()
    assert "Invited" not in page
    assert "Who can sign in" not in page


def test_appointing_somebody_new_invites_them(cast: Cast, machine: MachineClock, signed_in: SignedIn) -> None:
    client, address = signed_in("coordinator"), f"{BOARD}members/probation/appoint/"
    said = {"seen": _seen(client, address), "name": "New Comer", "email": "new@example.org", "invite": "on"}
    said |= {"starts_on_0": "17", "starts_on_1": "3", "starts_on_2": "2027"}
    assert "Invite them to sign in" in client.post(address, said).content.decode()
    assert Invitation.objects.count() == 0, "nothing is sent before it is confirmed"
    assert client.post(address, said | {"confirm": "yes"}).status_code == 302
    made = Invitation.objects.get()
    assert (made.person.email, made.invited_by, made.board) == ("new@example.org", cast["coordinator"], cast.board)


def test_appointing_somebody_who_has_been_here_invites_nobody(
    cast: Cast, real: User, letters: Letters, signed_in: SignedIn
) -> None:
    with_app(letters, ADDRESS)
    client, address = signed_in("manager"), f"{BOARD}team/admit/"
    said = {"seen": "0", "email": ADDRESS, "name": "Real Person", "role": "coordinator", "invite": "on"}
    said |= {"starts_on_0": "17", "starts_on_1": "3", "starts_on_2": "2027", "confirm": "yes"}
    assert client.post(address, said).status_code == 302
    assert Invitation.objects.count() == 0


def test_admitting_somebody_new_to_the_team_invites_them(cast: Cast, signed_in: SignedIn) -> None:
    client, address = signed_in("manager"), f"{BOARD}team/admit/"
    said = {"seen": "0", "email": "clerk@example.org", "name": "New Clerk", "role": "coordinator", "invite": "on"}
    said |= {"starts_on_0": "17", "starts_on_1": "3", "starts_on_2": "2027", "confirm": "yes"}
    assert client.post(address, said).status_code == 302
    assert Invitation.objects.get().person.name == "New Clerk"
    assert "Invited" in client.get(f"{BOARD}team/").content.decode()


def test_the_case_tier_is_told_of_nowhere(cast: Cast, signed_in: SignedIn) -> None:
    standing(cast, "case tier", Role.CASE_TIER)
    client, person = signed_in("manager"), cast["case tier"]
    assert person.name not in client.get(f"{BOARD}invitations/").content.decode()
    assert client.post(f"{BOARD}invitations/{person.pk}/send/").status_code == 404


def _seen(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())
    assert found
    return found[1]
