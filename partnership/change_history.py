"""History as one read model: who did what, when, and what changed from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date, datetime, time
from typing import Any

from django.db import models

from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.rules.plain_dates import long_date, plain_time

# Bookkeeping that tells a reader nothing, and the row or meeting that an entry is listed under anyway.
UNSPOKEN = frozenset({"id", "version", "sha256", "sitting", "password", "attendance", "meeting", "protection"})
NOTHING = "nothing"
# Fields that not every reader of their row may read, by the row of the table that opens them.
PRIVATE = {
    Kind.APOLOGY_REASONS: frozenset({"meetings.reply.reason", "meetings.attendance.reason"}),
    Kind.GRADES: frozenset(
        {
            "meetings.reply.said_authority",
            "meetings.reply.said_grades_lower",
            "meetings.reply.deputy_reason",
            "meetings.attendance.deputy_note",
            "meetings.attendance.deputy_reason",
            "membership.appointment.grade",
            "membership.appointment.has_same_authority",
            "membership.appointment.declared_on",
            "membership.appointment.declared_by",
            "membership.appointment.deputy_reason",
            "membership.appointment.may_commit_on",
            "membership.appointment.may_commit_by",
        }
    ),
}
ASKED = tuple((kind, Action.READ) for kind in PRIVATE)


@dataclass(frozen=True, slots=True)
class Change:
    """One field, in words: what it said and what it says since. `name` is the field's own."""

    field: str
    was: str
    now: str
    name: str = with_default(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on one row. `done` is the reason it was saved with; `about` names the row; `how` is +, ~ or -.

    `kind` is the label of its model, `name` what people call such a row.
    """

    at: datetime
    by: str
    done: str
    about: str
    how: str
    changes: tuple[Change, ...]
    kind: str = ""
    name: str = ""


def kept_back(rights: AbstractSet[tuple[Kind, Action]]) -> frozenset[str]:
    """The fields that a reader with these rights, of those that `ASKED` names, is not told of."""
    return frozenset().union(*(fields for kind, fields in PRIVATE.items() if (kind, Action.READ) not in rights))


def history_of(obj: models.Model) -> list[Entry]:
    """Every change of one tracked object, the latest first. A query, and one more for each kind of row it points to."""
    return entries_of(obj.history.all(), about={obj.pk: str(obj)})  # type: ignore[attr-defined]  # tracked models have it


def entries_of(
    *histories: Iterable[Any], about: Mapping[Any, str], without: AbstractSet[str] = frozenset()
) -> list[Entry]:
    """History rows of one or several tracked models as entries, the latest first.

    `about` names the objects: by id, or by (model, id) where several models share the list. `without` are the fields
    to say nothing of, from `kept_back`.
    """
    # Numbers count each kind of row by itself: between two kinds of one instant, the order of the lists decides.
    numbered = [(row.history_date, place, row.history_id, row) for place, rows in enumerate(histories) for row in rows]
    rows = [row for *_, row in sorted(numbered, key=lambda each: each[:3])]
    words = _Words(rows, without)
    before: dict[tuple[type[models.Model], Any], Any] = {}
    entries: list[Entry] = []
    for row in rows:
        key = (row.instance_type, row.id)
        entries.append(
            Entry(
                at=row.history_date.astimezone(LONDON),
                by=words.people[row.history_user_id],
                done=row.history_change_reason,
                about=about.get(key) or about.get(row.id, ""),
                how=row.history_type,
                changes=words.changes(before.get(key), row),
                kind=row.instance_type._meta.label_lower,
                name=str(row.instance_type._meta.verbose_name),
            )
        )
        before[key] = row
    return entries[::-1]


class _Words:
    """Fields of history rows in words; what they point to is looked up once for each kind of row."""

    def __init__(self, rows: Iterable[Any], without: AbstractSet[str]) -> None:
        self._without = without
        pointed_to: dict[type[models.Model], set[Any]] = {}
        authors: set[Any] = set()
        author_model: type[models.Model] | None = None
        for row in rows:
            author_model = row._meta.get_field("history_user").related_model
            authors.add(row.history_user_id)
            for each in self._spoken_fields(row):
                if each.related_model is not None:
                    pointed_to.setdefault(each.related_model, set()).add(getattr(row, each.attname))
        if author_model is not None:
            pointed_to.setdefault(author_model, set()).update(authors)
        self._names = {model: _names(model, ids - {None}) for model, ids in pointed_to.items()}
        self.people = self._names[author_model] if author_model is not None else {}

    def changes(self, earlier: Any | None, row: Any) -> tuple[Change, ...]:
        """What this row says otherwise than the one before it; everything it says when it is the first."""
        if row.history_type == "-":
            return ()
        found = []
        for each in self._spoken_fields(row):
            was = self.shown(each, getattr(earlier, each.attname)) if earlier is not None else NOTHING
            now = self.shown(each, getattr(row, each.attname))
            if was != now:
                found.append(Change(str(each.verbose_name), was, now, each.name))
        return tuple(found)

    def _spoken_fields(self, row: Any) -> list[Any]:
        """The fields of the tracked model that this reader is told of."""
        label = row.instance_type._meta.label_lower
        return [
            each
            for each in row.tracked_fields
            if each.name not in UNSPOKEN and f"{label}.{each.name}" not in self._without
        ]

    def shown(self, field: Any, value: Any) -> str:
        if value is None or value == "":
            return NOTHING
        if field.related_model is not None:
            return self._names[field.related_model].get(value, NOTHING)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return shown_plainly(value)


def shown_plainly(value: Any) -> str:
    """Dates and times as people write them, yes and no, and everything else as it stands."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{long_date(local.date())} at {plain_time(local.time())}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return plain_time(value)
    return str(value)


def _names(model: type[models.Model], ids: set[Any]) -> dict[Any, str]:
    return {pk: str(found) for pk, found in model._default_manager.in_bulk(ids).items()}
