"""The register taken away as a file and brought in again: a dry run of every row, then all of it or nothing."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pytest_django import Settings

from membership.models import Agency, AgencyImport, AgencyKind, StatutoryRole
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import list_agency, name_locally, register_agency, use_agency
from membership.tasks import drop_imports_nobody_committed
from partnership.spreadsheets import spreadsheet
from partnership.workbooks import MOST_BYTES, MOST_ROWS, Sheet, SheetRefused, sheet_of, workbook
from tests.cast import NOW, TODAY, Cast
from tests.pages.agencies import HERE, SCHOOL, text
from tests.pages.conftest import SignedIn

IMPORT = HERE + "import/"
HEADINGS = (
    "Agency",
    "Kind",
    "Statutory role",
    "Also known as",
    "Heading on the list",
    "Address",
    "Our name",
    "Part of",
)


def table(*rows: Iterable[str], headings: Iterable[str] = HEADINGS) -> bytes:
    return spreadsheet([headings, *rows]).encode()


def uploaded(client: Client, data: bytes, name: str = "agencies.csv") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}, follow=True)


def committed(client: Client, shown: Any) -> Any:
    mark = re.search(r'name="mark" value="(\w+)"', shown.content.decode())
    return client.post(shown.redirect_chain[-1][0], {"mark": mark[1] if mark else ""}, follow=True)


@pytest.fixture
def college(cast: Cast) -> Agency:
    return register_agency(
        partnership=cast.partnership, name="Cowes College", identity=SCHOOL, aliases=["CC"], by=cast["coordinator"]
    )


# --- out --------------------------------------------------------------------------------------------------------------


def test_a_file_says_what_the_page_says_and_runs_nothing(
    cast: Cast, team: Client, college: Agency, signed_in: SignedIn
) -> None:
    for name in ('=HYPERLINK("x")', "+44", "-1+1", "@x"):
        register_agency(partnership=cast.partnership, name=name, identity=SCHOOL, by=cast["coordinator"])
    name_locally(agency=college, partnership=cast.partnership, name="The\x0bCollege", by=cast["coordinator"])
    data = team.get(HERE + "file/csv/?q=college").content.decode("utf-8-sig")
    (line,) = csv.DictReader(StringIO(data))
    assert (line["Agency"], line["Also known as"], line["Kind"]) == (
        "Cowes College",
        "CC",
        "School, college or early years",
    )
    response = signed_in("member").get(HERE + "file/xlsx/")
    assert response["Content-Disposition"] == 'attachment; filename="agencies-isle-of-wight-2027-03-17.xlsx"'
    book = load_workbook(BytesIO(response.content))
    assert (book.sheetnames, book.worksheets[0].sheet_state) == (["Agencies"], "visible")
    assert not book.properties.creator
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    values = {str(cell.value) for cell in cells}
    assert {'\'=HYPERLINK("x")', "'+44", "'-1+1", "'@x", "TheCollege"} <= values
    assert signed_in("observer").get(HERE + "file/csv/").status_code == 403
    assert team.get(HERE + "file/pdf/").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_taken_away_comes_back_unchanged(cast: Cast, team: Client, college: Agency, form: str) -> None:
    how: dict[str, Any] = {"partnership": cast.partnership, "by": cast["coordinator"]}
    register_agency(
        name="=Sum", identity=Identity(AgencyKind.POLICE, StatutoryRole.OTHER, "police", parent=college), **how
    )
    list_agency(agency=college, category="a", listed_as="b", source="c", since=TODAY, **how)
    name_locally(agency=college, name="Our College", **how)
    shown = uploaded(team, team.get(f"{HERE}file/{form}/").content, f"a.{form}")
    assert "2 rows: 0 refused, 0 changed, 0 new, 2 unchanged. Nothing is saved." in text(shown)
    assert "the register says all of it already" in text(shown)


def test_the_template_is_read_as_it_is(team: Client) -> None:
    for form in ("csv", "xlsx"):
        shown = uploaded(team, team.get(f"{HERE}template/{form}/").content)
        assert "1 row: 0 refused, 0 changed, 1 new, 0 unchanged." in text(shown)


# --- in ---------------------------------------------------------------------------------------------------------------


def test_every_row_has_its_fate_and_nothing_is_stored_before_the_button(
    cast: Cast, team: Client, college: Agency
) -> None:
    before = Agency.history.count()
    shown = uploaded(
        team,
        table(
            ("Cowes College", "police", "", "CC; The College", "education"),
            (
                "Ryde Nursery",
                "School, college or early years",
                "relevant agency",
                "RN;Ryde Nursery",
                "early years",
                "",
                "",
                "cc",
            ),
        ),
    )
    said = text(shown)
    assert "2 rows: 0 refused, 1 changed, 1 new, 0 unchanged. Nothing is saved yet." in said
    assert "Kind: School, college or early years → Police" in said
    assert "Also known as: nothing → The College" in said
    assert "Heading on the list: nothing → education: Cowes College" in said
    assert "3 Ryde Nursery New" in said
    assert Agency.history.count() == before
    done = committed(team, shown)
    assert "The file is brought in. 2 rows: 0 refused, 1 changed, 1 new" in text(done)
    college.refresh_from_db()
    assert (college.kind, college.statutory_role) == (AgencyKind.POLICE, StatutoryRole.RELEVANT_AGENCY)
    assert "Listed: education" in text(team.get(HERE + "?q=the+college"))
    nursery = text(team.get(HERE + "ryde-nursery/"))
    assert "Part of Cowes College" in nursery
    assert "under early years, since 17 March 2027" in nursery
    assert not AgencyImport.objects.exists()
    assert "That file is no longer kept." in text(committed(team, shown))


def test_a_refused_row_stops_the_whole_file(cast: Cast, team: Client, college: Agency) -> None:
    theirs = register_agency(partnership=cast.elsewhere.partnership, name="Far School", identity=SCHOOL, by=cast.author)
    shared = register_agency(partnership=cast.partnership, name="Shared", identity=SCHOOL, by=cast["coordinator"])
    use_agency(partnership=cast.elsewhere.partnership, agency=shared, by=cast.author)
    shown = uploaded(
        team,
        table(
            ("Fine School", "education", "other"),
            ("No Kind",),
            ("", "education", "other"),
            ("Fine School", "education", "other"),
            ("Odd", "dragons", "other"),
            ("Far School", "education", "other"),
            ("Shared", "police"),
            ("Renamed", "", "", "", "", "cowes-college"),
            ("X", "education", "other", "", "", theirs.slug),
            ("Y", "education", "other", "cc"),
            ("Z", "education", "other", "", "", "", "", "Nobody"),
        ),
    )
    said = text(shown)
    for sentence in (
        "3 No Kind Refused Kind: A new agency needs it. Statutory role: A new agency needs it.",
        "4 No name Refused Agency: Enter its name.",
        "5 Fine School Refused Agency: It is the same agency as in row 2.",
        "6 Odd Refused Kind: “dragons” is not known here.",
        "7 Far School Refused Agency: Another partnership knows an agency of that name.",
        "8 Shared Refused Kind: Another partnership uses this agency too",
        "9 Renamed Refused Agency: It is called Cowes College. A new name needs its first day",
        "10 X Refused Address: No agency of this register has that address.",
        "11 Y Refused Also known as: Another agency is known as cc.",
        "12 Z Refused Part of: No one agency of this register is known by that name.",
    ):
        assert sentence in said, sentence
    assert 'name="mark"' not in shown.content.decode()
    assert committed(team, shown).status_code in {400, 409}
    assert not Agency.objects.filter(slug="fine-school").exists()


def test_a_register_that_moved_on_is_looked_at_again(cast: Cast, team: Client, college: Agency) -> None:
    shown = uploaded(team, table(("Cowes College", "police"), ("Ryde Nursery", "education", "other")))
    name_locally(agency=college, partnership=cast.partnership, name="Ours", by=cast["manager"])
    register_agency(partnership=cast.partnership, name="Ryde Nursery", identity=SCHOOL, by=cast["manager"])
    clash = committed(team, shown)
    assert clash.status_code == 409
    assert "The register changed since you looked. Nothing was saved." in text(clash)
    assert "2 rows: 0 refused, 2 changed, 0 new" in text(clash)
    college.refresh_from_db()
    assert college.kind == AgencyKind.EDUCATION
    mark = re.search(r'name="mark" value="(\w+)"', clash.content.decode())
    assert mark
    assert team.post(shown.redirect_chain[-1][0], {"mark": mark[1]}).status_code == 302


def test_rows_that_get_in_each_others_way_save_nothing(team: Client) -> None:
    shown = uploaded(team, table(("One", "education", "other", "Shared"), ("Two", "education", "other", "Shared")))
    done = committed(team, shown)
    assert done.status_code == 400
    assert "The register already holds an agency known as Shared. Nothing was saved." in text(done)
    assert not Agency.objects.exists()


def test_a_file_is_its_senders_alone_and_not_kept(
    cast: Cast, team: Client, signed_in: SignedIn, settings: Settings
) -> None:
    shown = uploaded(team, table(("One", "education", "other")))
    address = shown.redirect_chain[-1][0]
    assert signed_in("manager").get(address).status_code == 404
    settings.CLOCK_STOPPED_AT = NOW + timedelta(minutes=61)
    assert "That file is no longer kept. Choose it again." in text(team.get(address, follow=True))
    drop_imports_nobody_committed()
    assert not AgencyImport.objects.exists()


# --- files that are no table ------------------------------------------------------------------------------------------


def book_of(*rows: Iterable[Any], sheets: int = 1, merge: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    for _ in range(sheets - 1):
        book.create_sheet()
    if merge:
        book.worksheets[0].merge_cells(merge)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with further or other parts; a double underscore in a name is a slash."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
        others = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
        for entry in was.namelist():
            if entry not in others:
                now.writestr(entry, was.read(entry))
        for name, part in others.items():
            now.writestr(name, part)
    return out.getvalue()


BOOK = book_of(("Agency", "Kind"), ("One", "education"))
BILLION = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
FILES = (
    (b"", "The selected file is empty"),
    (b"x" * (MOST_BYTES + 1), "must be smaller than 10MB"),
    (b"%PDF-1.7", "must be an XLSX workbook or a CSV file"),
    (b"\xd0\xcf\x11\xe0old", "Save it as XLSX without a password"),
    ("Agency\nCafé".encode("cp1252"), "Save it as “CSV UTF-8”"),
    ("Agency\nCafé".encode("utf-16"), "must be an XLSX workbook or a CSV file"),
    (b"\n\n", "holds no row"),
    (b"Agency\n", "has headings and no row"),
    (b"Name\nx\n", "The heading “Name” is not known."),
    (b"Kind\npolice\n", "The heading “Agency” is missing"),
    (b"Agency,agency\nx,y\n", "The heading “Agency” stands there twice"),
    (b'Agency\n"x', "not a table of comma-separated values"),
    (b"Agency\n" + b"x\n" * (MOST_ROWS + 1), "at most 1000 rows"),
    (b"," * 60, "holds no row"),
    (b"x," * 60, "at most 40 columns"),
    (b"PK\x03\x04 and nothing else", "must be an XLSX workbook"),
    (book_of(("Agency",), ("x",), sheets=2), "must have one sheet only"),
    (book_of(("Agency", "Kind"), ("x", "y"), merge="A2:B2"), "has merged cells"),
    (repacked(BOOK, xl__vbaProject_xml=b"x"), "has macros"),
    (repacked(BOOK, xl__sharedStrings_xml=BILLION), "must be an XLSX workbook"),
    (repacked(BOOK, xl__big_xml=b"0" * 21_000_000), "unpacks to too much"),
    (BOOK[:-30], "must be an XLSX workbook"),
)


@pytest.mark.parametrize(("data", "sentence"), FILES, ids=[sentence for _, sentence in FILES])
def test_a_file_that_is_no_register_is_refused(team: Client, data: bytes, sentence: str) -> None:
    response = uploaded(team, data, "register.xlsx")
    assert response.status_code == 400
    assert sentence in text(response)
    assert not AgencyImport.objects.exists()


def test_no_file_at_all_is_asked_for(team: Client) -> None:
    response = team.post(IMPORT, {"file": "x"})
    assert response.status_code == 400
    assert "Choose a file." in text(response)


def test_a_formula_is_told_with_its_cell(team: Client) -> None:
    data = book_of(
        ("Agency", "Kind", "Statutory role", "Address"), ("=1+1", "education", "other"), (7.0, "", "", "x" * 1001)
    )
    said = text(uploaded(team, data))
    assert "2 =1+1 Refused Agency: It holds a formula or an error. Type what it comes to." in said
    assert "3 7 Refused Address: Use at most 1000 characters." in said
    assert "It holds a formula." in text(uploaded(team, b"Agency\n=1+1\n"))


@hypothesis_settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    for file in (data, b"PK\x03\x04" + data, b"Agency\n" + data):
        with suppress(SheetRefused):
            assert isinstance(sheet_of(file), Sheet)


@hypothesis_settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(BOOK) - 1), put=st.binary(min_size=1, max_size=8))
def test_a_workbook_damaged_anywhere_is_a_table_or_refused(place: int, put: bytes) -> None:
    damaged = BOOK[:place] + put + BOOK[place + len(put) :]
    with suppress(SheetRefused):
        assert isinstance(sheet_of(damaged), Sheet)


@hypothesis_settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=8), min_size=1, max_size=4))
def test_any_cells_are_shown_with_their_fate(team: Client, rows: list[list[str]]) -> None:
    encodable = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    response = uploaded(team, workbook("Agencies", [HEADINGS, *encodable]))
    assert response.status_code in {200, 400}
