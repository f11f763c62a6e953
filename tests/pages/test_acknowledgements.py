"""The pages on which agencies acknowledge the arrangements, and on which the team sees who has not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from membership.models import Acknowledgement, AgencyKind, Seat, StatutoryRole
from membership.operations import enter_agency, list_relevant_agency
from membership.operations.named_agencies import keep_asking
from partnership.access import Role
from partnership.authorship import saved
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

PAGE = "/p/portsmouth/board/acknowledgements/"


def asks(cast: Cast, *names: str) -> None:
    """The board asks these listed agencies; the first holds the constabulary's seat, which the outsider represents."""
    for number, name in enumerate(names):
        agency = enter_agency(
            slug=name.lower(),
            name=name,
            kind=AgencyKind.OTHER,
            statutory_role=StatutoryRole.RELEVANT_AGENCY,
            by=cast.author,
        )
        if number == 0:
            seat = Seat.objects.get(board=cast.elsewhere, key="constabulary")
            seat.agency = agency
            saved(seat, by=cast.author, reason="The police hold it")
            keep_asking(board=cast.elsewhere, by=cast.author)
        else:
            list_relevant_agency(
                partnership=cast.elsewhere.partnership,
                agency=agency,
                category="Other",
                listed_as=name,
                source="List",
                by=cast.author,
            )


@pytest.fixture
def clerk(cast: Cast, signed_in: SignedIn) -> Client:
    admit_to_team(
        person=cast.person("clerk"), role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    return signed_in("clerk")


def test_a_member_reads_the_version_and_acknowledges_it(cast: Cast, signed_in: SignedIn, clerk: Client) -> None:
    asks(cast, "Police", "School")
    client = signed_in("outsider")
    assert "Read and acknowledge version" in main_of(client.get("/"))
    row = Acknowledgement.objects.get(agency__slug="police")
    path = f"/my/arrangements/{row.uuid}/"
    assert path in client.get("/my/arrangements/").content.decode()
    shown = main_of(client.get(path))
    assert "We have read it and keep to it" in shown
    assert "There are four meetings a year" in shown or "meetings" in shown
    other = Acknowledgement.objects.get(agency__slug="school")
    assert client.get(f"/my/arrangements/{other.uuid}/").status_code == 404
    assert "0 of 2 named agencies have acknowledged it." in main_of(clerk.get(PAGE))
    assert "2 agencies to acknowledge the rules" in main_of(clerk.get("/"))
    assert client.post(path).status_code == 302
    told = main_of(client.get("/my/arrangements/"))
    assert "Acknowledged by Outsider on 17 March 2027." in told
    assert "We have read it" not in main_of(client.get(path))
    assert "Outsider acknowledged this version" in main_of(client.post(path, follow=True))
    assert "1 of 2 named agencies have acknowledged it." in main_of(clerk.get(PAGE))
    assert "Read and acknowledge version" not in main_of(client.get("/"))


def test_nobody_is_asked_where_the_terms_do_not_say_so(signed_in: SignedIn) -> None:
    assert "Nobody is asked to acknowledge these rules." in main_of(
        signed_in("coordinator").get("/p/isle-of-wight/main-board/acknowledgements/")
    )
    assert "Nothing is asked of you." in main_of(signed_in("member").get("/my/arrangements/"))


def test_the_team_records_and_takes_back(cast: Cast, clerk: Client) -> None:
    asks(cast, "Police")
    row = Acknowledgement.objects.get()
    path = f"{PAGE}{row.pk}/"
    right = {"name": "Ada Moss", "how": "By letter", "on_0": "17", "on_1": "3", "on_2": "2027"}
    for field, wrong, sentence in (
        ("name", "", "Enter who said so for the agency."),
        ("how", "", "Enter how it reached you."),
        ("how", "\0", "Null characters are not allowed."),
        ("on_0", "18", "Enter a day from 17 March 2027"),
    ):
        refused = clerk.post(path, right | {field: wrong})
        assert refused.status_code == 400, field
        assert sentence in main_of(refused)
    assert clerk.post(path, right).status_code == 302
    assert "Ada Moss, 17 March 2027, recorded by the team: By letter" in main_of(clerk.get(PAGE))
    assert clerk.post(path, {"reason": ""}).status_code == 400
    assert clerk.post(path, {"reason": "Another agency"}).status_code == 302
    assert "0 of 1 named agencies" in main_of(clerk.get(PAGE))
    assert clerk.get(f"/p/isle-of-wight/main-board/acknowledgements/{row.pk}/").status_code == 404


def test_three_agencies_ask_the_database_as_often_as_one(cast: Cast, clerk: Client) -> None:
    asks(cast, "Police")
    clerk.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        clerk.get(PAGE)
    asks(cast, "Probation", "School", "Nursery")
    with CaptureQueriesContext(connection) as more:
        clerk.get(PAGE)
    assert len(more) == len(one)
