"""The manager asks for a copy or an erasure; the worker does it; what is typed wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from partnership.access import Role
from partnership.models import Erasure, SubjectCopy, User, WorkState
from partnership.operations import admit_to_team, deactivate_person, release_from_team
from partnership.personal_data.working import do_waiting
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn

PAGE = "/p/isle-of-wight/personal-data/"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.MAIL_SINK_DIR = tmp_path / "f", tmp_path / "m"


@pytest.fixture
def gone(cast: Cast) -> User:
    """Somebody who administered the board and has left."""
    person = cast.person("gone person")
    standing = admit_to_team(person=person, role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    release_from_team(standing=standing, ends_on=LONG_AGO, reason="Left", by=cast.author)
    return deactivate_person(person=person, reason="Left", by=cast.author)


def test_a_copy_is_asked_for_made_and_fetched_by_that_manager_alone(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    for typed, said in (("", "Enter the person"), ("outsider@example.org", "Nobody with that address")):
        refused = client.post(PAGE + "copy/", {"email": typed})
        assert refused.status_code == 400
        assert said in refused.content.decode()
    assert client.post(PAGE + "copy/", {"email": "Chair@example.org "}).status_code == 302
    copy = SubjectCopy.objects.get()
    assert client.get(f"{PAGE}{copy.uuid}/").status_code == 404, "not made yet"
    do_waiting()
    page = client.get(PAGE).content.decode()
    assert f"{PAGE}{copy.uuid}/" in page
    fetched = client.get(f"{PAGE}{copy.uuid}/")
    assert (fetched.status_code, fetched["Content-Type"]) == (200, "application/zip")
    fetched.getvalue()
    admit_to_team(
        person=cast.person("second manager"), role=Role.MANAGER, board=cast.board, starts_on=LONG_AGO, by=cast.author
    )
    assert signed_in("second manager").get(f"{PAGE}{copy.uuid}/").status_code == 404
    assert str(copy.uuid) not in signed_in("second manager").get(PAGE).content.decode()


def test_an_erasure_is_shown_first_and_done_with_a_reason(cast: Cast, gone: User, signed_in: SignedIn) -> None:
    client, typed = signed_in("manager"), {"erase-email": gone.email}
    refused = client.post(PAGE + "erase/", {"erase-email": "chair@example.org"})
    assert "still has a standing" in refused.content.decode()
    shown = client.post(PAGE + "erase/", typed)
    assert shown.status_code == 200
    assert "It cannot be undone." in shown.content.decode()
    assert "Say why" in client.post(PAGE + "erase/", typed | {"confirm": "yes"}).content.decode()
    assert not Erasure.objects.exists()
    done = client.post(PAGE + "erase/", typed | {"confirm": "yes", "erase-reason": "Their letter of 3 March"})
    assert done.status_code == 302
    gone.refresh_from_db()
    assert gone.name == "Gone Person", "the web asks, and the worker does it"
    do_waiting()
    gone.refresh_from_db()
    assert (gone.name, Erasure.objects.get().state) == (f"Erased person {gone.pk}", WorkState.READY)
    assert "Their letter of 3 March" in client.get(PAGE).content.decode()


def test_whoever_has_a_part_elsewhere_is_not_erased_from_here(cast: Cast, gone: User, signed_in: SignedIn) -> None:
    admit_to_team(person=gone, role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author)
    answer = signed_in("manager").post(PAGE + "erase/", {"erase-email": gone.email})
    assert "has a part in another partnership" in answer.content.decode()
