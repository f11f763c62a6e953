"""The living style page: drawn by the templates of the pages, its contrast worked out and high enough."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings.presenters.register_answer import CSS
from partnership.rules.quorum.answers import Outcome
from reviews.presenters.contrast import DECLARED, contrast, tokens
from reviews.presenters.style import style_page
from tests.cast import Cast
from tests.pages.conftest import SignedIn

# What the pages are drawn with, so that the style page cannot show anything else.
TEMPLATES = (
    "components/clause.html",
    "components/error_summary.html",
    "components/field.html",
    "components/mark.html",
    "components/message.html",
    "components/met.html",
    "components/not_met.html",
    "components/radios.html",
    "components/tag.html",
    "components/timeline_step.html",
    "components/to_come.html",
    "meetings/meeting_list.html",
    "meetings/meeting_tasks.html",
    "meetings/register_answer.html",
    "meetings/register_events.html",
    "meetings/register_row.html",
    "meetings/register_strip.html",
    "meetings/register_table.html",
    "meetings/register_why.html",
    "reviews/attendance_key.html",
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#0a0a0a", "#0a0a0a", 1.0),
    ],
)
def test_contrast_is_worked_out_as_wcag_does(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_every_token_stands_out_from_its_ground() -> None:
    assert [token.name for token in tokens() if token.contrast < token.needed] == []
    assert {token.name: token.ratio for token in tokens()}["--q-ink"] == "14.8:1"


def test_a_token_is_read_from_the_style_sheet_and_not_typed() -> None:
    assert DECLARED.findall("  --q-new: #aabbcc;\n  --q-radius: 6px;\n") == [("--q-new", "#aabbcc")]


def test_the_page_is_drawn_by_the_templates_of_the_pages(cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in("nobody").get("/style/")
    assert response.status_code == 200
    used = {template.name for template in response.templates}
    assert set(TEMPLATES) - used == set()


def test_every_state_is_on_it(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in("nobody").get("/style/").content.decode()
    assert {css for css in CSS.values() if css} <= {each for each in ("q-quorum--no", "q-quorum--soon") if each in page}
    assert len(style_page().answers) == len(Outcome) + 1, "every outcome, and a forecast"
    for letter in "ydan":
        assert f"q-seat--{letter}" in page, letter
    for state in ("q-seat--left", 'data-state="unsaved"', "Saved 10:12am", "Not a proper deputy.", "disabled"):
        assert state in page, state
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted({each for each in ids if ids.count(each) > 1} - {"q-h"}) == []


def test_it_asks_the_database_only_for_the_frame(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("coordinator")
    client.get("/style/")
    with django_assert_num_queries(4):
        assert client.get("/style/").status_code == 200
