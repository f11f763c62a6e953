"""Each duty of a constitution as a sentence: deadlines, frequency, attendance, deputies, decisions.

How decisions are taken outside meetings, and the standing arrangements, are told in `arrangement_sentences`.
"""

from __future__ import annotations

from partnership.rules.attendance.absences import LowShare, MissedInARow, MissedInYear, NotSeenFor
from partnership.rules.attendance.attendance import AttendancePolicy, LeaveCounts
from partnership.rules.attendance.deputies import DeputyRule, DeputyVote, Requirement, WhoMayDeputise
from partnership.rules.book.rule_sentences import first_upper, fraction_words, the, the_office
from partnership.rules.clauses import cited
from partnership.rules.deadlines.deadlines import Anchor, Deadline, Limit, NonWorkingDay, Strength
from partnership.rules.deadlines.duty_sentences import amount_words, percent_words
from partnership.rules.deadlines.frequency import Frequency
from partnership.rules.decisions.decisions import DecisionRule
from partnership.rules.decisions.voting import Threshold, VoteBase
from partnership.rules.plain_dates import MONTHS, counted, listed, plain_time
from partnership.rules.quorum.terms import QuorumTerms

ANCHOR_WORDS = {
    Anchor.MEETING: "the meeting",
    Anchor.RECEIPT: "receipt",
    Anchor.NOTICE: "notice is given",
    Anchor.REQUEST: "the request",
    Anchor.REQUISITION: "the requisition",
    Anchor.PREVIOUS_MEETING: "the previous meeting",
    Anchor.LAST_ATTENDANCE: "the last attendance",
    Anchor.ANNUAL_MEETING: "the annual meeting",
    Anchor.RETIREMENT: "retirement",
    Anchor.START_OF_CALENDAR_YEAR: "the calendar year begins",
    Anchor.START_OF_FINANCIAL_YEAR: "the financial year begins",
    Anchor.END_OF_QUARTER: "the end of the quarter",
    Anchor.END_OF_TERM: "the end of term",
}
BASE_WORDS = {
    VoteBase.PRESENT_AND_ENTITLED: "those present and entitled to vote",
    VoteBase.ALL_ENTITLED: "all who are entitled to vote",
    VoteBase.VOTING: "those who vote",
}
MOVED_WORDS = {
    NonWorkingDay.STAY: "",
    NonWorkingDay.PREVIOUS: " A date that is not a working day moves to the one before.",
    NonWorkingDay.NEXT: " A date that is not a working day moves to the next.",
}
WHO_WORDS = {
    WhoMayDeputise.NOBODY: "Nobody may deputise.",
    WhoMayDeputise.NAMED_DEPUTY: "Only a member's named deputy may come in their place.",
    WhoMayDeputise.ANY_SUBSTITUTE: "A member may send a deputy or a substitute.",
}
REQUIREMENT_WORDS = {Requirement.SHOULD: "should", Requirement.MUST: "must"}


def deadline_sentence(rule: Deadline) -> str:
    """`Agenda and papers: at least 1 week before the meeting.`, with what narrows it."""
    due = f"{rule.duty}: {time_words(rule)}"
    if rule.by_time:
        due += f", by {plain_time(rule.by_time)}"
    if rule.only_for:
        due += f", only for {rule.only_for}"
    if rule.applies_to:
        due += f", for {listed([f'{kind}s' for kind in rule.applies_to])}"
    expected = " Expected, not required." if rule.strength is Strength.EXPECTED else ""
    shorter = f" {first_upper(the(rule.shortening.by))} may shorten it." if rule.shortening else ""
    return f"{due}.{shorter}{_waiver_words(rule)}{expected}{MOVED_WORDS[rule.on_non_working_day]}"


def _waiver_words(rule: Deadline) -> str:
    """` The chair or the manager may waive it, with a reason (clause c).`; nothing where nobody may."""
    if rule.waiver is None:
        return ""
    who = first_upper(" or ".join(the(role) for role in rule.waiver.by))
    ground = f", for {rule.waiver.ground}" if rule.waiver.ground else ", with a reason"
    return f" {who} may waive it{ground} ({cited(rule.waiver.clause)})."


def time_words(rule: Deadline) -> str:
    """`at least 1 week before the meeting`."""
    if rule.anchor is Anchor.FIXED_DATE and rule.fixed:
        day = f"{rule.fixed.day} {MONTHS[rule.fixed.month - 1]}"
        return f"by {day} each year" if rule.amount == 0 else f"{amount_words(rule)} {rule.direction} {day} each year"
    anchor = rule.event if rule.anchor is Anchor.EVENT else ANCHOR_WORDS[rule.anchor]
    if rule.amount == 0:
        return f"no later than {anchor}"
    how = {Limit.NOT_LESS_THAN: "at least", Limit.WITHIN: "within", Limit.LESS_THAN: "less than"}[rule.limit]
    return f"{how} {amount_words(rule)} {rule.direction} {anchor}"


