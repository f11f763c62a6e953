"""Who sits where: agencies, grades, seats, appointments."""

from membership.models.agency import (
    Agency,
    AgencyDisplayName,
    AgencyKind,
    AgencyName,
    RelevantAgency,
    StatutoryRole,
)
from membership.models.appointment import Appointment, AppointmentKind
from membership.models.grade import Grade, GradeLadder
from membership.models.seat import Seat

__all__ = [
    "Agency",
    "AgencyDisplayName",
    "AgencyKind",
    "AgencyName",
    "Appointment",
    "AppointmentKind",
    "Grade",
    "GradeLadder",
    "RelevantAgency",
    "Seat",
    "StatutoryRole",
]
