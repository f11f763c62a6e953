"""The columns in which the register of agencies is taken away and brought in."""

from __future__ import annotations

from membership.duty_holders import section_11_choices
from membership.models import AgencyKind, EducationDuty, StatutoryRole

AGENCY, ADDRESS, OUR_NAME, ALIASES = "Agency", "Address", "Our name", "Also known as"
KIND, ROLE, SECTION_11, EDUCATION, PARENT = (
    "Kind",
    "Statutory role",
    "Section 11 duty",
    "Education Act duty",
    "Part of",
)
HEADING, LISTED_AS = "Heading on the list", "Listed as"
SEATS, OFFICER, FOLLOWED = "Seats", "Senior officer", "Followed by"
COLUMNS = (
    AGENCY, ADDRESS, OUR_NAME, ALIASES, KIND, ROLE, SECTION_11, EDUCATION, PARENT, HEADING, LISTED_AS, SEATS, OFFICER,
    FOLLOWED,
)  # fmt: skip
# Changed on the agency's page alone, since a day or a person goes with them; a file may have the columns all the same.
NOT_READ = frozenset({SEATS, OFFICER, FOLLOWED})
READ = tuple(column for column in COLUMNS if column not in NOT_READ)
CHOSEN = (KIND, ROLE, SECTION_11, EDUCATION)
BETWEEN = "; "
NONE = "None"


def choices_of(column: str) -> list[tuple[str, str]]:
    """The values of a column that has a list of them, each with its words."""
    return {
        KIND: [(kind.value, str(kind.label)) for kind in AgencyKind],
        ROLE: [(role.value, str(role.label)) for role in StatutoryRole],
        SECTION_11: [("", NONE), *section_11_choices()],
        EDUCATION: [(duty.value, str(duty.label)) for duty in EducationDuty],
    }[column]


def value_of(column: str, text: str) -> str | None:
    """The value that a cell means, be it the value itself or its words, in any letters; None where it means none."""
    typed = text.casefold()
    for value, words in choices_of(column):
        if typed == words.casefold() or (value and typed == value.casefold()):
            return value
    return None


def several(text: str) -> tuple[str, ...]:
    """The names of a cell that holds several."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(BETWEEN.strip()) if name.strip()))
