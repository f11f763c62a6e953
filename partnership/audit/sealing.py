"""Fingerprints into the chain, in batches, under a lock on its head; and the head to a place outside the database.

A row cannot change unnoticed even before it is sealed: its fingerprint needs the key. What sealing adds is that no row
can be taken out together with its fingerprint, nor put in between.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.db import connections, models, transaction

from partnership import clock
from partnership.audit.digests import keyed, layout_of, name_of_layout
from partnership.audit.recording import record
from partnership.models import ChainHead, Fingerprint, Layout, Link, Sealed, User, What
from partnership.models.append_only import fingerprint_of

log = logging.getLogger("quorate.audit")

BATCH = 500
# Fingerprints get their numbers before their transactions commit; one that comes late is still found this far back.
LOOKED_BACK = 20_000


def sealed_models() -> list[type[models.Model]]:
    """Every kind of row whose fingerprint goes into the chain, histories among them."""
    return sorted(
        (model for model in apps.get_models() if issubclass(model, Sealed)), key=lambda model: model._meta.label_lower
    )


def note_layouts(**kwargs: Any) -> None:
    """After a migration: which columns the fingerprints of each kind of row cover from now on."""
    using = kwargs.get("using", "default")
    if Layout._meta.db_table not in connections[using].introspection.table_names():
        return  # migrated back to before there was a record of them
    known = set(Layout.objects.using(using).values_list("name", flat=True))
    for model in sealed_models():
        columns, label = layout_of(model), model._meta.label_lower
        name = name_of_layout(label, columns)
        if name not in known:
            Layout(name=name, model=label, columns=",".join(columns)).save(using=using, force_insert=True)


@transaction.atomic
def seal(*, by: User) -> int:
    """Seal the next fingerprints, and say how many; none when all are. Safe for any number of workers at once."""
    head = _locked_head()
    if head.sequence == 0:
        _begin(by)
    waiting = Fingerprint.objects.filter(pk__gt=head.fingerprint - LOOKED_BACK, link=None).order_by("pk")[:BATCH]
    links = []
    for fingerprint in waiting:
        code = code_of(head.sequence + 1, head.code, fingerprint)
        links.append(
            Link(
                sequence=head.sequence + 1,
                fingerprint=fingerprint,
                previous=head.code,
                code=code,
                sealed_at=clock.machine_now(),
            )
        )
        head.sequence, head.code, head.fingerprint = head.sequence + 1, code, max(head.fingerprint, fingerprint.pk)
    Link.objects.bulk_create(links)
    head.save()
    return len(links)


def seal_all(*, by: User) -> int:
    """Seal until nothing waits; the number of rows sealed."""
    total = 0
    while sealed := seal(by=by):
        total += sealed
    return total


def code_of(sequence: int, previous: str, fingerprint: Fingerprint) -> str:
    """What a link says of its place, of the link before it and of its fingerprint, under the key."""
    whole = (fingerprint.pk, fingerprint.model, fingerprint.row, fingerprint.layout, fingerprint.digest)
    return keyed("link", sequence, previous, whole)


def _locked_head() -> ChainHead:
    ChainHead.objects.get_or_create(pk=1)
    return ChainHead.objects.select_for_update().get(pk=1)


def _begin(by: User) -> None:
    """Before the first link: rows from before there were fingerprints are taken in as they stand, and it is said so.

    Not where a chain has stood before: an anchor would tell of it, and the rows are then left to be found by a check.
    """
    if any(anchors()):
        return
    taken = 0
    for model in sealed_models():
        without = model._default_manager.exclude(
            pk__in=Fingerprint.objects.filter(model=model._meta.label_lower).values("row")
        )
        for row in without.order_by("pk").iterator():
            fingerprint_of(row).save(force_insert=True)
            taken += 1
    record(What.CHAIN_BEGUN, by=by, detail=f"{taken} rows from before taken in as they stood.")


# --- anchors ----------------------------------------------------------------------------------------------------------


def anchors() -> Iterator[dict[str, Any]]:
    """Every head that was written outside the database, the earliest first."""
    folder: Path = settings.ANCHOR_DIR
    for path in sorted(folder.glob("*.json")):
        try:
            yield {**json.loads(path.read_text(encoding="ascii")), "file": path.name}
        except ValueError:
            yield {"sequence": 0, "code": "", "file": path.name}


def anchor(*, at: datetime) -> Path | None:
    """Write today's head outside the database, once a day: to a file, to the log and, where asked, by mail."""
    head = ChainHead.objects.filter(sequence__gt=0).first()
    folder: Path = settings.ANCHOR_DIR
    path = folder / f"{at.date().isoformat()}.json"
    if head is None or path.exists():
        return None
    said = {"sequence": head.sequence, "code": head.code, "at": at.isoformat()}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("x", encoding="ascii") as file:
        path.chmod(0o600)
        json.dump(said, file)
    with suppress(Exception):
        log.info("anchor", extra={"sequence": head.sequence, "code": head.code})
    if settings.ANCHOR_TO:
        text = (
            f"The record stands at seal {head.sequence}.\n\n{head.code}\n\nKeep this message: it proves the record.\n"
        )
        send_mail(f"Seal of {at:%-d %B %Y}", text, None, [settings.ANCHOR_TO])
    return path
