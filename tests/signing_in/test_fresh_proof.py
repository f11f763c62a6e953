"""What could let much out, or somebody in, asks for a proof of the last five minutes, and goes on from there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import Meeting
from meetings.operations import limit_to_readers
from membership.models import AgencyKind, StatutoryRole
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from partnership.models import Reader, SignInMeans, Standing, SubjectCopy
from partnership.signing_in import proof
from partnership.signing_in.kept_form import KEPT as KEPT_FORM
from partnership.signing_in.kept_form import LONGEST
from tests.agendas import item_on
from tests.cases import case_with_paper, of_the_case_tier
from tests.cast import TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import Letters, MachineClock
from tests.signing_in.steps import AGAIN

KEPT = "/sign-in/send-again/"

ISLAND = "/p/isle-of-wight/"
BOARD = ISLAND + "main-board/"
MEETING = BOARD + "meetings/2027-03-17/"
PAGES = {
    "exports of people": BOARD + "contacts/file/csv/",
    "grants": BOARD + "team/admit/",
    "an account closed": BOARD + "team/accounts/{person}/close/",
    "publishing an agenda": MEETING + "agenda/publish/",
    "publishing minutes": MEETING + "minutes/send/",
}
# Forms, with the page from which each is sent anew.
FORMS = {
    "grants": (BOARD + "team/admit/", BOARD + "team/admit/"),
    "a calendar address": ("/my/calendar/make/", "/my/calendar/"),
    "a copy of personal data": (ISLAND + "personal-data/copy/", ISLAND + "personal-data/"),
    "an erasure": (ISLAND + "personal-data/erase/", ISLAND + "personal-data/"),
    "publishing an agenda": (MEETING + "agenda/publish/", MEETING + "agenda/publish/"),
    "publishing minutes": (MEETING + "minutes/send/", MEETING + "minutes/send/"),
}


@pytest.fixture
def manager(cast: Cast, meeting: Meeting, machine: MachineClock, letters: Letters, signed_in: SignedIn) -> Client:
    """The manager, whose proof is just too old."""
    client = signed_in("manager")
    machine.on(minutes=5, seconds=1)
    return client


def proves(client: Client, letters: Letters) -> str:
    """Enter another code, and be led on."""
    client.post(AGAIN)
    return str(client.post(AGAIN, {"code": letters.code})["Location"])


def kept(client: Client) -> tuple[str, dict[str, str], str]:
    """What the page would send with its one button, to where, and the page that its link leads back to."""
    drawn = client.get(KEPT).content.decode()
    form = drawn[drawn.index("<main") : drawn.index("</main")]
    (address,) = re.findall(r'<form method="post" action="([^"]*)"', form)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
    fields.pop("csrfmiddlewaretoken", None)
    (page,) = re.findall(r'<a class="govuk-link" href="([^"]*)"', form)
    return address, fields, page


@pytest.mark.parametrize("what", PAGES)
def test_a_page_asks_first_and_is_shown_then(what: str, manager: Client, cast: Cast, letters: Letters) -> None:
    path = PAGES[what].format(person=cast["member"].pk)
    answer = manager.get(path)
    assert (answer.status_code, answer["Location"]) == (302, AGAIN)
    assert proves(manager, letters) == path
    assert manager.get(path).status_code in {200, 302}
    assert manager.get(path).get("Location") != AGAIN


@pytest.mark.parametrize("what", FORMS)
def test_a_form_asks_first_and_changes_nothing(what: str, manager: Client, letters: Letters) -> None:
    path, page = FORMS[what]
    before = Standing.objects.count(), SubjectCopy.objects.count()
    answer = manager.post(path, {"email": "member@example.org"})
    assert (answer.status_code, answer["Location"]) == (302, AGAIN)
    assert "what you filled in is kept" in manager.get(AGAIN).content.decode()
    assert (Standing.objects.count(), SubjectCopy.objects.count()) == before
    assert proves(manager, letters) == KEPT
    assert kept(manager) == (path, {"email": "member@example.org"}, page)


@pytest.mark.parametrize("act", ["limit", "name", "open", "lift"])
def test_who_lets_somebody_read_shows_that_it_is_they(
    act: str, manager: Client, cast: Cast, meeting: Meeting, letters: Letters
) -> None:
    item = item_on(meeting, cast["coordinator"], "A family")
    limit_to_readers(matter=item, reason="A family", readers=[], ends_on=TODAY, by=cast["coordinator"])
    page = f"{MEETING}agenda/items/{item.pk}/access/"
    said = {"person": cast["member"].pk, "reason": "Asked", "until": "2027-04-01"}
    assert "Show that it is you" in manager.get(page).content.decode()
    answer = manager.post(page, {"act": act, **said})
    assert (answer.status_code, answer["Location"], Reader.objects.count()) == (302, AGAIN, 0)
    assert proves(manager, letters) == KEPT
    if act == "name":
        assert manager.post(*kept(manager)[:2]).status_code == 302
        assert Reader.objects.get().person == cast["member"]


def test_the_proof_can_come_before_the_form(manager: Client, cast: Cast, meeting: Meeting, letters: Letters) -> None:
    item = item_on(meeting, cast["coordinator"], "A family")
    page = f"{MEETING}agenda/items/{item.pk}/access/"
    assert manager.get(page + "?prove=1")["Location"] == AGAIN
    assert proves(manager, letters) == page
    assert "Show that it is you" not in manager.get(page).content.decode()


def test_who_names_somebody_on_a_case_shows_that_it_is_they(
    cast: Cast, letters: Letters, machine: MachineClock, signed_in: SignedIn
) -> None:
    case, _ = case_with_paper(cast)
    other = of_the_case_tier(cast, "other of the tier")
    client = signed_in("case tier")
    machine.on(minutes=6)
    page = f"/cases/isle-of-wight/{case.reference}/"
    answer = client.post(page, {"act": "name", "reader": other.pk, "reason": "Asked"})
    assert (answer.status_code, answer["Location"]) == (302, AGAIN)
    assert not Reader.objects.filter(person=other).exists()
    assert proves(client, letters) == KEPT
    address, fields, back = kept(client)
    assert (address, back) == (page, page)
    assert client.post(address, fields)["Location"] == page
    assert Reader.objects.filter(person=other).exists()


def test_a_new_case_loses_nothing_that_was_typed(
    cast: Cast, letters: Letters, machine: MachineClock, signed_in: SignedIn
) -> None:
    case_with_paper(cast)
    client = signed_in("case tier")
    machine.on(minutes=6)
    person = str(cast["case tier"].pk)
    said = {"reference": "IOW-2", "steward": person, "panel_chair": person}
    client.post("/cases/isle-of-wight/", said)
    assert proves(client, letters) == KEPT
    assert kept(client)[:2] == ("/cases/isle-of-wight/", said)


def listed_agency(cast: Cast) -> str:
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    return register_agency(partnership=cast.partnership, name="Wight Council", identity=identity, by=cast.author).slug


WHO_LEADS = {
    "a lead representative": f"{ISLAND}lead-representatives/",
    "an officer": f"{ISLAND}lead-representatives/officers/add/",
    "a senior officer": f"{ISLAND}agencies/{{agency}}/officer/",
}


@pytest.mark.parametrize("what", WHO_LEADS)
def test_naming_who_answers_for_an_agency_asks_first(what: str, manager: Client, cast: Cast, letters: Letters) -> None:
    path = WHO_LEADS[what].format(agency=listed_agency(cast))
    said = {"name": "Ann Example", "email": "ann@example.org"}
    assert manager.post(path, said)["Location"] == AGAIN
    assert proves(manager, letters) == KEPT
    assert kept(manager) == (path, said, path)
    # It is refused for what it lacks, and shows what was typed.
    refused = manager.post(path, said)
    assert refused.status_code == 400
    assert 'value="Ann Example"' in refused.content.decode()


def test_what_is_kept_is_forgotten_in_time_and_when_it_was_sent(
    manager: Client, letters: Letters, machine: MachineClock
) -> None:
    path = FORMS["grants"][0]
    manager.post(path, {"reason": 'Half "typed"\nin two lines'})
    proves(manager, letters)
    assert kept(manager)[1] == {"reason": "Half &quot;typed&quot;\nin two lines"}
    assert KEPT_FORM in manager.session
    manager.post(path, {})
    assert KEPT_FORM not in manager.session
    machine.on(minutes=6)
    manager.post(path, {"reason": "Asked"})
    machine.on(minutes=10, seconds=1)
    assert manager.get(KEPT)["Location"] == "/"
    assert KEPT_FORM not in manager.session


@pytest.mark.parametrize("typed", [{}, {"reason": "x" * LONGEST}], ids=["a button alone", "no form of ours"])
def test_what_is_not_kept_leads_to_the_page(typed: dict[str, str], manager: Client, letters: Letters) -> None:
    path, page = FORMS["an erasure"]
    manager.post(path, typed)
    assert "then send the form again" in manager.get(AGAIN).content.decode()
    assert proves(manager, letters) == page


def test_an_answer_to_a_passkeys_challenge_is_not_kept(manager: Client, letters: Letters) -> None:
    manager.post("/your-sign-in/passkey/", {"credential": "{}"})
    assert KEPT_FORM not in manager.session
    assert proves(manager, letters) == "/your-sign-in/passkey/"


def test_within_five_minutes_nobody_is_asked(cast: Cast, machine: MachineClock, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    machine.on(minutes=4, seconds=59)
    assert client.get(PAGES["grants"]).status_code == 200


def test_inviting_asks_for_none(manager: Client, cast: Cast) -> None:
    """An invitation goes to an address that is entered already, and gives nobody more than they have."""
    answer = manager.post(f"{BOARD}invitations/{cast['member'].pk}/send/")
    assert answer["Location"] == f"{BOARD}invitations/"


def test_in_the_demonstration_a_choice_is_proof_enough(
    manager: Client, settings: Settings, machine: MachineClock
) -> None:
    session = manager.session
    proof.entered(session, SignInMeans.DEMONSTRATION)
    settings.DEMO = True
    machine.on(hours=1)
    assert proof.is_fresh(session, has_second_step=False)
    settings.DEMO = False
    assert not proof.is_fresh(session, has_second_step=False)
