"""Another address for an account: proved by a code that signs nobody in, or corrected by a manager; both are told."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from membership.models import Appointment
from membership.operations import appoint
from partnership.models import (
    AddressProof,
    AuditEvent,
    BrowserSession,
    Invitation,
    KnownBrowser,
    SignInAct,
    SignInCode,
    SignInEvent,
    User,
    What,
)
from partnership.operations import register_person
from partnership.signing_in.changing_address import NotTheirs, correct_address
from partnership.signing_in.courier import message_with
from partnership.signing_in.events import NOWHERE
from partnership.signing_in.invitations import accept, invite, token_of
from partnership.signing_in.invited import Stage, invited_among
from partnership.signing_in.second_step import factors_of
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import ADDRESS, CODE, Letters, MachineClock, asked_by, is_signed_in
from tests.signing_in.steps import AGAIN, OWN, SECOND_STEP, secret_of, shown_by_app, with_app, with_first_step

CHANGE, ENTER = OWN + "address/", OWN + "address/code/"
NEW, TAKEN = "real.person@new.example.org", "taken@example.org"
BOARD = "/p/isle-of-wight/main-board/"


@pytest.fixture
def mine(real: User, letters: Letters) -> Client:
    """The person's own browser, with an app set up just now."""
    client, _ = with_app(letters, ADDRESS)
    return client


def asks(client: Client, address: str = NEW) -> None:
    answer = client.post(CHANGE, {"address": address})
    assert (answer.status_code, answer["Location"]) == (302, ENTER)


def now(person: User) -> str:
    return User.objects.get(pk=person.pk).email


def acts(person: User) -> list[str]:
    return list(SignInEvent.objects.filter(person=person).order_by("pk").values_list("what", flat=True))


# --- by the person ----------------------------------------------------------------------------------------------------


def test_the_code_makes_the_address_theirs_and_nothing_before_it(mine: Client, real: User, letters: Letters) -> None:
    asks(mine)
    assert now(real) == ADDRESS
    letter = letters[-1]
    assert letter is not None
    assert message_with(letter).to == [f"Real Person <{NEW}>"]
    answer = mine.post(ENTER, {"code": letters.code})
    assert (answer.status_code, answer["Location"]) == (302, OWN)
    assert now(real) == NEW
    assert NEW in mine.get(OWN).content.decode()
    assert SignInAct.ADDRESS_CHANGED in acts(real)
    stranger = Client()
    asked_by(stranger, ADDRESS)
    assert letters[-1] is None, "the old address signs nobody in"
    asked_by(stranger, NEW)
    stranger.post(CODE, {"code": letters.code})
    assert is_signed_in(stranger)


def test_it_asks_for_a_fresh_proof(mine: Client, real: User, letters: Letters, machine: MachineClock) -> None:
    machine.on(minutes=6)
    for answer in (mine.get(CHANGE), mine.post(CHANGE, {"address": NEW})):
        assert (answer.status_code, answer["Location"]) == (302, SECOND_STEP)
    assert not AddressProof.objects.exists()


def test_the_code_signs_nobody_in(mine: Client, real: User, letters: Letters) -> None:
    """Neither at the page for codes, nor as a proof of who somebody is, nor in another browser."""
    stranger = Client()
    asked_by(stranger, ADDRESS)
    asks(mine)
    code = letters.code
    stranger.post(CODE, {"code": code})
    assert not is_signed_in(stranger)
    proof = AddressProof.objects.get()
    assert not SignInCode.objects.filter(uuid=proof.uuid).exists()
    other = with_first_step(letters, ADDRESS)
    assert other.post(ENTER, {"code": code}).status_code == 302
    assert now(real) == ADDRESS


def test_a_code_to_sign_in_proves_no_address(mine: Client, real: User, letters: Letters) -> None:
    asks(mine)
    asked_by(Client(), ADDRESS)
    assert mine.post(ENTER, {"code": letters.code}).status_code == 400
    assert now(real) == ADDRESS


def test_three_tries_ten_minutes_once(mine: Client, real: User, letters: Letters, machine: MachineClock) -> None:
    asks(mine)
    said = [mine.post(ENTER, {"code": "BCDF2345"}).content.decode() for _ in range(3)]
    assert "You can try 2 times more" in said[0]
    assert "does not work any more" in said[2]
    assert mine.post(ENTER, {"code": letters.code}).status_code == 400
    asks(mine)
    machine.on(minutes=10)
    assert mine.post(ENTER, {"code": letters.code}).status_code == 400
    assert now(real) == ADDRESS
    assert acts(real).count(SignInAct.ADDRESS_WRONG) == 3


def test_the_newest_of_a_browser_alone(mine: Client, real: User, letters: Letters) -> None:
    asks(mine)
    first = letters.code
    asks(mine, "other@example.org")
    assert mine.post(ENTER, {"code": first}).status_code == 400
    mine.post(ENTER, {"code": letters.code})
    assert now(real) == "other@example.org"


