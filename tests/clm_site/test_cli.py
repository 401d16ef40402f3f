"""Every command works on its own: it brings the servers it needs and takes them away again."""

import os
import subprocess
import sys
from pathlib import Path

from clm_site import embedded
from clm_site.cli import stores_wanted
from tests.e2e.site import ROOT, environment


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**environment(home), **more}, capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_command_on_a_new_home_starts_the_servers_for_its_duration(tmp_path: Path):
    home = tmp_path / "home"
    done = run(home, "showmigrations", "clm_site")
    assert "[ ] 0001_initial" in done.stdout, done.stderr
    assert not any(embedded.running(home).values())


def test_a_command_that_needs_no_record_starts_nothing(tmp_path: Path):
    assert run(tmp_path / "home", "version").returncode == 0
    assert not (tmp_path / "home" / "pg").exists()


def test_help_of_any_command_starts_nothing():
    assert stores_wanted(["migrate", "--help"]) == []
    assert stores_wanted([]) == []


def test_only_the_server_without_an_address_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/clm")
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert stores_wanted(["migrate"]) == ["redis"]


def test_a_bad_setting_is_a_sentence(tmp_path: Path):
    done = run(tmp_path / "home", "check", CLM_DEBUG="perhaps")
    assert done.returncode == 1
    assert done.stderr.strip() == "CLM_DEBUG is 'perhaps'; write yes or no."


def test_without_the_dependencies_it_says_what_to_run(tmp_path: Path):
    for name in ("manage.py", "clm_site/__init__.py", "clm_site/cli.py"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text((ROOT / name).read_text())
    done = subprocess.run(
        [sys.executable, "-S", "manage.py", "migrate"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.stderr.strip() == (
        "What the site needs is not installed yet. Run: make up (or python3 requirements/install.py)"
    )
