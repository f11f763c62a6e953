"""When minutes fall due, by the duty that hangs on their meeting."""

from __future__ import annotations

from meetings.models import Meeting
from partnership.models import Obligation
from partnership.obligations.causes import key_of
from partnership.queries import terms_of
from partnership.rules.deadlines.due_dates import Due

# The permanent ids of the duties that sending minutes meets; the tracker of actions is part of what is sent.
DUTIES = ("minutes", "minutes-and-tracker")


def minutes_due(*, meeting: Meeting) -> Due | None:
    """When the minutes are due, with the rule that says so; None where no duty hangs on the meeting."""
    cause_type, cause_id = key_of(meeting)
    hanging = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty__in=DUTIES, cancelled_at=None)
    obligation = hanging.select_related("constitution").first()
    if obligation is None:
        return None
    rule = next(rule for rule in terms_of(constitution=obligation.constitution).deadlines if rule.id == obligation.duty)
    return Due(rule=rule, anchor_on=meeting.on, on=obligation.due_on)
