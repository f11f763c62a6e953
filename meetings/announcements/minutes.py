"""Minutes sent: told to whoever receives them, with their own actions and the clause on disputes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from meetings.announcements import kinds
from meetings.announcements.words import as_recipient, named, page, values_of
from meetings.minutes.due import minutes_due
from meetings.minutes.recipients import minutes_go_to
from meetings.models import Action, Minutes
from partnership.models import Announcement, User
from partnership.obligations.announcements import AnnouncementKind
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.rules.plain_dates import counted


def _load(ids: Collection[int]) -> Mapping[int, Minutes]:
    return Minutes.objects.select_related("meeting__board__partnership").in_bulk(ids)


def _is_current(minutes: Minutes, announcement: Announcement) -> bool:
    """A later version has a message of its own."""
    return not Minutes.objects.filter(meeting=minutes.meeting_id, version__gt=minutes.version).exists()


def _recipients(minutes: Minutes, announcement: Announcement, on: date) -> set[int]:
    return {receiver.person_id for receiver in minutes_go_to(meeting=minutes.meeting, today=on).people}


def _letter(minutes: Minutes, announcement: Announcement, person: User, today: date) -> Letter:
    meeting = minutes.meeting
    due = minutes_due(meeting=meeting)
    mine = Action.objects.visible_to(person, today).filter(item__meeting=meeting).owned_by(person.pk).not_closed()
    actions = mine.count()
    return Letter(
        kind=kinds.MINUTES if minutes.version == 1 else kinds.MINUTES_AGAIN,
        values=values_of(meeting) | {"version": f"version {minutes.version}"},
        heading=f"The minutes of {named(meeting)}{'' if minutes.version == 1 else f', version {minutes.version}'}",
        facts=(
            f"{counted(actions, 'action')} in them {'is' if actions == 1 else 'are'} yours."
            if actions
            else "No action in them is yours.",
        ),
        clause=due.rule.clause if due is not None else None,
        button="Read the minutes",
        path=page("minutes", meeting),
        sent_as=as_recipient(meeting),
    )


MINUTES_SENT = AnnouncementKind(
    name="minutes sent",
    model="meetings.minutes",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=lambda minutes: Wording(what="the minutes", of_what=named(minutes.meeting)),
)
