"""What happened at the past meetings that show something; seats that no story names are filled by chance, seeded.

A mark says what the register has of a seat: Y came, R came by video, D the deputy came, A apologies, N nobody and no
word. "@6" came 6 minutes after the start, "-72" left 72 minutes after it, "+104" came back then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.models import ReplyAnswer

ISLAND, PORTSMOUTH = "isle-of-wight/main-board", "portsmouth/board"


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody of a seat withdraws from an item, from and until so many minutes after the start."""

    seat: str
    item: str
    from_minute: int
    until_minute: int
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """One past meeting. `heads` is how many rows of voting seats are attended in all, by chance beyond the marks."""

    title: str
    heads: int
    marks: Mapping[str, str] = field(default_factory=dict)
    interests: tuple[Interest, ...] = ()


# By board: its past ordinary meetings, the latest first.
STORIES: Mapping[str, tuple[Story, ...]] = {
    ISLAND: (
        Story(
            "Quorum lost half-way: the ICB leaves and no deputy comes",
            14,
            {"chair": "Y", "scrutineer": "R", "constabulary": "D", "childrens-social-care": "Y", "icb": "R-72",
             "regulatory-services": "A", "youth-justice": "Y@31", "iow-nhs-trust": "Y@70"},
        ),
        Story(
            "Not quorate until the scrutineer joins by video, six minutes late",
            15,
            {"chair": "Y", "scrutineer": "R@6", "constabulary": "Y", "childrens-social-care": "Y", "icb": "Y",
             "regulatory-services": "N", "secondary-school": "A"},
        ),
        Story(
            "A partner missing: apologies from the police, and no deputy",
            16,
            {"chair": "Y", "scrutineer": "Y", "constabulary": "A", "childrens-social-care": "D", "icb": "Y",
             "regulatory-services": "A"},
        ),
        Story(
            "One head short: the twelfth is a deputy two grades too low",
            12,
            {"chair": "Y", "scrutineer": "Y", "constabulary": "Y", "childrens-social-care": "Y", "icb": "D",
             "regulatory-services": "D", "youth-justice": "A"},
        ),
        Story(
            "Quorate throughout, with deputies and people by video",
            17,
            {"chair": "Y", "scrutineer": "R", "constabulary": "D", "childrens-social-care": "Y", "icb": "R",
             "public-health": "D", "fire-and-rescue": "D", "regulatory-services": "Y"},
        ),
        Story(
            "No police at all, which the fictional version 1 only expects",
            16,
            {"chair": "Y", "scrutineer": "Y", "constabulary": "N", "childrens-social-care": "Y", "icb": "Y",
             "regulatory-services": "Y"},
        ),
        Story(
            "The chair is ill, and the terms name no stand-in",
            18,
            {"chair": "A", "scrutineer": "Y", "constabulary": "Y", "childrens-social-care": "Y", "icb": "Y",
             "regulatory-services": "Y"},
        ),
        Story(
            "Exactly enough: 12 of 24",
            12,
            {"chair": "Y", "scrutineer": "Y", "constabulary": "Y", "childrens-social-care": "Y", "icb": "Y",
             "regulatory-services": "A", "youth-justice": "Y"},
        ),
    ),
    PORTSMOUTH: (
        Story(
            "Not quorate for 22 minutes: the police are called away and come back",
            12,
            {"chair": "Y", "council": "Y", "constabulary": "Y-82+104", "icb": "Y", "post-16": "N", "diocese": "D",
             "solent": "D", "probation": "A"},
        ),
        Story(
            "A partner missing: no police and no deputy, with nearly everybody else there",
            11,
            {"chair": "Y", "council": "Y", "constabulary": "A", "icb": "Y", "post-16": "N", "diocese": "D",
             "probation": "D"},
        ),
        Story(
            "Quorate by deputies: all three partners send theirs",
            10,
            {"chair": "R", "council": "D", "constabulary": "D", "icb": "D", "post-16": "Y", "diocese": "D"},
        ),
        Story(
            "Not quorate until the ICB arrives, 25 minutes late",
            12,
            {"chair": "Y", "council": "Y", "constabulary": "Y", "icb": "Y@25", "post-16": "Y", "diocese": "D"},
        ),
        Story(
            "Quorate throughout; the hospitals withdraw from one item for an interest",
            11,
            {"chair": "Y", "council": "Y", "constabulary": "D", "icb": "Y", "hospitals": "Y", "diocese": "D"},
            (Interest("hospitals", "5", 60, 80, "The trust bids for the contract under discussion"),),
        ),
        Story(
            "Quorate throughout, with a seat vacant",
            11,
            {"chair": "Y", "council": "Y", "constabulary": "Y", "icb": "Y", "diocese": "D"},
        ),
        Story(
            "Quorate with the three partners and one other",
            4,
            {"chair": "Y", "council": "Y", "constabulary": "Y", "icb": "R", "diocese": "D"},
        ),
        Story(
            "Quorate throughout",
            12,
            {"chair": "Y", "council": "Y", "constabulary": "Y", "icb": "Y", "diocese": "D"},
        ),
    ),
}  # fmt: skip

EXTRAORDINARY = Story(
    "Extraordinary meeting, called on ten working days' notice",
    9,
    {"chair": "Y", "council": "Y", "constabulary": "R", "icb": "R", "post-16": "A", "diocese": "D"},
)
DEVELOPMENT_DAY = Story("Development day", 10, {"chair": "Y", "council": "Y", "icb": "Y", "diocese": "D"})

# Today: the register is open, and one more person makes it quorate.
TODAY: Mapping[str, Story] = {
    ISLAND: Story(
        "Today: one head short",
        11,
        {"chair": "Y", "scrutineer": "R", "constabulary": "D", "childrens-social-care": "Y", "icb": "Y",
         "community-safety": "Y", "fire-and-rescue": "D", "adults-social-care": "Y", "education-inclusion-access": "Y",
         "public-health": "R", "primary-school": "Y", "hmp": "A", "adult-mental-health": "A", "probation": "A",
         "cabinet-member": "Y"},
    ),
    PORTSMOUTH: Story(
        "Today: the police are not here yet",
        7,
        {"chair": "Y", "council": "Y", "icb": "Y", "hospitals": "Y", "solent": "D", "headteacher-primary": "Y",
         "voluntary-alliance": "R", "diocese": "D", "royal-navy-welfare": "A", "lead-member": "Y"},
    ),
}  # fmt: skip

# The next meeting: the seats whose reply is fixed, so that one person is left to ask. None has not answered.
NEXT: Mapping[str, Mapping[str, ReplyAnswer | None]] = {
    ISLAND: {
        "chair": ReplyAnswer.COMING,
        "scrutineer": ReplyAnswer.COMING,
        "constabulary": None,
        "childrens-social-care": ReplyAnswer.COMING,
        "icb": ReplyAnswer.COMING,
    },
    PORTSMOUTH: {"council": ReplyAnswer.COMING, "icb": ReplyAnswer.COMING, "constabulary": None},
}
