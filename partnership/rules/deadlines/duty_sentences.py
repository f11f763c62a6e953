"""Every sentence about deadlines, attendance, deputies and decisions, in one place.

Page, PDF and e-mail all show what these functions return, so that one answer
has one wording. Nothing is decided here.
"""

from collections.abc import Sequence
from datetime import date, time
from fractions import Fraction

from partnership.rules.attendance.absences import (
    Absence,
    AbsenceEffect,
    LowShare,
    MissedInARow,
    MissedInYear,
)
from partnership.rules.attendance.attendance import AttendanceReport, Rate
from partnership.rules.attendance.deputies import DeputyAnswer, DeputyVote, Outcome, Problem
from partnership.rules.clauses import Reading
from partnership.rules.deadlines.deadlines import Deadline, Limit, NonWorkingDay, Unit
from partnership.rules.deadlines.due_dates import Due, lateness
from partnership.rules.deadlines.frequency import Tally
from partnership.rules.deadlines.notice import Route, RouteAnswer
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import (
    counted,
    listed,
    long_date,
    plain_date,
    plain_time,
    short_date,
)

LOCAL_SETTING = "local setting"


def amount_words(rule: Deadline) -> str:
    """`1 week`, `10 working days`, `10 to 60 days`, `the same weekday next week`."""
    if rule.unit is Unit.SAME_WEEKDAY:
        return "the same weekday next week"
    if rule.at_most is not None:
        return f"{rule.amount} to {rule.at_most} {rule.unit}"
    return counted(rule.amount, rule.unit.removesuffix("s"))


def due_sentence(due: Due) -> str:
    """`Agenda and papers: due by Thursday 15 April 2027.`, with what moved or lengthened it."""
    word = "not before" if due.is_earliest else "due by"
    at = f" at {plain_time(due.at)}" if due.at is not None else ""
    sentences = [f"{due.rule.duty}: {word} {long_date(due.on)}{at}."]
    if due.moved_from is not None:
        towards = "next" if due.rule.on_non_working_day is NonWorkingDay.NEXT else "previous"
        sentences.append(f"{long_date(due.moved_from)} is not a working day, so it moves to the {towards} one.")
    if due.holidays:
        days = listed([short_date(day) for day in due.holidays])
        verb = "is a bank holiday" if len(due.holidays) == 1 else "are bank holidays"
        sentences.append(f"{days} {verb}.")
    return " ".join(sentences)


def lateness_words(due: Due, met_on: date) -> str:
    """`On time`, `1 day late`; for a first day allowed, `2 days too soon`."""
    days = lateness(due, met_on)
    if days <= 0:
        return "On time"
    return f"{counted(days, 'day')} {'too soon' if due.is_earliest else 'late'}"


def lateness_sentence(due: Due, met_on: date) -> str:
    """`On time.`, or `1 day late. Reports were due by 1 April 2027.`"""
    words = f"{lateness_words(due, met_on)}."
    if lateness(due, met_on) <= 0:
        return words
    verb = "could not come before" if due.is_earliest else f"{_was(due.rule.duty)} due by"
    return f"{words} {due.rule.duty} {verb} {plain_date(due.on)}."


def sent_sentence(due: Due, sent_on: date, sent_at: time | None = None) -> str:
    """`Sent 2 days before the deadline of 6 May 2027.`, `Sent on time on …`, `Sent 1 day late.`"""
    days = lateness(due, sent_on)
    if days > 0:
        return f"Sent {counted(days, 'day')} late."
    if days < 0:
        return f"Sent {counted(-days, 'day')} before the deadline of {plain_date(due.on)}."
    at = f" at {plain_time(sent_at)}" if sent_at is not None else ""
    return f"Sent on time on {plain_date(sent_on)}{at}."


def dispute_sentence(until: date, today: date) -> str:
    """`You can raise a dispute with the Chair until 18 May 2027.`, and after that day that the time has ended."""
    if today > until:
        return f"The time to dispute these minutes ended on {plain_date(until)}."
    return f"You can raise a dispute with the Chair until {plain_date(until)}."


def notice_refusal(rule: Deadline, earliest_on: date) -> str:
    """Why a meeting cannot be called for a day that is too near."""
    return (
        f"{_kind_of_meeting(rule).capitalize()}s need at least {_notice_words(rule)}. "
        f"The earliest date is {long_date(earliest_on)}."
    )


