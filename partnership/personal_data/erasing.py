"""Erasing a person: their name, addresses and what was said of them go; what has to be kept stays, with its reason.

Nobody's row is deleted and no seal is broken. The account becomes "Erased person 12"; each field that is emptied in the
record leaves a tombstone, so that the chain goes on proving the rest. All of it happens in one transaction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from partnership import clock
from partnership.audit import guards
from partnership.audit.digests import field_digest
from partnership.audit.recording import record
from partnership.authorship import saved
from partnership.models import Fingerprint, Standing, SubjectCopy, Tombstone, User, What
from partnership.personal_data.finding import kind_of, mentions, names_of, plain_rows, rows_held
from partnership.personal_data.registry import HELD

REASON = "Personal data erased"


class StillHere(Exception):
    """The person has a standing today or later: they are deactivated and their appointments ended first."""


class NotAPerson(Exception):
    """The named author of a job is nobody."""


@dataclass
class Plan:
    """What an erasure takes and what it leaves, by kind: numbers for whoever decides, and for the record of it."""

    erased: Counter[str] = field(default_factory=Counter)
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    files: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "erased": dict(self.erased),
            "deleted": dict(self.deleted),
            "kept": [[kind, why, number] for (kind, why), number in sorted(self.kept.items())],
            "files": self.files,
        }


def plan(*, person: User) -> Plan:
    """A dry run: nothing is changed."""
    return _Erasing(person, by=None).run()


@transaction.atomic
def erase_person(*, person: User, reason: str, by: User) -> Plan:
    """Erase what is held on a person, except what has a recorded reason to be kept.

    Raises StillHere, NotAPerson. Only a process that may lift the guards of the record can do it (ADR 0035).
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    check_may_be_erased(person)
    with guards.lifted():
        done = _Erasing(person, by=by).run()
    detail = f"{sum(done.erased.values())} fields, {sum(done.deleted.values())} rows; kept: {sum(done.kept.values())}"
    record(What.ERASED, by=by, subject=person, kind="user", number=person.pk, detail=f"{detail}. {reason}")
    return done


def check_may_be_erased(person: User) -> None:
    """Raises StillHere, NotAPerson."""
    if person.is_system:
        raise NotAPerson("This is the author of a job, and no person.")
    held = Standing.objects.filter(person=person).exclude(until__lte=clock.today())
    if held.exists():
        raise StillHere("This person still has a standing. End their appointments and team standings first.")


