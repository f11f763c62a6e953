"""Sending a message again: what a person decides, never the sweep."""

from __future__ import annotations

import uuid

from django.db import transaction

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Delivery, DeliveryState, ObligationEvent, User
from partnership.obligations.recording import record_event

CAN_GO_AGAIN = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BOUNCED)


class NotToBeSentAgain(Exception):
    """It has not gone, or it is not this person's to send."""


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> Delivery:
    """Let a message go once more, to whomever it concerns still, as it reads now. Raises NotToBeSentAgain.

    It bears a Message-ID of its own, so that no mail system takes it for the first copy. Where it no longer holds, or
    is no longer theirs, it is not sent, and that is written down.
    """
    held = Delivery.objects.select_for_update(of=("self",)).select_related("obligation").get(pk=delivery.pk)
    if held.state not in CAN_GO_AGAIN or not access.may(by, Action.WRITE, held, Kind.MESSAGES):
        raise NotToBeSentAgain("Only what was sent, failed or came back can be sent again, by the team.")
    before = held.get_state_display()
    Delivery.objects.filter(pk=held.pk).update(
        uuid=uuid.uuid4(),
        state=DeliveryState.PENDING,
        send_at=clock.now(),
        wait_until=None,
        begun_at=None,
        worker=None,
        attempts=0,
        render_failures=0,
        is_uncertain=False,
        is_late=False,
        in_digest=False,
        digest=None,
        sent_at=None,
        answer="",
        service_id="",
    )
    record_event(held, ObligationEvent.What.AGAIN, f"It was: {before}. {held.answer}", at=clock.now(), by=by)
    held.refresh_from_db()
    return held
