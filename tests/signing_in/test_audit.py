"""What goes wrong in signing in is in the trail that the team reads, sealed; of unknown addresses nothing is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from membership.operations import appoint
from partnership.access import Role
from partnership.models import AuditEvent, Fingerprint, User, What
from partnership.operations import admit_to_team
from partnership.personal_data.registry import RETENTION
from partnership.settings import ACCESS_LOG_DAYS
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import ADDRESS, CODE, Letters, asked_by
from tests.signing_in.steps import SECOND_STEP, with_app, with_first_step

TRAIL = "/p/isle-of-wight/audit/?what=sign-ins&who=Real"


@pytest.fixture
def seated(real: User, cast: Cast) -> User:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    return real


def enters_wrong(address: str) -> CaptureQueriesContext:
    client = Client(REMOTE_ADDR="198.51.100.9")
    asked_by(client, address)
    with CaptureQueriesContext(connection) as queries:
        client.post(CODE, {"code": "BCDF2345"})
    return queries


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_wrong_codes_are_in_the_trail(who: str, seated: User, cast: Cast, signed_in: SignedIn) -> None:
    if who == "administrator":
        admitted = cast.person("administrator")
        appoint_administrator(cast, admitted)
    enters_wrong(ADDRESS)
    page = signed_in(who).get(TRAIL).content.decode()
    assert "Sign-in refused" in page
    assert "Real Person" in page
    assert "198.51.100.9" in page
    event = AuditEvent.objects.get(what=What.SIGN_IN_REFUSED)
    assert (event.person, event.subject, event.detail) == (None, seated, "A wrong code was entered")
    assert Fingerprint.objects.filter(model="partnership.auditevent", row=event.pk).exists(), "it is sealed"


def appoint_administrator(cast: Cast, person: User) -> None:
    admit_to_team(
        person=person, role=Role.ADMINISTRATOR, partnership=cast.partnership, starts_on=LONG_AGO, by=cast.author
    )


def test_of_an_unknown_address_there_is_nothing_to_read_and_the_same_to_do(
    seated: User, cast: Cast, signed_in: SignedIn
) -> None:
    known, unknown = enters_wrong(ADDRESS), enters_wrong("nobody.knows@example.org")
    assert len(known) == len(unknown)
    for who in ("manager", "chair"):
        client = signed_in(who)
        for trail in ("/p/isle-of-wight/audit/", "/p/isle-of-wight/main-board/audit/"):
            assert "nobody.knows" not in client.get(trail).content.decode()
    seen = signed_in("manager").get("/p/isle-of-wight/audit/?what=sign-ins").content.decode()
    assert seen.count("Sign-in refused") == 1 + seen.count("Sign-in refused</option>")


def test_another_partnership_reads_nothing_of_it(seated: User, cast: Cast, signed_in: SignedIn) -> None:
    enters_wrong(ADDRESS)
    far = cast.person("far manager")
    admit_to_team(person=far, role=Role.MANAGER, partnership=cast.elsewhere.partnership, starts_on=LONG_AGO, by=far)
    assert "Real Person" not in signed_in("far manager").get("/p/portsmouth/audit/").content.decode()


def test_second_steps_refused_and_changed_are_in_the_trail(seated: User, letters: Letters, signed_in: SignedIn) -> None:
    with_app(letters, ADDRESS)
    with_first_step(letters, ADDRESS).post(SECOND_STEP, {"code": "000000"})
    page = signed_in("manager").get(TRAIL).content.decode()
    assert "Second step refused" in page
    assert "Means of signing in changed" in page
    said = AuditEvent.objects.filter(subject=seated).values_list("detail", flat=True)
    assert "A second step was set up: Code from an app" in said
    assert not any(ADDRESS in each or "000000" in each for each in said)


def test_the_log_is_kept_as_long_as_the_installation_says() -> None:
    assert RETENTION["sign-in and access logs"].days == ACCESS_LOG_DAYS
