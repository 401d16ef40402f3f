"""`manage.py up`: the whole site under one parent, from nothing to an address in the browser."""

import os
import socket
import sys
from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clm_site.cli import embedded_stores
from clm_site.supervisor.listening import address_of, listen
from clm_site.supervisor.log import SiteLog
from clm_site.supervisor.preparing import prepare
from clm_site.supervisor.programs import llama_build, workers
from clm_site.supervisor.record import AlreadyRunning, take_over
from clm_site.supervisor.running import Supervisor
from clm_site.supervisor.watching import Watch

DEFAULT_PORT = 8000


class Command(BaseCommand):
    help = "Run the whole site: stores, web and workers under one supervisor. Ctrl-C stops all of it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", default="", help=f"port, or 'auto' for any (default: {DEFAULT_PORT} or the next)")
        parser.add_argument("--no-workers", action="store_true", help="only the web process")
        parser.add_argument("--no-llama", action="store_true", help="do not compile the local model runtime")

    def handle(self, *_args: Any, **options: Any) -> None:
        home: Path = settings.CLM_HOME
        log = SiteLog(home / "log" / "clm.log")
        try:
            lock = take_over(home)
        except AlreadyRunning as running:
            raise CommandError(str(running)) from None
        with lock:
            self._serve(home, log, options)
        log.close()

    def _serve(self, home: Path, log: SiteLog, options: dict[str, Any]) -> None:
        sock = _listen(options["host"], options["port"], log)
        address = address_of(sock)
        os.environ.setdefault("CLM_PUBLIC_URL", address)  # for the children; this process has read its settings
        watch = Watch(stores=embedded_stores())
        site = Supervisor(
            home=home, directory=settings.BASE_DIR, sock=sock, address=address, log=log, between=watch.look
        )
        site.heed_signals()
        try:
            prepare(log.say)
            if site.start_web():
                _welcome(log, address)
                if not options["no_workers"]:
                    for program in workers(home):
                        site.add(program)
                    if not options["no_llama"]:
                        _build_llama(site, home)
            elif not site.stopping:
                raise CommandError(
                    f"The web process did not come up. Its last words are in {home / 'log' / 'clm.log'}."
                )
            site.run()
        finally:
            log.say("Stopping.")
            site.stop()
            log.say("Stopped.")


def _listen(host: str, port: str, log: SiteLog) -> socket.socket:
    try:
        wished = 0 if port == "auto" else int(port or DEFAULT_PORT)
        sock = listen(host, wished, strict=bool(port))
    except (ValueError, OverflowError):
        raise CommandError(f"--port is '{port}'; write a number up to 65535, or auto.") from None
    except OSError as problem:
        raise CommandError(f"Port {port or DEFAULT_PORT} on {host} cannot be used: {problem.strerror}.") from None
    taken = sock.getsockname()[1]
    if wished and taken != wished:
        log.say(f"Port {wished} is taken; this site uses {taken}.")
    return sock


def _welcome(log: SiteLog, address: str) -> None:
    from patterns.people.signin import first_moderator, one_time_link

    log.say(f"The site is at {address}/")
    log.say(f"Sign in as moderator (once, within a day): {address}{one_time_link(first_moderator())}", file=False)
    if sys.stdout.isatty():
        log.say("Ctrl-C stops everything.", file=False)


def _build_llama(site: Supervisor, home: Path) -> None:
    install = settings.BASE_DIR / "requirements" / "install.py"
    if find_spec("llama_cpp") is None and install.exists():
        program = llama_build(home, install)
        site.log.say(
            f"Compiling the local model runtime beside the site (about five minutes; see {program.log}). "
            "Until then answers quote passages."
        )
        site.add(program)
