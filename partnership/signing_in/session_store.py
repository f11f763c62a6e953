"""Django's database sessions with the person in a column, so that they can be listed and ended, under a hashed key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from partnership import clock
from partnership.models import BrowserSession
from partnership.signing_in.digests import session_row

# What `partnership.signing_in.sessions` writes into a session, and this store into its row as well.
STARTED, SEEN, DEVICE, ADDRESS = "started_at", "seen_at", "device", "client_address"


class SessionStore(DatabaseStore):
    """The key in the cookie is never in the database, only its hash."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def _get_session_from_db(self) -> BrowserSession | None:
        row = BrowserSession.objects.filter(
            session_key=session_row(self.session_key or ""), expire_date__gt=clock.machine_now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return BrowserSession.objects.filter(session_key=session_row(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        return BrowserSession(
            session_key=session_row(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's own
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(modification=clock.machine_now()),
            person_id=data.get(SESSION_KEY),
            started_at=_instant(data.get(STARTED)),
            seen_at=_instant(data.get(SEEN)),
            device=data.get(DEVICE, ""),
            address=data.get(ADDRESS) or None,
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            BrowserSession.objects.filter(session_key=session_row(key)).delete()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
