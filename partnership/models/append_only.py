"""Rows that are written once: nobody changes or deletes them, and those of the record leave a fingerprint.

The database refuses it, too (`partnership.audit.guards`): by rights on a server, by triggers in a file.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from partnership import clock
from partnership.audit.digests import layout_of, name_of_layout, row_digest


class EventWritten(Exception):
    """A row that is written once was about to be changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise EventWritten("A row of the record is not changed.")

    def delete(self) -> NoReturn:
        raise EventWritten("A row of the record is not deleted.")


class AppendOnly(models.Model):
    """A row that is only ever added. The database's guards go by `append_only`."""

    append_only: ClassVar[bool] = True

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding and self.pk is not None:
            raise EventWritten("A row of the record is not changed.")
        super().save(**kwargs)

    def delete(self, **kwargs: Any) -> NoReturn:  # type: ignore[override]  # nothing is ever deleted
        raise EventWritten("A row of the record is not deleted.")


class Sealed(AppendOnly):
    """A row of the record: its fingerprint is written with it, in the same transaction or not at all."""

    class Meta(AppendOnly.Meta):
        abstract = True

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        fingerprint_of(self).save(force_insert=True)


class Layout(AppendOnly):
    """The columns that fingerprints of a model cover, as they stood after a migration; `name` follows from them."""

    name = models.CharField(max_length=16, primary_key=True)
    model = models.CharField(max_length=100)
    columns = models.TextField(help_text="Separated by commas.")

    def __str__(self) -> str:
        return f"{self.model}: {self.columns}"


class Fingerprint(AppendOnly):
    """The keyed digest of one row of the record, made as it was written. The chain is made of fingerprints."""

    model = models.CharField(max_length=100)
    row = models.BigIntegerField()
    layout = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=("model", "row"), name="fingerprint_once_a_row"),)

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


def fingerprint_of(row: models.Model) -> Fingerprint:
    """The fingerprint of a row as it stands in memory, not saved."""
    columns, label = layout_of(type(row)), row._meta.label_lower
    return Fingerprint(
        model=label,
        row=row.pk,
        layout=name_of_layout(label, columns),
        digest=row_digest(row, columns),
        made_at=clock.machine_now(),
    )


class Link(AppendOnly):
    """One link of the chain: a fingerprint in its place, under a code that covers the link before it."""

    sequence = models.BigIntegerField(primary_key=True)
    fingerprint = models.OneToOneField(Fingerprint, on_delete=models.PROTECT, related_name="link")
    previous = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.CheckConstraint(condition=models.Q(sequence__gt=0), name="link_sequence_starts_at_one"),)

    def __str__(self) -> str:
        return f"Link {self.sequence}"


class Tombstone(Sealed):
    """Stands for a field of the record that was erased: the digest it had and the one of what stands there since.

    `column` is empty where the whole row was removed at the end of its time. Of several for one field the last counts.
    """

    fingerprint = models.ForeignKey(Fingerprint, on_delete=models.PROTECT, related_name="tombstones")
    column = models.CharField(max_length=64, blank=True)
    was = models.CharField(max_length=64)
    now = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta(Sealed.Meta):
        indexes = (models.Index(fields=("fingerprint", "column"), name="tombstone_by_field"),)

    def __str__(self) -> str:
        return f"{self.fingerprint}: {self.column or 'removed'}"


class ChainHead(models.Model):
    """The end of the chain, in one row that is locked while links are added."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    code = models.CharField(max_length=64, blank=True)
    fingerprint = models.BigIntegerField(default=0, help_text="The highest fingerprint that has been sealed.")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="chain_has_one_head"),)

    def __str__(self) -> str:
        return f"Head at {self.sequence}"
