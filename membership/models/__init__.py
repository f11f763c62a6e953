"""Who sits where: agencies, grades, seats, appointments."""

from membership.models.absence import Handover, Leave, LeftVacant
from membership.models.accountability import AccountabilityStatement, DelegatedOfficer, StatementAsked
from membership.models.acknowledgement import Acknowledgement
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
from membership.models.contact import ContactDetails, DetailsCheck, PreferredWay
from membership.models.grade import Grade, GradeLadder
from membership.models.induction import (
    Induction,
    InductionLine,
    InductionPractice,
    InductionStep,
    MarkedBy,
    RoleDescription,
)
from membership.models.lead_representative import LeadRepresentative
from membership.models.office import OfficeTerm
from membership.models.seat import Seat

__all__ = [
    "AccountabilityStatement",
    "Acknowledgement",
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
    "ContactDetails",
    "DelegatedOfficer",
    "DetailsCheck",
    "EducationDuty",
    "FormerSeat",
    "Grade",
    "GradeLadder",
    "Handover",
    "Induction",
    "InductionLine",
    "InductionPractice",
    "InductionStep",
    "LeadRepresentative",
    "Leave",
    "LeftVacant",
    "MarkedBy",
    "OfficeTerm",
    "PreferredWay",
    "RegisteredAgency",
    "RelevantAgency",
    "RequestOutcome",
    "RoleDescription",
    "Seat",
    "StatementAsked",
    "StatutoryRole",
    "SuccessionKind",
]