class _Erasing:
    """One erasure, or the dry run of one while `by` is None."""

    def __init__(self, person: User, by: User | None) -> None:
        self.person, self.by = person, by
        self.plan = Plan()
        self.names = names_of(person)
        self.stand_in = f"Erased person {person.pk}"
        self.no_address = f"erased-{person.pk}@erased.invalid"

    def run(self) -> Plan:
        found = [(model, row.pk, column, why) for model, row, column, why in mentions(self.person)]
        self._account()
        self._said_of_them()
        for model, pk, column, why in found:
            if model in {User, User.history.model} and column in {"name", "email"}:
                continue
            if why:
                self.plan.kept[kind_of(model), why] += 1
            else:
                self._without_names(model, pk, column)
        self._belongings()
        self._files()
        return self.plan

    def _account(self) -> None:
        """The live row first: its history, the row just written among it, then says nothing of before."""
        person = self.person
        if self.by is not None:
            person.name, person.email, person.is_active = self.stand_in, self.no_address, False
            person.refused_address = ""
            person.set_unusable_password()
            fields = ["name", "email", "is_active", "password", "refused_address"]
            saved(person, by=self.by, reason=REASON, fields=fields)
        self.plan.erased["partnership.user"] += 2
        for row in User.history.filter(id=person.pk).exclude(name=self.stand_in):
            self._overwrite(row, {"name": self.stand_in, "email": self.no_address})

    def _said_of_them(self) -> None:
        """Columns that say something personal of them, whatever the text."""
        for held in HELD:
            model = apps.get_model(held.model)
            tracked = getattr(model, "history", None)
            for column in sorted(held.blanked):
                filled = rows_held(held, self.person).exclude(**{column: ""})
                for row in filled:
                    self._overwrite(row, {column: self._instead_of(model, column)})
                if tracked is not None:
                    history = plain_rows(tracked.model).filter(**{held.person: self.person.pk})
                    for row in history.exclude(**{column: ""}):
                        self._overwrite(row, {column: self._instead_of(model, column)})

    def _instead_of(self, model: type[models.Model], column: str) -> str:
        blank = model._meta.get_field(column).blank  # type: ignore[union-attr]  # a column is a field
        return "" if blank else self.stand_in

    def _without_names(self, model: type[models.Model], pk: Any, column: str) -> None:
        row = plain_rows(model).filter(pk=pk).first()
        if row is None:
            return
        is_address = isinstance(model._meta.get_field(column), models.EmailField)
        value = self.no_address if is_address else self._replaced(getattr(row, column))
        if value != getattr(row, column):
            self._overwrite(row, {column: value})

    def _replaced(self, value: Any) -> Any:
        if isinstance(value, str):
            for name in self.names:
                instead = self.no_address if "@" in name else self.stand_in
                value = re.sub(re.escape(name), instead, value, flags=re.IGNORECASE)
            return value
        if isinstance(value, dict):
            return {self._replaced(key): self._replaced(each) for key, each in value.items()}
        return [self._replaced(each) for each in value] if isinstance(value, list) else value

    def _overwrite(self, row: models.Model, values: Mapping[str, Any]) -> None:
        self.plan.erased[kind_of(type(row))] += len(values)
        if self.by is None:
            return
        if getattr(type(row), "append_only", False):
            overwrite(row, values, reason=REASON)
        elif hasattr(type(row), "history"):
            for column, value in values.items():
                setattr(row, column, value)
            saved(row, by=self.by, reason=REASON, fields=list(values))
        else:
            plain_rows(type(row)).filter(pk=row.pk).update(**values)

    def _belongings(self) -> None:
        """Rows that serve nobody but the person."""
        for held in HELD:
            if held.is_deleted:
                rows = rows_held(held, self.person)
                self.plan.deleted[held.model] += rows.count()
                if self.by is not None:
                    rows.delete()

    def _files(self) -> None:
        """Copies made for them, and what a demonstration's mail server kept for them."""
        for copy in SubjectCopy.objects.filter(person=self.person).exclude(file=""):
            self.plan.files += 1
            if self.by is not None:
                copy.file.delete(save=False)
                SubjectCopy.objects.filter(pk=copy.pk).update(file="", state="gone")
        for path in settings.MAIL_SINK_DIR.glob("*.eml"):
            text = path.read_bytes().lower()
            if any(name.lower().encode() in text for name in self.names):
                self.plan.files += 1
                if self.by is not None:
                    path.unlink()


def overwrite(row: models.Model, values: Mapping[str, Any], *, reason: str) -> None:
    """Change fields of a row that is written once, each leaving a tombstone. The guards are lifted by the caller."""
    mark = Fingerprint.objects.filter(model=row._meta.label_lower, row=row.pk).first()
    before = {column: field_digest(row, column) for column in values} if mark else {}
    for column, value in values.items():
        setattr(row, column, value)
    plain_rows(type(row)).filter(pk=row.pk).update(**values)
    if mark is None:
        return
    earlier = dict(Tombstone.objects.filter(fingerprint=mark).order_by("-pk").values_list("column", "was"))
    for column, was in before.items():
        Tombstone(
            fingerprint=mark,
            column=column,
            # What a second erasure finds there is a stand-in: the chain knows the first.
            was=earlier.get(column, was),
            now=field_digest(row, column),
            at=clock.machine_now(),
            reason=reason,
        ).save()
