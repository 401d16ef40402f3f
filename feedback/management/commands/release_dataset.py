"""Cuts a dataset release by hand."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feedback.releasing import NothingToRelease, Unchanged, folder_of, release_dataset
from patterns.models import User


class Command(BaseCommand):
    help = "Write a dataset release from the accepted corrections and put it on the retraining queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", metavar="EMAIL", help="the account the release is made by, for the audit log")
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = None
        if options["by"] and (by := User.objects.filter(email__iexact=options["by"]).first()) is None:
            raise CommandError(f"No account has the e-mail address {options['by']}.")
        made, note = True, ""
        try:
            release = release_dataset(by=by)
        except Unchanged as same:
            release, made, note = same.release, False, str(same)
        except NothingToRelease as nothing:
            if options["json"]:
                self.stdout.write(json.dumps({"made": False, "note": str(nothing)}))
                return
            self.stdout.write(str(nothing))
            return
        folder = folder_of(release)
        if options["json"]:
            facts = {
                "made": made,
                "note": note,
                "version": release.version,
                "sha256": release.sha256,
                "rows": release.rows,
                "splits": release.manifest["splits"],
                "folder": str(folder),
                "run": release.runs.order_by("pk").values_list("pk", flat=True).first(),
            }
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(
            note or f"Release {release.version}: {release.rows} rows in {folder}. It waits on the retraining queue."
        )
