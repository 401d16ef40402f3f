"""`manage.py import_library`: bring in a library from a folder or a git address."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from patterns.importing import BusyError, Mode, NeedsModeError, NoLibraryError, Report, SourceError, import_library


class Command(BaseCommand):
    help = "Import patterns, lighthouses, relations and suitability records from Commons OS files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="PATH|GIT-URL", help="the library's folder, or its git address")
        modes = parser.add_mutually_exclusive_group()
        modes.add_argument(
            "--replace",
            action="store_const",
            const="replace",
            dest="mode",
            help="retire what nobody touched of the other libraries, and of files that are gone",
        )
        modes.add_argument(
            "--beside",
            action="store_const",
            const="beside",
            dest="mode",
            help="keep the libraries that are there; a clashing address gets a suffix",
        )
        parser.add_argument("--library", metavar="SLUG", help="what to call the library; else the source's own name")
        parser.add_argument("--title", help="what readers see it called; else made from its name")
        parser.add_argument("--dry-run", action="store_true", help="do everything, report it, and take it back")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            report = self._import(options, mode=options["mode"])
        except NeedsModeError as question:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise CommandError(str(question), returncode=2) from question
            report = self._import(options, mode=_ask(question))
        except (SourceError, NoLibraryError, BusyError) as problem:
            raise CommandError(str(problem), returncode=1) from problem
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report.summary())

    def _import(self, options: dict[str, Any], *, mode: str | None) -> Report:
        with tqdm(unit=" files", disable=None if not options["json"] else True) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return import_library(
                options["source"],
                mode=mode,
                dry_run=options["dry_run"],
                library=options["library"],
                title=options["title"],
                progress=progress,
            )


def _ask(question: NeedsModeError) -> str:
    titles = " and ".join(f"“{title}”" for title in question.titles)
    sys.stderr.write(
        f"This site already has the library {titles}.\n"
        "  replace  retire what nobody has touched of it\n"
        "  beside   keep both; a clashing address gets a suffix\n"
    )
    while True:
        sys.stderr.write("replace or beside? ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            raise CommandError("Nothing was imported.", returncode=2)
        for mode in Mode:
            if answer.strip().casefold() in {mode.value, mode.value[0]}:
                return mode.value
