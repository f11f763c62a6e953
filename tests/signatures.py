"""The city's board at a meeting, whose clause x asks everybody who attends to sign the confidentiality agreement."""

from __future__ import annotations

from typing import Any

from meetings.models import Attendance, ConfidentialityAgreement, ConfidentialitySignature, Recorded
from meetings.operations import RowEntry, open_register, record_attendance
from meetings.operations.confidentiality import record_paper_signatures, sign_agreement, write_agreement
from meetings.queries.signatures import SIGNED
from membership.models import Seat
from membership.operations import appoint, name_deputy
from partnership.access import Role
from partnership.models import Obligation, User
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast, at

TEXT = "What is said here stays here.\n\nPapers are kept safe."


class City:
    """The city's board today, whose clause x asks for signatures, with the register open."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.board, self.by = cast, cast.elsewhere, cast["coordinator"]
        admit_to_team(person=self.by, role=Role.COORDINATOR, board=self.board, starts_on=LONG_AGO, by=cast.author)
        self.icb, self.council = self._seated("icb"), self._seated("council")
        self.police = cast["outsider"]
        self.sam = cast.person("sam lee")
        name_deputy(seat=self.seat("constabulary"), person=self.sam, starts_on=LONG_AGO, by=cast.author)
        self.meeting = open_register(meeting=cast.meeting(board=self.board), at=at(9, 50), by=self.by)

    def seat(self, key: str) -> Seat:
        return Seat.objects.get(board=self.board, key=key)

    def _seated(self, key: str) -> User:
        person = self.cast.person(f"rep {key}")
        appoint(seat=self.seat(key), person=person, starts_on=LONG_AGO, by=self.cast.author)
        return person

    def write(self, text: str = TEXT) -> ConfidentialityAgreement:
        latest = ConfidentialityAgreement.objects.filter(board=self.board).first()
        seen = latest.version if latest else 0
        return write_agreement(board=self.board, text=text, seen=seen, what_changed="Clearer", by=self.by)

    def row(self, key: str) -> Attendance:
        return Attendance.objects.get(meeting=self.meeting, seat__key=key)

    def tick(self, *keys: str, recorded: Recorded = Recorded.PRESENT, name: str = "") -> None:
        rows = [self.row(key) for key in keys]
        entries = [RowEntry(attendance_id=row.pk, version=row.version, recorded=recorded, name=name) for row in rows]
        record_attendance(meeting=self.meeting, rows=entries, by=self.by)

    def sign(self, person: User, **how: object) -> ConfidentialitySignature:
        values: dict[str, Any] = {"version": 1, "name": person.name} | how
        return sign_agreement(meeting=self.meeting, by=person, **values)

    def on_paper(self, *people: User | str, **how: object) -> list[ConfidentialitySignature]:
        signers = [each if isinstance(each, str) else str(each.pk) for each in people]
        values: dict[str, Any] = {"version": 1, "on": TODAY, "evidence": "Folder 3, scan 12"} | how
        return record_paper_signatures(meeting=self.meeting, signers=signers, by=self.by, **values)

    def seats_nobody(self) -> None:
        """Nothing happens before."""

    def duties(self) -> dict[str, str]:
        """Who owes a signature, and how that stands."""
        names = {str(one.pk): one.name for one in User.objects.all()}
        found = Obligation.objects.filter(board=self.board, duty=SIGNED)
        return {
            names.get(each.occurrence, each.occurrence): "cancelled"
            if each.cancelled_at
            else each.evidence or f"due {each.due_on}"
            for each in found
        }

    def standing(self) -> list[str]:
        return list(ConfidentialitySignature.objects.standing().values_list("name", flat=True))
