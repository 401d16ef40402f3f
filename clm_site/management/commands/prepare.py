"""`manage.py prepare`: what a deployment runs once before its processes start (`up` does the same by itself)."""

from typing import Any

from django.core.management.base import BaseCommand

from clm_site.supervisor.preparing import prepare


class Command(BaseCommand):
    help = "Bring the tables, the static files and the starter library up to date. Safe to repeat."

    def handle(self, *_args: Any, **_options: Any) -> None:
        prepare(self.stdout.write)
        self.stdout.write("Ready to start.")
