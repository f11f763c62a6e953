"""Settings from the environment: databases, the secret key, headers."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from partnership.environment import Environment, is_loopback, postgresql_at
from partnership.secret_key import secret_key_in
from tests.platform.machine import ROOT

FALLBACK = Path("/srv/data/quorate.sqlite3")


def database(url: str) -> dict[str, Any]:
    return Environment({"DATABASE_URL": url}).database("DATABASE_URL", default=FALLBACK)


def test_sqlite_is_the_default_and_takes_the_writers_lock_at_the_start() -> None:
    found = database("")
    assert found["NAME"] == "/srv/data/quorate.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 20
    assert database("sqlite:////srv/other.sqlite3")["NAME"] == "/srv/other.sqlite3"


def test_postgresql_by_host() -> None:
    found = database("postgresql://quo%40rate:p%2Fw@db.example.org:6432/quorate?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("quo@rate", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", "6432", "quorate")
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}
    assert found["CONN_HEALTH_CHECKS"] is True
    assert 0 < found["CONN_MAX_AGE"] <= 60


def test_postgresql_by_socket() -> None:
    found = postgresql_at("postgres://postgres@/quorate?host=/run/pg")
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/pg", "", "postgres")


def test_requests_are_not_transactions() -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db
def test_test_database_is_the_products_kind() -> None:
    if connection.vendor == "postgresql":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
        return
    assert Path(str(connection.settings_dict["NAME"])).is_file()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("quorate.localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("", False),
        ("localhost.example.org", False),
        (".example.org", False),
        ("*", False),
    ],
)
def test_loopback(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        first = secret_key_in(tmp_path / "data")
    finally:
        os.umask(old)
    assert len(first) >= 50
    assert secret_key_in(tmp_path / "data") == first
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_the_secret_key(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from partnership.secret_key import secret_key_in as key; "
    command = [sys.executable, "-c", script + "print(key(Path(sys.argv[1])))", str(tmp_path / "data")]

    def ask(_: int) -> str:
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_empty_secret_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        secret_key_in(tmp_path)


def test_data_folder_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    said = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEMO": "1", "DATA_DIR": str(tmp_path / "data")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1
    assert said.stderr.startswith(f"Quorate cannot start: {tmp_path}/data")
    assert said.stderr.count("\n") == 1


@pytest.mark.django_db
def test_every_answer_carries_the_safe_headers(client: Client) -> None:
    headers = client.get("/health/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_cookies_are_for_the_server_alone() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
