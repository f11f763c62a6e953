"""A board's year for its chair: findings first, then what needs them, then the charts behind both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from meetings.models import Action
from meetings.presenters.action_states import state_of
from meetings.presenters.words import clock_time
from meetings.queries import Agenda
from partnership.models import Board
from partnership.navigation import address_of
from partnership.rules.clauses import cited
from partnership.rules.deadlines.duty_sentences import absence_sentence
from partnership.rules.plain_dates import brief_date, counted, listed, plain_date, short_date
from partnership.rules.signing import AGREEMENT
from partnership.spreadsheets import spreadsheet
from reviews.attendance import YearPart, year_parts
from reviews.duties_year import duties_done
from reviews.presenters.addresses import of_action, of_board, of_meeting, of_reply
from reviews.presenters.days import on_day
from reviews.presenters.escalated import Matter, escalated_duties, long_late
from reviews.presenters.home_parts import BoardLink, Tag, board_links, papers_words, place_and_time
from reviews.presenters.overview_charts import (
    AgeChart,
    DutiesChart,
    QuorumChart,
    Table,
    age_chart,
    duties_chart,
    quorum_chart,
)
from reviews.presenters.overview_findings import Found, year_findings
from reviews.queries import Registers
from reviews.queries.actions import SHOWN_OWN, AgeBand, OverdueActions
from reviews.queries.late import NOTHING_ESCALATED, Escalated
from reviews.queries.own import ReplyAsked
from reviews.queries.signatures import Unsigned
from reviews.queries.year import DecisionTaken, DutyOfYear
from reviews.quorum_year import MeetingQuorum

# An overdue action that was agreed longer ago than this, in days, is brought to the chair.
OLD = 90
MOST_ABSENCES = 5


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What was found of one year of a board. The last six are of today, and absent for a year that is over.

    `asked`, `agenda` (the soonest published one) and `own_actions` are the reader's own, of every board of theirs.
    """

    year: int
    registers: Registers
    quorums: Sequence[MeetingQuorum]
    decisions: Collection[DecisionTaken]
    duties: Sequence[DutyOfYear]
    bands: Sequence[AgeBand] | None = None
    overdue: OverdueActions | None = None
    asked: ReplyAsked | None = None
    agenda: Agenda | None = None
    own_actions: Sequence[Action] = ()
    escalated: Escalated = NOTHING_ESCALATED
    unsigned: Sequence[Unsigned] = ()


