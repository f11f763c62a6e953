"""The jobs of the membership application."""

from __future__ import annotations

from typing import Any

from membership.operations import follow_handovers
from membership.operations.register_import import drop_old_imports
from partnership import clock
from partnership.celery import app
from partnership.operations import system_author

AUTHOR = "handovers"


@app.task(name="membership.follow_handovers")
def follow_due_handovers(**kwargs: Any) -> None:
    """Lets what belongs to a seat follow its handovers whose day has come. Doubled or lost, it does no harm."""
    follow_handovers(on=clock.today(), by=system_author(job=AUTHOR))


@app.task(name="membership.drop_old_imports")
def drop_imports_nobody_committed(**kwargs: Any) -> None:
    """Throws away files that were shown and not brought in. Doubled or lost, it does no harm."""
    drop_old_imports(now=clock.now())
