"""The system checks: each missing or unsafe setting is named with its remedy, and safe ones pass."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from partnership import broker, checks, clock
from partnership.models import User
from tests.platform.machine import ROOT

PRODUCTION = {
    "SITE_URL": "https://quorate.example.org",
    "ALLOWED_HOSTS": "quorate.example.org",
    "SECRET_KEY": "not-a-real-key-but-long-enough-to-satisfy-the-check-0123456789",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "quorate@example.org",
}
DEMO = {"DEMO": "1"}

SettingsFrom = Callable[[dict[str, str]], Any]


@pytest.fixture
def settings_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SettingsFrom:
    """The product's settings as they would be read from an environment of these variables only."""

    @contextmanager
    def make(variables: dict[str, str]) -> Iterator[dict[str, Any]]:
        for name in list(os.environ):
            if name not in {"PATH", "HOME", "DJANGO_SETTINGS_MODULE"}:
                monkeypatch.delenv(name)
        for name, value in {"DATA_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        read = runpy.run_path(str(ROOT / "partnership" / "settings.py"))
        found = {name: value for name, value in read.items() if name.isupper() and name != "DATABASES"}
        with override_settings(**found):
            yield found

    return make


def ids(messages: list[Any]) -> list[str]:
    return [str(message.id) for message in messages]


def test_safe_production_passes(settings_from: SettingsFrom) -> None:
    with settings_from(PRODUCTION):
        assert checks.production_is_safe(None) == []
        assert checks.demonstration_is_private(None) == []
        assert checks.environment_is_readable(None) == []


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("SITE_URL", "quorate.E010"),
        ("ALLOWED_HOSTS", "quorate.E012"),
        ("EMAIL_HOST", "quorate.E015"),
        ("DEFAULT_FROM_EMAIL", "quorate.E016"),
    ],
)
def test_missing_setting_of_production_is_named(settings_from: SettingsFrom, missing: str, expected: str) -> None:
    with settings_from({name: value for name, value in PRODUCTION.items() if name != missing}):
        (found,) = checks.production_is_safe(None)
    assert found.id == expected
    assert found.msg.startswith(f"{missing} is missing")
    assert found.hint


@pytest.mark.parametrize(
    ("unsafe", "expected"),
    [
        ({"SITE_URL": "http://quorate.example.org"}, "quorate.E011"),
        ({"ALLOWED_HOSTS": "*"}, "quorate.E013"),
        ({"ALLOWED_HOSTS": "quorate.example.org, *"}, "quorate.E013"),
        ({"QUORATE_NOW": "2027-04-22T17:30"}, "quorate.E017"),
    ],
)
def test_unsafe_setting_of_production_is_named(
    settings_from: SettingsFrom, unsafe: dict[str, str], expected: str
) -> None:
    with settings_from({**PRODUCTION, **unsafe}):
        assert ids(checks.production_is_safe(None)) == [expected]


def test_many_machines_need_one_key_of_each_kind(settings_from: SettingsFrom) -> None:
    without_key = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    server = {"DATABASE_URL": "postgresql://quorate@database/quorate"}
    with settings_from({**without_key, **server}):
        assert ids(checks.production_is_safe(None)) == ["quorate.E014", "quorate.E018"]
    with settings_from(without_key):
        assert checks.production_is_safe(None) == []


def test_clock_runs_in_production_whatever_is_set(settings_from: SettingsFrom) -> None:
    with settings_from({**PRODUCTION, "QUORATE_NOW": "2027-04-22T17:30"}) as found:
        assert found["CLOCK_STOPPED_AT"] is None
    with settings_from({**DEMO, "QUORATE_NOW": "2027-04-22T17:30"}) as found:
        assert found["CLOCK_STOPPED_AT"].isoformat() == "2027-04-22T17:30:00+01:00"


def test_plain_demonstration_passes(settings_from: SettingsFrom) -> None:
    with settings_from(DEMO):
        assert checks.demonstration_is_private(None) == []
        assert checks.production_is_safe(None) == []


@pytest.mark.parametrize(
    ("unsafe", "expected"),
    [
        ({"BIND": "0.0.0.0"}, "quorate.E020"),
        ({"BIND": "192.0.2.7"}, "quorate.E020"),
        ({"SITE_URL": "https://quorate.example.org"}, "quorate.E021"),
        ({"ALLOWED_HOSTS": "quorate.example.org"}, "quorate.E022"),
        ({"EMAIL_HOST": "mail.example.org"}, "quorate.E023"),
        ({"BEHIND_PROXY": "1"}, "quorate.E024"),
    ],
)
def test_demonstration_refuses_production_settings(
    settings_from: SettingsFrom, unsafe: dict[str, str], expected: str
) -> None:
    with settings_from({**DEMO, **unsafe}):
        assert ids(checks.demonstration_is_private(None)) == [expected]


