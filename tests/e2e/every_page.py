"""Every kind of page a person may open, with an example of each on the site of the browser tests.

A new page without a line here is a red test: what is not listed is neither judged for access nor for weight.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any, Final

VISITOR, READER, MODERATOR = "visitor", "reader", "moderator"

# What answers no page: signs of life, streams, downloads, forms that only take a post, files for machines.
NO_PAGES: Final = frozenset(
    {
        *("health", "ready", "metrics", "answer_stream", "stop_answer", "rate_answer"),
        *("submission_withdraw", "review_claim", "review_release", "review_decide", "sign_in_link"),
        *("titles", "cite_pattern", "pattern_text", "lighthouse_text", "collection_share"),
        *("collection_delete", "collection_restore"),
        *("item_move", "item_remove", "item_restore", "copy_collection"),
        *("withdraw_question", "wanted_outline"),
        *("end_session", "end_other_sessions", "export_data"),
        *("feed", "sitemap", "sitemap_section", "robots", "llms"),
    }
)

# name of the address: (an example, who looks). `{answer}` and its kin are filled in by `seed`.
PAGES: Final[dict[str, tuple[str, str]]] = {
    "home": ("/", VISITOR),
    "search": ("/search/?q=ownership", VISITOR),
    "ask": ("/ask/", VISITOR),
    "answer": ("/answers/{answer}/", READER),
    "offer_answer": ("/answers/{answer}/offer/", READER),
    "questions": ("/questions/", VISITOR),
    "question": ("{question}", VISITOR),
    "report_question": ("/questions/{question_id}/report/", VISITOR),
    "offered_question": ("/questions/offers/{offer}/", READER),
    "correct_answer": ("/answers/{answer}/correction/", READER),
    "transparency": ("/transparency/", VISITOR),
    "about": ("/about/", VISITOR),
    "licence": ("/licence/", VISITOR),
    "privacy": ("/privacy/", VISITOR),
    "language": ("/language/", VISITOR),
    "wanted": ("/wanted/", VISITOR),
    "wanted_one": ("/wanted/{wanted}/", VISITOR),
    "browse": ("/patterns/?domain=governance", VISITOR),
    "constellations": ("/constellations/?archetype=sme&stage=growth&sector=finance", VISITOR),
    "pattern": ("/patterns/steward-ownership/", VISITOR),
    "pattern_history": ("/patterns/steward-ownership/history/", VISITOR),
    "pattern_revision": ("/patterns/steward-ownership/r/1/?start=10&end=90", VISITOR),
    "pattern_compare": ("/patterns/retrospectives/compare/?from=1&to=2", VISITOR),
    "pattern_card": ("/patterns/steward-ownership/card/", VISITOR),
    "card_check": ("/cards/retrospectives/1/", VISITOR),
    "relations": ("/relations/", VISITOR),
    "relations_of": ("/relations/steward-ownership/", VISITOR),
    "prerequisites": ("/relations/steward-ownership/prerequisites/", VISITOR),
    "relation_paths": ("/relations/steward-ownership/to/retrospectives/", VISITOR),
    "suggest_edit": ("/patterns/steward-ownership/edit/", READER),
    "lighthouses": ("/lighthouses/", VISITOR),
    "lighthouse": ("/lighthouses/buurtzorg/", VISITOR),
    "lighthouse_history": ("/lighthouses/buurtzorg/history/", VISITOR),
    "lighthouse_compare": ("/lighthouses/buurtzorg/compare/?from=1&to=1", VISITOR),
    "lighthouse_revision": ("/lighthouses/buurtzorg/r/1/", VISITOR),
    "save_pattern": ("/patterns/steward-ownership/save/", READER),
    "collections": ("/collections/", READER),
    "collection": ("/collections/{collection}/", READER),
    "collection_edit": ("/collections/{collection}/edit/", READER),
    "item_note": ("/collections/{collection}/items/{entry}/note/", READER),
    "collection_cards": ("/collections/{collection}/cards/", READER),
    "shared_collection": ("/shared/{share}/", VISITOR),
    "shared_cards": ("/shared/{share}/cards/", VISITOR),
    "submissions": ("/submissions/", READER),
    "submission": ("/submissions/{submission}/", READER),
    "review_queue": ("/review/", MODERATOR),
    "review_item": ("/review/{item}/", MODERATOR),
    "mail_page": ("/mail/", MODERATOR),
    "account": ("/account/", READER),
    "preferences": ("/account/preferences/", READER),
    "own_sessions": ("/account/sessions/", READER),
    "second_step": ("/account/second-step/", READER),
    "own_data": ("/account/data/", READER),
    "erase_account": ("/account/erase/", READER),
    "roles": ("/account/roles/?q=reader", MODERATOR),
    "roles_of": ("/account/roles/{reader}/", MODERATOR),
    "person": ("/people/{reader}/", VISITOR),
}

# Pages of django-allauth in this site's clothes.
BORROWED: Final[dict[str, tuple[str, str]]] = {
    "account_login": ("/accounts/login/", VISITOR),
    "account_signup": ("/accounts/signup/", VISITOR),
    "account_logout": ("/accounts/logout/", READER),
    "account_email": ("/accounts/email/", READER),
    "account_reset_password": ("/accounts/password/reset/", VISITOR),
    "account_set_password": ("/accounts/password/set/", READER),
    "account_inactive": ("/accounts/inactive/", VISITOR),
    "mfa_index": ("/accounts/2fa/", READER),
    "mfa_activate_totp": ("/accounts/2fa/totp/activate/", READER),
    "socialaccount_login_cancelled": ("/accounts/3rdparty/login/cancelled/", VISITOR),
}

# The same kinds in the states that are easily forgotten.
STATES: Final[dict[str, tuple[str, str]]] = {
    "a question without words": ("/search/", VISITOR),
    "nothing found": ("/search/?q=zxqvy", VISITOR),
    "no pattern is all of it": ("/patterns/?domain=nothing", VISITOR),
    "another wording": ("/patterns/steward-ownership/?wording=tech", VISITOR),
    "a way to itself": ("/relations/steward-ownership/to/steward-ownership/", VISITOR),
    "filters of which one must go": ("/patterns/?domain=governance&tier=gold&stage=growth", VISITOR),
    "a list of what suits best": ("/patterns/?stage=growth&archetype=startup&sort=suited", VISITOR),
    "no situation chosen yet": ("/constellations/", VISITOR),
    "a situation nobody knows": ("/constellations/?archetype=nobody&stage=growth", VISITOR),
    "a question the library cannot answer": ("{open_question}", VISITOR),
    "a topic people ask for": ("{topic}", VISITOR),
    "an offered question in the queue": ("/review/{offer_item}/", MODERATOR),
    "no public question fits": ("/questions/?q=zxqvy", VISITOR),
    "a list that has no such page": ("/wanted/?page=99", VISITOR),
    "a page that is not there": ("/patterns/no-such-pattern/", VISITOR),
    "a form that must be filled in": ("/accounts/login/?next=/submissions/", VISITOR),
}

ABSENT: Final = frozenset({"a list that has no such page", "a page that is not there"})  # answered with 404


def names() -> Iterator[str]:
    """The names of all addresses of this project that can be looked at; allauth's and Django's own are theirs."""
    from django.urls import URLResolver, get_resolver

    def walk(resolver: URLResolver) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one)
            elif one.name:
                yield one.name, getattr(one.callback, "__module__", "")

    ours = ("clm_site", "patterns", "inference", "feedback")
    yield from (name for name, module in walk(get_resolver()) if module.split(".")[0] in ours)


def seed() -> dict[str, dict[str, Any]]:
    """Write what the examples show; return their ids and a session key of each signed-in person. Runs on the site."""
    from patterns.collections import arranging, collecting
    from patterns.enums import SubmissionKind
    from patterns.models import Pattern, ReviewItem
    from patterns.people.signin import first_moderator
    from patterns.publishing import publish
    from patterns.submissions import save_draft, submit
    from tests.factories.answers import make_answer
    from tests.factories.library import make_user

    reader = make_user("A reader of every page")
    reader.emailaddress_set.create(email=reader.email, verified=True, primary=True)
    pattern = Pattern.objects.get(slug="steward-ownership")
    answer = make_answer("What is steward ownership?", cites=(pattern,), asker=reader)
    text = pattern.current.source.replace("A company reaches the day", "Every company reaches the day")
    draft = save_draft(
        author=reader, kind=SubmissionKind.EDIT, title=pattern.title, text=text, pattern=pattern,
        based_on=pattern.current, note="It happens to all of them.", consent=True,
    )  # fmt: skip
    sent = submit(draft, actor=reader)
    item = ReviewItem.objects.get(kind=sent.kind, object_id=sent.pk)
    other = Pattern.objects.get(slug="retrospectives")
    publish(other, source=other.current.source.replace("### Section 1: Context", "### Section 1: Where it is at home"))
    kept = collecting.create(reader, title="For our own house", description="What we try first.")
    for one in (pattern, other):
        entry, _ = arranging.add(kept, pattern=one, actor=reader)
    asked = _questions(pattern) | _people(reader)
    ids = {"collection": kept.pk, "entry": entry.pk, "share": collecting.share(kept, actor=reader).token}
    return {
        "ids": {"answer": answer.public_id, "submission": sent.pk, "item": item.pk, **ids, **asked},
        "sessions": {READER: _session(reader), MODERATOR: _session(first_moderator())},
    }


def _people(reader: Any) -> dict[str, Any]:
    """A reader with a role and something published."""
    from patterns.enums import Role
    from patterns.models import Pattern
    from patterns.people.roles import grant
    from patterns.publishing import publish

    grant(reader, Role.CONTRIBUTOR, by=None, reason="Known from the spring meeting.")
    pattern = Pattern.objects.get(slug="retrospectives")
    publish(pattern, source=pattern.current.source + "\nMore.\n", author=reader, message="Say more")
    return {"reader": str(reader.public_id)}


def _questions(pattern: Any) -> dict[str, Any]:
    """A public question, one without an answer in its topic, one that waits, and what a lighthouse wants."""
    from inference.models import WantedTopic
    from patterns.models import Adoption, Lighthouse, ReviewItem
    from tests.factories.questions import offer, publish

    public = publish("How does steward ownership keep a purpose alive?", cites=(pattern,))
    missing = publish("How can a city keep bees on its rooftops?", cites=())
    topic = WantedTopic.objects.create(label="City, bees, rooftops", askers=4, state="shown", nearest=[pattern.pk])
    waiting = offer("What does steward ownership cost in the first year?", cites=(pattern,))
    Adoption.objects.create(
        lighthouse=Lighthouse.objects.get(slug="buurtzorg"), reference="Neighbourhood nursing", position=99, line=4
    )
    return {
        "question": public.get_absolute_url(),
        "question_id": public.pk,
        "open_question": missing.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "offer": waiting.token,
        "offer_item": ReviewItem.objects.get(kind="public_question", object_id=waiting.pk).pk,
        "wanted": "neighbourhood-nursing",
    }


def _session(user: Any) -> str:
    """The key of a session in which `user` is signed in, as Django's own `login` writes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def main() -> None:
    sys.stdout.write(json.dumps(seed()))
