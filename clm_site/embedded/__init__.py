"""PostgreSQL and Redis without a system package: real servers under CLM_HOME, shared by every process that needs them.

Every user holds a shared lock on `run/users.lock`; the last one to leave stops the servers. A killed user's lock is
dropped by the kernel, and the servers it leaves behind are adopted by the next one.
"""

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path

from clm_site.embedded.state import NAMES, EmbeddedError, Urls, recorded

__all__ = ["NAMES", "EmbeddedError", "Urls", "recorded", "running", "services"]


@contextlib.contextmanager
def services(home: Path, *, names: Collection[str] = NAMES) -> Iterator[Urls]:
    """Keep the servers called `names` up under `home` while the block runs. Raises `EmbeddedError` with a sentence."""
    from clm_site.embedded.sharing import join, leave

    seat = join(home, names=names)
    try:
        yield recorded(home)
    finally:
        leave(home, seat)


def running(home: Path) -> dict[str, bool]:
    """Which servers answer under `home` at this moment; starts nothing."""
    from clm_site.embedded.sharing import kinds

    return {server.name: server.healthy() for server in kinds(home)}
