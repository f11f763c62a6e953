"""The tables of the demonstration, read into values."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
RELEVANT_AGENCIES = Path(__file__).parents[2] / "membership" / "data" / "portsmouth-relevant-agencies.csv"
TITLES = {"Dr", "Revd", "Canon", "Cllr", "Supt", "Ch", "Insp", "Lt", "Cdr"}


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An organisation; `ladder` lists its grades, the most senior first."""

    slug: str
    name: str
    kind: str
    statutory_role: str
    aliases: tuple[str, ...]
    ladder: tuple[str, ...]
    section_11: str
    education_duty: str


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """Somebody in a seat of a board ("partnership/board"). Days are counted back from the day of loading."""

    board: str
    seat: str
    is_deputy: bool
    person: str
    from_days_ago: int | None
    to_days_ago: int | None
    grade: str
    has_same_authority: bool | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    person: str
    role: str
    partnership: str


@dataclass(frozen=True, slots=True)
class RelevantAgencyRow:
    """One line of a partnership's list of relevant agencies; `listed_as` is the name as it is printed."""

    name: str
    category: str
    listed_as: str
    note: str


def agencies() -> list[AgencyRow]:
    return [
        AgencyRow(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            statutory_role=row["statutory_role"],
            aliases=_several(row["aliases"]),
            ladder=_several(row["ladder"]),
            section_11=row["section_11"],
            education_duty=row["education_duty"],
        )
        for row in _rows(DATA / "agencies.csv")
    ]


def organisations() -> dict[str, dict[str, str]]:
    """By partnership: the organisation ids of its constitutions, and the agency that each of them is."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows(DATA / "organisations.csv"):
        found.setdefault(row["partnership"], {})[row["organisation"]] = row["agency"]
    return found


def display_names() -> list[tuple[str, str, str]]:
    """Partnership, agency, and what that partnership calls it."""
    return [(row["partnership"], row["agency"], row["name"]) for row in _rows(DATA / "display-names.csv")]


def appointments() -> list[AppointmentRow]:
    return [
        AppointmentRow(
            board=row["board"],
            seat=row["seat"],
            is_deputy=row["place"] == "deputy",
            person=row["person"],
            from_days_ago=_days(row["from_days_ago"]),
            to_days_ago=_days(row["to_days_ago"]),
            grade=row["grade"],
            has_same_authority=True if row["authority"] == "same" else None,
        )
        for row in _rows(DATA / "appointments.csv")
    ]


def team() -> list[TeamRow]:
    return [TeamRow(row["person"], row["role"], row["partnership"]) for row in _rows(DATA / "team.csv")]


def relevant_agencies() -> list[RelevantAgencyRow]:
    return [
        RelevantAgencyRow(row["name"], row["category"], row["listed_as"] or row["name"], row["note"])
        for row in _rows(RELEVANT_AGENCIES)
    ]


def address_of(person: str) -> str:
    """The e-mail address of a demo person: first and last name, without a title."""
    names = [word for word in person.split() if word not in TITLES]
    return f"{'.'.join(names).lower()}@example.org"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _days(text: str) -> int | None:
    return int(text) if text else None
