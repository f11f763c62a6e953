"""Whether an agenda may still be changed, asked under the lock that keeps two people's changes apart."""

from __future__ import annotations

from meetings.models import AgendaItem, Meeting, MeetingStatus


class AgendaClosed(Exception):
    """The meeting was cancelled, or its register is closed: the agenda stays as it is."""


class NotOnTheAgenda(Exception):
    """The item or the paper was removed meanwhile."""


def open_agenda(meeting_id: int) -> Meeting:
    """The meeting, locked until the transaction ends. Raises AgendaClosed."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("board__partnership")
    meeting = meetings.get(pk=meeting_id)
    if meeting.status == MeetingStatus.CANCELLED:
        raise AgendaClosed("This meeting was cancelled. Its agenda cannot be changed.")
    if meeting.closed_at is not None:
        raise AgendaClosed("The register of this meeting is closed. Its agenda cannot be changed.")
    return meeting


def item_on_open_agenda(item: AgendaItem) -> AgendaItem:
    """The item as it stands, its meeting locked until the transaction ends. Raises AgendaClosed, NotOnTheAgenda."""
    meeting = open_agenda(item.meeting_id)
    found = AgendaItem.objects.filter(pk=item.pk, withdrawn_at=None).first()
    if found is None:
        raise NotOnTheAgenda("Somebody else removed this item from the agenda.")
    found.meeting = meeting
    return found
