from __future__ import annotations

import io
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from partnership.constitutions.attendance_file import Case, load_attendance
from partnership.constitutions.build import load
from partnership.constitutions.problems import BadFile
from partnership.rules.quorum.facts import Attendee, DeputyCheck, Interval, Withdrawal
from partnership.rules.quorum.terms import Call, Phase

DATA = Path(__file__).parents[1] / "data"
TERMS = load((DATA / "sample.yaml").read_bytes()).quorum


def one(text: str) -> Case:
    (case,) = load_attendance(text.encode(), TERMS)
    return case


def row(text: str) -> Attendee:
    (attendee,) = one(f"present: [{text}]").facts.attendees
    return attendee


def problem(text: str) -> tuple[int, str, str]:
    with pytest.raises(BadFile) as refused:
        load_attendance(text.encode(), TERMS)
    (found,) = refused.value.problems
    return (found.line, found.key, found.sentence)


def test_one_case_a_list_and_a_list_under_cases_are_all_read() -> None:
    alone = "{case: a, present: [{n: 2}]}"
    as_list = load_attendance(f"- {alone}\n- {alone}\n".encode(), TERMS)
    under_cases = load_attendance(f"cases:\n  - {alone}\n  - {alone}\n".encode(), TERMS)
    assert [case.facts for case in as_list] == [case.facts for case in under_cases] == [one(alone).facts] * 2


def test_every_real_case_is_read_as_it_stands() -> None:
    every_body: list[dict[str, Any]] = YAML(typ="safe").load((DATA / "real_quorum_cases.yaml").read_text())
    count = 0
    for body in every_body:
        text = io.StringIO()
        YAML().dump(body["cases"], text)
        terms = load((DATA / "bodies" / f"{body['body']}.yaml").read_bytes()).quorum
        count += len(load_attendance(text.getvalue().encode(), terms))
    assert count == 113


@pytest.mark.parametrize(
    ("label", "organisation"),
    [
        ("police", "police"),
        ("Riverside Police", "police"),
        ("constabulary", "police"),
        ("RIVERSIDE COUNCIL", "council"),
        ("local authority", "council"),
        ("ICB", "icb"),
    ],
)
def test_an_organisation_goes_by_id_name_alias_or_kind(label: str, organisation: str) -> None:
    assert row(f"{{org: {label}}}").organisation == organisation


def test_a_kind_that_several_have_names_none_of_them() -> None:
    terms = load((DATA / "sample.yaml").read_bytes().replace(b"name: Riverside Trust,", b"name: Trust, kind: police,"))
    (case,) = load_attendance(b"present: [{org: police}]", terms.quorum)
    assert case.facts.attendees[0].organisation == "police"  # the id of one goes before the kind of two
    terms = load((DATA / "sample.yaml").read_bytes().replace(b"name: Riverside Trust,", b"name: Trust, kind: ICB,"))
    (case,) = load_attendance(b"present: [{org: Local Authority}, {org: health}]", terms.quorum)
    assert [attendee.unknown for attendee in case.facts.attendees] == [(), ("health",)]


def test_labels_nobody_declared_are_noted_and_counted() -> None:
    attendee = row("{org: Fire Service, role: superintendent, cat: farmer}")
    assert attendee.organisation is None
    assert attendee.offices == frozenset()
    assert attendee.unknown == ("Fire Service", "superintendent", "farmer")


def test_roles_and_categories_may_be_lists() -> None:
    attendee = row("{role: [chair, vice-chair], cat: [partner, school]}")
    assert attendee.offices == {"chair", "vice-chair"}
    assert attendee.categories == {"partner", "school"}


def test_a_capacity_goes_by_id_or_name() -> None:
    assert row("{as: Deputy}").capacity == "deputy"
    assert row("{as: observer}").capacity == "observer"


def test_a_seat_brings_its_organisation_votes_and_capacity() -> None:
    assert row("{seat: health}").organisation == "trust"
    assert row("{seat: school}").votes == Fraction(1, 2)
    assert row("{seat: school, votes: 2}").votes == 2
    assert row("{seat: councillor}").capacity == "observer"
    assert row("{seat: police, as: deputy}").capacity == "deputy"


def test_who_is_conflicted_is_a_member_who_withdrew_throughout() -> None:
    assert row("{as: conflicted}").capacity == "member"
    assert row("{as: conflicted}").withdrawals == row("{withdrew: yes}").withdrawals == (Withdrawal(),)
    assert row("{withdrew: no}").withdrawals == ()


def test_deputies_remote_and_suspended() -> None:
    attendee = row("{deputy: not checked, remote: yes, suspended: yes}")
    assert attendee.deputy_check is DeputyCheck.NOT_CHECKED
    assert attendee.is_remote
    assert attendee.is_suspended