def frequency_sentence(rule: Frequency) -> str:
    """`At least 4 ordinary meetings a year.`."""
    return f"At least {counted(rule.at_least, str(rule.kind))} in every {rule.per}."


LEAVE_WORDS = "A meeting within leave of absence counts as missed by the representative."


def attendance_sentence(policy: AttendancePolicy) -> str:
    """Which rates are expected, over which meetings."""
    expectations = [
        f"{words} {percent_words(rate)}"
        for words, rate in (
            ("a named representative attends", policy.representative),
            ("the seat is filled at", policy.seat),
            ("an agency attends", policy.agency),
        )
        if rate is not None
    ]
    kinds = listed([f"{kind}s" for kind in policy.counts])
    what = listed(expectations) if expectations else "attendance is recorded and no rate is asked"
    least = f" At least {counted(policy.minimum_meetings, 'meeting')} a year." if policy.minimum_meetings else ""
    leave = f" {LEAVE_WORDS}" if policy.leave is LeaveCounts.ABSENCE else ""
    return f"{first_upper(what)}, counted over {kinds}.{least}{leave}"


def absence_sentence(rule: MissedInARow | MissedInYear | NotSeenFor | LowShare) -> str:
    """What long absence leads to."""
    cause: str
    match rule:
        case MissedInARow():
            within = f" within {counted(rule.within_months, 'month')}" if rule.within_months else ""
            cause = f"{counted(rule.times, 'meeting')} missed in a row by the {rule.basis}{within}"
        case MissedInYear():
            cause = f"{counted(rule.times, 'meeting')} missed in a calendar year by the {rule.basis}"
        case NotSeenFor():
            cause = f"{counted(rule.months, 'month')} without attending"
        case LowShare():
            cause = f"less than {percent_words(rule.below)} of meetings attended in {counted(rule.months, 'month')}"
    unless = "" if isinstance(rule, LowShare) or not rule.excused_by else f", unless excused by {the(rule.excused_by)}"
    return f"{first_upper(cause)}{unless}: {rule.effect}."


def deputy_sentence(rule: DeputyRule) -> str:
    """Who may come in a member's place, and what they must be."""
    sentences = [WHO_WORDS[rule.who]]
    if rule.authority in REQUIREMENT_WORDS:
        sentences.append(f"They {REQUIREMENT_WORDS[rule.authority]} have the same decision-making authority.")
    if rule.grade in REQUIREMENT_WORDS:
        below = f" or at most {counted(rule.grades_below, 'grade')} lower" if rule.grades_below else ""
        sentences.append(f"They {REQUIREMENT_WORDS[rule.grade]} be of the same grade{below}.")
    if rule.votes is DeputyVote.SAME:
        sentences.append("They vote as the member would.")
    if rule.votes is DeputyVote.NONE:
        sentences.append("They have no vote.")
    counts = "counts" if rule.counts_for_quorum else "does not count"
    sentences.append(f"A deputy {counts} for the quorum.")
    if rule.counts_for_quorum and rule.who is not WhoMayDeputise.NOBODY:
        improper = "counts too" if rule.improper_counts else "is recorded and does not count"
        sentences.append(f"One who falls short {improper}.")
    return " ".join(sentences)


def decision_sentence(rule: DecisionRule, terms: QuorumTerms) -> str:
    """How the group decides, and what a failed decision leads to."""
    ways = ["by consent"] if rule.consent else []
    ways += [f"by a vote of {_threshold_words(threshold)}" for threshold in rule.thresholds]
    sentences = [f"Decided {', else '.join(ways)}." if ways else "No way to decide is stated."]
    if rule.required:
        sentences.append(f"All {len(rule.required)} {rule.required_as or 'named partners'} must agree.")
    if rule.dissent_recorded:
        sentences.append("Dissenting views are recorded.")
    if rule.casting_vote:
        sentences.append(f"{first_upper(the_office(rule.casting_vote, terms))} has a casting vote.")
    if rule.escalate_to:
        sentences.append(f"What fails and cannot wait goes to {listed(rule.escalate_to)}.")
    if rule.agreement_of:
        sentences.append(f"It is provisional until {rule.agreement_of} agrees.")
    return " ".join(sentences)


def _threshold_words(threshold: Threshold) -> str:
    how_much = "more than" if threshold.more_than else "at least"
    among = f" of the category “{threshold.among}”" if threshold.among else ""
    return f"{how_much} {fraction_words(threshold.share)} of {BASE_WORDS[threshold.base]}{among}"
