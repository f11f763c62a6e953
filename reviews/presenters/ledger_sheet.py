"""The ledger as its reader has it, for the PDF."""

from __future__ import annotations

from datetime import date

from meetings.ledger_sheet import CountedLine, LedgerContent, LedgerHeading, LedgerLine
from partnership.models import Board
from partnership.rules.plain_dates import plain_date
from reviews.presenters.ledger import LedgerPage, LedgerRow
from reviews.queries.ledger import CountedDuty


def ledger_content(page: LedgerPage, *, board: Board, today: date) -> LedgerContent:
    """What the page shows: what is not there is not here."""
    return LedgerContent(
        heading=LedgerHeading(
            partnership=board.partnership.name,
            board=board.name,
            short_name=board.short_name,
            year=page.year,
            date=plain_date(today),
            lead=page.lead,
            narrowed=page.narrowed,
        ),
        lines=tuple(_line(row) for row in page.rows),
        counted=tuple(_counted(each) for each in page.counted),
    )


def _line(row: LedgerRow) -> LedgerLine:
    return LedgerLine(
        what=row.what,
        of_what=row.of_what,
        kind=row.kind,
        clause=row.clause,
        due=row.due,
        state=row.tag.words,
        done=row.done,
        days=row.days_words,
        by_what=row.evidence or row.waiver,
        reason=row.reason,
    )


def _counted(each: CountedDuty) -> CountedLine:
    return CountedLine(each.duty, each.done_on_time, each.done_late, each.late, each.ahead, each.waived)
