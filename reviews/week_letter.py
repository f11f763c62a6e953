"""The letter of the week: on Mondays, what is due on the boards that somebody keeps. They may stop it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from partnership import clock
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
from reviews.queries.week import DueThing, Week, week_of


def week_named(day: date) -> str:
    """`2027-W12`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def tell_the_week(*, now: datetime, by: User) -> None:
    """Write the letters of this week, once its first working day has come to the hour of digests.

    Repeated it changes nothing. Of a week whose letters are late by more than a day there are none.
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
    monday = local.date() - timedelta(days=local.weekday())
    week = [monday + timedelta(days=number) for number in range(5)]
    first = next((day for day in week if is_worked(day, division)), None)
    hour: time = settings.DIGEST_AT
    return first == local.date() and local.time() >= hour


WORDED = MessageKind(
    name="the-week",
    label="The letter of the week",
    goes_to="Whoever keeps boards, on Mondays, unless they stop it",
    standard=Words(
        "This week: {number}{late}",
        "What is due by {sunday} on the boards of {partnership} that you keep:",
        "You will be asked to sign in with this e-mail address.",
    ),
    announced_as=("the week",),
    button="Open your week",
    why_fixed="It is a list, and nobody's terms ask for it.",
)


def _load(ids: Collection[int]) -> Mapping[int, Partnership]:
    return Partnership.objects.in_bulk(ids)


def _is_this_week(partnership: Partnership, announcement: Announcement) -> bool:
    return announcement.occurrence == week_named(clock.today())


def _recipients(partnership: Partnership, announcement: Announcement, on: date) -> set[int]:
    """Whoever keeps boards of the partnership, wants the letter, and has something due in it."""
    team = Standing.objects.in_force(on).filter(partnership=partnership, role__in=ROLE_OF_WORD.values())
    people = User.objects.active().filter(pk__in=team.values("person"), week_letter=True)
    return {person.pk for person in people if _week(partnership, person, on).in_all}


def _week(partnership: Partnership, person: User, today: date) -> Week:
    boards = Board.objects.permitting(person, Action.WRITE, Kind.MEETING, today).filter(partnership=partnership)
    return week_of(boards=list(boards), today=today)


def _letter(partnership: Partnership, announcement: Announcement, person: User, today: date) -> Letter:
    week = _week(partnership, person, today)
    late = f", {week.late} of them late" if week.late else ""
    more = week.in_all - len(week.due)
    return Letter(
        kind=WORDED,
        values={
            "number": counted(week.in_all, "deadline"),
            "late": late,
            "sunday": long_date(week.sunday),
            "partnership": partnership.name,
        },
        heading=f"{counted(week.in_all, 'deadline')} this week{late}",
        details=(*(_line(thing, today) for thing in week.due), *((f"and {more} more",) if more else ())),
        button="Open your week",
        path=reverse("home"),
        sent_as=f"one of the team of {partnership.name}",
        stops=WEEK_LETTER,
    )


def _line(thing: DueThing, today: date) -> str:
    due = thing.obligation.due_on
    what = f"{thing.wording.what[:1].upper()}{thing.wording.what[1:]} for {thing.wording.of_what}"
    return f"{what}: {'late, ' if due < today else ''}due {long_date(due)}"


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
