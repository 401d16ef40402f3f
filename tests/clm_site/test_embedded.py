"""The embedded servers: shared, adopted, recovered, and never in anybody's way. Each start takes about a second."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from clm_site import embedded
from clm_site.embedded import state
from clm_site.embedded.account import account_for
from clm_site.embedded.sharing import join, leave, revive
from clm_site.processes import Identity, wait_for_end

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from clm_site.embedded.sharing import join
seat = join(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose data exists already. Its parents are closed to others (pytest makes them 0700)."""
    home = tmp_path_factory.mktemp("site") / "home"
    with embedded.services(home) as urls, psycopg.connect(urls.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    yield home
    assert not running(home), "a test left servers behind"


def running(home: Path) -> dict[str, Identity]:
    known = {name: Identity.read(record) for name, record in state.read(home).items()}
    return {name: identity for name, identity in known.items() if identity and identity.alive()}


def hold(home: Path) -> subprocess.Popen[str]:
    """Another process that uses the servers until its standard input closes."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert other.stdout
    assert other.stdout.readline() == "ready\n"
    return other


def words(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept")]


def test_redis_is_up_when_it_has_read_its_file(tmp_path: Path):
    with embedded.services(tmp_path / "home", names=["redis"]) as urls, redis.Redis.from_url(urls.redis_url) as client:
        client.mset({f"key:{number}": "a value that takes a moment to read" for number in range(120_000)})
    with embedded.services(tmp_path / "home", names=["redis"]) as urls, redis.Redis.from_url(urls.redis_url) as client:
        assert client.dbsize() == 120_000


def test_both_servers_ask_for_the_password(used_home: Path):
    with embedded.services(used_home) as urls:
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(urls.database_url.replace(urls.database_url.split("@")[0], "postgres://clm:wrong"))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url("redis://" + urls.redis_url.split("@")[1]).ping()


def test_the_site_is_no_superuser_and_has_vectors(used_home: Path):
    with embedded.services(used_home) as urls, psycopg.connect(urls.database_url) as connection:
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        assert connection.execute("SELECT '[1]'::vector::text").fetchone() == ("[1]",)


def test_no_server_runs_as_root_and_no_folder_is_opened_up(used_home: Path):
    before = [parent.stat().st_mode for parent in used_home.parents]
    with embedded.services(used_home):
        assert all(psutil.Process(each.pid).uids().effective != 0 for each in running(used_home).values())
    assert [parent.stat().st_mode for parent in used_home.parents] == before


def test_secrets_are_their_owners_alone(used_home: Path):
    assert (used_home / "secrets.json").stat().st_mode & 0o077 == 0


def test_the_last_user_stops_the_servers(used_home: Path):
    first, second = join(used_home), join(used_home)
    leave(used_home, first)
    assert set(running(used_home)) == {"postgres", "redis"}
    leave(used_home, second)
    assert not running(used_home)


def test_servers_of_a_killed_user_are_adopted(used_home: Path):
    killed = hold(used_home)
    before = running(used_home)
    killed.kill()
    killed.wait()
    assert running(used_home) == before
    with embedded.services(used_home):
        assert running(used_home) == before
    assert not running(used_home)


def test_two_processes_share(used_home: Path):
    other = hold(used_home)
    with embedded.services(used_home):
        both = running(used_home)
    assert running(used_home) == both, "stopped under the other's feet"
    other.communicate()
    leave(used_home, join(used_home))


def test_what_was_committed_survives_a_crash_of_postgres(used_home: Path):
    with embedded.services(used_home) as urls:
        with psycopg.connect(urls.database_url) as connection:
            connection.execute("INSERT INTO kept VALUES ('crash')")
        crashed = running(used_home)["postgres"]
        os.kill(crashed.pid, signal.SIGKILL)
        assert wait_for_end(crashed, 5)
        assert revive(used_home) == ["postgres"]
        assert "crash" in words(embedded.recorded(used_home).database_url)


def test_a_crash_of_both_does_not_stop_the_next_start(used_home: Path):
    seat = join(used_home)
    for identity in running(used_home).values():
        os.kill(identity.pid, signal.SIGKILL)
        wait_for_end(identity, 5)
    leave(used_home, seat)
    with embedded.services(used_home) as urls:
        assert redis.Redis.from_url(urls.redis_url).ping()
        assert isinstance(words(urls.database_url), list)


def test_a_lock_file_that_names_a_stranger_is_forgotten(used_home: Path):
    (used_home / "pg" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    with embedded.services(used_home) as urls:
        assert isinstance(words(urls.database_url), list)


def test_servers_whose_record_was_lost_are_replaced(used_home: Path):
    lost = hold(used_home)
    (used_home / "run" / "services.json").unlink()
    lost.kill()
    lost.wait()
    with embedded.services(used_home) as urls:
        assert isinstance(words(urls.database_url), list)
        assert redis.Redis.from_url(urls.redis_url).ping()


def test_a_remembered_port_that_is_taken_is_exchanged(used_home: Path):
    port = state.read(used_home)["redis"]["port"]
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", port))
        stranger.listen()
        with embedded.services(used_home) as urls:
            assert f":{port}/" not in urls.redis_url
            assert redis.Redis.from_url(urls.redis_url).ping()


def test_two_homes_side_by_side_do_not_collide(used_home: Path):
    # Where everybody may enter, which is the other way root's servers are started.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        other = Path(folder) / "home"
        (other / "pg" / "data.new").mkdir(parents=True)  # what an interrupted first start leaves
        with embedded.services(used_home) as mine, embedded.services(other) as theirs:
            assert mine.database_url != theirs.database_url
            with psycopg.connect(theirs.database_url) as connection, pytest.raises(psycopg.errors.UndefinedTable):
                connection.execute("SELECT * FROM kept")
        assert not running(other)


def test_an_ordinary_user_needs_nothing_of_root(tmp_path: Path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    account = account_for(folder, binary=Path(sys.executable).resolve())  # whoever we are, if we are not root
    script = (
        "import os, sys; from pathlib import Path; from clm_site import embedded\n"
        "assert os.geteuid() != 0\n"
        "home = Path(sys.argv[1]) / 'home'\n"
        "with embedded.services(home): print(all(embedded.running(home).values()))"
    )
    done = subprocess.run(
        [*account.prefix, sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, **account.options(),
    )  # fmt: skip
    assert done.stdout == "True\n", done.stderr


def test_before_the_first_start_the_address_leads_nowhere(tmp_path: Path):
    assert embedded.recorded(tmp_path) == embedded.Urls("postgres://clm@127.0.0.1:1/clm", "redis://127.0.0.1:1/0")
    assert not any(tmp_path.iterdir())


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(embedded.EmbeddedError, match="Set CLM_HOME to a folder of yours"):
        join(tmp_path / "file" / "home")
