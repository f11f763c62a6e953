"""The cast: the people every permission test asks about, on a real board of a real shape.

Chair, scrutineer, member, deputy and observer hold seats of the Isle of Wight Main Board (its shipped constitution);
coordinator and manager have a standing and no seat; a neighbour sits in another group of the same partnership; an
outsider in another partnership. Today is Wednesday 17 March 2027, 10:05 in London.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from meetings.models import Meeting, MeetingKind
from meetings.operations import call_meeting, open_register
from membership.models import Appointment, Seat
from membership.operations import appoint, bring_into_force, name_deputy
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Board, BoardKind, Constitution, Partnership, User
from partnership.operations import (
    admit_to_team,
    found_board,
    found_partnership,
    register_person,
    system_author,
)

LIBRARY = Path(__file__).parents[1] / "partnership" / "constitutions" / "library"
TODAY = date(2027, 3, 17)
NOW = datetime(2027, 3, 17, 10, 5, tzinfo=LONDON)
TEN = datetime(2027, 3, 17, 10, 0, tzinfo=LONDON)
LONG_AGO = date(2026, 1, 5)


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of today, in London."""
    return datetime(2027, 3, 17, hour, minute, tzinfo=LONDON)


@dataclass
class Cast:
    """Everybody, and the places they meet in."""

    author: User
    partnership: Partnership
    board: Board
    neighbours: Board
    elsewhere: Board
    constitution: Constitution
    seats: dict[str, Seat]
    people: dict[str, User] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def person(self, name: str) -> User:
        """A further person, entered when first asked for."""
        if name not in self.people:
            email = f"{name.replace(' ', '.').lower()}@example.org"
            self.people[name] = register_person(email=email, name=name.title(), by=self.author, is_demo=True)
        return self.people[name]

    def seat(self, name: str, key: str) -> Appointment:
        """Put that person into a seat of the board."""
        held = appoint(seat=self.seats[key], person=self.person(name), starts_on=LONG_AGO, by=self.author)
        self.appointments[name] = held
        return held

    def fill(self, keys: Iterable[str]) -> None:
        """A representative for each of these seats that has none."""
        taken = set(Appointment.objects.filter(seat__board=self.board).values_list("seat__key", flat=True))
        for key in keys:
            if key not in taken:
                self.seat(f"rep {key}", key)

    def meeting(self, on: date = TODAY, starts_at: time = time(10), board: Board | None = None) -> Meeting:
        return call_meeting(
            board=board or self.board,
            kind=MeetingKind.ORDINARY,
            on=on,
            starts_at=starts_at,
            ends_at=time(12, 30),
            place="County Hall",
            by=self.author,
        )

    def open_meeting(self) -> Meeting:
        """Today's meeting with its register opened ten minutes early."""
        return open_register(meeting=self.meeting(), at=at(9, 50), by=self.author)


def text_of(place: str) -> str:
    """A shipped constitution: "partnership/body"."""
    return (LIBRARY / f"{place}.yaml").read_text(encoding="utf-8")


def amended(place: str, changes: dict[str, str]) -> str:
    """A shipped constitution with these words changed, each of which it must hold."""
    text = text_of(place)
    for was, now in changes.items():
        assert was in text, f"{place} no longer says {was!r}"
        text = text.replace(was, now)
    return text


def board_with_terms(author: User, partnership: Partnership, place: str, **words: str) -> tuple[Board, Constitution]:
    """A board under a shipped constitution, its seats arranged."""
    slug = place.rpartition("/")[2]
    board = found_board(
        partnership=partnership,
        slug=words.get("slug", slug),
        name=words.get("name", slug.replace("-", " ").capitalize()),
        short_name=words.get("short_name", slug),
        kind=BoardKind.BOARD,
        by=author,
    )
    return board, bring_into_force(board=board, text=text_of(place), by=author)


@pytest.fixture
def stopped_clock(settings: Settings) -> Settings:
    """Today is 17 March 2027, 10:05; set `CLOCK_STOPPED_AT` to move on."""
    settings.CLOCK_STOPPED_AT = NOW
    return settings


@pytest.fixture(scope="module")
def first_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast as every test of a file finds it: assembled once, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(CLOCK_STOPPED_AT=NOW):
            cast = assembled()
        yield cast
        transaction.set_rollback(True)


@pytest.fixture
def cast(first_cast: Cast, db: None, stopped_clock: Settings) -> Cast:
    """The cast, for this test to change: what it writes is undone when it ends. Not for tests that commit."""
    return deepcopy(first_cast)


def assembled() -> Cast:
    """The cast, in the current database."""
    author = system_author(job="test author")
    island = found_partnership(slug="isle-of-wight", name="Isle of Wight SCP", short_name="IOWSCP", by=author)
    city = found_partnership(slug="portsmouth", name="Portsmouth SCP", short_name="PSCP", by=author)
    board, constitution = board_with_terms(author, island, "isle-of-wight/main-board", name="Main Board")
    neighbours = found_board(
        partnership=island,
        slug="executive",
        name="Executive Group",
        short_name="Executive",
        kind=BoardKind.EXECUTIVE,
        by=author,
    )
    elsewhere, _ = board_with_terms(author, city, "portsmouth/board", name="PSCP Board")
    cast = Cast(
        author=author,
        partnership=island,
        board=board,
        neighbours=neighbours,
        elsewhere=elsewhere,
        constitution=constitution,
        seats={seat.key: seat for seat in Seat.objects.filter(board=board)},
    )
    _seat_the_cast(cast)
    return cast


def _seat_the_cast(cast: Cast) -> None:
    for name, key in (
        ("chair", "chair"),
        ("scrutineer", "scrutineer"),
        ("member", "constabulary"),
        ("observer", "cabinet-member"),
    ):
        cast.seat(name, key)
    name_deputy(
        seat=cast.seats["constabulary"],
        person=cast.person("deputy"),
        starts_on=LONG_AGO,
        has_same_authority=True,
        by=cast.author,
    )
    for name, role in (("coordinator", Role.COORDINATOR), ("manager", Role.MANAGER)):
        admit_to_team(person=cast.person(name), role=role, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    admit_to_team(
        person=cast.person("neighbour"),
        role=Role.COORDINATOR,
        board=cast.neighbours,
        starts_on=LONG_AGO,
        by=cast.author,
    )
    far_seat = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    appoint(seat=far_seat, person=cast.person("outsider"), starts_on=LONG_AGO, by=cast.author)
    cast.person("nobody")
