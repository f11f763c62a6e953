"""What the boards of the demonstration talk about: made-up items, decisions and actions, and no child."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.models import ItemKind


@dataclass(frozen=True, slots=True)
class Theme:
    """One item of an agenda, with what is said and decided when it is taken, and who undertakes what."""

    title: str
    kind: ItemKind
    minutes: int
    purpose: str
    discussion: str
    decision: str = ""
    paper: str = ""
    action: str = ""


OPENING = Theme(
    "Welcome, apologies and interests",
    ItemKind.INFORMATION,
    5,
    "Members say whether they have an interest in an item.",
    "The chair welcomed everybody and asked for interests.",
)
MINUTES_OF_LAST_TIME = Theme(
    "Minutes of the last meeting and the action tracker",
    ItemKind.DECISION,
    10,
    "The board is asked to approve the minutes.",
    "The tracker was gone through line by line.",
    decision="The minutes of the last meeting were approved.",
)
STANDING_ITEM_SAID = "The report was heard and questions were answered."
THEMES = (
    Theme(
        "Neglect: what the toolkit has changed",
        ItemKind.ASSURANCE,
        25,
        "The board is asked whether it is assured.",
        "Front-line teams described how they use the toolkit. Members asked how often it is used by health visitors.",
        paper="Use of the neglect toolkit by team",
        action="Tell the board how often health visitors use the neglect toolkit",
    ),
    Theme(
        "Annual report: contents and timetable",
        ItemKind.DECISION,
        20,
        "The board is asked to agree the contents.",
        "Members wanted a chapter in words that young people would choose themselves.",
        decision="The contents and the timetable of the annual report were agreed.",
        paper="Annual report, contents and timetable",
        action="Send the agency's part of the annual report to the partnership team",
    ),
    Theme(
        "Joint training in the coming year",
        ItemKind.DECISION,
        20,
        "The board is asked to agree the offer.",
        "Places were discussed, and why so many of them stay empty in the autumn.",
        decision="The training offer was agreed, with two further days for schools.",
        paper="Training offer, with places taken last year",
        action="Name the agency's trainers for the two further days",
    ),
    Theme(
        "Sharing information at the front door",
        ItemKind.DISCUSSION,
        25,
        "Members bring one example each.",
        "Delays come from forms that ask for the same thing twice. The partners compared three of them.",
        paper="Three forms compared",
        action="Try the shorter form with one team and report what changed",
    ),
    Theme(
        "Self-assessments: how the returns are collected",
        ItemKind.DECISION,
        15,
        "The board is asked to choose between two ways.",
        "One return for all four areas saves the larger agencies three months.",
        decision="Returns are collected once for all areas, in spring.",
        action="Return the self-assessment",
    ),
    Theme(
        "Moving on to adult services: a joint audit",
        ItemKind.ASSURANCE,
        25,
        "The board is asked whether it is assured.",
        "Most plans begin too late. The audit named no reasons that agencies did not know of.",
        paper="Findings of the joint audit",
        action="Begin plans for adult services at sixteen, and report on the first ten",
    ),
    Theme(
        "Contributions of the partners",
        ItemKind.DECISION,
        20,
        "The board is asked to agree the contributions.",
        "The team showed what the money was spent on and what a tenth less would end.",
        decision="The contributions stay as they are for one year.",
        paper="Contributions and spending",
        action="Confirm the agency's contribution in writing",
    ),
    Theme(
        "How learning reaches the front line",
        ItemKind.DISCUSSION,
        20,
        "Members say what reached their own teams.",
        "Short films are watched, long letters are not.",
        action="Show the two films at a team meeting and say who watched",
    ),
)
