"""The kinds of meeting that constitutions tell apart."""

from enum import StrEnum


class MeetingKind(StrEnum):
    ORDINARY = "ordinary meeting"
    EXTRAORDINARY = "extraordinary meeting"
    ANNUAL = "annual meeting"
    DEVELOPMENT_DAY = "development day"
