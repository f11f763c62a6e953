"""The form of each shipped rule, filled in as it was drawn, gives back the rule to the letter."""

from __future__ import annotations

import pytest

from partnership.constitutions.editing import replace_rule
from partnership.constitutions.field_kinds import Sort
from partnership.constitutions.field_labels import BY_FORM, BY_KEY
from partnership.constitutions.merging import merged
from partnership.constitutions.rule_fields import RuleField, drawn, every_field
from partnership.constitutions.rule_input import ON_PAGE, filled_in, free_id
from partnership.constitutions.rule_places import names_in, places
from tests.constitutions.test_editing import SHIPPED


def sent(fields: list[RuleField]) -> dict[str, list[str]]:
    """What a browser sends of these fields as they are drawn."""
    posted: dict[str, list[str]] = {}
    for field in fields:
        if field.sort is Sort.MANY:
            posted[field.name + ON_PAGE] = ["1"]
            if field.value:
                posted[field.name] = list(field.value)
        else:
            first = field.choices[0][0] if field.choices and not field.is_optional else ""
            posted[field.name] = [(field.text or first).replace("\n", "\r\n")]
    return posted


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_form_sent_back_as_drawn_leaves_every_rule_as_it_is(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    names = names_in(text, {})
    found = list(places(text))
    assert found
    for place in found:
        fields = list(every_field(drawn(place.form, place.value, names)))
        new = filled_in(place.form, place.value, sent(fields))
        assert new == place.value, place.id
        assert all(field.label or field.path[-1] == "~remove" for field in fields)
    last = found[-1]
    assert replace_rule(text, last.id, last.value, family=last.family) == text


def test_a_page_that_sends_nothing_changes_nothing() -> None:
    for place in places(SHIPPED[0].read_text(encoding="utf-8")):
        assert filled_in(place.form, place.value, {}) == place.value


def test_no_label_is_written_for_a_key_that_no_form_has() -> None:
    assert all(BY_KEY[key].words for key in BY_KEY)
    assert {key for _, key in BY_FORM} - BY_KEY.keys() <= {"at_most"}


def test_a_free_id_is_made_of_the_words_and_never_taken_twice() -> None:
    used = {"welcome-and-apologies"}
    assert free_id("Welcome, and apologies!", used) == "welcome-and-apologies-2"
    assert free_id("Welcome, and apologies!", used) == "welcome-and-apologies-3"
    assert free_id("…", used) == "rule"


def test_a_draft_is_put_onto_a_later_text_and_what_both_changed_is_named() -> None:
    base = SHIPPED[0].read_text(encoding="utf-8")
    first, second = [place for place in places(base) if "clause" in place.value][:2]
    reworded = {**first.value, "clause": {"ref": "9", "words": "Ours."}}
    draft = replace_rule(base, first.id, reworded, family=first.family)
    other = {**second.value, "clause": {"ref": "8", "words": "Theirs."}}
    latest = replace_rule(base, second.id, other, family=second.family)
    found = merged(base, draft, latest)
    assert found.both == ()
    assert "Ours." in found.text
    assert "Theirs." in found.text
    clash = replace_rule(
        base, first.id, {**first.value, "clause": {"ref": "7", "words": "Theirs."}}, family=first.family
    )
    assert merged(base, draft, clash).both == (first.id,)
