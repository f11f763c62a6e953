"""Who sits where: agencies, grades, seats, appointments."""

from membership.models.absence import Handover, Leave, LeftVacant
from membership.models.agency import (
    Agency,
    AgencyDisplayName,
    AgencyKind,
    AgencyName,
    EducationDuty,
    RegisteredAgency,
    RelevantAgency,
    StatutoryRole,
)
from membership.models.agency_register import (
    AgencyImport,
    AgencyOfficer,
    AgencyRequest,
    AgencySuccession,
    FormerSeat,
    RequestOutcome,
    SuccessionKind,
)
from membership.models.appointment import Appointment, AppointmentKind
from membership.models.grade import Grade, GradeLadder
from membership.models.office import OfficeTerm
from membership.models.seat import Seat

__all__ = [
    "Agency",
    "AgencyDisplayName",
    "AgencyImport",
    "AgencyKind",
    "AgencyName",
    "AgencyOfficer",
    "AgencyRequest",
    "AgencySuccession",
    "Appointment",
    "AppointmentKind",
    "EducationDuty",
    "FormerSeat",
    "Grade",
    "GradeLadder",
    "Handover",
    "Leave",
    "LeftVacant",
    "OfficeTerm",
    "RegisteredAgency",
    "RelevantAgency",
    "RequestOutcome",
    "Seat",
    "StatutoryRole",
    "SuccessionKind",
]
