"""One parent for the whole site: a real start, a real kill, a real second start. Workers are left to tests/e2e."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from clm_site.processes import Identity, wait_for_end
from clm_site.supervisor import record
from clm_site.supervisor.listening import listen
from tests.e2e.site import ROOT, Site, environment, running_site

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "home"


@pytest.fixture(scope="module")
def up(home: Path) -> Iterator[Site]:
    """A third start of the same home, for all tests that only look. Those that need it down come before."""
    with running_site(home, "--no-workers") as site:
        yield site


def status(address: str) -> int:
    with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310
        return response.status


def processes_of(home: Path) -> list[psutil.Process]:
    """Every process that was told to work under `home`."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("CLM_HOME") == str(home):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def test_a_first_start_answers_and_stops_within_ten_seconds(home: Path):
    with running_site(home, "--no-workers") as site:
        assert status(f"{site.address}/health/") == 200
        assert status(f"{site.address}/ready/") == 200
        started = time.monotonic()
        site.supervisor.send_signal(signal.SIGTERM)
        assert site.supervisor.wait(timeout=15) == 0
        assert time.monotonic() - started < 10
    assert not processes_of(home)
    assert "Stopped." in site.log()


def test_a_killed_supervisor_leaves_nothing_that_blocks_the_next_start(home: Path):
    with running_site(home, "--no-workers") as killed:
        web = record.read(home).children["web"]
        port = int(killed.address.rpartition(":")[2])
        killed.supervisor.kill()
        killed.supervisor.wait()
        if sys.platform == "linux":  # elsewhere the next start ends what was left
            assert wait_for_end(web, 5)
    with running_site(home, "--no-workers", "--port", str(port)) as again:
        assert again.address == killed.address, "the port was not freed"
        assert status(f"{again.address}/ready/") == 200
    assert not processes_of(home)


def test_the_doctor_starts_nothing(home: Path):
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor"], cwd=ROOT, env=environment(home), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "PostgreSQL does not answer." in done.stdout
    assert "Run make up" in done.stdout
    assert not processes_of(home)


def test_a_second_start_has_nothing_to_do(up: Site):
    assert "Updating the database" not in up.log().rpartition("Stopped.")[2]
    assert "Gathering" not in up.log().rpartition("Stopped.")[2]


def test_the_sign_in_link_is_shown_but_not_logged(up: Site):
    assert "/sign-in/" not in up.log()


def test_a_second_supervisor_of_the_same_home_is_refused(up: Site):
    done = up.manage("up")
    assert done.returncode == 1
    assert f"The site already runs (process {up.supervisor.pid}) at {up.address}." in done.stderr


def test_commands_work_beside_the_running_site(up: Site):
    assert up.manage("migrate", "--check").returncode == 0
    assert status(f"{up.address}/health/") == 200, "the command took the servers with it"


def test_a_web_process_that_ends_is_started_again_and_nobody_is_refused(up: Site):
    web = record.read(up.home).children["web"]
    os.kill(web.pid, signal.SIGKILL)
    assert wait_for_end(web, 5)
    assert status(f"{up.address}/health/") == 200  # waits in the supervisor's socket
    assert record.read(up.home).children["web"] != web


def test_the_doctor_knows_a_running_site(up: Site):
    said = json.loads(up.manage("doctor", "--json").stdout)
    rows = {(row["check"], row["level"]) for row in said["findings"]}
    assert ("site", "fine") in rows
    assert ("stores", "fine") in rows
    assert ("workers", "problem") in rows, "this site was started without workers"
    assert said["ok"] is False


def test_a_taken_port_is_exchanged_for_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port, strict=False) as mine:
            assert port < mine.getsockname()[1] <= port + 50
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", port, strict=True)


def test_a_pid_that_somebody_else_has_now_is_not_ours():
    mine = Identity.of(os.getpid())
    assert mine
    assert mine.alive()
    assert not Identity(mine.pid, "another time").alive()
    assert Identity.read({"pid": "x"}) is None
