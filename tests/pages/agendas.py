"""What tests of the pages of an agenda share: reading a page, and what must not have changed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.http.response import HttpResponseBase
from pytest_django import Settings

from meetings.models import AgendaItem, AgendaPublication, Paper
from partnership.clock import LONDON

AGENDA = "/p/isle-of-wight/main-board/meetings/2027-06-16/agenda/"
PAPERS = AGENDA.replace("agenda/", "papers/")
NUL = "Eve\x00Moor"


def text(response: HttpResponseBase) -> str:
    """What a page says, without its tags."""
    said = re.sub(r"<[^>]+>", " ", response.content.decode())  # type: ignore[attr-defined]  # no page is streamed
    return re.sub(r"\s+([.,)])", r"\1", " ".join(html.unescape(said).split()))


def source(response: HttpResponseBase) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]  # no page is streamed


@contextmanager
def nothing_changed() -> Iterator[None]:
    def state() -> tuple[object, ...]:
        rows = [list(model.objects.order_by("pk").values()) for model in (AgendaItem, AgendaPublication, Paper)]
        return rows, AgendaItem.history.count(), Paper.history.count()

    before = state()
    yield
    assert state() == before


def at_london(settings: Settings, month: int, day: int, hour: int, minute: int = 0) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, month, day, hour, minute, tzinfo=LONDON)
