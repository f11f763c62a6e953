"""Who leads for a statutory partner: entered by the team, read by the members, each mistake at its field."""

from __future__ import annotations

from membership.models import AgencyKind, LeadRepresentative, StatutoryRole
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from partnership.access import Action, Kind, may
from tests.cast import Cast
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
    assert "Ada Moss, Chief executive" in main_of(signed_in("member").get(LEADS))
    assert may(lead.person, Action.DECIDE, cast.board, Kind.CONSTITUTION_DRAFT)
    assert not may(lead.person, Action.WRITE, cast.board, Kind.CONSTITUTION_DRAFT)
    early = client.post(LEADS, ENTERED | {"agency": agency.slug, "starts_on": "2027-02-01"})
    assert early.status_code == 400
    follows = {"agency": agency.slug, "name": "Lee Orr", "email": "lee.orr@example.org", "starts_on": "2027-03-17"}
    assert client.post(LEADS, ENTERED | follows).status_code == 302
    assert "Before: Ada Moss, Chief executive, from 1 March 2027" in main_of(client.get(LEADS))
    assert not may(lead.person, Action.DECIDE, cast.board, Kind.CONSTITUTION_DRAFT)