def test_an_address_that_is_somebodys_is_answered_alike(mine: Client, real: User, cast: Cast, letters: Letters) -> None:
    register_person(email=TAKEN, name="Somebody Else", by=cast.author)
    with CaptureQueriesContext(connection) as free:
        asks(mine)
    page = mine.get(ENTER).content.decode()
    with CaptureQueriesContext(connection) as taken:
        asks(mine, TAKEN)
    assert letters[-1] is None
    assert len(free) == len(taken)
    assert mine.get(ENTER).content.decode().replace(TAKEN, NEW).count(NEW) == page.count(NEW)
    assert mine.post(ENTER, {"code": "BCDF2345"}).status_code == 400


def test_an_address_taken_meanwhile_stays_its_own(mine: Client, real: User, cast: Cast, letters: Letters) -> None:
    asks(mine)
    register_person(email=NEW, name="Somebody Else", by=cast.author)
    answer = mine.post(ENTER, {"code": letters.code})
    assert (answer.status_code, now(real)) == (400, ADDRESS)
    assert "not for this address" in answer.content.decode()


def test_limits(mine: Client, real: User, letters: Letters, machine: MachineClock) -> None:
    for number in range(5):
        asks(mine, f"new{number}@example.org")
    before = letters.sent
    asks(mine, "one.more@example.org")
    assert letters.sent == before
    machine.on(minutes=61)
    mine.post(SECOND_STEP, {"code": shown_by_app(secret_of(real))})
    asks(mine, "one.more@example.org")
    assert letters.sent == before + 1


def test_one_and_the_same_address_is_refused_and_kept_in_the_form(mine: Client) -> None:
    answer = mine.post(CHANGE, {"address": ADDRESS.upper()})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "You sign in with that address already" in page
    assert ADDRESS.upper() in page


@pytest.mark.parametrize("address", ["", "no address", "a@b", "ro\u017fe@example.org", "\0@example.org", "a" * 300])
def test_what_is_no_address_is_refused(mine: Client, address: str) -> None:
    assert mine.post(CHANGE, {"address": address}).status_code == 400
    assert not AddressProof.objects.exists()


def test_other_browsers_are_signed_out_and_spare_no_step(mine: Client, real: User, letters: Letters) -> None:
    other = with_first_step(letters, ADDRESS)
    other.post(SECOND_STEP, {"code": "000000"})
    KnownBrowser.objects.filter(person=real).update(second_step_until="2027-04-01T00:00Z")
    asks(mine)
    mine.post(ENTER, {"code": letters.code})
    assert mine.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 302
    assert BrowserSession.objects.filter(person=real).count() == 1
    assert not KnownBrowser.objects.filter(person=real, second_step_until__isnull=False).exists()


def test_second_steps_stay_and_a_link_elsewhere_goes(mine: Client, real: User, letters: Letters) -> None:
    SocialAccount.objects.create(user=real, provider="https://old.example", uid="1", extra_data={})
    asks(mine)
    mine.post(ENTER, {"code": letters.code})
    assert factors_of(real).app is not None
    assert not SocialAccount.objects.filter(user=real).exists()
    assert SignInAct.WAY_REMOVED in acts(real)


def test_both_addresses_are_told(
    mine: Client,
    real: User,
    letters: Letters,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asks(mine)
    (asked,) = told
    assert asked.to == [f"Real Person <{ADDRESS}>"]
    assert "Nothing has changed yet" in str(asked.body)
    assert NEW in str(asked.body)
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(ENTER, {"code": letters.code})
    old, new = told[1:]
    assert (old.to, new.to) == ([f"Real Person <{ADDRESS}>"], [f"Real Person <{NEW}>"])
    assert "tell your partnership team at once" in " ".join(str(old.body).split())
    assert not any(message.cc or message.bcc for message in told)


def test_the_team_reads_it_in_the_trail(
    mine: Client, real: User, cast: Cast, letters: Letters, signed_in: SignedIn
) -> None:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    asks(mine)
    mine.post(ENTER, {"code": letters.code})
    event = AuditEvent.objects.get(what=What.ADDRESS_CHANGED)
    assert (event.person, event.subject) == (real, real)
    assert "E-mail address changed" in signed_in("manager").get("/p/isle-of-wight/audit/?what=people").content.decode()
    assert real.history.first().email == NEW


def test_an_open_invitation_is_void_and_no_code_is_withheld(
    mine: Client, real: User, cast: Cast, letters: Letters
) -> None:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    invitation = invite(person=real, board=cast.board, by=cast["coordinator"])
    asks(mine)
    mine.post(ENTER, {"code": letters.code})
    assert accept(token_of(invitation.uuid)) is None
    asked_by(Client(), NEW)
    assert letters[-1] is not None


# --- by a manager -----------------------------------------------------------------------------------------------------


@pytest.fixture
def seated(real: User, cast: Cast) -> Appointment:
    return appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)


