"""What the supervisor looks after besides exits: stores that died, processes that hang, a build that finished."""

import logging
import threading
import time
from collections.abc import Collection

from clm_site.embedded import EmbeddedError
from clm_site.embedded.sharing import revive
from clm_site.supervisor.running import Supervisor, answers

GRACE = 120.0  # seconds a worker may take to load its models before silence counts
PING_EVERY = 30.0
MISSES = 3

log = logging.getLogger(__name__)


class Watch:
    def __init__(self, *, stores: Collection[str]) -> None:
        self._stores = stores
        self._next_ping = 0.0
        self._misses: dict[str, int] = {}
        self._heard: set[str] | None = None

    def look(self, site: Supervisor) -> None:
        self._revive_stores(site)
        self._finish_builds(site)
        if time.monotonic() >= self._next_ping:
            self._next_ping = time.monotonic() + PING_EVERY
            self._judge(site)
            # In a thread, because a Redis that hangs must not keep the supervisor from its work.
            threading.Thread(target=self._listen, args=(site,), daemon=True).start()

    def _revive_stores(self, site: Supervisor) -> None:
        try:
            for name in revive(site.home, names=self._stores):
                site.log.say(f"{name} had ended; it runs again.")
        except EmbeddedError as problem:
            site.log.say(str(problem))

    def _finish_builds(self, site: Supervisor) -> None:
        build = site.children.get("llama")
        if build is None or build.ended_well is None:
            return
        del site.children["llama"]
        if build.ended_well:
            site.log.say("The local model runtime is ready; answers from a registered GGUF model are possible now.")
            site.children["answers"].restart()
        else:
            site.log.say(
                "The local model runtime could not be compiled, so answers stay extractive (quoted passages). "
                f"Why: see the end of {build.program.log}; then run python3 requirements/install.py --llama --again"
            )
        site.remember()

    def _listen(self, site: Supervisor) -> None:
        from clm_site.celery import app

        heard = {"web"} if answers(site.address, timeout=5) else set()
        try:
            for reply in app.control.ping(timeout=3):
                heard.update(name.partition("@")[0] for name in reply)
        except Exception:  # any trouble with the wire is silence, and silence is judged
            log.debug("no ping", exc_info=True)
        self._heard = heard

    def _judge(self, site: Supervisor) -> None:
        if self._heard is None:
            return
        for name, child in site.children.items():
            silent = name not in self._heard and child.age > GRACE and not child.program.once
            self._misses[name] = self._misses.get(name, 0) + 1 if silent else 0
            if self._misses[name] >= MISSES:
                site.log.say(f"{name} has not answered for {MISSES * PING_EVERY:.0f} s; it is started again.")
                self._misses[name] = 0
                child.restart()
                site.remember()
