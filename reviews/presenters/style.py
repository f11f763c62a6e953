"""The living style page: every component in every state, drawn by the templates that the pages use.

The people are invented, and so is the board. Nothing here is asked of the database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message

from meetings.forms import GuestForm
from meetings.presenters.meeting_tasks import Tag, Task
from meetings.presenters.meetings import MeetingRow
from meetings.presenters.register_answer import AnswerCard
from meetings.presenters.register_rows import RowGroup
from meetings.presenters.register_table import TablePicture, table_picture
from meetings.presenters.register_time import EventOnPage, StripOnPage
from reviews.presenters import style_samples
from reviews.presenters.attendance import KEY, GridCell
from reviews.presenters.contrast import Token, tokens

SAVED = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history."""

    title: str
    by: str
    at: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class StylePage:
    """Everything the style page prints. `saved` are the ids of the rows shown as just saved."""

    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    tasks: tuple[Task, ...]
    meetings: tuple[MeetingRow, ...]
    answers: tuple[tuple[str, AnswerCard], ...]
    reasons: AnswerCard
    table: TablePicture | None
    strip: StripOnPage
    events: tuple[EventOnPage, ...]
    group: RowGroup
    saved: int
    form: GuestForm
    banners: tuple[Message, ...]
    steps: tuple[Step, ...]
    key: tuple[GridCell, ...]


def style_page() -> StylePage:
    """The page, the same for everybody."""
    form = GuestForm({"name": "", "attends_as": "adviser", "mode": "in the room"})
    form.is_valid()
    rows = style_samples.rows()
    required = [replace(row, is_required=True) for row in (*rows[:3], rows[5], rows[7])]
    return StylePage(
        tokens=tokens(),
        tags=style_samples.TAGS,
        tasks=style_samples.tasks(),
        meetings=style_samples.meetings(),
        answers=style_samples.answers(),
        reasons=style_samples.reasons(),
        table=table_picture(required, rows * 2),
        strip=style_samples.strip(),
        events=style_samples.events(),
        group=RowGroup("Seat, in every state", "samples", rows, is_open=True),
        saved=SAVED,
        form=form,
        banners=(Message(SUCCESS, "The agenda is published."), Message(WARNING, "The register is open already.")),
        steps=(
            Step(
                "Asked to close", "Kofi Brandt", "Friday 16 April 2027, 9:10am", "The pathway is in use since Monday."
            ),
            Step("Agreed", "Nell Abara", "Thursday 18 March 2027, 11:40am"),
        ),
        key=KEY,
    )
