"""`manage.py doctor`: in words what is wrong and what to do. Exit status 1 when something does not work."""

import json
import logging
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clm_site.doctor import Finding, Level, examine, fine, problem
from clm_site.doctor.house import stores_down

NAMES = {"postgres": "PostgreSQL", "redis": "Redis"}
MARKS = {Level.FINE: "ok     ", Level.WARNING: "warning", Level.PROBLEM: "PROBLEM"}


class Command(BaseCommand):
    help = "Say what is wrong with this site and what to do. Starts and changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        logging.getLogger().setLevel(logging.CRITICAL)  # what matters is said below, once
        down = stores_down()
        found = [("stores", _store(name, down)) for name in NAMES]
        found += examine(down=down)
        well = all(finding.level is not Level.PROBLEM for _name, finding in found)
        if options["json"]:
            rows = [{"check": name, "level": each.level, "says": each.says, "do": each.do} for name, each in found]
            self.stdout.write(json.dumps({"ok": well, "findings": rows}, indent=1))
        else:
            for name, each in found:
                self.stdout.write(f"{MARKS[each.level]}  {name:11} {each.says}")
                if each.do:
                    self.stdout.write(f"{'':22}→ {each.do}")
        if not well:
            sys.exit(1)


def _store(name: str, down: dict[str, str]) -> Finding:
    if name in down:
        return problem(f"{NAMES[name]} does not answer.", down[name])
    return fine(f"{NAMES[name]} answers.")
