"""What a file is, by what is in it and never by its name: a PDF that opens, or a Word document without macros.

A file that is neither is refused with the sentence that its sender reads. Nothing is unpacked further than these
limits, whatever the file says of itself.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, BinaryIO, cast
from xml.etree import ElementTree as ET

from meetings.models import PaperFormat
from partnership.uploads import MEGABYTE

PDF_BEGINS = b"%PDF-"
# A PDF says that it is whole, within so many bytes of its end; one that was cut off on its way does not.
PDF_ENDS, PDF_ENDS_WITHIN = b"%%EOF", 1024
ZIP_BEGINS = b"PK\x03\x04"
OLE_BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream in which Office keeps a document that it has encrypted.
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# The end of a zip: its directory's length says how much memory reading it may take.
ZIP_END, ZIP_END_LENGTH, ZIP64_LOCATOR, ZIP64_LOCATOR_LENGTH = b"PK\x05\x06", 22, b"PK\x06\x07", 20
MOST_BYTES_OF_DIRECTORY = 1_000_000
MOST_BYTES_UNPACKED = 250_000_000
MOST_BYTES_OF_TYPES = 1_000_000
# What one stream of a PDF may become when qpdf reads it: pages are counted, pictures are never unpacked.
MOST_BYTES_OF_STREAM = 64 * MEGABYTE
MOST_PAGES = 32_767
AT_ONCE = 65_536

CONTENT_TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "vbaproject"
IS_ENCRYPTED = 0x1
# What reading a zip or its declaration of types may end in when the file is not what it says.
BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ET.ParseError,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class FileRefused(Exception):
    """The file is not one that goes with an agenda; the message says what it must be."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in a file. `pages` is None for a Word document, which has none until it is laid out."""

    format: PaperFormat
    pages: int | None
    size: int
    sha256: str


def checked_file(file: IO[bytes], *, limit: int) -> CheckedFile:
    """What the file is, by its content; `limit` is the most bytes it may have. Raises FileRefused.

    The file is left at its beginning.
    """
    size = file.seek(0, 2)
    if size == 0:
        raise FileRefused("The selected file is empty")
    if size >= limit:
        raise FileRefused(f"The selected file must be smaller than {limit // MEGABYTE}MB")
    file.seek(0)
    beginning = file.read(len(OLE_BEGINS))
    if beginning.startswith(PDF_BEGINS):
        kind, pages = PaperFormat.PDF, _pages_of_pdf(file, size)
    elif beginning.startswith(ZIP_BEGINS):
        _check_word(file, size)
        kind, pages = PaperFormat.DOCX, None
    elif beginning == OLE_BEGINS and _holds(file, OLE_ENCRYPTED):
        raise _is_protected()
    else:
        raise _is_neither()
    return CheckedFile(kind, pages, size, _digest(file))


def _is_neither() -> FileRefused:
    return FileRefused("The selected file must be a PDF or DOCX")


def _is_protected() -> FileRefused:
    return FileRefused("The selected file is password protected")


def _pages_of_pdf(file: IO[bytes], size: int) -> int:
    import pikepdf  # noqa: PLC0415 - slow import, and few requests need it

    file.seek(max(0, size - PDF_ENDS_WITHIN))
    if PDF_ENDS not in file.read():
        raise _is_neither()
    # qpdf's own limits, which hold for the whole process and are the same each time.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_BYTES_OF_STREAM,
        png_max_memory=MOST_BYTES_OF_STREAM,
        run_length_max_memory=MOST_BYTES_OF_STREAM,
    )
    file.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", file)) as pdf:
            if pdf.is_encrypted:
                raise _is_protected()
            pages = len(pdf.pages)
    except pikepdf.PasswordError as locked:
        raise _is_protected() from locked
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise _is_neither() from broken
    if not 1 <= pages <= MOST_PAGES:
        raise _is_neither()
    return pages


def _check_word(file: IO[bytes], size: int) -> None:
    _check_directory(file, size)
    try:
        with zipfile.ZipFile(file) as package:
            _check_package(package)
    except BROKEN_PACKAGE as broken:
        raise _is_neither() from broken


def _check_directory(file: IO[bytes], size: int) -> None:
    """A zip ends with its end record and nothing else, and its directory is small enough to be read."""
    length = min(size, ZIP_END_LENGTH + ZIP64_LOCATOR_LENGTH)
    file.seek(size - length)
    end = file.read(length)
    record, before = end[-ZIP_END_LENGTH:], end[:-ZIP_END_LENGTH]
    if len(record) < ZIP_END_LENGTH or not record.startswith(ZIP_END) or before.startswith(ZIP64_LOCATOR):
        raise _is_neither()
    (length_of_directory,) = struct.unpack_from("<I", record, 12)
    if length_of_directory > MOST_BYTES_OF_DIRECTORY:
        raise _is_neither()


def _check_package(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or not {CONTENT_TYPES, DOCUMENT} <= set(names):
        raise _is_neither()
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise _is_protected()
    if any(MACROS in name.casefold() for name in names):
        raise _is_neither()
    if sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        raise _is_neither()
    if package.getinfo(CONTENT_TYPES).file_size > MOST_BYTES_OF_TYPES:
        raise _is_neither()
    types = _types_declared(package.read(CONTENT_TYPES))
    if types.get(f"/{DOCUMENT}") != DOCUMENT_TYPE:
        raise _is_neither()
    with package.open(DOCUMENT) as document:
        while document.read(AT_ONCE):
            pass


def _types_declared(xml: bytes) -> dict[str, str]:
    """The content type of each part that has one of its own."""
    if b"<!" in xml:
        # No declarations: nothing that a parser would expand or fetch.
        raise _is_neither()
    root = ET.fromstring(xml)  # noqa: S314 - without declarations there is nothing to attack it with
    return {part.get("PartName", ""): part.get("ContentType", "") for part in root.iter() if part.get("PartName")}


def _holds(file: IO[bytes], words: bytes) -> bool:
    """Whether these bytes are anywhere in the file."""
    file.seek(0)
    tail = b""
    while chunk := file.read(AT_ONCE):
        if words in tail + chunk:
            return True
        tail = chunk[-len(words) :]
    return False


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(AT_ONCE):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
