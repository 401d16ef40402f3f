"""`manage.py person`: hand out or erase what the site holds of somebody who asked the operator for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patterns.people import erasing, exporting
from patterns.people.models import User


class Command(BaseCommand):
    help = "Export or erase an account, for a person who cannot do it themselves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose account")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--export", type=Path, metavar="FILE", help="write everything held of them into FILE, as JSON")
        act.add_argument("--erase", action="store_true", help="erase the account for good, without asking again")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], erased_at=None).first()
        if user is None:
            raise CommandError(f"No account has the address {options['email']}.")
        if options["erase"]:
            erasing.erase(user, by=None)
            self.stdout.write("Erased. What they published stays, credited to a former contributor.")
            return
        found = exporting.export(user, by=None)
        with options["export"].open("x", encoding="utf-8") as file:
            file.write(exporting.as_json(found))
        options["export"].chmod(0o600)
        self.stdout.write(f"Written to {options['export']}.")
