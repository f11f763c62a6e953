"""What a file is, by what is in it: real PDF and Word files, and what people or attackers send in their place."""

from __future__ import annotations

import io
import zipfile
import zlib
from hashlib import sha256
from random import Random
from struct import pack

import pytest

from meetings import paper_files
from meetings.models import PaperFormat
from meetings.paper_files import CONTENT_TYPES, DOCUMENT, CheckedFile, FileRefused, checked_file
from tests.agendas import TYPES, WORDS, docx, pdf

LIMIT = 25 * 1024 * 1024
NEITHER = "The selected file must be a PDF or DOCX"
PROTECTED = "The selected file is password protected"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = b"<html><script>alert(1)</script></html>"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def found_in(content: bytes, limit: int = LIMIT) -> CheckedFile:
    return checked_file(io.BytesIO(content), limit=limit)


def refusal_of(content: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(FileRefused) as refused:
        found_in(content, limit)
    return str(refused.value)


def zipped(*parts: tuple[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


# --- what is taken ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [1, 22])
def test_a_pdf_is_known_with_its_pages(pages: int) -> None:
    content = pdf(pages)
    found = found_in(content)
    assert (found.format, found.pages, found.size) == (PaperFormat.PDF, pages, len(content))


def test_a_word_document_has_no_pages_until_it_is_laid_out() -> None:
    content = docx()
    found = found_in(content)
    assert (found.format, found.pages, found.size) == (PaperFormat.DOCX, None, len(content))


def test_the_digest_is_of_the_file_as_it_came() -> None:
    content = docx()
    assert found_in(content).sha256 == sha256(content).hexdigest()


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(pdf())
    checked_file(file, limit=LIMIT)
    assert file.tell() == 0


def test_a_word_document_with_pictures_is_taken() -> None:
    assert found_in(docx({"word/media/image1.png": b"\x89PNG" + bytes(5000)})).format is PaperFormat.DOCX


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(200),
        HTML,
        b"plain words",
        b"\x00",
        b"%PDF",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + HTML,
        b"\n\n" + pdf(),
        HTML + pdf(),
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(100),
        b"{\\rtf1 words}",
        OLE + bytes(600),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_neither_is_refused(content: bytes) -> None:
    assert refusal_of(content) == NEITHER


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(b"") == "The selected file is empty"


def test_a_file_at_the_limit_is_too_large_and_one_byte_less_is_not() -> None:
    megabyte = 1024 * 1024
    content = docx({"word/media/noise.bin": "x"})
    padding = megabyte - len(zipped_with_padding(content, 0))
    assert refusal_of(zipped_with_padding(content, padding), megabyte) == "The selected file must be smaller than 1MB"
    assert found_in(zipped_with_padding(content, padding - 1), megabyte).size == megabyte - 1


def zipped_with_padding(content: bytes, padding: int) -> bytes:
    """The same document with a stored part of so many bytes more."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as package:
        package.writestr("word/media/padding.bin", bytes(padding))
    return out.getvalue()


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf_is_password_protected_also_with_an_empty_password(password: str) -> None:
    assert refusal_of(pdf(password=password)) == PROTECTED


def test_an_office_file_under_a_password_is_told_from_an_old_one() -> None:
    assert refusal_of(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)) == PROTECTED


def test_the_mark_of_a_password_is_found_across_two_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_files, "AT_ONCE", 64)
    assert refusal_of(OLE + bytes(64 - 8 - 15) + "EncryptedPackage".encode("utf-16-le")) == PROTECTED


def test_a_pdf_that_was_cut_off_on_its_way_is_refused() -> None:
    content = pdf(3)
    assert refusal_of(content[: len(content) // 2]) == NEITHER


def test_a_pdf_whose_table_is_wrong_is_read_as_readers_do() -> None:
    content = pdf(3).replace(b"startxref\n", b"startxref\n9")
    assert found_in(content).pages == 3


def test_a_pdf_without_pages_is_refused() -> None:
    assert refusal_of(pdf(0)) == NEITHER


def packed_pdf(padding: int) -> bytes:
    """A PDF of one page whose objects are packed into one stream, with so many spaces behind them."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    places = [0, len(objects[0]) + 1, len(objects[0]) + len(objects[1]) + 2]
    head = b"".join(b"%d %d " % (number, place) for number, place in enumerate(places, start=1))
    packed = zlib.compress(head + b" ".join(objects) + b" " * padding, 9)
    content = b"%PDF-1.5\n"
    at_stream = len(content)
    content += b"4 0 obj\n<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (
        len(head),
        len(packed),
    )
    content += packed + b"\nendstream\nendobj\n"
    rows = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, at_stream, 0), (1, len(content), 0)]
    table = b"".join(pack(">BIH", *row) for row in rows)
    content += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return content + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % rows[-1][1]


