"""The letter of the week: on Mondays, what is late and what is due on the boards that somebody keeps.

They may stop it. What is late stands in it every week until it is done or waived: where all who keep a board stopped
the letter, its managers are told what is late all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.models import Announcement, Board, Division, Partnership, Standing, User
from partnership.obligations import wordings
from partnership.obligations.announcements import AnnouncementKind, announce, enter
from partnership.obligations.causes import Wording
from partnership.obligations.courtesy import is_worked
from partnership.obligations.letters import Letter
from partnership.obligations.stopping import WEEK_LETTER
from partnership.obligations.team import ROLE_OF_WORD
from partnership.obligations.wordings import MessageKind, Words
from partnership.rules.plain_dates import counted, long_date
from reviews.queries.team_week import OwnLate, TeamWeek, late_boards, team_week_of
from reviews.queries.week import DueThing


def week_named(day: date) -> str:
    """`2027-W12`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def tell_the_week(*, now: datetime, by: User) -> None:
    """Write the letters of this week, once its first working day has come to the hour of digests.

    Repeated it changes nothing. On a later working day of that week it tells only where something is late: whoever was
    to write it was away.
    """
    local = now.astimezone(LONDON)
    told = set(
        Announcement.objects.filter(kind=THE_WEEK.name, occurrence=week_named(local.date())).values_list("cause_id")
    )
    for partnership in Partnership.objects.order_by("pk"):
        board = Board.objects.filter(partnership=partnership).order_by("position", "pk").first()
        is_told = (partnership.pk,) in told
        if board is not None and not is_told and _is_time(local, Division(partnership.bank_holidays)):
            announce(kind=THE_WEEK.name, cause=partnership, board=board, occurrence=week_named(local.date()), by=by)


def _is_time(local: datetime, division: Division) -> bool:
    first, hour = _first_worked(local.date(), division), settings.DIGEST_AT
    return first is not None and first <= local.date() and local.time() >= hour and is_worked(local.date(), division)


