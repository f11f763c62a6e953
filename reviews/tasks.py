"""The jobs of the reviews application."""

from __future__ import annotations

from typing import Any

from partnership import clock
from partnership.celery import app
from partnership.operations import system_author
from reviews.week_letter import tell_the_week

AUTHOR = "letter of the week"


@app.task(name="reviews.tell_the_week")
def tell_this_week(**kwargs: Any) -> None:
    """Writes the letters of the week on its first working day. Doubled or lost, it does no harm."""
    tell_the_week(now=clock.now(), by=system_author(job=AUTHOR))