def test_a_pdf_that_unpacks_without_end_is_refused_on_its_way() -> None:
    assert found_in(packed_pdf(1_000)).pages == 1
    bomb = packed_pdf(paper_files.MOST_BYTES_OF_STREAM)
    assert len(bomb) < 100_000
    assert refusal_of(bomb) == NEITHER


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "WORD/VBAPROJECT.BIN", "word/other/vbaProjectSignature.bin"])
def test_a_document_with_macros_is_refused(part: str) -> None:
    assert refusal_of(docx({part: b"macro"})) == NEITHER


def test_a_document_that_declares_macros_is_refused() -> None:
    assert refusal_of(docx(types=TYPES.replace(paper_files.DOCUMENT_TYPE, MACRO_TYPE))) == NEITHER


@pytest.mark.parametrize(
    "parts",
    [
        [("a.txt", "words")],
        [(CONTENT_TYPES, TYPES)],
        [(DOCUMENT, WORDS)],
        [(CONTENT_TYPES, TYPES), ("xl/workbook.xml", "")],
        [(CONTENT_TYPES, "not xml"), (DOCUMENT, WORDS)],
        [(CONTENT_TYPES, "<!DOCTYPE t [<!ENTITY a 'b'>]><t>&a;</t>"), (DOCUMENT, WORDS)],
        [(CONTENT_TYPES, "<Types/>"), (DOCUMENT, WORDS)],
    ],
    ids=["a zip", "no document", "no types", "a spreadsheet", "broken types", "entities", "nothing declared"],
)
def test_another_package_is_refused(parts: list[tuple[str, str]]) -> None:
    assert refusal_of(zipped(*parts)) == NEITHER


def test_a_part_named_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped((CONTENT_TYPES, TYPES), (DOCUMENT, WORDS), (DOCUMENT, "<other/>"))
    assert refusal_of(content) == NEITHER


def test_a_zip_with_something_before_or_after_it_is_refused() -> None:
    assert refusal_of(b"#!/bin/sh\n" + docx()) == NEITHER
    assert refusal_of(docx() + HTML) == NEITHER
    assert refusal_of(docx() + b"\x00") == NEITHER


def test_a_zip_whose_comment_hides_something_is_refused() -> None:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as package:
        package.comment = HTML
    assert refusal_of(out.getvalue()) == NEITHER


def test_an_encrypted_part_is_password_protected() -> None:
    content = bytearray(docx())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 0x1
    assert refusal_of(bytes(content)) == PROTECTED


def test_a_part_that_is_not_what_its_check_sum_says_is_refused() -> None:
    content = bytearray(docx(words=WORDS + "<!-- " + "x" * 400 + " -->"))
    where = content.index(DOCUMENT.encode()) + len(DOCUMENT) + 4
    content[where] ^= 0xFF
    assert refusal_of(bytes(content)) == NEITHER


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_files, "MOST_BYTES_UNPACKED", 1_000_000)
    bomb = docx(words=bytes(5_000_000))
    assert len(bomb) < 10_000
    opened: list[str] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: opened.append("opened"))
    assert refusal_of(bomb) == NEITHER
    assert opened == []


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further_than_it_says() -> None:
    content = bytearray(docx(words=bytes(5_000_000)))
    directory = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    assert content[directory + 46 :].startswith(DOCUMENT.encode())
    content[directory + 24 : directory + 28] = pack("<I", 100)
    assert refusal_of(bytes(content)) == NEITHER


def test_a_huge_declaration_of_types_is_refused() -> None:
    assert refusal_of(docx(types=TYPES + " " * 1_000_001)) == NEITHER


def test_a_directory_too_large_to_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx({f"word/{number}.xml": "" for number in range(40)})
    assert found_in(content).format is PaperFormat.DOCX
    monkeypatch.setattr(paper_files, "MOST_BYTES_OF_DIRECTORY", 1_000)
    assert refusal_of(content) == NEITHER


def test_a_zip_of_the_large_kind_is_refused() -> None:
    content = docx()
    end = content[-22:]
    assert refusal_of(content[:-22] + b"PK\x06\x07" + bytes(16) + end) == NEITHER


def test_a_page_tree_that_leads_back_to_itself_is_refused() -> None:
    content = pdf(1).replace(b"/Kids [ 3 0 R ]", b"/Kids [ 2 0 R ]")
    assert b"/Kids [ 2 0 R ]" in content
    assert refusal_of(content) == NEITHER


@pytest.mark.parametrize("whole", [pdf(3), docx({"word/styles.xml": "<s/>"})], ids=["PDF", "Word"])
def test_whatever_is_wrong_with_a_file_it_is_taken_or_refused(whole: bytes) -> None:
    """Bytes changed at random: nothing but an answer comes of it."""
    chance = Random(20270422)
    answers: set[str] = set()
    for _ in range(1_000):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        try:
            answers.add(found_in(bytes(content)).format)
        except FileRefused as refused:
            answers.add(str(refused))
    assert NEITHER in answers
