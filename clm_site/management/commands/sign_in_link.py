"""`manage.py sign_in_link`: another one-time moderator sign-in, for when the first was lost or spent."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clm_site.supervisor import record
from patterns.people.models import User
from patterns.people.signin import first_moderator, one_time_link


class Command(BaseCommand):
    help = "Print a link that signs one person in once, within a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="whom to sign in (default: the first moderator)")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["email"]:
            user = first_moderator()
        elif (user := User.objects.filter(email__iexact=options["email"], is_active=True).first()) is None:
            raise CommandError(f"No active account has the address {options['email']}.")
        site = record.read(settings.CLM_HOME)
        running = site.supervisor is not None and site.supervisor.alive()
        self.stdout.write(f"{site.address if running else settings.PUBLIC_URL}{one_time_link(user)}")
