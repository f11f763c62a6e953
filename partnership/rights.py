"""The table of rights: which role may do what to which kind of object. `partnership.access` applies it.

A cell is written as its letters: r read, d download, o create or change one's own, w create and change, x decide.
A star marks a role that has it only at the one meeting its standing names, n one that has it only where the person is
named on that object, t the team, which can be excluded from it. An absent cell is "may not know it exists".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a standing makes of a person on a board (or, without a board, across a partnership)."""

    OBSERVER = "observer", "Observer"
    ADVISER = "adviser", "Adviser"
    MEMBER = "member", "Member"
    DEPUTY = "deputy", "Deputy"
    SUBSTITUTE = "substitute", "Substitute"
    VICE_CHAIR = "vice-chair", "Vice-chair"
    CHAIR = "chair", "Chair"
    SCRUTINEER = "scrutineer", "Scrutineer"
    LEAD_REPRESENTATIVE = "lead-representative", "Lead representative"
    COORDINATOR = "coordinator", "Coordinator"
    MANAGER = "manager", "Manager"
    ADMINISTRATOR = "administrator", "Partnership administrator"
    CASE_TIER = "case-tier", "Case tier"


# Standings that may be narrowed to one meeting, and then open nothing beyond what that meeting needs.
MEETING_ROLES = (Role.SUBSTITUTE, Role.ADVISER)
# The people who administer; they have a standing and no seat.
TEAM_ROLES = (Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR)


class GrantCodename(models.TextChoices):
    """What can be granted on a board without a seat: the rights of one column of the table."""

    COORDINATE = "coordinate_board", "Act as coordinator"
    MANAGE = "manage_board", "Act as manager"
    OBSERVE = "observe_board", "See what an observer sees"


GRANTED_ROLE = {
    GrantCodename.COORDINATE: Role.COORDINATOR,
    GrantCodename.MANAGE: Role.MANAGER,
    GrantCodename.OBSERVE: Role.OBSERVER,
}


# The one permission that guardian keeps on a protected object: to be a named reader of it.
READ_PROTECTED = "read_protected"


class Action(StrEnum):
    """The letters of the table."""

    READ = "r"
    DOWNLOAD = "d"
    OWN = "o"
    WRITE = "w"
    DECIDE = "x"


class Kind(StrEnum):
    """The rows of the table."""

    PARTNERSHIP = "partnership, its groups, the agencies' register"
    CONSTITUTION = "constitution in force and past versions"
    CONSTITUTION_DRAFT = "constitution, draft and preview"
    ACCOUNTABILITY = "delegations, statements of accountability"
    SEATS = "seats and who holds them"
    TEAM = "who works in the team, and whose account is closed"
    GRANTS = "access without a seat, for a time"
    INVITATIONS = "who was invited to sign in"
    SIGN_IN_ADDRESS = "address that somebody signs in with"
    ACKNOWLEDGEMENTS = "which agencies have acknowledged the arrangements"
    CONTACT_DETAILS = "work e-mail and telephone"
    OWN_DETAILS = "one's own contact details, groups and induction"
    INDUCTION = "induction of one person"
    NEEDS = "postal address, and what somebody needs at meetings"
    GRADES = "grade and declared authority"
    MEETING = "meeting: date, place, kind"
    CALENDAR_FEED = "secret address that one's own calendar fetches"
    FORECAST = "forecast in numbers"
    REPLIES = "replies by name"
    APOLOGY_REASONS = "reasons of apology"
    AGENDA_DRAFT = "agenda, draft"
    PAPER_DRAFT = "report or paper, draft"
    AGENDA = "agenda, papers, pack, published"
    REGISTER = "register"
    CONFIDENTIALITY_AGREEMENT = "confidentiality agreement of a group"
    SIGNATURES = "signatures of the confidentiality agreement at a meeting"
    DECISIONS = "decisions, final"
    MINUTES_DRAFT = "minutes, draft, and the record they are drafted from"
    MINUTES = "minutes, circulated or approved"
    ACTIONS = "action"
    ATTENDANCE = "attendance with names"
    MISTAKES = "mistake reported in the record"
    LEDGER = "ledger of duties"
    MESSAGES = "messages sent: the fact, the address, the server's answer"
    WORDINGS = "how the messages of a partnership are worded"
    HISTORY = "history of an object"
    SECOND_STEP = "whether members have to take a second step"
    AUDIT = "audit trail of a group"
    PERSONAL_DATA = "copies of what is held on a person, and erasures"
    AUDIT_OF_PARTNERSHIP = "audit trail of a partnership"
    AUDIT_OF_ACCOUNTS = "audit trail of a partnership's sign-ins and grants"
    DECLARATIONS = "declarations of interest, withdrawals"
    RESTRICTED = "restricted item or paper"
    BREAK_GLASS = "use of break-glass"
    CASE_TIER = "the case tier of a partnership"
    CASE_FILE = "case file and its papers"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may do to one kind of object; `is_meeting_only` asks for the standing's own meeting.

    `is_named_only` asks for a person named on the object, `is_excludable` for an object that the team is not excluded
    from.
    """

    actions: frozenset[Action]
    is_meeting_only: bool = False
    is_named_only: bool = False
    is_excludable: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a cell per role, and what a person of another group of the partnership may do."""

    cells: dict[Role, Cell]
    other_group: frozenset[Action]

    def roles(
        self, action: Action, *, is_meeting_only: bool, is_named_only: bool = False, is_excludable: bool = False
    ) -> list[Role]:
        asked = (is_meeting_only, is_named_only, is_excludable)
        return [
            role
            for role, cell in self.cells.items()
            if action in cell.actions and (cell.is_meeting_only, cell.is_named_only, cell.is_excludable) == asked
        ]


