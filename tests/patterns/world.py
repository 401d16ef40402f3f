"""One of everything that an address acts on, seen by one person: what is *mine* belongs to whoever acts."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from patterns import blocklist, flags, publishing
from patterns.enums import Role, SubmissionKind, Tier
from patterns.models import ReviewItem, User
from patterns.people import bans
from patterns.people.roles import is_reviewer
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_user

ROLES = ("visitor", "reader", "author", "reviewer", "own_reviewer", "curator", "admin", "banned")
OWNERS = {"author", "own_reviewer", "banned"}  # to them belongs what the address acts on
PASSWORD = "old-words-of-mine-7"
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
            self.me = make_user(f"A {self.role}", roles=_HELD.get(self.role, []), password=PASSWORD)
            self.me.emailaddress_set.create(email=self.me.email, verified=True, primary=True)
        self.owner = self.me if self.role in OWNERS else make_user("Somebody else")

    def furnished(self) -> "World":
        """This world with what most rows ask for."""
        for name in ("pattern", "lighthouse", "item", "silver", "other", "admin"):
            getattr(self, name)
        return self

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
    def reviewer(self) -> User:
        """Whose desk, lists and acts of reviewing the row is about: the owner's, if they may have any."""
        return self.owner if is_reviewer(self.owner) else make_user("A reviewer elsewhere", roles=[Role.REVIEWER])

    @cached_property
    def pattern(self) -> Any:
        return make_pattern(f"Shared ground {next(_number)}", revision={"author": self.owner})

    @cached_property
    def lighthouse(self) -> Any:
        return make_lighthouse(f"A place {next(_number)}")

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
    def new_pattern(self) -> Any:
        from patterns.submissions import save_draft

        text = "---\ntitle: Shared well\n---\n\n## Context\n\nMy own words.\n"
        return save_draft(author=self.owner, kind=SubmissionKind.NEW_PATTERN, title="Shared well", text=text)

    @cached_property
    def comment(self) -> Any:
        from tests.factories.reviewing import say

        return say(self.item, self.owner, "Is this so?", spot="w")

    @cached_property
    def reason(self) -> Any:
        from patterns.review.reasons import save_reason

        return save_reason(self.reviewer, text="Please name a source.")

    @cached_property
    def view(self) -> Any:
        from patterns.review.filters import Filters
        from patterns.review.saved import save_view

        return save_view(self.reviewer, name="Free ones", filters=Filters(state="free"))

    @cached_property
    def bulk(self) -> Any:
        """Something that somebody else sent was claimed from the list."""
        from patterns.review.bulk import carry_out, chosen_of
        from tests.factories.reviewing import send_edit

        item = send_edit(title=f"Well {next(_number)}")
        return carry_out("claim", chosen_of([self.ticked(item)]), actor=self.reviewer, key="b" * 16)

    @staticmethod
    def ticked(item: ReviewItem) -> str:
        return f"{item.pk}:{item.version}"

    @cached_property
    def relation(self) -> Any:
        """One that nobody reviewed."""
        from tests.factories.relating import suggested

        return suggested(suggested_by=self.owner)

    @cached_property
    def batch(self) -> Any:
        """A relation was accepted at the desk."""
        from patterns.relating.deciding import decide
        from tests.factories.relating import picks, suggested

        return decide(picks(suggested()), reviewer=self.reviewer, act="accept").batch

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

    @cached_property
    def silver(self) -> Any:
        return make_pattern(f"Silver ground {next(_number)}", tier=Tier.SILVER)

    @cached_property
    def adoption(self) -> Any:
        return make_lighthouse(f"A village {next(_number)}", uses=(self.silver,)).adoptions.get()

    @cached_property
    def gold(self) -> Any:
        return make_pattern(f"Golden ground {next(_number)}", tier=Tier.GOLD)

    def retired(self, thing: Any) -> Any:
        publishing.retire(thing, actor=self.admin, reason="It is out of date.")
        return thing

    def rewritten(self, thing: Any) -> Any:
        add_revision(thing, "## Context\n\nOther words.\n")
        return thing

    @cached_property
    def merged(self) -> Any:
        publishing.merge(self.pattern, into=self.silver, by=self.admin, reason="They say the same.")
        return self.pattern

    @cached_property
    def gold_merged(self) -> Any:
        """A gold pattern that became part of the silver one, by nobody who acts here."""
        return publishing.merge(self.gold, into=self.silver, by=make_curator(), reason="They say the same.")

    @staticmethod
    def act(thing: Any, **more: Any) -> dict[str, Any]:
        """What a curator's form about `thing` sends: the reason, and what the page showed."""
        return {"reason": "The library is better so.", "seen": publishing.standing(thing), **more}

    @cached_property
    def session(self) -> Any:
        return self.owner.own_sessions.create(key_sha256="0" * 64, browser="Firefox on Linux")

    def opened(self, kind: SubmissionKind, thing: Any = None) -> dict[str, Any]:
        """What the editor's form sends that keeps a draft."""
        from patterns.writing.works import Work
        from tests.factories.writing import form_of

        return {**form_of(Work(kind, thing), key="k" * 16), "title": "Shared well", "action": "save"}

    def edit(self, action: str) -> dict[str, Any]:
        """What the edit form of `pattern` sends."""
        from tests.factories.writing import form_over

        sent = form_over(self.pattern.current, key="k" * 16)
        texts = {name: text + "\nMore." for name, text in sent.items() if name.startswith("section-") and text}
        return {**sent, "consent": "on", "action": action, **texts}

    def trap(self) -> dict[str, str]:
        """The fields of a form that a person filled in."""
        from tests.factories.writing import trap

        return trap()
