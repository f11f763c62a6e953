"""The check of the whole record: rows against fingerprints, fingerprints in their places, anchors kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from partnership.audit.digests import field_digest, layout_of, name_of_layout, row_digest
from partnership.audit.sealing import anchors, code_of, sealed_models
from partnership.models import ChainHead, Fingerprint, Layout, Link, Tombstone

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written, in a sentence that names the row."""

    what: str
    row: str

    def __str__(self) -> str:
        return f"{self.row}: {self.what}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a check went through."""

    rows: int
    links: int
    anchors: int


def verify(*, now: datetime) -> tuple[list[Finding], Counted]:
    """Everything that is not as it was written. An empty list: the record stands as it was sealed."""
    findings: list[Finding] = []
    links = _check_chain(findings)
    rows = _check_rows(findings)
    findings += _left_unsealed(now)
    kept_outside = list(anchors())
    for kept in kept_outside:
        if not Link.objects.filter(sequence=kept["sequence"], code=kept["code"]).exists():
            findings.append(Finding("the chain no longer holds what was anchored then", f"Anchor {kept['file']}"))
    return findings, Counted(rows=rows, links=links, anchors=len(kept_outside))


def _check_chain(findings: list[Finding]) -> int:
    expected, previous, count = 1, "", 0
    for link in Link.objects.select_related("fingerprint").order_by("sequence").iterator(CHUNK):
        count += 1
        if link.sequence != expected:
            gap = f"Link {expected}" if link.sequence == expected + 1 else f"Links {expected} to {link.sequence - 1}"
            findings.append(Finding("missing from the chain", gap))
        elif link.previous != previous:
            findings.append(Finding("does not follow the link before it", _name_of(link)))
        if link.code != code_of(link.sequence, link.previous, link.fingerprint):
            findings.append(Finding("sealed otherwise than it stands now, or in another place", _name_of(link)))
        expected, previous = link.sequence + 1, link.code
    head = ChainHead.objects.first()
    if (head.sequence, head.code) != (expected - 1, previous) if head else count:
        findings.append(Finding("does not end at the last link", "The chain's head"))
    return count


def _name_of(link: Link) -> str:
    return f"{link.fingerprint} (link {link.sequence})"


def _check_rows(findings: list[Finding]) -> int:
    count = 0
    tombstones = _valid_tombstones()
    layouts = {
        layout.name: layout.columns.split(",")
        for layout in Layout.objects.all()
        if layout.name == name_of_layout(layout.model, layout.columns.split(","))
    }
    for model in sealed_models():
        label = model._meta.label_lower
        fingerprints = Fingerprint.objects.filter(model=label).order_by("row").iterator(CHUNK)
        for chunk in _in_chunks(fingerprints):
            rows = model._default_manager.in_bulk([fingerprint.row for fingerprint in chunk])
            for fingerprint in chunk:
                count += 1
                what = _wrong(
                    rows.get(fingerprint.row),
                    fingerprint,
                    layouts.get(fingerprint.layout),
                    tombstones.get(fingerprint.pk, {}),
                )
                if what:
                    findings.append(Finding(what, str(fingerprint)))
        without = ~Exists(Fingerprint.objects.filter(model=label, row=OuterRef("pk")))
        inserted = model._default_manager.filter(without).order_by("pk").values_list("pk", flat=True)
        findings += [Finding("put in past the application", f"{label} {pk}") for pk in inserted.iterator(CHUNK)]
    known = [model._meta.label_lower for model in sealed_models()]
    strange = Fingerprint.objects.exclude(model__in=known).values_list("model", flat=True).distinct()
    findings += [Finding("no such rows are known any more", name) for name in strange.order_by("model")]
    return count


def _wrong(
    row: models.Model | None,
    fingerprint: Fingerprint,
    columns: Sequence[str] | None,
    erased: dict[str, Tombstone],
) -> str:
    """What is wrong with a row, in words; empty when nothing is."""
    if "" in erased:
        return "" if row is None and erased[""].was == fingerprint.digest else "removed once, and there again"
    if row is None:
        return "deleted"
    if columns is None or not set(columns) <= set(layout_of(type(row))):
        return "cannot be checked: the columns it was written with are not known any more"
    for column, tombstone in erased.items():
        if field_digest(row, column) != tombstone.now:
            return f"changed after {column} was erased"
    had = {column: tombstone.was for column, tombstone in erased.items()}
    return "" if row_digest(row, columns, had) == fingerprint.digest else "changed"


def _valid_tombstones() -> dict[int, dict[str, Tombstone]]:
    """By fingerprint and column, those that the application itself put there: their own fingerprint is right."""
    found: dict[int, dict[str, Tombstone]] = {}
    own = {
        fingerprint.row: fingerprint
        for fingerprint in Fingerprint.objects.filter(model="partnership.tombstone").iterator()
    }
    for tombstone in Tombstone.objects.order_by("pk").iterator(CHUNK):
        mark = own.get(tombstone.pk)
        if mark is not None and mark.digest == row_digest(tombstone, layout_of(Tombstone)):
            found.setdefault(tombstone.fingerprint_id, {})[tombstone.column] = tombstone
    return found


def _left_unsealed(now: datetime) -> Iterator[Finding]:
    late = Fingerprint.objects.filter(link=None, made_at__lt=now - settings.SEALED_WITHIN).order_by("pk")
    for fingerprint in late.iterator(CHUNK):
        yield Finding("never sealed, or its link was taken out", str(fingerprint))


def _in_chunks(rows: Iterator[Fingerprint]) -> Iterator[list[Fingerprint]]:
    chunk: list[Fingerprint] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
