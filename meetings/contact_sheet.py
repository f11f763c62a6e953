"""What the sheet of a contact list says, as plain values that go to JSON and back: the list as its reader has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from membership.presenters.contacts import ContactPage, ContactRow
from partnership.models import Board
from partnership.rules.plain_dates import plain_date

FORMAT = 1


class UnknownContacts(ValueError):
    """The values are not those of a contact list in a format that this version reads."""


@dataclass(frozen=True, slots=True)
class ContactHeading:
    """Whose list it is, and of which day."""

    partnership: str
    board: str
    short_name: str
    date: str


@dataclass(frozen=True, slots=True)
class SheetContact:
    """One person in one place. `postal_address` and `confirmed` are empty but for the team."""

    name: str
    post_title: str
    place: str
    email: str
    telephone: str
    preferred_way: str
    work_address: str
    postal_address: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class SheetGroup:
    title: str
    people: tuple[SheetContact, ...]


@dataclass(frozen=True, slots=True)
class ContactsContent:
    """All that the sheet says. `is_for_team` adds the columns that are the team's alone."""

    heading: ContactHeading
    groups: tuple[SheetGroup, ...]
    is_for_team: bool
    mark: str = ""

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ContactsContent:
        """The list that `to_json` wrote. Raises UnknownContacts."""
        if values.get("format") != FORMAT:
            raise UnknownContacts(f"This list is in format {values.get('format')}; this version reads {FORMAT}.")
        try:
            return cls(
                heading=ContactHeading(**values["heading"]),
                groups=tuple(
                    SheetGroup(each["title"], tuple(SheetContact(**person) for person in each["people"]))
                    for each in values["groups"]
                ),
                is_for_team=values["is_for_team"],
                mark=values["mark"],
            )
        except (KeyError, TypeError) as wrong:
            raise UnknownContacts("This list is incomplete or was changed.") from wrong


def contacts_content(page: ContactPage, *, board: Board, today: date) -> ContactsContent:
    """The sheet of the list that a reader sees on their page: what is not there is not here."""
    return ContactsContent(
        heading=ContactHeading(board.partnership.name, board.name, board.short_name, plain_date(today)),
        groups=tuple(SheetGroup(each.title, tuple(map(_person, each.rows))) for each in page.groups),
        is_for_team=page.is_for_team,
    )


def _person(row: ContactRow) -> SheetContact:
    return SheetContact(
        name=row.name,
        post_title=row.post_title,
        place=row.place,
        email=row.email,
        telephone=row.telephone,
        preferred_way=row.preferred_way,
        work_address=row.work_address,
        postal_address=row.postal_address,
        confirmed=row.confirmed,
    )
