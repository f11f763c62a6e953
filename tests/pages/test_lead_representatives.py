"""Who leads for a statutory partner: entered by the team, read by the members, each mistake at its field."""

from __future__ import annotations

from membership.models import AgencyKind, DelegatedOfficer, LeadRepresentative, StatutoryRole
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from membership.operations.lead_representatives import name_lead_representative
from partnership.access import Action, Kind, may
from partnership.operations import deactivate_person
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

LEADS = "/p/isle-of-wight/lead-representatives/"
ENTERED = {"name": "Ada Moss", "email": "ada.moss@example.org", "post": "Chief executive", "starts_on": "2027-03-01"}


def test_the_team_enters_who_leads_and_their_access_follows(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "No statutory partner is in the register." in main_of(client.get(LEADS))
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    agency = register_agency(partnership=cast.partnership, name="Wight Council", identity=identity, by=cast.author)
    assert "Nobody is entered" in main_of(client.get(LEADS))
    for field, wrong, sentence in (
        ("agency", "other", "Choose the statutory partner."),
        ("email", "nobody", "Enter an address like name@example.org."),
        ("post", "", "Enter the post in which they lead."),
        ("starts_on", "soon", "Enter a date like"),
        ("starts_on", "0001-01-01", "Enter a date like"),
        ("name", "\0", "Null characters are not allowed."),
    ):
        answer = client.post(LEADS, ENTERED | {"agency": agency.slug} | {field: wrong})
        assert (answer.status_code, LeadRepresentative.objects.count()) == (400, 0), field
        assert sentence in main_of(answer)
        assert field == "post" or 'value="Chief executive"' in answer.content.decode()
    assert client.post(LEADS, ENTERED | {"agency": agency.slug}).status_code == 302
    lead = LeadRepresentative.objects.get()
    assert "Ada Moss, Chief executive, from 1 March 2027" in main_of(signed_in("member").get(LEADS))
    assert may(lead.person, Action.DECIDE, cast.board, Kind.CONSTITUTION_DRAFT)
    assert not may(lead.person, Action.WRITE, cast.board, Kind.CONSTITUTION_DRAFT)
    early = client.post(LEADS, ENTERED | {"agency": agency.slug, "starts_on": "2027-02-01"})
    assert early.status_code == 400
    follows = {"agency": agency.slug, "name": "Lee Orr", "email": "lee.orr@example.org", "starts_on": "2027-03-17"}
    assert client.post(LEADS, ENTERED | follows).status_code == 302
    assert "Before: Ada Moss, Chief executive, 1 March 2027 to 16 March 2027" in main_of(client.get(LEADS))
    assert not may(lead.person, Action.DECIDE, cast.board, Kind.CONSTITUTION_DRAFT)


OFFICER = {
    "name": "Bo Hale",
    "email": "bo.hale@example.org",
    "post": "Director",
    "authorities": ["may_speak", "may_decide"],
    "starts_on_0": "17",
    "starts_on_1": "3",
    "starts_on_2": "2027",
}
STATEMENT = {
    "responsibilities": "Social care",
    "line": "Director to chief executive",
    "review_on_0": "17",
    "review_on_1": "3",
    "review_on_2": "2028",
}


def council_led(cast: Cast) -> str:
    """A statutory partner that the chair leads for; its address."""
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    agency = register_agency(partnership=cast.partnership, name="Wight Council", identity=identity, by=cast.author)
    name_lead_representative(
        partnership=cast.partnership,
        agency=agency,
        person=cast.person("lead"),
        post="Chief executive",
        starts_on=LONG_AGO,
        by=cast.author,
    )
    return agency.slug


def test_the_team_enters_an_officer_and_ends_both(cast: Cast, signed_in: SignedIn) -> None:
    slug, client = council_led(cast), signed_in("coordinator")
    right = OFFICER | {"agency": slug}
    for field, wrong, sentence in (
        ("agency", "other", "Choose the statutory partner."),
        ("authorities", [], "Choose what they may do for the agency."),
        ("post", "", "Enter the post that they hold."),
        ("starts_on_2", "2020", "Nobody leads for this partner on 17 March 2020"),
        ("name", "\0", "Null characters are not allowed."),
    ):
        refused = client.post(LEADS + "officers/add/", right | {field: wrong})
        assert (refused.status_code, DelegatedOfficer.objects.count()) == (400, 0), field
        assert sentence in main_of(refused)
    assert client.post(LEADS + "officers/add/", right).status_code == 302
    page = main_of(signed_in("member").get(LEADS))
    assert "Bo Hale, Director" in page
    assert "speak for it and decide for it" in page
    assert "In force" in page
    officer = DelegatedOfficer.objects.get()
    early = {"ends_on_0": "16", "ends_on_1": "3", "ends_on_2": "2027", "reason": "Left"}
    assert "before the first" in main_of(client.post(f"{LEADS}officers/{officer.pk}/end/", early))
    assert client.post(f"{LEADS}officers/{officer.pk}/end/", early | {"ends_on_0": "17"}).status_code == 302
    lead = LeadRepresentative.objects.get()
    assert client.post(f"{LEADS}{lead.pk}/end/", early | {"reason": ""}).status_code == 400
    assert client.post(f"{LEADS}{lead.pk}/end/", early).status_code == 302
    assert "Nobody is entered" in main_of(client.get(LEADS))


def test_a_lead_representative_lodges_their_own_statement(cast: Cast, signed_in: SignedIn) -> None:
    path = f"{LEADS}statements/{council_led(cast)}/"
    assert "No statement is lodged." in main_of(signed_in("member").get(path))
    assert signed_in("member").post(path, STATEMENT).status_code == 403
    client = signed_in("lead")
    assert "Enter what the agency answers for." in main_of(client.post(path, STATEMENT | {"responsibilities": ""}))
    assert "Enter a day to come" in main_of(client.post(path, STATEMENT | {"review_on_2": "2027"}))
    assert client.post(path, STATEMENT).status_code == 302
    page = main_of(signed_in("member").get(path))
    assert "In force: lodged on 17 March 2027, by Lead" in page
    assert "Director to chief executive" in page
    assert client.get(f"{LEADS}statements/no-such-agency/").status_code == 404


def test_the_address_of_a_closed_account_is_refused_at_its_field(cast: Cast, signed_in: SignedIn) -> None:
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    agency = register_agency(partnership=cast.partnership, name="Wight Council", identity=identity, by=cast.author)
    gone = cast.person("gone")
    deactivate_person(person=gone, reason="Left", by=cast.author)
    client = signed_in("coordinator")
    for address, sentence in (
        (gone.email.upper(), "is closed. Enter another address."),
        (cast.author.email, "Enter an address like name@example.org."),
    ):
        answer = client.post(LEADS, ENTERED | {"agency": agency.slug, "email": address})
        assert (answer.status_code, LeadRepresentative.objects.count()) == (400, 0)
        assert sentence in main_of(answer)
    assert client.post(LEADS, ENTERED | {"agency": agency.slug}).status_code == 302
    answer = client.post(LEADS + "officers/add/", OFFICER | {"agency": agency.slug, "email": gone.email})
    assert (answer.status_code, DelegatedOfficer.objects.count()) == (400, 0)
    assert "is closed. Enter another address." in main_of(answer)