@pytest.fixture
def form(seated: Appointment) -> str:
    return f"{BOARD}invitations/{seated.person.pk}/address/"


def test_a_manager_corrects_it(
    form: str,
    mine: Client,
    real: User,
    signed_in: SignedIn,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in("manager").post(form, {"address": NEW.upper(), "reason": "Mistyped"})
    assert (answer.status_code, answer["Location"]) == (302, BOARD + "invitations/")
    assert now(real) == NEW
    assert mine.get(OWN).status_code == 302, "their sessions are over"
    assert [message.to for message in told] == [[f"Real Person <{ADDRESS}>"], [f"Real Person <{NEW}>"]]
    assert all("Mistyped" in str(message.body) for message in told)
    event = AuditEvent.objects.get(what=What.ADDRESS_CHANGED)
    assert (event.subject, event.detail, event.board_id) == (real, "Mistyped", Invitation.objects.get().board_id)


def test_the_corrected_address_is_proved_by_an_invitation(
    form: str, mine: Client, real: User, cast: Cast, letters: Letters, signed_in: SignedIn
) -> None:
    """A slip of the pen lets nobody in, though the person has been here; their second step is asked for as before."""
    signed_in("manager").post(form, {"address": NEW, "reason": "Mistyped"})
    stranger = Client()
    asked_by(stranger, NEW)
    assert letters[-1] is None
    real.refresh_from_db()
    invitation = Invitation.objects.get(person=real)
    assert (invitation.address, invitation.opens_account) == (NEW, True)
    assert invited_among(people=[real], partnership_id=cast.partnership.pk)[real.pk].stage is Stage.WAITING
    stranger.post(f"/invitation/{token_of(invitation.uuid)}/")
    assert stranger.get("/")["Location"] == SECOND_STEP
    asked_by(Client(), NEW)
    assert letters[-1] is not None


def test_an_ended_invitation_after_a_correction_is_sent_anew(
    form: str, mine: Client, real: User, cast: Cast, letters: Letters, machine: MachineClock, signed_in: SignedIn
) -> None:
    signed_in("manager").post(form, {"address": NEW, "reason": "Mistyped"})
    machine.on(days=8)
    real.refresh_from_db()
    assert invited_among(people=[real], partnership_id=cast.partnership.pk)[real.pk].stage is not Stage.HERE
    anew = invite(person=real, board=cast.board, by=cast["coordinator"])
    asked_by(Client(), NEW)
    assert letters[-1] is None
    assert accept(token_of(anew.uuid)) is not None
    asked_by(Client(), NEW)
    assert letters[-1] is not None


def test_it_asks_the_manager_for_a_fresh_proof(
    form: str, real: User, letters: Letters, machine: MachineClock, signed_in: SignedIn
) -> None:
    client = signed_in("manager")
    machine.on(minutes=6)
    answer = client.post(form, {"address": NEW, "reason": "Mistyped"})
    assert (answer.status_code, answer["Location"], now(real)) == (302, AGAIN, ADDRESS)


@pytest.mark.parametrize("who", ["coordinator", "chair", "administrator", "member"])
def test_nobody_else_corrects_it(form: str, who: str, real: User, signed_in: SignedIn) -> None:
    assert signed_in(who).post(form, {"address": NEW, "reason": "Mistyped"}).status_code == 404
    assert now(real) == ADDRESS


def test_what_a_manager_may_not_correct(seated: Appointment, real: User, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    own = f"{BOARD}invitations/{cast['manager'].pk}/address/"
    assert "Change your own address" in client.post(own, {"address": NEW, "reason": "x"}).content.decode()
    form = f"{BOARD}invitations/{real.pk}/address/"
    taken = client.post(form, {"address": cast["chair"].email, "reason": "x"})
    assert (taken.status_code, now(real)) == (400, ADDRESS)
    assert cast["chair"].email in taken.content.decode(), "what was typed is kept"
    appoint(seat=cast.elsewhere.seats.get(key="probation"), person=real, starts_on=LONG_AGO, by=cast.author)
    assert client.post(form, {"address": NEW, "reason": "x"}).status_code == 400
    with pytest.raises(NotTheirs):
        correct_address(person=real, address=NEW, board=cast.board, reason="x", by=cast["manager"], client=NOWHERE)
    assert now(real) == ADDRESS


def test_a_proof_under_way_is_void_when_a_manager_corrects(
    form: str, mine: Client, real: User, letters: Letters, signed_in: SignedIn
) -> None:
    asks(mine)
    code, proof = letters.code, AddressProof.objects.get()
    signed_in("manager").post(form, {"address": "manager.says@example.org", "reason": "Left the agency"})
    proof.refresh_from_db()
    assert proof.replaced_at is not None
    mine.post(ENTER, {"code": code})
    assert now(real) == "manager.says@example.org"