@dataclass(frozen=True, slots=True)
class YearLink:
    year: int
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Everything the template prints. A chart is None where there is nothing to draw, and `nothing_held` says so.

    `matters` is None for a year that is over.
    """

    caption: str
    heading: str
    findings: tuple[Found, ...]
    source: str
    matters: tuple[Matter, ...] | None
    quorum: QuorumChart | None
    nothing_held: str
    duties: DutiesChart | None
    nothing_due: str
    ages: AgeChart | None
    years: tuple[YearLink, ...]
    file_href: str
    file_hrefs: dict[str, str]
    other_boards: tuple[BoardLink, ...]


def overview_page(
    *, board: Board, figures: YearFigures, now: datetime, other_boards: Iterable[Board] = ()
) -> OverviewPage:
    """The year until today, or the whole of one that is over."""
    today, year = now.date(), figures.year
    parts = year_parts(figures.registers, year=year, today=today)
    duties = duties_done(figures.duties, today=today)
    is_running = year >= today.year
    at = (*address_of(board), year)
    open_now = sum(band.still_open for band in figures.bands or ())
    return OverviewPage(
        caption=_caption(board, year, today),
        heading="The year so far" if is_running else f"The year {year}",
        findings=year_findings(
            quorums=figures.quorums,
            decisions=figures.decisions,
            parts=parts,
            registers=figures.registers,
            duties=duties,
            bands=figures.bands,
        ),
        source=_source(figures, now),
        matters=tuple(_matters(figures, parts, board, today)) if year == today.year else None,
        quorum=quorum_chart(figures.quorums) if figures.quorums else None,
        nothing_held=_nothing_held(figures, is_running=is_running),
        duties=duties_chart(duties) if duties else None,
        nothing_due="Nothing has fallen due yet." if is_running else f"Nothing fell due in {year}.",
        ages=age_chart(figures.bands) if figures.bands and open_now else None,
        years=tuple(_years(figures.registers, at)),
        file_href=reverse("overview_file", args=at),
        file_hrefs={name: reverse("overview_figures", args=(*at, name)) for name in FIGURES},
        other_boards=board_links(each for each in other_boards if each != board),
    )


def _caption(board: Board, year: int, today: date) -> str:
    """`PSCP Board, 1 January to 6 December 2027`."""
    last = min(date(year, 12, 31), today) if year <= today.year else date(year, 12, 31)
    return f"{board.name}, 1 January to {plain_date(last)}"


def _source(figures: YearFigures, now: datetime) -> str:
    """Where the sentences come from, and when they were worked out."""
    versions = [version.number for version in figures.registers.versions if version.in_force_from.year <= figures.year]
    terms = f"the terms of reference (version {versions[-1]})" if versions else "the terms of reference"
    tracker = ", and the actions" if figures.bands is not None else ""
    return (
        f"Every sentence is worked out from the registers, the duties in {terms}{tracker}, at {clock_time(now)} today."
    )


def _nothing_held(figures: YearFigures, *, is_running: bool) -> str:
    year = figures.year
    if any(meeting.on.year == year and meeting.state == "held" for meeting in figures.registers.meetings):
        return "The terms state no quorum, so none is drawn."
    return f"No meetings held in {year} yet." if is_running else f"No meetings were held in {year}."


def _years(registers: Registers, at: tuple[str, str, int]) -> Iterator[YearLink]:
    for year in sorted({*registers.years, at[2]}, reverse=True):
        yield YearLink(year, reverse("overview_year", args=(*at[:2], year)), is_shown=year == at[2])


# --- what needs the reader --------------------------------------------------------------------------------------------


def _matters(figures: YearFigures, parts: Sequence[YearPart], board: Board, today: date) -> Iterator[Matter]:
    yield from escalated_duties(figures.escalated, board, today)
    if figures.asked is not None:
        meeting = figures.asked.meeting
        yield Matter(
            what=f"Say whether you are coming {on_day(meeting.on, today)}",
            href=of_reply(meeting, figures.asked.seat_key),
            hint=f"{meeting.board.short_name}, {place_and_time(meeting)}",
            tag=Tag("No reply yet", "open"),
        )
    if figures.agenda is not None and figures.agenda.items:
        yield _papers(figures.agenda, today)
    yield from (_own_action(action, today) for action in figures.own_actions[:SHOWN_OWN])
    yield from _absences(parts, figures.registers, board, today)
    yield from (_unsigned(each, today) for each in figures.unsigned)
    if figures.overdue is not None:
        for action in figures.overdue.shown:
            if (today - action.agreed_on).days > OLD and action not in figures.own_actions:
                yield _old_action(action, figures.overdue.agencies[action.pk], today)
    yield from (long_late(thing, today) for thing in figures.escalated.long_late)


def _papers(agenda: Agenda, today: date) -> Matter:
    meeting = agenda.meeting
    return Matter(
        what=f"Read the papers for {brief_date(meeting.on, today)}",
        href=of_meeting("meeting", meeting),
        hint=f"{meeting.board.short_name}. {papers_words(agenda)}",
        tag=None,
    )


def _own_action(action: Action, today: date) -> Matter:
    state = state_of(action, today)
    return Matter(
        what=f"Your action {action.reference}: {action.text}",
        href=of_action(action),
        hint=f"{action.board.short_name}. Due on {plain_date(action.due_on)}.",
        tag=Tag(state.words, state.tag or "open"),
    )


def _absences(parts: Sequence[YearPart], registers: Registers, board: Board, today: date) -> Iterator[Matter]:
    found = [each for part in parts for each in part.long_absences]
    for each in found[:MOST_ABSENCES]:
        name = registers.seat_names[each.seat]
        missed = [short_date(day) if day.year == today.year else plain_date(day) for day in each.absence.missed_on]
        days = f"Nobody came on {listed(missed)}. " if missed and not each.person else ""
        clause = cited(each.absence.rule.clause)
        yield Matter(
            what=f"{absence_sentence(each.absence)}: {f'{each.person} ({name})' if each.person else name}",
            href=of_board("attendance", board),
            hint=f"{days}{clause[:1].upper()}{clause[1:]}.",
            tag=None,
        )


def _unsigned(each: Unsigned, today: date) -> Matter:
    verb = "has" if each.people == 1 else "have"
    return Matter(
        what=f"{counted(each.people, 'person', 'people')} {verb} not signed {AGREEMENT}",
        href=of_meeting("signatures", each.meeting),
        hint=f"At the meeting of {brief_date(each.meeting.on, today)}. {each.rule.clause.citation}.",
        tag=Tag(f"{counted(each.days, 'day')} late", "no"),
    )


def _old_action(action: Action, agency: str, today: date) -> Matter:
    whose = f"{agency}, {action.owner.name}" if agency else action.owner.name
    return Matter(
        what=f"An action is not done: {action.reference}, {action.text}",
        href=of_action(action),
        hint=f"{whose}. Agreed on {plain_date(action.agreed_on)}, due on {plain_date(action.due_on)}.",
        tag=Tag(f"{counted((today - action.due_on).days, 'day')} overdue", "no"),
    )


# --- the files --------------------------------------------------------------------------------------------------------

FIGURES = ("quorum", "duties", "actions")
TITLES = {"quorum": "Quorum", "duties": "Duties", "actions": "Open actions by age"}


def overview_file(page: OverviewPage) -> str:
    """All figures, one table below the other under its title."""
    lines: list[tuple[str, ...]] = []
    for name in FIGURES:
        table = _table(page, name)
        if table is not None:
            lines += [(), (TITLES[name],)] if lines else [(TITLES[name],)]
            lines += [table.headings, *table.lines]
    return spreadsheet(lines)


def figures_file(page: OverviewPage, name: str) -> str:
    """The figures of one chart; the file is empty where there is nothing to draw."""
    table = _table(page, name)
    return spreadsheet([table.headings, *table.lines] if table else [])


def _table(page: OverviewPage, name: str) -> Table | None:
    chart = {"quorum": page.quorum, "duties": page.duties, "actions": page.ages}[name]
    return chart.table if chart else None