MARKS = "*nt"


def _row(*, other_group: str = "", **cells: str) -> Row:
    by_role = {
        Role[name.upper()]: Cell(
            actions=frozenset(Action(letter) for letter in letters if letter not in MARKS),
            is_meeting_only="*" in letters,
            is_named_only="n" in letters,
            is_excludable="t" in letters,
        )
        for name, letters in cells.items()
    }
    return Row(cells=by_role, other_group=frozenset(Action(letter) for letter in other_group))


TABLE: dict[Kind, Row] = {
    Kind.PARTNERSHIP: _row(
        other_group="r", observer="r", adviser="r", member="rd", deputy="rd", substitute="r", vice_chair="rd",
        chair="rd", scrutineer="rd", lead_representative="rd", coordinator="rdw", manager="rdw", administrator="rdw",
        case_tier="r",
    ),
    Kind.CONSTITUTION: _row(
        other_group="r", observer="rd", adviser="r", member="rd", deputy="rd", substitute="r", vice_chair="rd",
        chair="rd", scrutineer="rd", lead_representative="rd", coordinator="rd", manager="rd", administrator="rd",
        case_tier="r",
    ),
    Kind.CONSTITUTION_DRAFT: _row(
        vice_chair="r", chair="r", scrutineer="r", lead_representative="rdx", coordinator="rdw", manager="rdw",
        administrator="r",
    ),
    Kind.ACCOUNTABILITY: _row(
        observer="r", member="rd", deputy="rd", vice_chair="rd", chair="rd", scrutineer="rd",
        lead_representative="rdo", coordinator="rdw", manager="rdw",
    ),
    # Who speaks for an agency acknowledges for it, whatever their role: see `membership.queries.acknowledgements`.
    Kind.ACKNOWLEDGEMENTS: _row(vice_chair="r", chair="r", scrutineer="r", coordinator="rw", manager="rw"),
    Kind.SEATS: _row(
        other_group="r", observer="r", adviser="r", member="r", deputy="r", substitute="r", vice_chair="r", chair="r",
        scrutineer="r", lead_representative="r", coordinator="rdw", manager="rdw", administrator="r", case_tier="r",
    ),
    Kind.GRANTS: _row(manager="r", administrator="rw"),
    Kind.TEAM: _row(coordinator="r", manager="rw", administrator="rw"),
    Kind.INVITATIONS: _row(coordinator="rw", manager="rw", administrator="rw"),
    # It is the key to the account: narrower than the telephone beside it.
    Kind.SIGN_IN_ADDRESS: _row(manager="w"),
    Kind.CONTACT_DETAILS: _row(
        member="rdo", deputy="rdo", substitute="o*", vice_chair="rd", chair="rd", scrutineer="rd",
        coordinator="rdw", manager="rdw",
    ),
    # Everybody on a list says what stands there of them.
    Kind.OWN_DETAILS: _row(
        observer="o", adviser="o", member="o", deputy="o", substitute="o", vice_chair="o", chair="o", scrutineer="o",
        lead_representative="o", coordinator="o", manager="o", administrator="o", case_tier="o",
    ),
    Kind.INDUCTION: _row(
        observer="o", adviser="o", member="o", deputy="o", vice_chair="o", chair="o", scrutineer="o",
        coordinator="rw", manager="rw",
    ),
    Kind.NEEDS: _row(coordinator="rw", manager="rw"),
    Kind.GRADES: _row(member="o", deputy="o", substitute="o", chair="r", coordinator="rw", manager="rw"),
    Kind.MEETING: _row(
        observer="r", adviser="r*", member="r", deputy="r", substitute="r*", vice_chair="r", chair="r",
        scrutineer="r", coordinator="rdw", manager="rdwx",
    ),
    # For whom a group's dates are their own for longer than a meeting.
    Kind.CALENDAR_FEED: _row(
        observer="o", member="o", deputy="o", vice_chair="o", chair="o", scrutineer="o", lead_representative="o",
        coordinator="o", manager="o",
    ),
    Kind.FORECAST: _row(
        observer="r", member="r", deputy="r", vice_chair="r", chair="r", scrutineer="r", coordinator="r", manager="r",
    ),
    # Chair, vice-chair and scrutineer sit too, so each answers for their own place.
    Kind.REPLIES: _row(
        member="ro", deputy="ro", substitute="o*", vice_chair="ro", chair="ro", scrutineer="ro", coordinator="rw",
        manager="rw",
    ),
    Kind.APOLOGY_REASONS: _row(chair="r", coordinator="r", manager="r"),
    Kind.AGENDA_DRAFT: _row(vice_chair="rx", chair="rx", scrutineer="r", coordinator="rw", manager="rwx"),
    Kind.PAPER_DRAFT: _row(vice_chair="r", chair="r", scrutineer="r", coordinator="rw", manager="rw"),
    Kind.AGENDA: _row(
        observer="rd", member="rd", deputy="rd", substitute="rd*", vice_chair="rd", chair="rd", scrutineer="rd",
        coordinator="rdx", manager="rdx",
    ),
    Kind.REGISTER: _row(
        observer="ro", member="ro", deputy="ro", substitute="ro*", vice_chair="r", chair="rx", scrutineer="r",
        coordinator="rw", manager="rwx",
    ),
    Kind.CONFIDENTIALITY_AGREEMENT: _row(
        observer="r", member="r", deputy="r", vice_chair="r", chair="r", scrutineer="r", coordinator="rw", manager="rw",
    ),
    # Chair, vice-chair and scrutineer sit there too, and may sign. The team records what was signed on paper.
    Kind.SIGNATURES: _row(
        observer="ro", member="ro", deputy="ro", substitute="ro*", vice_chair="ro", chair="ro", scrutineer="ro",
        coordinator="rw", manager="rw",
    ),
    Kind.DECISIONS: _row(
        observer="rd", member="rd", deputy="rd", substitute="r*", vice_chair="rd", chair="rd", scrutineer="rd",
        coordinator="rd", manager="rdx",
    ),
    Kind.MINUTES_DRAFT: _row(chair="rx", coordinator="rw", manager="rw"),
    Kind.MINUTES: _row(
        observer="rd", member="rdo", deputy="rdo", substitute="rd*", vice_chair="rd", chair="rdx", scrutineer="rd",
        coordinator="rdx", manager="rdx",
    ),
    # Chair, vice-chair and scrutineer sit too, and may have actions of their own.
    Kind.ACTIONS: _row(
        observer="r", member="ro", deputy="ro", substitute="o", vice_chair="ro", chair="rxo", scrutineer="ro",
        coordinator="rdw", manager="rdw",
    ),
    Kind.ATTENDANCE: _row(
        member="ro", deputy="ro", vice_chair="rd", chair="rd", scrutineer="rd", coordinator="rdw", manager="rdw",
    ),
    Kind.MISTAKES: _row(member="o", deputy="o", coordinator="rw", manager="rw"),
    Kind.LEDGER: _row(
        observer="r", member="r", deputy="r", vice_chair="rd", chair="rdx", scrutineer="rd", coordinator="rd",
        manager="rdwx",
    ),
    Kind.MESSAGES: _row(
        observer="o", adviser="o", member="o", deputy="o", substitute="o", vice_chair="o", chair="o", scrutineer="o",
        lead_representative="o", coordinator="rw", manager="rw", administrator="o", case_tier="o",
    ),
    Kind.WORDINGS: _row(coordinator="r", manager="rw"),
    Kind.SECOND_STEP: _row(
        other_group="r", observer="r", adviser="r", member="r", deputy="r", substitute="r", vice_chair="r", chair="r",
        scrutineer="r", lead_representative="r", coordinator="r", manager="rw", administrator="rw", case_tier="r",
    ),
    Kind.HISTORY: _row(
        other_group="r", observer="r", member="r", deputy="r", vice_chair="r", chair="r", scrutineer="r",
        coordinator="r", manager="r", administrator="r", case_tier="r",
    ),
    # Everybody reads what they did themselves, wherever it was: that needs no role.
    Kind.AUDIT: _row(chair="rd", scrutineer="rd", manager="rd"),
    Kind.PERSONAL_DATA: _row(manager="rwx"),
    Kind.AUDIT_OF_PARTNERSHIP: _row(manager="rd"),
    Kind.AUDIT_OF_ACCOUNTS: _row(manager="rd", administrator="rd"),
    # Chair, vice-chair and scrutineer sit too, and may have interests of their own.
    Kind.DECLARATIONS: _row(
        observer="o", adviser="o*", member="ro", deputy="ro", substitute="ro*", vice_chair="ro", chair="rxo",
        scrutineer="ro", coordinator="rw", manager="rw",
    ),
    # The wall: nothing but a case-tier standing opens what is behind it, and of a case only to who is named on it.
    Kind.CASE_TIER: _row(case_tier="rw"),
    Kind.CASE_FILE: _row(case_tier="nrw"),
    Kind.BREAK_GLASS: _row(chair="rx", scrutineer="r", manager="r"),
    # Asked beside the row of the object's own kind, of an object that is limited. Whoever sees the group's agenda and
    # has no cell here, or is not named, sees a numbered gap.
    Kind.RESTRICTED: _row(
        adviser="nr*", member="nrd", deputy="nrd", substitute="nrd*", vice_chair="nrd", chair="rd", scrutineer="rd",
        lead_representative="nrd", coordinator="trw", manager="trwx",
    ),
}  # fmt: skip