def _first_worked(day: date, division: Division) -> date | None:
    """The first working day of its week; None where all five are holidays."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) for number in range(5)]
    return next((each for each in week if is_worked(each, division)), None)


WORDED = MessageKind(
    name="the-week",
    label="The letter of the week",
    goes_to="Whoever keeps boards, on Mondays, unless they stop it",
    standard=Words(
        "This week: {number}{late}",
        "What is late, and what is due by {sunday}, on the boards of {partnership} that you keep:",
        "You will be asked to sign in with this e-mail address.",
    ),
    announced_as=("the week",),
    button="Open your week",
    why_fixed="It is a list, and nobody's terms ask for it.",
)


YOU_STOPPED_IT = (
    "You stopped this letter. Nobody else who keeps these boards reads it, so what is late is told to you all the same."
)


def _load(ids: Collection[int]) -> Mapping[int, Partnership]:
    return Partnership.objects.in_bulk(ids)


def _is_this_week(partnership: Partnership, announcement: Announcement) -> bool:
    return announcement.occurrence == week_named(clock.today())


def _recipients(partnership: Partnership, announcement: Announcement, on: date) -> set[int]:
    """Whoever keeps boards of the partnership, wants the letter, and has something in it; and who stopped it, where
    something is late on a board that nobody else reads of.
    """
    kept = {person: _boards_kept(partnership, person, on) for person in _team(partnership, on)}
    is_late_only = _is_told_afterwards(partnership, announcement)
    found = set()
    for person, boards in kept.items():
        if person.week_letter:
            week = team_week_of(boards=boards, today=on)
            found |= {person.pk} if week.has_late or (week.has_any and not is_late_only) else set()
    return found | {person.pk for person, boards in _in_their_place(kept, on).items() if boards}


def _is_told_afterwards(partnership: Partnership, announcement: Announcement) -> bool:
    made_on = announcement.made_at.astimezone(LONDON).date()
    return made_on != _first_worked(made_on, Division(partnership.bank_holidays))


def _team(partnership: Partnership, on: date) -> list[User]:
    team = Standing.objects.in_force(on).filter(partnership=partnership, role__in=ROLE_OF_WORD.values())
    return list(User.objects.active().filter(pk__in=team.values("person")).order_by("pk"))


def _boards_kept(partnership: Partnership, person: User, on: date) -> list[Board]:
    return list(Board.objects.permitting(person, Action.WRITE, Kind.MEETING, on).filter(partnership=partnership))


def _in_their_place(kept: Mapping[User, list[Board]], on: date) -> dict[User, list[Board]]:
    """Of who stopped the letter: the boards on which something is late, and of which nobody who keeps them reads.

    The managers of such a board are told; where it has none, all who keep it.
    """
    read = {board.pk for person, boards in kept.items() if person.week_letter for board in boards}
    unread = {board.pk: board for boards in kept.values() for board in boards if board.pk not in read}
    if not unread:
        return {}
    late = late_boards(boards=list(unread.values()), today=on)
    managers = {
        (person, board)
        for person in kept
        for board in late
        if access.Role.MANAGER in access.roles_on(person, unread[board], on)
    }
    with_manager = {board for _, board in managers}
    return {
        person: [
            board
            for board in boards
            if board.pk in late and ((person, board.pk) in managers or board.pk not in with_manager)
        ]
        for person, boards in kept.items()
        if not person.week_letter
    }


def _letter(partnership: Partnership, announcement: Announcement, person: User, today: date) -> Letter:
    if not person.week_letter:
        kept = {each: _boards_kept(partnership, each, today) for each in _team(partnership, today)}
        week = team_week_of(boards=_in_their_place(kept, today).get(person, []), today=today)
        return replace(
            _said(partnership, replace(week, due=(), due_in_all=0), today), facts=(YOU_STOPPED_IT,), stops=""
        )
    return _said(partnership, team_week_of(boards=_boards_kept(partnership, person, today), today=today), today)


def _said(partnership: Partnership, week: TeamWeek, today: date) -> Letter:
    in_all = week.late_in_all + week.due_in_all
    late = _late_words(week.late_in_all, in_all)
    number = counted(in_all, "deadline") if in_all else _own_in_all(week)
    more = in_all - len(week.late) - len(week.due)
    lines = [*(_line(thing, today) for thing in (*week.late, *week.due)), *((f"and {more} more",) if more else ())]
    return Letter(
        kind=WORDED,
        values={"number": number, "late": late, "sunday": long_date(week.sunday), "partnership": partnership.name},
        heading=f"{number} this week{late}" if in_all else number,
        details=(*lines, *(_own_line(each, today) for each in week.own)),
        button="Open your week",
        path=reverse("home"),
        sent_as=f"one of the team of {partnership.name}",
        stops=WEEK_LETTER,
    )


def _late_words(late: int, in_all: int) -> str:
    """What follows the number of deadlines."""
    if late == in_all:
        return "" if not late else ", late" if late == 1 else ", all of them late"
    return f", {late} of them late" if late else ""


def _own_in_all(week: TeamWeek) -> str:
    return f"{counted(sum(each.number for each in week.own), 'duty of a member', 'duties of members')} late"


def _line(thing: DueThing, today: date) -> str:
    """`The minutes for PSCP Board, 1 December: due on Friday 20 November 2026, 11 days late`."""
    due = thing.obligation.due_on
    what = f"{thing.wording.what[:1].upper()}{thing.wording.what[1:]} for {thing.wording.of_what}"
    if due >= today:
        return f"{what}: due {long_date(due)}"
    return f"{what}: due on {long_date(due)}, {counted((today - due).days, 'day')} late"


def _own_line(own: OwnLate, today: date) -> str:
    """`PSCP Board, what members owe: contact details confirmed. 3 are late, the longest by 40 days`."""
    days = counted((today - own.since).days, "day")
    late = f"1 is {days} late" if own.number == 1 else f"{own.number} are late, the longest by {days}"
    return f"{own.board.short_name}, what members owe for themselves: “{own.duty}”. {late}"


THE_WEEK = AnnouncementKind(
    name="the week",
    model="partnership.partnership",
    load=_load,
    is_current=_is_this_week,
    recipients=_recipients,
    letter=_letter,
    wording=lambda partnership: Wording(what="the letter of the week", of_what=partnership.short_name),
)


def enter_kind() -> None:
    """Make it known to the outbox."""
    enter(THE_WEEK)
    wordings.enter(WORDED)
