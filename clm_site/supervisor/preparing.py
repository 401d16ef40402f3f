"""What a start brings up to date before the first page: tables, static files, the starter library, a moderator.

Each step first looks whether there is anything to do, because a second start has seconds.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Do all steps in order, with a sentence for each that changes something."""
    migrate_if_needed(say)
    collect_static_if_changed(say)
    import_starter_if_changed(say)


def pending_migrations() -> list[str]:
    """Names of migrations the database lacks, in order."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate_if_needed(say: Say) -> None:
    if pending := pending_migrations():
        say(f"Updating the database ({len(pending)} migrations).")
        call_command("migrate", verbosity=0, interactive=False)


def collect_static_if_changed(say: Say) -> None:
    from django.contrib.staticfiles.finders import get_finders

    files = (Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list([]))
    changed = _Changed("static", files)
    if changed or not (settings.STATIC_ROOT / "staticfiles.json").exists():
        say("Gathering the static files.")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        changed.remember()


def import_starter_if_changed(say: Say) -> None:
    """Bring the starter library in, unless the site has moved on to a library of its own."""
    from django.apps import apps

    source: Path = settings.STARTER_LIBRARY
    if "import_library" not in get_commands() or not source.is_dir():
        return
    library = apps.get_model("patterns", "Library")
    changed = _Changed("library", (path for path in source.rglob("*") if path.is_file()), database=True)
    if (not changed and library.objects.filter(origin="starter").exists()) or library.objects.filter(
        origin="imported"
    ).exists():
        return
    say("Importing the starter library.")
    told = io.StringIO()
    call_command("import_library", str(source), json=True, stdout=told)
    changed.remember()
    # By words alone, which takes a second; the bulk worker embeds while the first visitors already find and ask.
    call_command("index", words=True, stdout=io.StringIO())
    try:
        report: dict[str, Any] = json.loads(told.getvalue())
    except ValueError:
        return
    for row in report.get("reported", []):
        say(f"library/{row.get('file')}:{row.get('line') or ''} {row.get('reason')}")


class _Changed:
    """Whether files differ from those of the last time, by path, size and time of change."""

    def __init__(self, name: str, files: Iterable[Path], *, database: bool = False) -> None:
        digest = hashlib.sha256(settings.DATABASE_URL.rpartition("@")[2].encode() if database else b"")
        for path in sorted(files):
            status = path.stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
        self._now = digest.hexdigest()
        self._kept = settings.CLM_HOME / "run" / f"{name}.seen"

    def __bool__(self) -> bool:
        return not self._kept.exists() or self._kept.read_text() != self._now

    def remember(self) -> None:
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        self._kept.write_text(self._now)
