"""History that always names its author.

django-simple-history leaves author and reason empty when nobody sets them. Here both columns are NOT NULL and a
change without them is refused, so the change itself is rolled back with its history row.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

# The module, not its function: it needs the models of this package, which are being loaded.
from partnership.audit import recording
from partnership.models.append_only import Sealed


class AnonymousChange(Exception):
    """A tracked row was about to be written without an author or without a reason."""


class AuthoredHistory(HistoricalRecords):
    """One history row per change, each with its author, its reason and its fingerprint.

    Write through `partnership.authorship`, which sets author and reason. Raises AnonymousChange otherwise. A model
    whose changes belong to the audit trail, too, says as what by `audited_as(how)`; `how` is +, ~ or -.
    """

    def __init__(self, *, excluded_fields: list[str] | None = None) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # simple-history has no types
            bases=(Sealed,),
            excluded_fields=excluded_fields,
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(),
        )

    def _get_history_user_fields(self) -> dict[str, Any]:
        # PROTECT: people are deactivated, never deleted, so the record keeps its authors.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=self.user_related_name
            )
        }

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        super().create_historical_record(instance, history_type, using)  # type: ignore[no-untyped-call]  # as above
        what = instance.audited_as(history_type) if hasattr(instance, "audited_as") else None
        if what is not None:
            recording.record_change(instance, what=what, by=self.get_history_user(instance))

    def get_history_user(self, instance: models.Model) -> Any:
        author = getattr(instance, "_history_user", None)
        if author is None:
            raise AnonymousChange(f"Name the author before saving this {instance._meta.verbose_name}.")
        return author

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str:
        reason = getattr(instance, "_change_reason", None)
        if not reason:
            raise AnonymousChange(f"Give the reason before saving this {instance._meta.verbose_name}.")
        return str(reason)
