"""From which seats a person is away."""

from __future__ import annotations

from datetime import date

from membership.models import Leave
from partnership.models import User


def leaves_of(*, person: User, on: date) -> list[Leave]:
    """The person's own leaves of that day, with the seats they are away from. One query."""
    own = Leave.objects.in_force(on).filter(appointment__person=person)
    own = own.select_related("appointment__person", "appointment__seat__board__partnership")
    return list(own.order_by("appointment__seat__board__position", "appointment__seat__position", "pk"))
