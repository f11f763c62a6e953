"""docker-compose.yml: right by the Compose schema, and its commands run as they stand, without Docker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.platform.machine import ROOT, Machine, free_port, wait_until

OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    return loaded


def test_file_follows_the_compose_schema() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_schema_check_sees_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text("services: {web: {imagee: quorate}}\n", encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(wrong)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


def test_every_service_has_a_health_check(compose: dict[str, Any]) -> None:
    without = {name for name, service in compose["services"].items() if "healthcheck" not in service}
    # It runs once, and the others wait until it has succeeded.
    assert without == {"migrate"}
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_broker_keeps_every_job(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_only_the_proxy_can_be_reached(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["caddy"]


def test_example_names_every_variable_that_has_no_default(compose: dict[str, Any]) -> None:
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}
    asked = {"POSTGRES_WEB_PASSWORD", "POSTGRES_WORKER_PASSWORD"}
    asked |= {"SITE_HOST", "POSTGRES_PASSWORD", "SECRET_KEY", "AUDIT_KEY", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"}
    assert asked <= named


def test_only_migrations_sign_in_to_the_database_as_its_owner(compose: dict[str, Any]) -> None:
    services = compose["services"]
    signs_in_as = {name: services[name]["environment"]["DATABASE_URL"].split(":")[1][2:] for name in OURS}
    assert signs_in_as == {
        "migrate": "quorate",
        "web": "quorate_web",
        "worker": "quorate_worker",
        "beat": "quorate_web",
    }
    roles = (ROOT / "deploy" / "make-roles.sql").read_text(encoding="utf-8")
    for name in OURS:
        environment = services[name]["environment"]
        assert f"CREATE ROLE {environment['APP_ROLE']} NOLOGIN" in roles
        assert f"CREATE ROLE {environment['ERASER_ROLE']} NOLOGIN" in roles


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in reversed(started):
        process.terminate()
        process.wait(60)


@pytest.mark.processes
@pytest.mark.xdist_group("processes")
def test_commands_run_as_they_stand(
    compose: dict[str, Any], processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    services = compose["services"]
    machine = Machine(data_dir=tmp_path, port=free_port(), extra={"ALLOWED_HOSTS": "quorate.example.org"})
    socket = tmp_path / "broker.sock"
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        **{name: str(value) for name, value in services["web"]["environment"].items() if "$" not in str(value)},
        # What the container network and the operator's file give.
        "BIND": "127.0.0.1",
        "PORT": str(machine.port),
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "collected"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/quorate.sqlite3",
        "BROKER_URL": f"redis+socket://{socket}",
        "SITE_URL": "https://quorate.example.org",
        "ALLOWED_HOSTS": "quorate.example.org",
        "SECRET_KEY": "only-for-this-test-only-for-this-test-only-for-this-test",
        "AUDIT_KEY": "sealed-for-this-test-sealed-for-this-test-sealed-for-this-test",
        "EMAIL_HOST": "mail.example.org",
        "DEFAULT_FROM_EMAIL": "quorate@example.org",
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
        "HEARTBEAT_EVERY": "1",
    }

    def start(command: list[str]) -> None:
        processes.append(subprocess.Popen(command, cwd=ROOT, env=environment))

    start([*services["redis"]["command"], "--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path)])
    subprocess.run(services["migrate"]["command"], cwd=ROOT, env=environment, check=True)
    for name in ("web", "worker", "beat"):
        start(services[name]["command"])
    wait_until(lambda: machine.health()[1].get("status") == "ok")
    for name in ("web", "worker", "beat"):
        check = [
            part.replace("web:8000", f"127.0.0.1:{machine.port}") for part in services[name]["healthcheck"]["test"][1:]
        ]
        subprocess.run(check, cwd=ROOT, env=environment, check=True)
    unknown = [sys.executable, "-m", "partnership.serve.answering", "nothing", f"127.0.0.1:{machine.port}"]
    assert subprocess.run(unknown, cwd=ROOT, env=environment, check=False).returncode == 1
