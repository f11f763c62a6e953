"""An action agreed: told to its owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse

from meetings.announcements import kinds
from meetings.models import Action, ActionStatus
from membership.queries import agency_names
from partnership.models import Announcement, User
from partnership.navigation import address_of
from partnership.obligations.announcements import AnnouncementKind
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.rules.plain_dates import brief_date, long_date


def _load(ids: Collection[int]) -> Mapping[int, Action]:
    return Action.objects.select_related("board__partnership", "partnership", "agency").in_bulk(ids)


def _is_current(action: Action, announcement: Announcement) -> bool:
    """Closed, it is nothing to be told of; with another owner it is told to them, as another occurrence."""
    return action.status != ActionStatus.CLOSED and announcement.occurrence.startswith(f"{action.owner_id}.")


def occurrence_of(action: Action) -> str:
    """Each handing over is told once: the owner, and the change by which the action became theirs."""
    return f"{action.owner_id}.{action.version}"


def _recipients(action: Action, announcement: Announcement, on: date) -> set[int]:
    # What the owner may no longer read, they are not told of.
    return {action.owner_id} if Action.objects.visible_to(action.owner, on).filter(pk=action.pk).exists() else set()


def _letter(action: Action, announcement: Announcement, person: User, today: date) -> Letter:
    agencies = [] if action.agency_id is None else [action.agency_id]
    names = agency_names(agencies=agencies, partnership_id=action.board.partnership_id, on=today)
    whose = names.get(action.agency_id or 0, action.board.short_name)
    return Letter(
        kind=kinds.ACTION,
        values={
            "action": action.reference,
            "agency": whose,
            "group": action.board.name,
            "short name": action.board.short_name,
            "due day": brief_date(action.due_on, today),
            "due date": long_date(action.due_on),
        },
        heading=f"{action.reference} is yours, due {brief_date(action.due_on, today)}",
        facts=("What is to be done, and how to report on it, is on its page.",),
        button="Open the action",
        path=reverse("action", args=[*address_of(action.board), action.number]),
        sent_as="the owner of this action",
    )


ACTION_AGREED = AnnouncementKind(
    name="action agreed",
    model="meetings.action",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=lambda action: Wording(what="a new action", of_what=action.reference),
)