def route_sentence(answer: RouteAnswer) -> str:
    """Which route a decision that cannot wait may take, or that none fits."""
    limit = f"({Limit.LESS_THAN} {amount_words(answer.urgent)})"
    if answer.route is Route.URGENT:
        return f"This is urgent under the arrangements {limit}."
    not_urgent = f"This is not urgent under the arrangements {limit}."
    meeting = _kind_of_meeting(answer.notice)
    earliest = short_date(answer.earliest_meeting_on)
    ending = "No route fits: ask the Chair."
    if answer.route is Route.MEETING:
        ending = f"Call one for {plain_date(answer.needed_on)} or before."
    return f"{not_urgent} The earliest {meeting} is {earliest}. {ending}"


def plan_sentence(tallies: Sequence[Tally], year: int) -> str:
    """How far a year's meetings are planned; the tallies in the order to be named."""
    if all(tally.is_enough for tally in tallies):
        return f"{year} is planned: {listed([_planned(tally) for tally in tallies])}."
    if not any(tally.counted for tally in tallies):
        wanted = listed([counted(t.rule.at_least, _short_kind(t.rule.kind)) for t in tallies])
        return f"No meetings planned for {year}. Add {wanted}."
    yet = " yet" if not tallies[-1].counted else ""
    return f"You have planned {listed([_so_far(tally) for tally in tallies])}{yet}."


def rate_words(rate: Rate) -> str:
    """`3 of 4 (75%)`, `2 of 2 (100%) since 1 June 2027`, `No meetings since 1 June 2027`."""
    since = f" since {plain_date(rate.since)}" if rate.since is not None else ""
    if not rate.expected:
        return f"No meetings{since}"
    return f"{rate.attended} of {rate.expected} ({rate.percent}%){since}"


def rate_label(rate: Rate) -> str:
    """`Meets 75%`, `Below 75%`; empty where nothing is expected or nothing could be attended."""
    if rate.is_met is None or rate.expectation is None:
        return ""
    return f"{'Meets' if rate.is_met else 'Below'} {percent_words(rate.expectation)}"


def meetings_held_sentence(report: AttendanceReport) -> str:
    """`4 meetings held.`, against the least number where the constitution states one."""
    held = len(report.meetings)
    if report.has_enough_meetings is False:
        return f"{held} of {counted(report.policy.minimum_meetings, 'meeting')} held."
    return f"{counted(held, 'meeting')} held."


def absence_sentence(absence: Absence) -> str:
    """What was missed, by which rule: `Persistent non-attendance (local setting: 2)`."""
    rule = absence.rule
    what = ABSENCE_WORDS[rule.effect]
    if isinstance(rule, MissedInARow):
        within = f" within {counted(rule.within_months, 'month')}" if rule.within_months else ""
        return f"{what} {_setting(rule.times, f'in a row{within}', rule.reading)}"
    if isinstance(rule, MissedInYear):
        return f"{what} {_setting(rule.times, f'in {absence.since.year}', rule.reading)}"
    if isinstance(rule, LowShare):
        share = percent_words(rule.below)
        return f"{what} (fewer than {share} in {counted(rule.months, 'month')})"
    return f"{what} (not seen for {counted(rule.months, 'month')} since {plain_date(absence.since)})"


ABSENCE_WORDS = {
    AbsenceEffect.ENQUIRY: "Persistent non-attendance",
    AbsenceEffect.MAY_BE_REMOVED: "May be removed",
    AbsenceEffect.REMOVED_BY_RESOLUTION: "May be removed by resolution",
    AbsenceEffect.DEEMED_RESIGNED: "Treated as having resigned",
    AbsenceEffect.SEAT_VACATED: "The seat falls vacant",
}


def deputy_sentences(answer: DeputyAnswer) -> tuple[str, ...]:
    """What stands against a deputy, one sentence each; or the one that confirms them."""
    if answer.problems:
        return tuple(_deputy_problem(answer, problem) for problem in answer.problems)
    return (confirmed_sentence(answer),)


def deputy_sentences_about(answer: DeputyAnswer, member: str) -> tuple[str, ...]:
    """The same told to whoever names the deputy for that member."""
    told = {"Your deputy": "The deputy", "your deputy": "the deputy", " as you": f" as {member}"}
    told["in your place"] = f"in the place of {member}"
    told["Only your named"] = "Only the named"
    sentences = deputy_sentences(answer)
    for own, theirs in told.items():
        sentences = tuple(sentence.replace(own, theirs) for sentence in sentences)
    return sentences


