from __future__ import annotations

from pathlib import Path

from partnership.constitutions.difference import Difference, FieldChange, RuleChange, difference

DATA = Path(__file__).parents[1] / "data"
SAMPLE = (DATA / "sample.yaml").read_text()
LIBRARY = DATA.parents[1] / "partnership" / "constitutions" / "library" / "isle-of-wight"


def changed(old: str, new: str) -> Difference:
    assert old in SAMPLE
    return difference(SAMPLE, SAMPLE.replace(old, new, 1))


def test_nothing_differs_from_itself_or_by_layout() -> None:
    assert difference(SAMPLE, SAMPLE).is_empty
    assert difference(SAMPLE, "# a comment\n" + SAMPLE.replace("tested: throughout", "tested:   throughout")).is_empty


def test_a_changed_value_is_named_by_rule_and_field() -> None:
    assert changed("at_least: 1/2, base", "at_least: 2/3, base") == Difference(
        (), (), (RuleChange("quorum", "half", (FieldChange("share.at_least", "1/2", "2/3"),)),)
    )


def test_a_changed_rule_does_not_change_what_is_around_it() -> None:
    assert [one.id for one in changed("chair, vice-chair]}}", "chair]}}").changed] == ["led"]


def test_an_added_test_is_only_added() -> None:
    assert changed("      - {id: led,", "      - {id: four, count: {min: 4}}\n      - {id: led,") == Difference(
        (("quorum", "four"),), (), ()
    )


def test_a_removed_seat_is_only_removed() -> None:
    assert changed("  - {id: councillor, name: Councillor, capacity: observer}\n", "") == Difference(
        (), (("seats", "councillor"),), ()
    )


def test_tests_in_another_order_change_the_rule_that_holds_them() -> None:
    led = "      - {id: led, office: {any_of: [chair, vice-chair]}}\n"
    partners = "      - {id: partners, each_of: [council, police, icb]}\n"
    (change,) = changed(led + partners, partners + led).changed
    assert (change.id, change.fields) == (
        "quorum",
        (FieldChange("all", ["half", "led", "partners"], ["half", "partners", "led"]),),
    )


def test_a_section_without_rules_goes_by_its_own_name() -> None:
    (change,) = changed("number: 1", "number: 2").changed
    assert (change.section, change.id, change.fields) == ("version", "version", (FieldChange("number", 1, 2),))


def test_a_field_that_is_new_was_nothing_before() -> None:
    (change,) = changed("remote_counts: yes", "remote_counts: yes, reading: {chosen: Video counts.}").changed
    assert change.fields == (FieldChange("reading.chosen", None, "Video counts."),)


def test_an_office_and_a_seat_with_one_id_are_told_apart() -> None:
    (change,) = changed("name: Chair,", "name: The chair,").changed
    assert (change.section, change.id) == ("seats", "chair")


def test_a_section_that_falls_silent_loses_its_rules() -> None:
    start, end = SAMPLE.index("frequency:"), SAMPLE.index("attendance:")
    silent = difference(SAMPLE, SAMPLE[:start] + "frequency: not stated\n" + SAMPLE[end:])
    assert silent.removed == (("frequency", "quarterly"),)
    assert silent.added == (("frequency", "frequency"),)


def test_the_two_versions_of_the_island_board_differ_in_one_reading() -> None:
    old, new = ((LIBRARY / f"{name}.yaml").read_text() for name in ("main-board-version-1", "main-board"))
    found = difference(old, new)
    assert (found.added, found.removed) == ((), ())
    assert "version" in {change.id for change in found.changed}
    assert any(field.key.startswith("reading.") for change in found.changed for field in change.fields)
