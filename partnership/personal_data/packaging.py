"""A copy of all that is held on a person: made by the worker, fetched by whoever asked for it and by nobody else.

What a row says of somebody else, or in words that may, is not given out unread: it waits in a file of its own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.functional import Promise

from partnership import clock
from partnership.audit.recording import record
from partnership.models import Partnership, Standing, SubjectCopy, User, What, WorkState
from partnership.personal_data.finding import mentions, rows_held
from partnership.personal_data.registry import HELD, RETENTION, Held

# What proves who somebody is, or could: in no copy, not even their own.
SECRETS = frozenset({"password", "code", "token", "browser", "account", "session_key", "session_data", "data"})
HELD_BACK = "held back: somebody reads it first, for it may tell of others"


class NotOfThisPartnership(Exception):
    """The person has never had a standing in that partnership."""


@dataclass
class Contents:
    """What goes into a copy: what may be given out, and what somebody has to read before it is."""

    released: list[dict[str, Any]] = field(default_factory=list)
    for_review: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def ask_for_copy(*, person: User, by: User, partnership: Partnership | None = None) -> SubjectCopy:
    """Have a copy made. Raises NotOfThisPartnership."""
    if partnership is not None and not Standing.objects.filter(person=person, partnership=partnership).exists():
        raise NotOfThisPartnership("Nobody with that address has ever had a part in this partnership.")
    copy = SubjectCopy(person=person, asked_by=by, partnership=partnership, asked_at=clock.now())
    copy.save()
    record(
        What.SUBJECT_ACCESS,
        by=by,
        subject=person,
        partnership_id=None if partnership is None else partnership.pk,
        kind="subjectcopy",
        number=copy.uuid,
        detail="Asked for",
    )
    return copy


def make_copy(*, copy: SubjectCopy) -> None:
    """Make the file. Done twice by two workers, it is the same file under the same name."""
    made = zipped(copy.person, contents_of(person=copy.person, partnership=copy.partnership))
    copy.file.save("copy.zip", ContentFile(made), save=False)
    SubjectCopy.objects.filter(pk=copy.pk, state=WorkState.WAITING).update(
        file=copy.file.name, state=WorkState.READY, made_at=clock.now()
    )


def copy_to_fetch(*, uuid: Any, by: User) -> SubjectCopy | None:
    """The copy of that number, if that person asked for it, it is ready and its days are not over: asked each time."""
    since = clock.now() - timedelta(days=RETENTION["copies for a person"].days or 0)
    ready = SubjectCopy.objects.filter(state=WorkState.READY, made_at__gte=since)
    return ready.filter(uuid=uuid, asked_by=by).first()


def contents_of(*, person: User, partnership: Partnership | None = None) -> Contents:
    """Everything that is held on the person, row by row, histories included."""
    contents = Contents()
    for held in HELD:
        model = apps.get_model(held.model)
        rows = list(rows_held(held, person, partnership))
        _take(contents, held, held.what, rows, person)
        history = getattr(model, "history", None)
        if history is not None and held.model != "partnership.user":
            ids = [row.pk for row in rows]
            _take(contents, held, f"{held.what}, as they were before", list(history.filter(id__in=ids)), person)
        elif history is not None:
            _take(contents, held, f"{held.what}, as it was before", list(history.filter(id=person.pk)), person)
    told = {(held.model, held.person) for held in HELD}
    for model, row, column, why in mentions(person):
        if partnership is None and (model._meta.label_lower, "id") not in told:
            text = str(getattr(row, column))
            contents.for_review.append(
                {"what": "Named elsewhere", "kind": model._meta.label_lower, "row": row.pk, column: text, "kept": why}
            )
    return contents


def _take(contents: Contents, held: Held, what: str, rows: list[Any], person: User) -> None:
    if not rows:
        return
    released, for_review = [], []
    for row in rows:
        given, back = _split(held, row, person)
        released.append(given)
        if back:
            for_review.append({"row": row.pk, **back})
    contents.released.append({"what": what, "kind": held.model, "rows": released})
    if for_review:
        contents.for_review.append({"what": what, "kind": held.model, "rows": for_review})


def _split(held: Held, row: models.Model, person: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row's columns: those that may be given out, and those that may tell of others."""
    given: dict[str, Any] = {}
    back: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        name, value = column.name, getattr(row, column.attname)
        if value in (None, "") or name in SECRETS:
            continue
        if column.related_model is User and value != person.pk:
            back[name] = str(User.objects.filter(pk=value).values_list("name", flat=True).first() or value)
            given[name] = HELD_BACK
        elif _is_words(column) and name not in held.own:
            back[name] = value
            given[name] = HELD_BACK
        else:
            given[name] = value
    return given, back


def _is_words(column: Any) -> bool:
    return isinstance(column, models.TextField | models.JSONField) or (
        isinstance(column, models.CharField) and not column.choices
    )


def zipped(person: User, contents: Contents) -> bytes:
    """The copy as one file: to read, to process, and what waits for a reader."""
    held = {"person": person.email, "made": clock.now().isoformat(), "held": contents.released}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("released.json", _json(held))
        archive.writestr("released.html", render_to_string("partnership/subject_copy.html", {"copy": held}))
        archive.writestr("for-review-before-release.json", _json(contents.for_review))
    return out.getvalue()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, Promise | memoryview) or hasattr(o, "name") else super().default(o)


def _json(value: Any) -> str:
    return json.dumps(value, cls=_Encoder, indent=1, ensure_ascii=False)
