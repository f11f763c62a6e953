"""What is done to the protection of an object: limiting it, naming its readers, barring somebody, and undoing each.

The operations of the apps above call these inside the act that they are part of, under the lock of that act.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from partnership import access, clock
from partnership.authorship import saved
from partnership.models import Bar, BarSource, Board, Partnership, Protection, Reader, User
from partnership.operations import day_after_last


class NoReasonGiven(Exception):
    """Limiting, naming, barring and undoing each say why."""


class NotLimited(Exception):
    """Readers are named of what is limited."""


class AlreadyBarred(Exception):
    """An interest of that person is recorded already."""


class BarLifted(Exception):
    """Somebody else has lifted it."""


@transaction.atomic
def protect(*, partnership: Partnership, board: Board | None, by: User) -> Protection:
    """A protection for an object that has none: it keeps nobody out yet."""
    return saved(Protection(partnership=partnership, board=board), by=by, reason="Protection begun")


@transaction.atomic
def limit(*, protection: Protection, reason: str, by: User, excludes_team: bool = False) -> Protection:
    """Let only named readers and the offices of the table know what the object says. Raises NoReasonGiven."""
    protection.is_limited, protection.excludes_team = True, excludes_team
    protection.reason = _said(reason, "Say why it is limited to named members.")
    return saved(protection, by=by, reason=protection.reason, fields=["is_limited", "excludes_team", "reason"])


@transaction.atomic
def lift_limit(*, protection: Protection, reason: str, by: User) -> Protection:
    """Open it to everybody again whom the table lets read it; whoever was named is named no longer.

    Raises NoReasonGiven.
    """
    why = _said(reason, "Say why it is no longer limited.")
    for reader in Reader.objects.in_force(clock.today()).filter(protection=protection):
        unname(reader=reader, reason=why, by=by)
    protection.is_limited, protection.excludes_team = False, False
    return saved(protection, by=by, reason=why, fields=["is_limited", "excludes_team"])


@transaction.atomic
def name_reader(
    *,
    protection: Protection,
    person: User,
    reason: str,
    ends_on: date,
    by: User,
    in_place_of: Reader | None = None,
) -> Reader:
    """Name somebody from today to a last day; guardian keeps the permission beside it.

    Raises NotLimited, NoReasonGiven, EndsBeforeItStarts.
    """
    if not protection.is_limited:
        raise NotLimited("Readers are named of what is limited. Limit it first.")
    today = clock.today()
    reader = Reader(
        protection=protection,
        person=person,
        granted_by=by,
        reason=_said(reason, "Say why this reader is named."),
        starts_on=today,
        until=day_after_last(starts_on=today, ends_on=ends_on),
        in_place_of=in_place_of,
    )
    saved(reader, by=by, reason=reader.reason)
    access.lodge_naming(person=person, protection=protection)
    return reader


@transaction.atomic
def unname(*, reader: Reader, reason: str, by: User) -> Reader:
    """End a naming from now on; guardian's permission goes too, unless another naming still rests on it.

    Raises NoReasonGiven.
    """
    today = clock.today()
    reader.until = max(reader.starts_on, min(reader.until, today))
    saved(reader, by=by, reason=_said(reason, "Say why this reader is no longer named."), fields=["until"])
    others = Reader.objects.filter(protection=reader.protection_id, person=reader.person_id, until__gt=today)
    if not others.exists():
        access.withdraw_naming(person=reader.person, protection=reader.protection)
    return reader


@transaction.atomic
def bar(*, protection: Protection, person: User, source: BarSource, reason: str, by: User) -> Bar:
    """Keep a person with an interest in it from the object, everywhere and from now on.

    Raises NoReasonGiven, AlreadyBarred.
    """
    if Bar.objects.filter(protection=protection, person=person, lifted_at=None).exists():
        raise AlreadyBarred(f"An interest of {person.name} is recorded already.")
    made = Bar(
        protection=protection,
        person=person,
        source=source,
        reason=_said(reason, "Say what the interest is."),
        recorded_at=clock.now(),
    )
    return saved(made, by=by, reason="Interest recorded")


@transaction.atomic
def lift_bar(*, bar: Bar, reason: str, by: User) -> Bar:
    """Let the person read again what their rights let them read. Raises NoReasonGiven, BarLifted."""
    held = Bar.objects.select_for_update().filter(pk=bar.pk, lifted_at=None).first()
    if held is None:
        raise BarLifted("This interest was taken off the record already.")
    held.lifted_at = clock.now()
    return saved(held, by=by, reason=_said(reason, "Say why it no longer counts."), fields=["lifted_at"])


def _said(reason: str, missing: str) -> str:
    if not reason.strip():
        raise NoReasonGiven(missing)
    return reason.strip()
