"""Five partnerships, their agencies, their boards under the constitutions that ship."""

from __future__ import annotations

from pathlib import Path

from django.utils.text import slugify

import partnership.constitutions
from membership.models import Agency, AgencyKind, EducationDuty, StatutoryRole
from membership.operations import (
    bring_into_force,
    call_agency,
    enter_agency,
    enter_grade_ladder,
    list_relevant_agency,
    rename_agency,
)
from partnership.models import Board, BoardKind
from partnership.operations import found_board, found_partnership, make_accountable
from partnership.queries import terms_in
from partnership.rules.constitution import Constitution as Terms
from reviews.demo import tables
from reviews.demo.stage import Stage
from reviews.demo.tables import AgencyRow, RelevantAgencyRow

LIBRARY = Path(partnership.constitutions.__file__).parent / "library"

PARTNERSHIPS = {
    "isle-of-wight": ("Isle of Wight Safeguarding Children Partnership", "Isle of Wight SCP", "IOW"),
    "portsmouth": ("Portsmouth Safeguarding Children Partnership", "Portsmouth SCP", "PSCP"),
    "southampton": ("Southampton Safeguarding Children Partnership", "Southampton SCP", "SSCP"),
    "hampshire": ("Hampshire Safeguarding Children Partnership", "Hampshire SCP", "HSCP"),
    "hips": ("Hampshire, Isle of Wight, Portsmouth and Southampton", "HIPS", "HIPS"),
}
# A board's files, the earliest version first; its address is the last name.
BOARDS = (
    ("isle-of-wight", ("main-board-version-1", "main-board")),
    ("isle-of-wight", ("executive-group",)),
    ("isle-of-wight", ("health-subgroup",)),
    ("portsmouth", ("board",)),
    ("portsmouth", ("executive-committee",)),
    ("portsmouth", ("learning-committee",)),
    ("portsmouth", ("scrutiny-committee",)),
    ("portsmouth", ("child-exploitation-group",)),
    ("portsmouth", ("dsl-network",)),
    ("portsmouth", ("mash-steering-group",)),
    ("southampton", ("board",)),
    ("hampshire", ("board",)),
    ("hips", ("executive-group",)),
    ("hips", ("health-group",)),
    ("hips", ("child-exploitation-group",)),
    ("hips", ("procedures-group",)),
)
KIND_OF_CATEGORY = {
    "health": AgencyKind.NHS_PROVIDER,
    "education": AgencyKind.EDUCATION,
    "early years": AgencyKind.EDUCATION,
    "other": AgencyKind.OTHER,
}
LIST_SOURCE = "Arrangements of September 2022, Appendix 2"
# The Portsmouth arrangements of September 2022 know the earlier name; the day of the change is made up.
CONSTABULARY = "hampshire-and-isle-of-wight-constabulary"
EARLIER_NAME = "Hampshire Constabulary"


def found_partnerships(stage: Stage) -> None:
    for slug, (name, short_name, prefix) in PARTNERSHIPS.items():
        stage.partnerships[slug] = found_partnership(
            slug=slug,
            name=name,
            short_name=short_name,
            action_prefix=prefix,
            team_email=f"team@{slug}.example.org",
            by=stage.author,
        )


def enter_agencies(stage: Stage) -> None:
    """The agencies that sit somewhere, with their ladders and what each partnership calls them."""
    for row in tables.agencies():
        _enter(stage, row)
        if row.ladder:
            enter_grade_ladder(agency=stage.agencies[row.slug], name="Grades", grades=row.ladder, by=stage.author)
    for slug, agency, name in tables.display_names():
        call_agency(agency=stage.agencies[agency], partnership=stage.partnerships[slug], name=name, by=stage.author)


def _enter(stage: Stage, row: AgencyRow) -> None:
    is_renamed = row.slug == CONSTABULARY
    stage.agencies[row.slug] = agency = enter_agency(
        slug=row.slug,
        name=EARLIER_NAME if is_renamed else row.name,
        kind=AgencyKind(row.kind),
        statutory_role=StatutoryRole(row.statutory_role),
        section_11=row.section_11,
        education_duty=EducationDuty(row.education_duty),
        aliases=row.aliases,
        by=stage.author,
    )
    if is_renamed:
        rename_agency(agency=agency, name=row.name, from_on=stage.days_ago(3 * 365), by=stage.author)


def list_relevant_agencies(stage: Stage) -> None:
    """Portsmouth's list, line by line; an agency that sits on a board already is not entered twice."""
    known = {name: row.slug for row in tables.agencies() for name in (row.name, *row.aliases)}
    for line in tables.relevant_agencies():
        slug = known.get(line.name) or known.get(line.listed_as)
        list_relevant_agency(
            partnership=stage.partnerships["portsmouth"],
            agency=stage.agencies[slug] if slug else _enter_listed(stage, line),
            category=line.category,
            listed_as=line.listed_as,
            note=line.note,
            source=LIST_SOURCE,
            by=stage.author,
        )


def _enter_listed(stage: Stage, line: RelevantAgencyRow) -> Agency:
    return enter_agency(
        slug=slugify(line.name),
        name=line.name,
        kind=KIND_OF_CATEGORY[line.category],
        statutory_role=StatutoryRole.RELEVANT_AGENCY,
        by=stage.author,
    )


def found_boards(stage: Stage) -> None:
    """Each board under its constitutions, with the seats these give it, answering to whom they say."""
    by_body: dict[str, Board] = {}
    latest: dict[str, Terms] = {}
    for position, (slug, files) in enumerate(BOARDS, start=1):
        place = f"{slug}/{files[-1]}"
        for file in files:
            text = (LIBRARY / slug / f"{file}.yaml").read_text(encoding="utf-8")
            latest[place] = _adopt(stage, place, text, position)
        by_body[latest[place].body.id] = stage.boards[place]
    for place, terms in latest.items():
        if terms.accountable_to is not None:
            make_accountable(board=stage.boards[place], to=by_body[terms.accountable_to.body], by=stage.author)


def _adopt(stage: Stage, place: str, text: str, position: int) -> Terms:
    """Found the board if it is new, adopt this version of its terms, and arrange its seats by them."""
    slug, board_slug = place.split("/")
    if place not in stage.boards:
        body = terms_in(text=text).body
        stage.boards[place] = found_board(
            partnership=stage.partnerships[slug],
            slug=board_slug,
            name=body.name,
            short_name=body.short_name,
            kind=BoardKind(body.kind),
            position=position,
            by=stage.author,
        )
    agencies = {name: stage.agencies[agency] for name, agency in tables.organisations().get(slug, {}).items()}
    bring_into_force(board=stage.boards[place], text=text, agencies=agencies, by=stage.author)
    return terms_in(text=text)
