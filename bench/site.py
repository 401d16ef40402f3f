"""A whole site of its own for one benchmark: a temporary CLM_HOME, its own PostgreSQL and Redis, migrated."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def fresh_site() -> Iterator[Path]:
    """Yield the CLM_HOME of an empty, migrated site in this process; call before anything imports Django's settings.

    DATABASE_URL and REDIS_URL are put aside: a benchmark never writes to a site that is in use.
    """
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "clm_site.settings"
    with tempfile.TemporaryDirectory(prefix="clm-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL runs as another user when this one is root
        os.environ["CLM_HOME"] = folder
        from clm_site import embedded

        with embedded.services(home, names=["postgres", "redis"]):
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connections

            call_command("migrate", verbosity=0, skip_checks=True)
            try:
                yield home
            finally:
                connections.close_all()
                if pool := getattr(connections["default"], "close_pool", None):
                    pool()
