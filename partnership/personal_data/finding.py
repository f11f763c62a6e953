"""Rows that belong to a person, and rows whose words name them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from partnership.models import Partnership, User
from partnership.personal_data.registry import DIGESTS, KEPT, Held


def rows_held(held: Held, person: User, partnership: Partnership | None = None) -> QuerySet[Any]:
    """Rows of that kind that belong to the person; of one partnership alone, unprotected, where one is given."""
    model = apps.get_model(held.model)
    rows = plain_rows(model).filter(**{held.person: person.pk})
    if partnership is None or held.model == "partnership.user":
        return rows.order_by("pk")
    path = partnership_path(model)
    here = rows.filter(**{path: partnership.pk}) if path else rows.none()
    # What is limited to named readers, or barred to somebody, goes round its protection by no copy.
    for protection in getattr(getattr(model, "access_subject", None), "protections", ()):
        here = here.filter(**{f"{protection}__isnull": True})
    return here.order_by("pk")


def partnership_path(model: type[models.Model]) -> str:
    """The lookup from a row to the partnership it belongs to; empty where rows belong to none."""
    subject = getattr(model, "access_subject", None)
    if subject is not None:
        return str(subject.partnership_path)
    names = {field.name for field in model._meta.fields}
    return next((path for name, path in PATHS.items() if name in names), "")


# Of rows that the policy does not place.
PATHS = {
    "partnership": "partnership",
    "board": "board__partnership",
    "obligation": "obligation__board__partnership",
    "content_object": "content_object__partnership",
}


def plain_rows(model: type[models.Model]) -> QuerySet[Any]:
    """All rows of a model, by no manager of its own: histories and closed rows among them."""
    return QuerySet(model=model)


def names_of(person: User) -> list[str]:
    """Under which names and addresses the person was ever known, the longest first.

    A name of one word is no name to look for: it would be found in half of all texts.
    """
    known = {person.name, person.email}
    for name, email in User.history.filter(id=person.pk).values_list("name", "email"):
        known |= {name, email}
    return sorted((word for word in known if "@" in word or " " in word.strip()), key=len, reverse=True)


def searched_models() -> list[type[models.Model]]:
    """Every kind of row in which a name may stand, histories among them."""
    return [
        model
        for model in apps.get_models()
        if model._meta.label_lower not in DIGESTS and (model._meta.app_label in OWN_APPS or _is_history(model))
    ]


OWN_APPS = ("partnership", "membership", "meetings", "reviews")


def mentions(person: User) -> Iterator[tuple[type[models.Model], Any, str, str]]:
    """Each row, column and why it may stay (empty: it may not) in which a name of the person stands."""
    names = names_of(person)
    for model in searched_models():
        columns = text_columns(model)
        if not columns or not names:
            continue
        anywhere = reduce(or_, (Q(**{f"{column}__icontains": name}) for column in columns for name in names))
        for row in plain_rows(model).filter(anywhere).order_by("pk").iterator(200):
            for column in columns:
                text = str(getattr(row, column) or "").lower()
                if any(name.lower() in text for name in names):
                    yield model, row, column, why_kept(model, column)


def text_columns(model: type[models.Model]) -> list[str]:
    """Columns of free text: those with a list of choices hold nobody's name."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    ]


def why_kept(model: type[models.Model], column: str) -> str:
    """Why a name may go on standing there; empty where it may not. A reason of history is never kept for its model."""
    label = kind_of(model)
    if column == "history_change_reason":
        return KEPT.get(f"{label}.{column}", "")
    return KEPT.get(f"{label}.{column}") or KEPT.get(label, "")


def kind_of(model: type[models.Model]) -> str:
    """The label of the model, for a history that of what it tells of."""
    told_of = getattr(model, "instance_type", None)
    return str((told_of or model)._meta.label_lower)


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "instance_type")
