"""How the messages of a meeting are worded: the standard words, and what a partnership's own may name."""

from __future__ import annotations

from partnership.obligations.wordings import MessageKind, Part, Placeholder, Words

HOLDERS = "Whoever holds a seat of the group"
MEETING = Placeholder("meeting", "PSCP Board, 22 April")
GROUP = Placeholder("group", "Portsmouth Safeguarding Children Board")
SHORT = Placeholder("short name", "PSCP Board")
DAY = Placeholder("day", "Thursday 22 April 2027", is_strong=True)
WHEN = Placeholder("when", "Thursday 22 April 2027, 10am to 12:30pm", is_strong=True)
OF_A_MEETING = (MEETING, GROUP, SHORT, DAY, WHEN)
ITS_MEETING, ITS_DAY = (Part.SUBJECT, "meeting"), (Part.OPENING, "when")

CALLED = MessageKind(
    name="meeting-called",
    label="A meeting is called",
    goes_to=HOLDERS,
    standard=Words("Meeting of {meeting}", "You are asked to a meeting of {group}: {when}."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING, ITS_DAY),
    announced_as=("meeting called",),
    button="Tell us if you are coming",
)
EXTRAORDINARY = MessageKind(
    name="extraordinary-meeting-called",
    label="An extraordinary meeting is called",
    goes_to=HOLDERS,
    standard=Words("Notice: extraordinary {meeting}", "You are asked to an extraordinary meeting of {group}: {when}."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING, ITS_DAY),
    announced_as=("meeting called",),
    button="Tell us if you are coming",
)
MOVED = MessageKind(
    name="meeting-moved",
    label="A meeting is moved",
    goes_to=HOLDERS,
    standard=Words("Changed: {short name} is now {day}", "It was to be {before}. It is now {when}."),
    placeholders=(*OF_A_MEETING, Placeholder("before", "Thursday 15 April 2027, 10am to 12:30pm")),
    needs=((Part.SUBJECT, "day"), ITS_DAY),
    announced_as=("meeting moved",),
    button="Tell us if you are coming",
)
CANCELLED = MessageKind(
    name="meeting-cancelled",
    label="A meeting is cancelled",
    goes_to=HOLDERS,
    standard=Words("Cancelled: {meeting}", "The meeting of {group} on {when} was cancelled."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING, ITS_DAY),
    announced_as=("meeting cancelled",),
    button="Open the meeting",
)
PAPERS = MessageKind(
    name="papers-ready",
    label="The papers are ready",
    goes_to="Whoever gets the papers by the constitution",
    standard=Words("Papers for {meeting}, are ready", "{group} meets on {when}."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING, ITS_DAY),
    announced_as=("papers published",),
    button="Read the papers",
)
PAPERS_ADDED = MessageKind(
    name="papers-added",
    label="Papers are added",
    goes_to="Whoever gets the papers by the constitution",
    standard=Words("Added to the papers: {meeting}", "{group} meets on {when}."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING, ITS_DAY),
    announced_as=("papers published",),
    button="Read the papers",
)
MINUTES = MessageKind(
    name="minutes-sent",
    label="The minutes are sent",
    goes_to="Whoever gets the minutes by the constitution",
    standard=Words("Minutes of {meeting}", "The minutes of {group} are on their page."),
    placeholders=OF_A_MEETING,
    needs=(ITS_MEETING,),
    announced_as=("minutes sent",),
    button="Read the minutes",
)
MINUTES_AGAIN = MessageKind(
    name="minutes-sent-again",
    label="A further version of the minutes is sent",
    goes_to="Whoever gets the minutes by the constitution",
    standard=Words("Minutes of {meeting}, {version}", "The minutes of {group} are on their page."),
    placeholders=(*OF_A_MEETING, Placeholder("version", "version 2")),
    needs=(ITS_MEETING, (Part.SUBJECT, "version")),
    announced_as=("minutes sent",),
    button="Read the minutes",
)
ACTION = MessageKind(
    name="action-agreed",
    label="An action is agreed",
    goes_to="Its owner",
    standard=Words(
        "New action for {agency}, due {due day}", "{group} agreed an action that is yours. It is due by {due date}."
    ),
    placeholders=(
        Placeholder("action", "PSCP-12"),
        Placeholder("agency", "Solent NHS Trust"),
        GROUP,
        SHORT,
        Placeholder("due day", "30 June"),
        Placeholder("due date", "Wednesday 30 June 2027", is_strong=True),
    ),
    needs=((Part.OPENING, "due date"),),
    announced_as=("action agreed",),
    button="Open the action",
)
WORDED = (CALLED, EXTRAORDINARY, MOVED, CANCELLED, PAPERS, PAPERS_ADDED, MINUTES, MINUTES_AGAIN, ACTION)
