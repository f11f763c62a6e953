"""An agenda with its papers published: told to whoever receives them by the constitution's rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from meetings.announcements import kinds
from meetings.announcements.words import as_recipient, named, page, values_of
from meetings.models import AgendaItem, AgendaPublication, ItemKind, MeetingStatus
from meetings.queries.agenda import papers_due, publication_stands
from meetings.queries.recipients import recipients_of
from partnership.models import Announcement, User
from partnership.models.handling import highest
from partnership.obligations.announcements import AnnouncementKind
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.rules.arrangements import Document
from partnership.rules.plain_dates import counted


def _load(ids: Collection[int]) -> Mapping[int, AgendaPublication]:
    standing = {"stands": ExpressionWrapper(publication_stands(), output_field=BooleanField())}
    publications = AgendaPublication.objects.annotate(**standing)
    return publications.select_related("meeting__board__partnership").in_bulk(ids)


def _is_current(publication: Any, announcement: Announcement) -> bool:
    return publication.meeting.status != MeetingStatus.CANCELLED and bool(publication.stands)


def _recipients(publication: AgendaPublication, announcement: Announcement, on: date) -> set[int]:
    named_by = recipients_of(meeting=publication.meeting, document=Document.AGENDA_AND_PAPERS, today=on)
    return set() if named_by is None else {receiver.person_id for receiver in named_by.people}


def _letter(publication: AgendaPublication, announcement: Announcement, person: User, today: date) -> Letter:
    meeting = publication.meeting
    due = papers_due(meeting=meeting)
    is_first = publication.version == 1
    mine = AgendaItem.objects.visible_to(person, today).filter(meeting=meeting, published_in__isnull=False)
    decisions = mine.filter(kind=ItemKind.DECISION).count()
    # Of what this person may read alone: another's mark would tell of what they may not know.
    marks = [item.mark for item in mine.filter(mark__is_on_subjects=True).select_related("mark")]
    return Letter(
        kind=kinds.PAPERS if is_first else kinds.PAPERS_ADDED,
        values=values_of(meeting),
        mark=f"{mark.label}: " if (mark := highest(marks)) else "",
        heading=f"The papers for {named(meeting)}, are ready" if is_first else "There is more to read",
        facts=(
            f"You are asked for {counted(decisions, 'decision')}."
            if decisions
            else "The agenda asks for no decision of yours.",
        ),
        clause=due.rule.clause if due is not None else None,
        button="Read the papers",
        path=page("meeting", meeting),
        sent_as=as_recipient(meeting),
    )


PAPERS_PUBLISHED = AnnouncementKind(
    name="papers published",
    model="meetings.agendapublication",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=lambda publication: Wording(
        what="the agenda and papers" if publication.version == 1 else "an addition to the papers",
        of_what=named(publication.meeting),
    ),
)
