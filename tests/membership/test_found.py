"""`manage.py found`: from an empty database to the first manager's sign-in, safe to run twice."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from membership.models import Seat
from partnership.access import Action, Kind, Role, may
from partnership.models import AuditEvent, Board, Delivery, Invitation, Partnership, Standing, User, What
from partnership.operations import deactivate_person, register_person, system_author
from tests.cast import LIBRARY

pytestmark = pytest.mark.django_db

BOARD, COMMITTEE = (str(LIBRARY / "portsmouth" / name) for name in ("board.yaml", "executive-committee.yaml"))
NEW = ("portsmouth", "--name", "Portsmouth SCP", "--short-name", "PSCP", "--constitution", BOARD)
MANAGER = ("--manager", "first@example.org", "--manager-name", "First Manager")


def run(*words: str) -> str:
    said = StringIO()
    call_command("found", *words, stdout=said)
    return said.getvalue()


def refusal(*words: str) -> str:
    """Why it was refused; nothing was written."""
    before = Partnership.objects.count(), User.objects.people().count(), Invitation.objects.count()
    with pytest.raises(CommandError) as refused:
        run(*words)
    assert (Partnership.objects.count(), User.objects.people().count(), Invitation.objects.count()) == before
    return str(refused.value)


def address_in(said: str) -> str:
    found = re.search(r"http\S+(/invitation/\S+)", said)
    assert found, said
    return found[1]


def test_from_nothing_to_the_first_sign_in() -> None:
    said = run(*NEW, *MANAGER)
    board = Board.objects.get(partnership__slug="portsmouth")
    assert (board.slug, board.name) == ("board", "Portsmouth Safeguarding Children Partnership Board")
    assert Seat.objects.filter(board=board).count() > 10
    client = Client()
    assert client.post(address_in(said), follow=True).redirect_chain[-1][0] == "/sign-in/set-up/"
    manager = User.objects.get(email="first@example.org")
    assert client.session["_auth_user_id"] == str(manager.pk)
    assert may(manager, Action.WRITE, board, Kind.TEAM)
    assert Delivery.objects.get().recipient == manager


def test_each_act_is_in_the_trail() -> None:
    run(*NEW, *MANAGER)
    events = AuditEvent.objects.filter(subject__email="first@example.org").order_by("pk")
    assert [event.what for event in events] == [What.PERSON_ENTERED, What.STANDING_GIVEN, What.INVITED]
    assert {event.person for event in events} == {system_author(job="operator")}


def test_again_it_founds_nothing_twice_and_gives_a_new_address() -> None:
    first = address_in(run(*NEW, *MANAGER))
    second = run(*NEW, *MANAGER)
    assert "is there" in second
    assert [Client().get(address).status_code for address in (first, address_in(second))] == [404, 200]
    counts = [model.objects.count() for model in (Partnership, Board, Standing)]
    assert counts == [1, 1, 1]


def test_again_after_the_manager_accepted_it_gives_no_address() -> None:
    Client().post(address_in(run(*NEW, *MANAGER)))
    said = run(*NEW, *MANAGER)
    assert "has signed in before" in said
    assert "/invitation/" not in said


def test_a_further_board_of_one_that_is_there() -> None:
    run(*NEW, *MANAGER)
    said = run("portsmouth", "--constitution", COMMITTEE, *MANAGER)
    assert "Executive Committee" in said
    assert Board.objects.filter(partnership__slug="portsmouth").count() == 2


def test_an_existing_person_needs_no_name() -> None:
    person = register_person(email="first@example.org", name="Known Person", by=system_author(job="test author"))
    run(*NEW, "--manager", "First@Example.org")
    assert Standing.objects.get(role=Role.MANAGER).person == person


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*NEW, "--manager", "nobody"), "is no e-mail address"),
        ((*NEW, "--manager", "new@example.org"), "give their --manager-name"),
        ((*NEW, *MANAGER, "--team-email", "team"), "is no e-mail address"),
        (("portsmouth", *MANAGER), "give its --name and its --short-name"),
        (("portsmouth", "--name", "P", "--short-name", "P", *MANAGER), "has no board"),
        (("Ports mouth", *NEW[1:], *MANAGER), "cannot stand in an address"),
        ((*NEW[:-1], "/nowhere/board.yaml", *MANAGER), "cannot be read"),
        ((*NEW, *MANAGER, "--in-force-from", "April"), "is no date"),
    ],
)
def test_what_cannot_be_founded_is_refused_whole(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refusal(*words)


def test_a_bad_constitution_is_refused_with_its_problems(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nbody: {}\n", encoding="utf-8")
    said = refusal(*NEW[:-1], str(bad), *MANAGER)
    assert "A constitution file cannot be used" in said
    assert "2:" in said


def test_a_second_first_manager_is_refused() -> None:
    run(*NEW, *MANAGER)
    said = refusal("portsmouth", "--manager", "other@example.org", "--manager-name", "Other")
    assert "has a manager already, First Manager" in said


def test_a_closed_account_is_refused() -> None:
    author = system_author(job="test author")
    person = register_person(email="first@example.org", name="Gone", by=author)
    deactivate_person(person=person, reason="Left", by=author)
    assert "is closed" in refusal(*NEW, *MANAGER)


def test_not_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True
    assert "made-up people" in refusal(*NEW, *MANAGER)


def test_without_a_mail_server_it_says_so(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert "No mail server is set" in run(*NEW, *MANAGER)
