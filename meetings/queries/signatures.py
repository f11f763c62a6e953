"""Who attends a meeting, and which of them has signed the confidentiality agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from meetings.models import (
    ConfidentialityAgreement,
    ConfidentialitySignature,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Presence,
    signer_key,
)
from meetings.queries.deadlines import rules_for
from meetings.queries.register import Register, RegisterRow
from meetings.quoracy import counted_rows
from membership.models import Seat
from partnership.models import Board, Constitution, User
from partnership.obligations.kept_rules import KEPT_KINDS, is_kept
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.signing import Signer

# The permanent id of the duty, in every constitution that has it.
SIGNED = "confidentiality"


@dataclass(frozen=True, slots=True)
class AttendingPerson:
    """Somebody recorded in one row of the register, and their signature that stands."""

    signer: str
    person: User | None
    name: str
    seat: Seat | None
    row_id: int
    what: str
    is_asked: bool
    signature: ConfidentialitySignature | None

    @property
    def as_signer(self) -> Signer:
        return Signer(self.signer, self.name, self.is_asked, self.signature is not None)


@dataclass(frozen=True, slots=True)
class Signing:
    """What is asked at one meeting, by which rule, and how far it is.

    `agreement` is the text in force now, None before the first. `people` are those of the register, once a row;
    `others` are signatures of people whom it does not name; `withdrawn` those recorded by mistake.
    """

    rule: Deadline | None
    agreement: ConfidentialityAgreement | None
    people: tuple[AttendingPerson, ...]
    others: tuple[ConfidentialitySignature, ...]
    withdrawn: tuple[ConfidentialitySignature, ...]

    @property
    def signers(self) -> tuple[Signer, ...]:
        return tuple(each.as_signer for each in self.people)

    @property
    def once(self) -> tuple[AttendingPerson, ...]:
        """Everybody who attends, each once: in the row in which they are asked, where they are."""
        first: dict[str, AttendingPerson] = {}
        for each in self.people:
            if each.signer not in first or (each.is_asked and not first[each.signer].is_asked):
                first[each.signer] = each
        return tuple(first.values())

    @property
    def asked(self) -> tuple[AttendingPerson, ...]:
        return tuple(each for each in self.once if each.is_asked)

    def of(self, signer: str) -> AttendingPerson | None:
        return next((each for each in self.once if each.signer == signer), None)

    def signature_of(self, signer: str) -> ConfidentialitySignature | None:
        """The one that stands, whether or not the register names its signer."""
        person = self.of(signer)
        return person.signature if person else next((each for each in self.others if each.signer == signer), None)


def signing_rule(meeting: Meeting, constitution: Constitution | None) -> Deadline | None:
    """What these terms ask of whoever attends such a meeting; None where they ask for no signature."""
    if constitution is None:
        return None
    for rule in rules_for(MeetingKind(meeting.kind), constitution):
        if rule.id == SIGNED and rule.kind in KEPT_KINDS and is_kept(rule, board=meeting.board):
            return rule
    return None


def signing_of(register: Register, *, is_shown_unasked: bool = False) -> Signing | None:
    """How far the signatures of a meeting are; None where its terms ask for none, unless told to show them.

    Two queries, and none where it is None.
    """
    rule = signing_rule(register.meeting, register.constitution)
    if rule is None and not is_shown_unasked:
        return None
    rows = ConfidentialitySignature.objects.filter(meeting=register.meeting)
    found = list(rows.select_related("agreement", "recorded_by", "seat", "correction__by", "meeting__board"))
    withdrawn = tuple(each for each in found if hasattr(each, "correction"))
    standing = {each.signer: each for each in found if each not in withdrawn}
    people = tuple(_attending(register, standing))
    here = {each.signer for each in people}
    return Signing(
        rule=rule,
        agreement=agreement_in_force(board=register.meeting.board),
        people=people,
        others=tuple(each for signer, each in standing.items() if signer not in here),
        withdrawn=withdrawn,
    )


def agreement_in_force(*, board: Board) -> ConfidentialityAgreement | None:
    """The latest version of the group's text; None before the first."""
    found: ConfidentialityAgreement | None = ConfidentialityAgreement.objects.filter(board=board).first()
    return found


@dataclass(frozen=True, slots=True)
class OwnSigning:
    """What one person's page of a meeting says of the agreement. `can_sign` is whether they can do it now."""

    rule: Deadline
    signature: ConfidentialitySignature | None
    can_sign: bool


def own_signing(*, meeting: Meeting, person: User, constitution: Constitution | None, today: date) -> OwnSigning | None:
    """None where the terms of the meeting's day ask nobody. Three queries at most, and none where it is None."""
    rule = signing_rule(meeting, constitution)
    if rule is None:
        return None
    rows = ConfidentialitySignature.objects.standing().filter(
        meeting=meeting, signer=signer_key(person.pk, person.name)
    )
    signature = rows.select_related("agreement", "recorded_by").first()
    is_time = meeting.on <= today and meeting.status != MeetingStatus.CANCELLED
    can_sign = (
        signature is None
        and is_time
        and agreement_in_force(board=meeting.board) is not None
        and (meeting.closed_at is None or _came(meeting, person))
    )
    return OwnSigning(rule, signature, can_sign)


def _came(meeting: Meeting, person: User) -> bool:
    return Presence.objects.filter(attendance__meeting=meeting, person=person).exists()


def _attending(register: Register, signed: Mapping[str, ConfidentialitySignature]) -> Iterator[AttendingPerson]:
    members = {id(row) for row in counted_rows(register)}
    for row in register.rows:
        attendance = row.attendance
        if attendance is None or not row.has_attended:
            continue
        for signer, person, name in _people(row):
            yield AttendingPerson(
                signer=signer,
                person=person,
                name=name,
                seat=row.held.seat if row.held else None,
                row_id=attendance.pk,
                what=row.held.seat.name if row.held else attendance.get_attends_as_display(),
                is_asked=id(row) in members,
                signature=signed.get(signer),
            )


def _people(row: RegisterRow) -> Iterable[tuple[str, User | None, str]]:
    """Everybody who came for the row, each once: a deputy who left and their representative are two."""
    attendance = row.attendance
    if attendance is None:
        return []
    came = [presence.person for presence in row.presences] or [attendance.person]
    found = {}
    for person in came:
        name = person.name if person else attendance.guest_name
        signer = signer_key(person.pk if person else None, name)
        found[signer] = (signer, person, name)
    return found.values()
