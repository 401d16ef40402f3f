"""The deployment files, checked as far as a machine without containers allows: they parse, agree, and name what is."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from clm_site.supervisor.programs import workers

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
# Read by the containers themselves, or by compose while it reads the file.
NOT_OURS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "CLM_PORT", "PYTHONUNBUFFERED"}


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def settings_known() -> set[str]:
    text = (ROOT / "clm_site" / "settings.py").read_text()
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)) | NOT_OURS


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(path)
    return parser


def queues(command: list[str]) -> tuple[str, str, str]:
    """Queue, pool and size of a Celery worker's command."""
    size = command[command.index("-c") + 1] if "-c" in command else ""
    return command[command.index("-Q") + 1], command[command.index("-P") + 1], size


def test_every_setting_in_the_compose_file_exists(compose, settings_known):
    named = {name for service in compose["services"].values() for name in service.get("environment", {})}
    assert named <= settings_known


def test_every_setting_in_the_example_exists(settings_known):
    text = (DEPLOY / "site.env.example").read_text()
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)) <= settings_known


def test_the_compose_file_has_all_parts(compose):
    assert {"web", "interactive", "answers", "bulk", "retraining", "postgres", "redis"} <= set(compose["services"])


def test_no_secret_has_a_default(compose):
    text = (DEPLOY / "compose.yaml").read_text()
    assert not re.search(r"\$\{[A-Z_]*PASSWORD(:?-|\})", text)


def test_containers_units_and_the_supervisor_run_the_same_workers(compose, tmp_path):
    supervised = {queues(list(program.command)) for program in workers(tmp_path)}
    services = [service["command"] for service in compose["services"].values() if "-Q" in service.get("command", [])]
    units = [shlex.split(unit(path)["Service"]["ExecStart"]) for path in UNITS]
    for commands in (services, [command for command in units if "-Q" in command]):
        assert {queues(command) for command in commands} == supervised | {("retraining", "solo", "")}


def test_only_one_worker_carries_the_schedule(compose):
    text = " ".join(path.read_text() for path in UNITS)
    assert text.count("--beat ") == 1
    assert sum("--beat" in service.get("command", []) for service in compose["services"].values()) == 1


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_each_unit_is_what_systemd_reads(path: Path, tmp_path: Path):
    parsed = unit(path)
    assert parsed["Service"]["User"] == "clm"
    if not (verify := shutil.which("systemd-analyze")):
        return
    # The programs stand where an installation puts them; here they are this machine's.
    for other in [*UNITS, DEPLOY / "systemd" / "clm.target"]:
        text = re.sub(r"/srv/clm/\.venv/bin/\w+", "/bin/true", other.read_text())
        (tmp_path / other.name).write_text(text)
    done = subprocess.run(
        [verify, "verify", "--man=no", str(tmp_path / path.name)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if path.name in line]
    assert ours == []


@pytest.mark.parametrize("script", [DEPLOY / "install.sh", ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_scripts_are_plain_shell(script: Path):
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_install_sh_outside_a_checkout_says_what_to_do(tmp_path: Path):
    script = tmp_path / "install.sh"
    script.write_text((DEPLOY / "install.sh").read_text())
    done = subprocess.run(["sh", str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--from GIT-URL" in done.stderr


def test_the_image_copies_what_is_there_and_runs_without_root():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert all((ROOT / word).exists() for word in copied)
    assert [line for line in lines if line.startswith("USER ")] == ["USER clm"]


def test_the_ci_command_calls_the_readmes_test_command():
    text = (ROOT / ".ci" / "run").read_text()
    assert "make lint" in text
    assert "make test" in text
