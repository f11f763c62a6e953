"""A small PDF for the agendas of the demonstration: one page that says what it is."""

from __future__ import annotations

from io import BytesIO

A4 = (0, 0, 595, 842)
LINES = (
    "This page stands in for a report. Its board, people and figures are made up.",
    "It says nothing of any child, and nothing in it is taken from a real report.",
)


def demonstration_paper(title: str, meeting: str) -> bytes:
    """One page with the title and the meeting it is for, marked as a demonstration. The same words, the same bytes."""
    import pikepdf  # noqa: PLC0415 - slow import: a third of a second in every process, for what the loader alone needs

    words = [("Demonstration", 11, 780), (title, 20, 740), (meeting, 12, 712)]
    words += [(line, 12, 670 - 18 * number) for number, line in enumerate(LINES)]
    content = " ".join(f"BT /F1 {size} Tf 56 {y} Td ({_escaped(text)}) Tj ET" for text, size, y in words)
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=A4,
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font))),
        Contents=pdf.make_stream(content.encode("cp1252")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    written = BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
