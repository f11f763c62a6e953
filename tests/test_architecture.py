"""The layer law and the limits, held by the test run."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parent.parent
PYTHON_FOLDERS = ("partnership", "membership", "meetings", "reviews", "tests", "bench", "deploy")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json")
CATCH_ALLS = {"utils", "common", "helpers", "misc", "extras"}
SLOW_IMPORT_REASONS = ("slow import", "app ready")

# What the rule core must not do: read a clock, touch files, processes, the network or the environment.
FORBIDDEN_MODULES = {
    "asyncio", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "warnings",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint", "float"}
CLOCK_READINGS = {"now", "today", "utcnow", "localtime", "monotonic", "perf_counter", "time_ns"}
PARTS_OF_TIME = {"datetime", "date", "timezone", "time"}


def python_files(*folders: str) -> list[Path]:
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in files if "migrations" not in path.parts and "node_modules" not in path.parts]


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_import_contracts_are_kept() -> None:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    linted = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize("package", ["partnership.rules", "partnership.constitutions"])
def test_core_starts_without_django(package: str) -> None:
    script = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module('{package}')\n"
        f"for module in pkgutil.walk_packages(package.__path__, '{package}.'):\n"
        "    importlib.import_module(module.name)\n"
        "print(sorted(set(sys.modules) & {'django', 'celery', 'redis', 'guardian'}))\n"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


def test_project_package_is_empty() -> None:
    assert (ROOT / "partnership" / "__init__.py").read_text(encoding="utf-8") == ""


def forbidden_in_the_core(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each clock reading, input, output or inexact number in a module of the rule core."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in FORBIDDEN_MODULES:
                    yield node, f"imports {alias.name}"
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0 and (node.module or "").split(".")[0] in FORBIDDEN_MODULES:
                yield node, f"imports from {node.module}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield node, f"calls {node.func.id}()"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCK_READINGS and names_time(node.value):
            yield node, f"reads the clock by {node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node, f"holds the float {node.value}"


def names_time(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in PARTS_OF_TIME) or (
        isinstance(node, ast.Attribute) and node.attr in PARTS_OF_TIME
    )


def test_rule_core_has_no_clock_no_io_and_no_floats() -> None:
    found = [
        f"{where(path, node)} {what}"
        for path in python_files("partnership/rules")
        for node, what in forbidden_in_the_core(parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "from pathlib import Path",
        "import urllib.request",
        "from datetime import datetime\nat = datetime.now()",
        "import datetime\non = datetime.date.today()",
        "def f(path): return open(path)",
        "half = 0.5",
        "half = float(1)",
    ],
)
def test_the_test_of_the_core_sees_what_it_forbids(source: str) -> None:
    assert list(forbidden_in_the_core(ast.parse(source))) != []


def test_the_test_of_the_core_passes_plain_dates() -> None:
    plain = "from datetime import date, timedelta\nfrom fractions import Fraction\nhalf = Fraction(1, 2)\n"
    assert list(forbidden_in_the_core(ast.parse(plain + "def f(meeting): return meeting.time.hour"))) == []


def test_time_is_read_by_the_clock_alone() -> None:
    found = [
        f"{where(path, node)} {ast.unparse(node)}"
        for path in python_files("partnership", "membership", "meetings", "reviews")
        if path != ROOT / "partnership" / "clock.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "localdate", "localtime"}
        if names_time(node.value)
    ]
    assert found == []


def test_one_operation_alone_speaks_to_the_broker() -> None:
    """No form can hang or fail for a broker that is away but the one that says so in the row it leaves waiting."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("partnership", "membership", "meetings", "reviews")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        if node.attr in {"delay", "delay_on_commit", "apply_async", "apply_async_on_commit", "send_task"}
    }
    assert found == {"partnership/beat.py", "meetings/operations/documents.py"}


def test_files_are_short() -> None:
    files = [*python_files(*PYTHON_FOLDERS), *(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]
    files += (ROOT / "static").rglob("*.js")
    long = {str(path.relative_to(ROOT)): lines for path in files if (lines := line_count(path)) > LONGEST_FILE}
    assert long == {}


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    long = [
        f"{where(path, node)} {node.name}: {(node.end_lineno or node.lineno) - node.lineno + 1}"
        for path in python_files(*PYTHON_FOLDERS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_is_a_catch_all() -> None:
    assert [str(path) for path in python_files(*PYTHON_FOLDERS) if path.stem in CATCH_ALLS] == []


def test_an_import_is_deferred_for_a_listed_reason_only() -> None:
    found = [
        where(path, node)
        for path in [ROOT / "manage.py", *python_files("partnership", "membership", "meetings", "reviews")]
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if not is_explained(path, node.lineno)
    ]
    assert found == []


def is_explained(path: Path, number: int) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    nearby = " ".join(lines[max(0, number - 3) : number])
    return any(reason in nearby for reason in SLOW_IMPORT_REASONS)


def test_functions_of_the_product_are_typed() -> None:
    """mypy --strict holds the rest; this sees a file that its configuration would leave out."""
    found = [
        f"{where(path, node)} {node.name}"
        for path in python_files("partnership", "membership", "meetings", "reviews", "deploy")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert found == []


def test_no_migration_is_pending() -> None:
    written = MigrationLoader(None).project_state()
    missing = MigrationAutodetector(written, ProjectState.from_apps(apps)).changes(graph=MigrationLoader(None).graph)
    assert {
        app: [str(step) for migration in steps for step in migration.operations] for app, steps in missing.items()
    } == {}


def test_the_tables_made_in_one_step_are_those_of_the_single_steps() -> None:
    both = MigrationLoader(None, replace_migrations=False)
    singles = [node for node in both.graph.leaf_nodes() if not both.disk_migrations[node].replaces]
    assert {app for app, _ in both.replacements} == {"partnership", "membership", "meetings", "reviews"}
    one_by_one, at_once = both.project_state(singles), MigrationLoader(None).project_state()
    assert one_by_one.models.keys() == at_once.models.keys()
    assert [key for key, model in one_by_one.models.items() if model != at_once.models[key]] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(text) > 100
    assert "://" not in text
    assert '"resolved"' not in text


@pytest.mark.parametrize("lock", [name for name in LOCKS if name.endswith(".txt")])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    requirements = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []
