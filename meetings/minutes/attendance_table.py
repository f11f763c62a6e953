"""Who came: the members' table with its letters, and everybody else apart. Reasons of apology are never read."""

from __future__ import annotations

from collections.abc import Sequence

from meetings.minutes.content import AttendanceRow, AttendanceTable, Others
from meetings.minutes.words import part_of_meeting, with_comma
from meetings.models import Attendance, AttendsAs, Meeting, PresentAs, Recorded
from meetings.queries import Register, RegisterRow
from meetings.quoracy import counted_rows, terms_capacity
from membership.roles import roles_of_seat
from partnership.access import Role
from partnership.models import Standing
from partnership.rules.clauses import cited
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import MONTHS, counted, listed

LETTERS = {
    Recorded.PRESENT: "Y",
    Recorded.DEPUTY: "D",
    Recorded.APOLOGIES: "A",
    Recorded.DID_NOT_ATTEND: "N",
}
NO_LETTER = "\N{EN DASH}"
# As many meetings as a sheet of A4 has room for beside the names.
MOST_MEETINGS = 6
NOT_COUNTED = {
    AttendsAs.OBSERVER: "Observer, not counted",
    AttendsAs.ADVISER: "Adviser, not counted",
    AttendsAs.GUEST: "Guest, not counted",
    AttendsAs.IN_ATTENDANCE: "In attendance, not counted",
}
STANDS_IN = {PresentAs.DEPUTY: "deputy for", PresentAs.SUBSTITUTE: "in place of"}


def attendance_table(register: Register) -> AttendanceTable:
    """The table for this meeting and the ones before it in its year. Two queries."""
    meetings = _meetings_of_the_year(register)
    rows = counted_rows(register)
    letters = _letters(meetings)
    policy = register.terms.attendance if register.terms else None
    return AttendanceTable(
        meetings=tuple(f"{meeting.on.day} {MONTHS[meeting.on.month - 1][:3]}" for meeting in meetings),
        rows=tuple(
            AttendanceRow(
                seat=_seat_name(row),
                who=who_came(register.meeting, row),
                letters=tuple(letters.get((meeting.pk, _seat_id(row)), NO_LETTER) for meeting in meetings),
            )
            for row in rows
        ),
        tally=_tally(rows),
        expected=_sentence(f"{cited(policy.clause)}: {policy.clause.words}") if policy else "",
    )


def who_came(meeting: Meeting, row: RegisterRow) -> str:
    """`Sam Lee, deputy for Morgan Vale, until 11:20am`; or in words that nobody did."""
    representative = row.held.representative if row.held else None
    name = representative.person.name if representative else ""
    if not row.has_attended:
        return _who_did_not(row, name)
    people = dict.fromkeys((presence.person_id, presence.present_as) for presence in row.presences)
    came = []
    for person_id, present_as in people:
        theirs = [one for one in row.presences if (one.person_id, one.present_as) == (person_id, present_as)]
        who = theirs[0].person.name if theirs[0].person else _guest_name(row)
        stands_in = STANDS_IN.get(PresentAs(present_as), "")
        came.append(
            with_comma(who, f"{stands_in} {name}" if stands_in and name else "", part_of_meeting(meeting, theirs))
        )
    return "; ".join(came) or _guest_name(row)


def chair_of(register: Register) -> str:
    """Who held the chair's office and was there; empty where nobody of that office was."""
    if register.terms is None:
        return ""
    for row in register.seats:
        if row.held and row.has_attended and Role.CHAIR in roles_of_seat(register.terms, row.held.seat.key):
            return ", ".join(dict.fromkeys(one.person.name for one in row.presences if one.person))
    return ""


def others_present(register: Register, team: Sequence[Standing]) -> tuple[Others, ...]:
    """Seats that do not count and guests, by what they were there as; then the partnership team of that day."""
    groups: dict[str, list[str]] = {}
    members = {id(row) for row in counted_rows(register)}
    for row in register.seats:
        if row.has_attended and id(row) not in members and row.held:
            label = terms_capacity(register, row)
            seat = "" if row.held.seat.name.casefold() == label.casefold() else row.held.seat.name
            words = with_comma(who_came(register.meeting, row), seat)
            groups.setdefault(f"{_sentence(label)}, not counted", []).append(words)
    named = dict.fromkeys(f"{each.person.name}, {each.get_role_display().lower()}" for each in team)
    on_the_team = {each.person.name for each in team}
    for row in register.guests:
        if row.has_attended and row.attendance and _guest_name(row) not in on_the_team:
            label = NOT_COUNTED[AttendsAs(row.attendance.attends_as)]
            groups.setdefault(label, []).append(who_came(register.meeting, row))
    told = [Others(label, "; ".join(names)) for label, names in groups.items()]
    return (*told, Others("Partnership team, not members", "; ".join(named))) if named else tuple(told)


# --- the year's meetings ----------------------------------------------------------------------------------------------


def _meetings_of_the_year(register: Register) -> list[Meeting]:
    """Those held before it in its year, of the kinds whose attendance counts, and itself last."""
    meeting = register.meeting
    policy = register.terms.attendance if register.terms else None
    counts = set(policy.counts) if policy else set(MeetingKind) - {MeetingKind.DEVELOPMENT_DAY}
    held = Meeting.objects.filter(board=meeting.board_id, on__year=meeting.on.year).held().exclude(pk=meeting.pk)
    before = [
        one
        for one in held.order_by("on", "starts_at")
        if (one.on, one.starts_at) < (meeting.on, meeting.starts_at)
        and MeetingKind(one.get_kind_display().lower()) in counts
    ]
    return [*before[1 - MOST_MEETINGS :], meeting]


def _letters(meetings: Sequence[Meeting]) -> dict[tuple[int, int], str]:
    """The letter of each seat at each meeting. Not recorded is no letter."""
    rows = Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings], seat__isnull=False)
    return {
        (meeting_id, seat_id or 0): LETTERS.get(Recorded(recorded), NO_LETTER)
        for meeting_id, seat_id, recorded in rows.values_list("meeting_id", "seat_id", "recorded")
    }


# --- words ------------------------------------------------------------------------------------------------------------


def _seat_id(row: RegisterRow) -> int:
    return row.held.seat.pk if row.held else 0


def _seat_name(row: RegisterRow) -> str:
    return row.held.seat.name if row.held else ""


def _guest_name(row: RegisterRow) -> str:
    return str(row.attendance.person or row.attendance.guest_name) if row.attendance else ""


def _who_did_not(row: RegisterRow, representative: str) -> str:
    if row.recorded is Recorded.NOT_RECORDED:
        return "Not recorded"
    if not representative:
        return "Vacant"
    word = "Apologies" if row.recorded is Recorded.APOLOGIES else "Did not attend"
    return f"{word}: {representative}"


def _tally(rows: Sequence[RegisterRow]) -> str:
    """`13 of 14 seats were represented: 9 by their representative, 4 by a deputy.`"""
    came = [row for row in rows if row.has_attended]
    deputies = sum(row.recorded is Recorded.DEPUTY for row in came)
    verb = "was" if len(came) == 1 else "were"
    if not came:
        return f"None of {counted(len(rows), 'seat')} was represented."
    by = [f"{len(came) - deputies} by their representative"] if len(came) > deputies else []
    by += [f"{deputies} by a deputy"] if deputies else []
    return f"{len(came)} of {counted(len(rows), 'seat')} {verb} represented: {listed(by)}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
