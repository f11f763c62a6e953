"""What minutes say of the quorum of a whole meeting, from its timeline: one sentence, in the past tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from fractions import Fraction
from itertools import groupby

from partnership.rules.plain_dates import listed, plain_time
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.timeline import Span

# The verbs of `sentences` that tell of the present moment.
PRESENT_TENSE = re.compile(r"\b(is|are)\b(?= (?:not )?(?:present|represented)\b)")
PAST = {"is": "was", "are": "were"}


def whole_meeting_sentence(spans: Sequence[Span], tz: tzinfo) -> str:
    """`Quorate throughout: all 3 statutory safeguarding partners were present.`, or when it was not quorate and why.

    There must be a span. Times are local in `tz`.
    """
    if any(span.answer.outcome is Outcome.NOT_STATED for span in spans):
        return _in_the_past(_at_its_lowest(spans).answer.sentence)
    without = _stretches_without(spans)
    if not without:
        return _throughout("Quorate throughout", spans, _at_its_lowest(spans))
    if all(not span.is_quorate for span in spans):
        return _throughout("Not quorate at any time", spans, _at_its_highest(spans))
    told = [f"Not quorate {_from_to(stretch, tz)}: {_why(stretch[0])}" for stretch in without]
    return " ".join([*told, "Quorate for the rest of the meeting."])


def is_quorate_throughout(spans: Sequence[Span]) -> bool | None:
    """None where the terms state no quorum, or nothing is known of the meeting."""
    if not spans or any(span.answer.is_quorate is None for span in spans):
        return None
    return all(span.is_quorate for span in spans)


def times_without_quorum(spans: Sequence[Span], tz: tzinfo) -> str:
    """`from 11:20am to 11:42am and from 12:10pm on`; empty where there was none."""
    stretches = _stretches_without(spans)
    return listed([_from_to(stretch, tz) for stretch in stretches]) if stretches else ""


def _stretches_without(spans: Sequence[Span]) -> list[list[Span]]:
    """Neighbouring spans that are not quorate, together."""
    runs = [list(run) for _, run in groupby(spans, key=lambda span: span.is_quorate)]
    return [run for run in runs if not run[0].is_quorate]


def _from_to(stretch: Sequence[Span], tz: tzinfo) -> str:
    starts, ends = stretch[0].starts_at, stretch[-1].ends_at
    return f"from {_local(starts, tz)} {'on' if ends is None else f'to {_local(ends, tz)}'}"


def _local(at: datetime, tz: tzinfo) -> str:
    return plain_time(at.astimezone(tz).time())


def _throughout(opening: str, spans: Sequence[Span], outstanding: Span) -> str:
    """The reason behind one verdict; where it changed over the meeting, that of the span that stands out."""
    if len({span.answer.sentence for span in spans}) == 1:
        return f"{opening}: {_why(outstanding)}"
    which = "lowest" if outstanding.is_quorate else "highest"
    return f"{opening}. At its {which}: {_why(outstanding)}"


def _at_its_lowest(spans: Sequence[Span]) -> Span:
    return min(spans, key=_margin)


def _at_its_highest(spans: Sequence[Span]) -> Span:
    return max(spans, key=_margin)


def _margin(span: Span) -> tuple[Fraction, int]:
    return span.answer.margin or Fraction(0), span.answer.heads


def _why(span: Span) -> str:
    """What follows the verdict's colon, told of the past."""
    return _in_the_past(span.answer.sentence.split(": ", 1)[-1])


def _in_the_past(words: str) -> str:
    return PRESENT_TENSE.sub(lambda found: PAST[found[0]], words)