def confirmed_sentence(answer: DeputyAnswer) -> str:
    """`Sam Lee will attend with the same voting rights.`"""
    how = {
        DeputyVote.SAME: "with the same voting rights",
        DeputyVote.NONE: "without a vote",
        DeputyVote.NOT_STATED: "in your place",
    }[answer.rule.votes]
    return f"{answer.proposal.name} will attend {how}."


def register_note(answer: DeputyAnswer) -> str:
    """What the register says beside such a deputy; empty when there is nothing to say."""
    if answer.outcome in {Outcome.ACCEPTED, Outcome.REFUSED}:
        return ""
    if answer.outcome in {Outcome.NOT_CHECKED, Outcome.INCOMPLETE}:
        return "Not checked; counts for the quorum."
    counts = "counts" if answer.counts_for_quorum else "does not count"
    reason = f" Reason: {answer.proposal.reason.strip()}" if answer.proposal.reason.strip() else ""
    return f"Outside the rule for deputies; {counts} for the quorum.{reason}"


def percent_words(share: Fraction) -> str:
    """`75%`, or `2/3` where the share is no whole number of hundredths."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(share)


def _deputy_problem(answer: DeputyAnswer, problem: Problem) -> str:
    match problem:
        case Problem.AUTHORITY_DIFFERS:
            verb = answer.rule.authority
            return f"Your deputy {verb} have the same decision-making authority as you."
        case Problem.GRADE_TOO_LOW | Problem.GRADE_TOO_HIGH:
            return _grade_sentence(answer)
        case Problem.NOTICE_NOT_WRITTEN | Problem.NOTICE_LATE:
            return _deputy_notice(answer)
        case _:
            return PLAIN_PROBLEMS[problem]


PLAIN_PROBLEMS = {
    Problem.NOBODY_MAY: "Nobody may attend in your place.",
    Problem.NOT_THE_NAMED_DEPUTY: "Only your named deputy may attend in your place.",
    Problem.AUTHORITY_NOT_DECLARED: ("Say whether your deputy has the same decision-making authority as you."),
    Problem.GRADE_UNKNOWN: "Your deputy's grade has not been checked.",
}


def _grade_sentence(answer: DeputyAnswer) -> str:
    below = answer.rule.grades_below
    lower = ""
    if below:
        count = GRADE_COUNTS[below] if below < len(GRADE_COUNTS) else str(below)
        lower = f" or {count} {'grade' if below == 1 else 'grades'} lower"
    return f"Your deputy {answer.rule.grade} be the same grade as you{lower}."


GRADE_COUNTS = ("no", "one", "up to two", "up to three")


def _deputy_notice(answer: DeputyAnswer) -> str:
    due = answer.notice_due
    if due is None or due.at is None:
        return "Tell the Chair in writing before the meeting."
    return f"You must tell the Chair in writing by {plain_time(due.at)} on {long_date(due.on)}."


def _notice_words(rule: Deadline) -> str:
    """`10 working days' notice`, `1 week's notice`."""
    words = amount_words(rule)
    return f"{words}' notice" if words.endswith("s") else f"{words}'s notice"


def _kind_of_meeting(rule: Deadline) -> str:
    return rule.applies_to[0] if len(rule.applies_to) == 1 else "meeting"


def _was(duty: str) -> str:
    """Whether the duty's name is one thing or several: `Reports were`, `Annual report was`."""
    is_plural = " and " in duty or (duty.endswith("s") and not duty.endswith(("ss", "is", "us")))
    return "were" if is_plural else "was"


def _planned(tally: Tally) -> str:
    return counted(tally.counted, _short_kind(tally.rule.kind))


def _so_far(tally: Tally) -> str:
    kind = _short_kind(tally.rule.kind)
    if tally.rule.at_least == 1:
        return counted(tally.counted, kind) if tally.counted else f"no {kind}"
    return f"{tally.counted} of {counted(tally.rule.at_least, kind)}"


def _short_kind(kind: MeetingKind) -> str:
    return "meeting" if kind is MeetingKind.ORDINARY else kind


def _setting(times: int, words: str, reading: Reading | None) -> str:
    """A number that rests on a reading says so."""
    return f"({times} {words})" if reading is None else f"({LOCAL_SETTING}: {times})"
