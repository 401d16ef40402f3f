"""One of everything that an address acts on, seen by one person: what is *mine* belongs to whoever acts."""

import itertools
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.core import signing
from django.utils import timezone

from patterns import blocklist, flags
from patterns.enums import Role, SubmissionKind
from patterns.models import ReviewItem, User
from patterns.people import bans, traps
from tests.factories.library import make_pattern, make_user

ROLES = ("visitor", "reader", "author", "reviewer", "own_reviewer", "curator", "admin", "banned")
OWNERS = {"author", "own_reviewer", "banned"}  # to them belongs what the address acts on
_HELD = {
    "reviewer": [Role.REVIEWER],
    "own_reviewer": [Role.REVIEWER],
    "banned": [Role.REVIEWER],
    "curator": [Role.CURATOR],
    "admin": [Role.ADMIN],
}
_number = itertools.count(1)


@dataclass
class World:
    """`me` acts in `role`; `owner` is me or somebody else. Things are made when a row first asks for them."""

    role: str
    me: User | None = None
    owner: User = field(init=False)

    def __post_init__(self) -> None:
        if self.role != "visitor":
            self.me = make_user(f"A {self.role}", roles=_HELD.get(self.role, []), password="old-words-of-mine-7")
            self.me.emailaddress_set.create(email=self.me.email, verified=True, primary=True)
        self.owner = self.me if self.role in OWNERS else make_user("Somebody else")

    def settle(self) -> None:
        """The ban comes last: until then its person could write what the address acts on."""
        if self.role == "banned":
            bans.ban(self.me, reason="Sent advertisements.", until=None, by=self.admin)

    @cached_property
    def admin(self) -> User:
        return make_user("An admin far away", roles=[Role.ADMIN])

    @cached_property
    def other(self) -> User:
        return make_user("A third person")

    @cached_property
    def pattern(self) -> Any:
        return make_pattern(f"Shared ground {next(_number)}", revision={"author": self.owner})

    @cached_property
    def submission(self) -> Any:
        from patterns.submissions import save_draft, submit

        pattern = make_pattern(f"Edited ground {next(_number)}")
        text = pattern.current.source.replace("something", "a garden")
        draft = save_draft(
            author=self.owner, kind=SubmissionKind.EDIT, title=pattern.title, text=text, pattern=pattern,
            based_on=pattern.current, consent=True,
        )  # fmt: skip
        return submit(draft, actor=self.owner)

    @cached_property
    def item(self) -> ReviewItem:
        return ReviewItem.objects.get(kind="edit", object_id=self.submission.pk)

    @cached_property
    def case(self) -> Any:
        by = make_user("A careful reader")
        return flags.flag("pattern", self.pattern.slug, reason="wrong", by=by)[0].case

    @cached_property
    def standing_ban(self) -> Any:
        return bans.ban(self.other, reason="Sent advertisements.", until=None, by=self.admin)

    @cached_property
    def proposed_ban(self) -> Any:
        by = make_user("A reviewer far away", roles=[Role.REVIEWER])
        return bans.propose(self.other, reason="Again.", until=timezone.now() + timedelta(days=7), by=by)

    @cached_property
    def rule(self) -> Any:
        return blocklist.add(kind="word", value="casino", reason="Spam.", by=self.admin)

    @cached_property
    def collection(self) -> Any:
        from tests.factories.collecting import make_collection

        return make_collection(self.owner, self.pattern)

    @cached_property
    def entry(self) -> Any:
        return self.collection.items.get()

    @staticmethod
    def seen(thing: Any) -> str:
        """What a form says of the text it was opened on."""
        from patterns.collections.collecting import fingerprint

        return fingerprint(thing.note) if hasattr(thing, "note") else fingerprint(thing.title, thing.description)

    @cached_property
    def share(self) -> Any:
        from patterns.collections import collecting

        return collecting.share(self.collection, actor=self.owner)

    @cached_property
    def answer(self) -> Any:
        from tests.factories.answers import make_answer

        return make_answer(asker=self.owner)

    @cached_property
    def offer(self) -> Any:
        from tests.factories.questions import offer

        return offer(by=self.owner)

    @cached_property
    def question(self) -> Any:
        from tests.factories.questions import publish

        return publish()

    def edit(self, action: str) -> dict[str, Any]:
        """What the edit form of `pattern` sends."""
        from tests.factories.writing import form_over

        sent = form_over(self.pattern.current, key="k" * 16)
        texts = {name: text + "\nMore." for name, text in sent.items() if name.startswith("section-") and text}
        return {**sent, "consent": "on", "action": action, **texts}

    def trap(self) -> dict[str, str]:
        """The fields of a form that a person filled in."""
        opened = int((time.time() - 30) * 1000)
        return {traps.HIDDEN: "", traps.STAMP: signing.dumps(opened, salt="clm.form")}
