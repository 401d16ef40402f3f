"""A git library is fetched without running, following or asking anything."""

import os
import shutil
import socket
import subprocess
import time

import pytest

from patterns.importing import cloning

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(*arguments: str, at) -> None:
    identity = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
                "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}  # fmt: skip
    subprocess.run(["git", *arguments], cwd=at, env=os.environ | identity, check=True, capture_output=True)


@pytest.fixture
def daemon(tmp_path):
    """A git server on this machine, with a library that brings a hook-like file and a link."""
    work = tmp_path / "srv" / "commons"
    (work / "_patterns").mkdir(parents=True)
    (work / "_patterns" / "a.md").write_text("---\nid: pat_a\ntitle: A\n---\n")
    (work / "_patterns" / "secret.md").symlink_to("/etc/passwd")
    git("init", "--quiet", at=work)
    git("add", ".", at=work)
    git("commit", "--quiet", "-m", "first", at=work)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["git", "daemon", "--export-all", f"--base-path={tmp_path / 'srv'}", "--listen=127.0.0.1", f"--port={port}"],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"git://127.0.0.1:{port}/commons"
    server.terminate()
    server.wait(timeout=10)


@needs_git
def test_a_repository_is_fetched_without_its_links(daemon, tmp_path):
    folder = cloning.fetch_repository(daemon, tmp_path / "clone")
    assert (folder / "_patterns" / "a.md").read_text().startswith("---")
    assert not (folder / "_patterns" / "secret.md").is_symlink()


@needs_git
def test_an_address_on_this_machine_is_refused_before_git_runs(daemon, tmp_path):
    with pytest.raises(cloning.CloneError, match="is not fetched"):
        cloning.clone(daemon, tmp_path / "clone")
    assert not (tmp_path / "clone").exists()


@needs_git
def test_a_repository_that_is_not_there_is_a_sentence(daemon, tmp_path):
    with pytest.raises(cloning.CloneError, match="could not be fetched"):
        cloning.fetch_repository(daemon.replace("commons", "nothing"), tmp_path / "clone")


def test_secrets_in_an_address_are_never_repeated(tmp_path):
    with pytest.raises(cloning.CloneError) as refusal:
        cloning.clone("https://me:hunter2@127.0.0.1/a.git", tmp_path / "clone")
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("url", ["file:///etc", "ext::sh -c x", "ftp://example.org/a", "https:///nowhere"])
def test_other_protocols_are_refused(url, tmp_path):
    with pytest.raises(cloning.CloneError):
        cloning.clone(url, tmp_path / "clone")