@pytest.mark.parametrize("bind", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_demonstration_may_be_served_to_this_machine(settings_from: SettingsFrom, bind: str) -> None:
    with settings_from({**DEMO, "BIND": bind}):
        assert checks.demonstration_is_private(None) == []


@pytest.mark.django_db
def test_demonstration_refuses_a_database_with_a_real_person(settings_from: SettingsFrom) -> None:
    User.objects.bulk_create(
        [
            User(email="demo@example.org", name="Demo", is_demo=True, joined_at=clock.now()),
            User(email="job@example.org", name="Job", is_system=True, joined_at=clock.now()),
        ]
    )
    with settings_from(DEMO):
        assert checks.demonstration_holds_only_fictional_people(None, databases=["default"]) == []
        User.objects.bulk_create([User(email="real@example.net", name="Real", joined_at=clock.now())])
        (found,) = checks.demonstration_holds_only_fictional_people(None, databases=["default"])
    assert found.id == "quorate.E025"
    assert found.msg == "The database holds 1 person who is not of the demonstration."
    with settings_from(PRODUCTION):
        assert checks.demonstration_holds_only_fictional_people(None, databases=["default"]) == []


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "eighty", "PORT is “eighty”."),
        ("PORT", "70000", "PORT is “70000”."),
        ("QUORATE_NOW", "tomorrow", "QUORATE_NOW is “tomorrow”."),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL is “mysql:…”."),
        ("DATABASE_URL", "postgresql://user:secret@host:port/name", "DATABASE_URL is “postgresql:…”."),
        ("BEHIND_PROXY", "perhaps", "BEHIND_PROXY is “perhaps”."),
    ],
)
def test_unreadable_value_is_named_and_keeps_no_secret(
    settings_from: SettingsFrom, name: str, value: str, message: str
) -> None:
    with settings_from({**DEMO, name: value}):
        found = [problem.msg for problem in checks.environment_is_readable(None)]
    assert message in found
    assert "secret" not in "".join(found)


def test_missing_front_end_packages_are_named(settings_from: SettingsFrom, tmp_path: Path) -> None:
    folder = tmp_path / "node_modules"
    with (
        settings_from(DEMO),
        override_settings(
            NODE_MODULES=folder, STATICFILES_DIRS=[("govuk-frontend", folder / "govuk-frontend" / "dist")]
        ),
    ):
        (found,) = checks.front_end_packages_are_installed(None)
    assert found.msg == "Front-end packages are missing from node_modules: govuk-frontend/dist."
    assert found.hint == "Run: make setup"


def test_missing_pango_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.pdf_libraries_are_installed(None) == []
    monkeypatch.setattr("ctypes.util.find_library", lambda _: None)
    (found,) = checks.pdf_libraries_are_installed(None)
    assert not found.is_serious()
    assert found.hint == "Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0"


def test_missing_broker_is_named_unless_another_is_given(
    settings_from: SettingsFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "program", lambda: None)
    with settings_from(DEMO):
        assert ids(checks.broker_is_available(None)) == ["quorate.W032"]
    with settings_from({**DEMO, "BROKER_URL": "redis://localhost/0"}):
        assert checks.broker_is_available(None) == []


def run_check(tmp_path: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables},
        check=False,
        capture_output=True,
        text=True,
    )


def test_deploy_check_is_clean_under_production_settings(tmp_path: Path) -> None:
    checked = run_check(tmp_path, PRODUCTION)
    assert checked.stderr == ""
    assert checked.stdout == "System check identified no issues (0 silenced).\n"
    assert checked.returncode == 0


def test_deploy_check_sees_unsafe_settings(tmp_path: Path) -> None:
    checked = run_check(tmp_path, {**PRODUCTION, "SITE_URL": "http://quorate.example.org"})
    assert checked.returncode == 1
    assert "security.W012" in checked.stderr
    assert "quorate.E011" in checked.stderr


OIDC = {
    "OIDC_ISSUER": "https://login.example.org/tenant/v2.0",
    "OIDC_CLIENT_ID": "quorate",
    "OIDC_CLIENT_SECRET": "a secret",
}


def test_a_whole_provider_passes_and_none_does_too(settings_from: SettingsFrom) -> None:
    with settings_from(PRODUCTION | OIDC) as found:
        assert checks.single_sign_on_is_whole(None) == []
        assert found["SINGLE_SIGN_ON"].name == "your work account"
    with settings_from(PRODUCTION) as found:
        assert checks.single_sign_on_is_whole(None) == []
        assert found["SINGLE_SIGN_ON"] is None


@pytest.mark.parametrize("name", OIDC)
def test_half_a_provider_is_named_and_not_used(settings_from: SettingsFrom, name: str) -> None:
    with settings_from(PRODUCTION | OIDC | {name: ""}) as found:
        assert [each.msg for each in checks.single_sign_on_is_whole(None)] == [f"{name} is missing."]
        assert found["SINGLE_SIGN_ON"] is None


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.example.org",
        "http://localhost:9400",
        "login.example.org",
        "https://login.example.org/?tenant=1",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
    ],
)
def test_an_issuer_that_production_cannot_rely_on_is_named(settings_from: SettingsFrom, issuer: str) -> None:
    with settings_from(PRODUCTION | OIDC | {"OIDC_ISSUER": issuer}):
        assert ids(checks.single_sign_on_is_whole(None)) == ["quorate.E019"]


def test_a_demonstration_has_no_provider_elsewhere(settings_from: SettingsFrom) -> None:
    with settings_from(DEMO | OIDC):
        assert "quorate.E035" in ids(checks.demonstration_is_private(None))
