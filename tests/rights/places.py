"""What the paths of the table leave open, made on a meeting of the cast."""

from __future__ import annotations

from meetings.models import Meeting
from tests.agendas import published_then_drafted
from tests.cast import Cast
from tests.pages.finished_documents import finished_documents
from tests.pages.outcomes import taken_item


def places_in(cast: Cast, meeting: Meeting) -> dict[str, object]:
    """The ids that paths of the table name, by the word in the path."""
    row = meeting.attendances.get(seat__key="constabulary")
    item, decision, action = taken_item(cast, meeting)
    places: dict[str, object] = {"row": row.pk, "item": item.pk, "decision": decision.pk, "action": action.number}
    places["holder"] = cast.appointments["member"].pk
    return places | _agenda_places(meeting, cast) | finished_documents(cast, meeting)


def _agenda_places(meeting: Meeting, cast: Cast) -> dict[str, object]:
    made = published_then_drafted(meeting, cast["coordinator"])
    return {
        "sent_item": made.sent_item.pk,
        "sent_paper": made.sent_paper.uuid,
        "draft_item": made.draft_item.pk,
        "draft_paper": made.draft_paper.uuid,
    }
