"""What the worker does of copies and erasures that somebody asked for."""

from __future__ import annotations

import logging

from django.db import transaction

from partnership import clock
from partnership.models import Erasure, SubjectCopy, User, WorkState
from partnership.personal_data.erasing import NotAPerson, StillHere, check_may_be_erased, erase_person
from partnership.personal_data.packaging import make_copy

log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_erasure(*, person: User, reason: str, by: User) -> Erasure:
    """Have a person erased by the worker, which alone may. Raises StillHere, NotAPerson."""
    check_may_be_erased(person)
    waiting = Erasure.objects.filter(person=person, state=WorkState.WAITING).first()
    if waiting is not None:
        return waiting
    erasure = Erasure(person=person, asked_by=by, asked_at=clock.now(), reason=reason)
    erasure.save()
    return erasure


def do_waiting() -> int:
    """Make every copy and do every erasure that waits; the number of them. Doubled or lost, it does no harm."""
    done = 0
    for copy in SubjectCopy.objects.filter(state=WorkState.WAITING).select_related("person", "partnership"):
        try:
            make_copy(copy=copy)
        except Exception:
            log.exception("copy %s could not be made", copy.uuid)
            SubjectCopy.objects.filter(pk=copy.pk).update(state=WorkState.FAILED)
        done += 1
    for erasure in Erasure.objects.filter(state=WorkState.WAITING):
        _erase(erasure)
        done += 1
    return done


@transaction.atomic
def _erase(erasure: Erasure) -> None:
    held = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if held.state != WorkState.WAITING:
        return
    try:
        with transaction.atomic():
            came_to = erase_person(person=held.person, reason=held.reason, by=held.asked_by).to_json()
    except (StillHere, NotAPerson) as refused:
        Erasure.objects.filter(pk=held.pk).update(state=WorkState.FAILED, problem=str(refused))
    else:
        Erasure.objects.filter(pk=held.pk).update(state=WorkState.READY, done_at=clock.now(), came_to=came_to)
