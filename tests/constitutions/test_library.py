"""Every constitution that ships: valid, complete, and with each of its readings in sight."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from partnership.constitutions.build import load
from partnership.rules.constitution import accountability_cycle
from partnership.rules.deadlines.deadlines import DeadlineKind
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts
from tests.constitutions.bodies import RealCase, answer, cases_in
from tests.constitutions.shipped import FILES, shipped

# Row of the register of groups -> the files that are it.
GROUPS = {
    "S1": ("isle-of-wight/main-board", "isle-of-wight/main-board-version-1"),
    "S2": ("isle-of-wight/executive-group",),
    "S3": ("portsmouth/board",),
    "S4": ("portsmouth/executive-committee",),
    "S5": ("portsmouth/learning-committee",),
    "S6": ("portsmouth/scrutiny-committee",),
    "S7": ("portsmouth/child-exploitation-group",),
    "S8": ("portsmouth/dsl-network",),
    "S9": ("portsmouth/mash-steering-group",),
    "S10": ("hips/executive-group",),
    "S11": ("hips/health-group", "hips/child-exploitation-group", "hips/procedures-group"),
    "S12": ("southampton/board",),
    "S13": ("hampshire/board",),
    "S14": ("isle-of-wight/health-subgroup",),
}
PLACES = tuple(place for places in GROUPS.values() for place in places)
STATING_A_QUORUM = {"isle-of-wight/main-board", "isle-of-wight/main-board-version-1", "portsmouth/board"}


def test_every_row_of_the_register_has_its_files_and_no_file_is_left_over() -> None:
    assert [f"S{number}" for number in range(1, 15)] == list(GROUPS)
    assert sorted(PLACES) == sorted(f"{path.parent.name}/{path.stem}" for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_file_is_valid_and_belongs_where_it_lies(path: Path) -> None:
    constitution = load(path.read_bytes())
    assert constitution.body.partnership == path.parent.name
    assert constitution.version.in_force_from is not None
    assert all(entry.clause.ref and entry.clause.words for entry in constitution.rules if entry.clause)


def test_bodies_have_ids_of_their_own_and_answer_to_each_other_in_no_circle() -> None:
    bodies = [shipped(place).body.id for place in PLACES if not place.endswith("version-1")]
    assert len(set(bodies)) == len(bodies) == 16
    above = {shipped(place).body.id: answer.body for place in PLACES if (answer := shipped(place).accountable_to)}
    assert accountability_cycle(above) == ()
    assert above["iow-main"] == "iow-executive"
    assert set(above.values()) <= set(bodies)


@pytest.mark.parametrize("place", PLACES)
def test_no_quorum_is_invented_where_the_source_states_none(place: str) -> None:
    constitution = shipped(place)
    here = Facts(attendees=tuple(Attendee(name=f"Member {number}") for number in range(7)))
    if place in STATING_A_QUORUM:
        assert "quorum" not in constitution.not_stated
        return
    assert "quorum" in constitution.not_stated
    answer = assess(constitution.quorum, here)
    assert answer.outcome is Outcome.NOT_STATED
    assert answer.sentence == "These terms state no quorum; 7 are present."


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxy")
def test_every_lettered_clause_of_portsmouth_is_there(letter: str) -> None:
    refs = {
        ref for rule in shipped("portsmouth/board").rules if rule.clause for ref in re.split(r"[,;] ", rule.clause.ref)
    }
    assert letter in refs


@pytest.mark.parametrize(
    "ref",
    ["Purpose", *(f"Objectives {n}" for n in range(1, 6)), *(f"Responsibilities {n}" for n in range(1, 6)),
     "Accountability", "Membership", "Frequency", "Quoracy", *(f"Support {n}" for n in range(1, 6))],
)  # fmt: skip
def test_every_part_of_the_isle_of_wight_terms_is_there(ref: str) -> None:
    assert ref in {rule.clause.ref for rule in shipped("isle-of-wight/main-board").rules if rule.clause}


# --- who sits there ------------------------------------------------------------------------------


def test_the_isle_of_wight_board_has_24_counted_seats_and_an_observer() -> None:
    terms = shipped("isle-of-wight/main-board").quorum
    counted = [seat for seat in terms.seats if seat.capacity != "participant-observer"]
    assert sum(seat.count for seat in counted) == 24
    assert [seat.id for seat in terms.seats if seat not in counted] == ["cabinet-member"]
    assert not any(office.deputy_may_fill for office in terms.offices.values())


def test_portsmouth_has_14_agency_seats_a_chair_without_a_vote_and_an_observer() -> None:
    terms = shipped("portsmouth/board").quorum
    votes = {"member": True} | {capacity.id: capacity.votes for capacity in terms.capacities.values()}
    assert len([seat for seat in terms.seats if votes[seat.capacity]]) == 14
    assert [seat.id for seat in terms.seats if not votes[seat.capacity]] == ["chair", "lead-member"]


def test_version_1_is_fictional_says_so_and_differs_in_the_one_reading() -> None:
    first, second = shipped("isle-of-wight/main-board-version-1"), shipped("isle-of-wight/main-board")
    assert (first.version.number, second.version.number) == (1, 2)
    assert "Fictional" in first.version.title
    assert "Fictional" in first.version.note
    pairs = zip(first.entries, second.entries, strict=True)
    assert [ours.id for ours, theirs in pairs if ours.reading != theirs.reading] == ["quorum"]
    assert first.deadlines == second.deadlines


# --- readings ------------------------------------------------------------------------------------

READINGS = [
    ("isle-of-wight/main-board", "half", "At least half is 12"),
    ("isle-of-wight/main-board", "quorum", "read as must"),
    ("isle-of-wight/main-board", "chair-present", "one head and satisfies both"),
    ("isle-of-wight/main-board", "chair", "Nobody stands in for the chair"),
    ("isle-of-wight/main-board", "scrutineer", "Nobody stands in for the scrutineer"),
    ("isle-of-wight/main-board", "partners-present", "Childrens Social Care satisfies"),
    ("isle-of-wight/main-board", "deputy-authority-counts", "does not count"),
    ("isle-of-wight/main-board", "agenda-agreed", "Five agreements"),
    ("isle-of-wight/main-board", "papers", "seven dates"),
    ("isle-of-wight/main-board", "regular-reports", "Two groups report"),
    ("isle-of-wight/main-board", "discuss-only", "labelled and provisional"),
    ("portsmouth/board", "in-attendance", "are not counted and have no vote"),
    ("portsmouth/board", "chair", "no ordinary vote"),
    ("portsmouth/board", "headteacher-secondary", "14 seats"),
    ("portsmouth/board", "no-route", "neither route fits"),
    ("portsmouth/board", "extraordinary-notice", "on the tenth working day"),
    ("portsmouth/board", "report-template", "document of its own"),
    ("portsmouth/board", "role-description-place", "Appendix 5"),
    ("portsmouth/board", "persistent", "Two ordinary meetings in a row with neither"),
    ("portsmouth/board", "dates-agreed", "31 January"),
    ("portsmouth/board", "attendance", "development days do not count"),
    ("portsmouth/board", "disputes", "mail server took the minutes"),
    ("portsmouth/board", "decisions", "entitled to vote and present"),
    ("portsmouth/board", "amendments", "By noon"),
    ("portsmouth/board", "deputy", "counts for the quorum"),
    ("portsmouth/board", "relevant-agencies", "Appendix 2 is the list"),
    ("portsmouth/board", "discuss-only", "labelled and provisional"),
    ("portsmouth/board", "signed-by", "three lead representatives"),
    ("portsmouth/dsl-network", "no-quorum", "No quorum is needed"),
    ("hips/executive-group", "standing-subgroups", "Three standing subgroups"),
    ("hips/executive-group", "no-frequency", "Frequency and quorum are not stated"),
    ("southampton/board", "dates-apart", "should not clash"),
]


@pytest.mark.parametrize(("place", "rule", "words"), READINGS, ids=lambda value: value)
def test_the_reading_chosen_is_in_sight_with_those_set_aside(place: str, rule: str, words: str) -> None:
    reading = next(entry.reading for entry in shipped(place).entries if entry.id == rule and entry.reading)
    assert words in reading.chosen
    assert reading.why
    assert reading.others


@pytest.mark.parametrize("place", PLACES)
def test_every_local_practice_says_that_it_is_a_local_setting(place: str) -> None:
    for deadline in shipped(place).deadlines:
        if deadline.kind is DeadlineKind.LOCAL_PRACTICE:
            assert "local setting" in deadline.clause.words


# --- the two source boards answered --------------------------------------------------------------

EARLIER, LATER = "isle-of-wight/main-board-version-1", "isle-of-wight/main-board"
ISLAND = ("chair", "scrutineer", "constabulary", "childrens-social-care", "icb")
ISLAND_OTHERS = ("anglican-diocese", "hmp", "public-health", "youth-justice", "iow-nhs-trust", "adults-board",
                 "probation", "primary-school", "voluntary-sector", "community-safety")  # fmt: skip
PARTNERS = ("council", "constabulary", "icb")
PORTSMOUTH_OTHERS = ("ambulance", "solent", "hospitals", "voluntary-alliance", "headteacher-primary",
                     "headteacher-secondary", "post-16", "royal-navy-welfare", "probation", "parent-carer-board",
                     "diocese")  # fmt: skip


def here(place: str, *seats: str) -> Facts:
    """The holders of those seats are in the room."""
    by_id = {seat.id: seat for seat in shipped(place).quorum.seats}
    return Facts(
        attendees=tuple(
            Attendee(
                name=seat,
                seat=seat,
                capacity=by_id[seat].capacity,
                organisation=by_id[seat].organisation,
                offices=frozenset(by_id[seat].offices),
                categories=frozenset(by_id[seat].categories),
            )
            for seat in seats
        )
    )


@pytest.mark.parametrize(
    ("place", "seats", "sentence"),
    [
        (LATER, (*ISLAND, *ISLAND_OTHERS[:7]), "Quorate: 12 of 24 members present (12 needed)."),
        (LATER, (*ISLAND, *ISLAND_OTHERS[:6]), "Not quorate: 11 of 24 present. 1 more member needed."),
        (
            LATER,
            (*ISLAND, *ISLAND_OTHERS[:6], "cabinet-member"),
            "Not quorate: 11 of 24 present. 1 more member needed.",
        ),
        (
            LATER,
            (*ISLAND[:4], *ISLAND_OTHERS),
            "Not quorate: NHS Hampshire and Isle of Wight ICB is not represented.",
        ),
        (
            "portsmouth/board",
            (*PARTNERS, *PORTSMOUTH_OTHERS[:1]),
            "Quorate: all 3 statutory safeguarding partners are present.",
        ),
        (
            "portsmouth/board",
            ("council", "icb", *PORTSMOUTH_OTHERS),
            "Not quorate: Hampshire Constabulary is not represented.",
        ),
    ],
)
def test_the_answers_of_the_live_register(place: str, seats: tuple[str, ...], sentence: str) -> None:
    assert assess(shipped(place).quorum, here(place, *seats)).sentence == sentence


def test_without_the_police_version_1_is_quorate_and_version_2_is_not() -> None:
    seats = ("chair", "scrutineer", "childrens-social-care", "icb", *ISLAND_OTHERS)
    earlier = assess(shipped(EARLIER).quorum, here(EARLIER, *seats))
    later = assess(shipped(LATER).quorum, here(LATER, *seats))
    assert earlier.outcome is Outcome.QUORATE
    assert later.sentence == "Not quorate: Hampshire and Isle of Wight Constabulary is not represented."


SHIPPED_FOR = {"iow-scp-board": LATER, "portsmouth-scp-board": "portsmouth/board"}
REAL_CASES = [case for case in cases_in("real_quorum_cases.yaml") if case.body in SHIPPED_FOR]


@pytest.mark.parametrize("case", REAL_CASES, ids=lambda case: case.name)
def test_the_real_cases_come_out_right_under_what_ships(case: RealCase) -> None:
    assert answer(shipped(SHIPPED_FOR[case.body]).quorum, case.register).is_quorate is case.is_quorate


# --- Portsmouth's lists --------------------------------------------------------------------------

DATA = Path(__file__).parents[2] / "membership" / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_168_relevant_agencies_and_none_twice() -> None:
    agencies = rows("portsmouth-relevant-agencies.csv")
    names = [row["name"].lower() for row in agencies]
    assert len(set(names)) == len(names) == 168
    by_category = {category: [row["category"] for row in agencies].count(category) for category in
                   ("health", "education", "early years", "other")}  # fmt: skip
    assert by_category == {"health": 17, "education": 65, "early years": 60, "other": 26}
    assert all(row["listed_as"] != row["name"] for row in agencies)


def test_each_note_of_the_list_begins_with_what_was_done() -> None:
    deeds = {row["note"].split(":")[0] for row in rows("portsmouth-relevant-agencies.csv") if row["note"]}
    assert deeds == {"split", "merged", "duplicate", "renamed", "moved"}


def test_the_16_lines_of_the_introduction_point_into_the_list() -> None:
    lines = rows("portsmouth-named-in-introduction.csv")
    known = {row["name"] for row in rows("portsmouth-relevant-agencies.csv")}
    assert len(lines) == 16
    named = {line["appendix_2"] for line in lines if line["note"] == "same"}
    assert named
    assert named <= known


def test_nine_kinds_of_body_have_the_section_11_duty() -> None:
    assert len({row["kind"] for row in rows("section-11-duty-holders.csv")}) == 9