def test_times_are_instants_of_london() -> None:
    case = one(
        '{meeting: {on: 2026-07-01, opened: "10:00"}, at: "10:30", present: [{arrived: "09:50", left: "11:00"}]}'
    )
    assert case.at == datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert case.facts.meeting.opened_at == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert case.facts.attendees[0].here == (
        Interval(datetime(2026, 7, 1, 8, 50, tzinfo=UTC), datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
    )


def test_somebody_may_come_and_go() -> None:
    case = one('{meeting: {on: 2026-01-07}, present: [{times: [["10:00", "10:30"], ["11:00"]]}]}')
    assert [interval.left for interval in case.facts.attendees[0].here] == [
        datetime(2026, 1, 7, 10, 30, tzinfo=UTC),
        None,
    ]


def test_withdrawing_from_one_item() -> None:
    case = one('{meeting: {on: 2026-01-07}, present: [{withdrew_from: [{item: "4", from: "10:10"}, {item: "6"}]}]}')
    first, second = case.facts.attendees[0].withdrawals
    assert (first.item, first.interval.arrived) == ("4", datetime(2026, 1, 7, 10, 10, tzinfo=UTC))
    assert second == Withdrawal(item="6")


def test_the_meeting_its_sizes_and_what_was_determined() -> None:
    case = one(
        "{membership: {seats: 9, committee: 3, vacant: [school]}, present: [], phase: vote, quorate: not stated,"
        " meeting: {kind: annual, call: second, requisitioned: yes, circumstances: [urgent], item: '4', business: x},"
        " determinations: [{by: Chair, reason: They agreed.}]}"
    )
    assert case.facts.sizes == {"seats": 9, "committee": 3}
    assert case.facts.vacant == {"school"}
    assert (case.facts.meeting.kind, case.facts.meeting.call) == ("annual", Call.SECOND)
    assert case.facts.meeting.circumstances == {"requisitioned", "urgent"}
    assert (case.phase, case.item, case.business, case.quorate) == (Phase.VOTE, "4", "x", "not stated")
    assert (case.facts.determinations[0].by, case.facts.determinations[0].reason) == ("chair", "They agreed.")


CAPACITIES = (
    '"proxy" is not a capacity of this constitution; '
    "its capacities are adviser, conflicted, deputy, guest, member, observer."
)
NO_DATE = 'A time needs the date of the meeting: write "meeting: {on: 2026-04-01}".'


@pytest.mark.parametrize(
    ("text", "line", "key", "sentence"),
    [
        ("case: x\n", 1, "present", 'The key "present" is missing.'),
        ("present: []\nprezent: []\n", 2, "prezent", '"prezent" is not a key here; did you mean "present"?'),
        ("present:\n  - {nam: Ada}\n", 2, "present[1].nam", '"nam" is not a key here; did you mean "name"?'),
        ("present:\n  - {n: 0}\n", 2, "present[1].n", "Expected a number of at least 1, found 0."),
        ("present:\n  - {n: some}\n", 2, "present[1].n", 'Expected a whole number, found "some".'),
        ("present:\n  - {n: 2, name: Ada}\n", 2, "present[1]", "One name cannot stand for 2 people."),
        (
            "present:\n  - {as: proxy}\n",
            2,
            "present[1].as",
            CAPACITIES,
        ),
        ("present:\n  - {seat: heath}\n", 2, "present[1].seat", 'No seat has the id "heath"; did you mean "health"?'),
        ("present:\n  - {seat: police, n: 2}\n", 2, "present[1].n", '2 people cannot sit on 1 of the seat "police".'),
        ('present:\n  - {arrived: "10:00"}\n', 2, "present[1].arrived", NO_DATE),
        (
            'meeting: {on: 2026-04-01}\npresent:\n  - {arrived: "10:00", left: "09:00"}\n',
            3,
            "present[1].arrived",
            "Leaving at 09:00 does not come after arriving at 10:00.",
        ),
        (
            'meeting: {on: 2026-03-29}\npresent:\n  - {arrived: "01:30"}\n',
            3,
            "present[1].arrived",
            "There is no 1:30am on Sunday 29 March 2026: the clocks go forward. Choose another time.",
        ),
        (
            'meeting: {on: 2026-04-01}\npresent:\n  - {times: [["10:00"]], left: "11:00"}\n',
            3,
            "present[1]",
            '"times" and "arrived" or "left" exclude each other.',
        ),
        ("present: []\nquorate: perhaps\n", 2, "quorate", 'Expected yes or no, found "perhaps".'),
        ("present: []\nmembership: {seats: many}\n", 2, "membership.seats", 'Expected a whole number, found "many".'),
        ("present: []\nmembership: {vacant: [x]}\n", 2, "membership.vacant[1]", 'No seat has the id "x".'),
        ("cases: none\n", 1, "cases", "Expected a list of cases."),
        ("cases: []\nother: 1\n", 2, "other", '"other" is not a key here; the keys are cases.'),
        ("present\n", 1, "", 'Expected keys with values, found "present".'),
        ("- present: []\n- 7\n", 2, "[2]", "Expected keys with values, found 7."),
    ],
)
def test_a_mistake_has_one_sentence(text: str, line: int, key: str, sentence: str) -> None:
    assert problem(text) == (line, key, sentence)
