"""`manage.py export_library`: write a library back as Commons OS files."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from patterns.exporting import ExportError, export_library


class Command(BaseCommand):
    help = "Write the library to a folder as Commons OS files; what nobody changed comes back to the byte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", help="an empty folder, or one an earlier export wrote")
        parser.add_argument("--library", metavar="SLUG", help="only this library; else all, each in its own folder")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        with tqdm(unit=" files", disable=True if options["json"] else None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = max(done, total)
                bar.update(done - bar.n)

            try:
                report = export_library(options["directory"], library=options["library"], progress=progress)
            except (ExportError, OSError) as problem:
                raise CommandError(str(problem), returncode=1) from problem
        self.stdout.write(
            json.dumps(report.as_json(), ensure_ascii=False, indent=1) if options["json"] else report.summary()
        )
