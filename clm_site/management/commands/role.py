"""`manage.py role`: give or take a role as the operator of this machine, or see who has which."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patterns.enums import Role
from patterns.people import roles
from patterns.people.models import User
from patterns.queries.people import people_with_roles


class Command(BaseCommand):
    help = "Give or take a role, or list who has one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="whose role; without it, everybody who has one is listed")
        change = parser.add_mutually_exclusive_group()
        change.add_argument("--give", choices=Role.values, help="the role to give")
        change.add_argument("--take", choices=Role.values, help="the role to take")
        parser.add_argument("--reason", default="", help="why; it stands in the log")
        parser.add_argument("--json", action="store_true", help="print what is true now as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["email"]:
            if options["give"] or options["take"]:
                raise CommandError("Say whose role: manage.py role somebody@example.org --give reviewer")
            self._say(people_with_roles(), as_json=options["json"])
            return
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"No active account has the address {options['email']}.")
        if options["give"]:
            roles.grant(user, Role(options["give"]), by=None, reason=options["reason"])
        elif options["take"]:
            roles.revoke(user, Role(options["take"]), by=None, reason=options["reason"])
        self._say([user], as_json=options["json"])

    def _say(self, people: list[User], *, as_json: bool) -> None:
        rows = [{"email": one.email, "name": one.name, "roles": list(one.roles)} for one in people]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['email']}: {', '.join(row['roles']) or 'no role'}")
