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
        *("health", "ready", "metrics", "answer_stream", "stop_answer", "rate_answer", "login"),
        *("submission_withdraw", "review_claim", "review_release", "review_decide", "sign_in_link"),
        *("live_checks", "submission_turn"),
        *("review_view_change", "review_bulk", "review_bulk_do", "review_bulk_undo"),
        *("review_keep", "review_comment", "review_comment_act", "sending_text"),
        *("titles", "cite_pattern", "pattern_text", "lighthouse_text", "collection_share"),
        *("collection_delete", "collection_restore"),
        *("relation_decide", "relation_decide_all", "relation_undo"),
        *("item_move", "item_remove", "item_restore", "copy_collection"),
        *("withdraw_question", "wanted_outline", "notice", "notices_read"),
        *("withdraw_question", "wanted_outline"),
        *("flag_decide", "ban_settle", "ban_lift", "rule_remove"),
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
    "contribute": ("/contribute/", READER),
    "new_pattern": ("/contribute/pattern/", READER),
    "new_lighthouse": ("/contribute/lighthouse/", VISITOR),
    "import_file": ("/contribute/import/", VISITOR),
    "suggest_relation": ("/patterns/steward-ownership/relations/suggest/", READER),
    "object_relation": ("/patterns/steward-ownership/relations/{relation}/wrong/", READER),
    "relation_desk": ("/review/relations/", MODERATOR),
    "suggest_edit": ("/patterns/steward-ownership/edit/", READER),
    "edit_lighthouse": ("/lighthouses/buurtzorg/edit/", READER),
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
    "submission_checks": ("/submissions/{submission}/checks/", READER),
    "relation_offers": (
        "/contribute/relation-offers/?title=Tool+library&text=Neighbours+share+tools",
        VISITOR,
    ),
    "review_queue": ("/review/", MODERATOR),
    "review_views": ("/review/views/", MODERATOR),
    "review_bulk_result": ("/review/bulk/{bulk}/", MODERATOR),
    "review_item": ("/review/{item}/", MODERATOR),
    "notices": ("/notices/", READER),
    "notices_settings": ("/notices/settings/", READER),
    "notices_unsubscribe": ("/notices/unsubscribe/{unsubscribe}/", VISITOR),
    "changes": ("/changes/", VISITOR),
    "flags": ("/flags/", READER),
    "flag_new": ("/flags/new/?of=pattern:retrospectives", VISITOR),
    "bans": ("/moderation/bans/", MODERATOR),
    "ban_new": ("/moderation/bans/new/?who={banned}", MODERATOR),
    "blocklist": ("/moderation/blocklist/", MODERATOR),
    "review_reasons": ("/review/reasons/", MODERATOR),
    "mail_page": ("/mail/", MODERATOR),
    "manage_pattern": ("/patterns/steward-ownership/manage/", MODERATOR),
    "retire_pattern": ("/patterns/steward-ownership/manage/retire/", MODERATOR),
    "restore_pattern": ("/patterns/{retired}/manage/restore/", MODERATOR),
    "rename_pattern": ("/patterns/steward-ownership/manage/rename/", MODERATOR),
    "revert_pattern": ("/patterns/retrospectives/manage/revert/1/", MODERATOR),
    "merge_pattern": ("/patterns/steward-ownership/manage/merge/?into=retrospectives", MODERATOR),
    "unmerge_pattern": ("/patterns/{merged}/manage/unmerge/", MODERATOR),
    "gold_pattern": ("/patterns/{gold}/manage/gold/", MODERATOR),
    "lower_pattern": ("/patterns/{gold}/manage/lower/", MODERATOR),
    "manage_lighthouse": ("/lighthouses/buurtzorg/manage/", MODERATOR),
    "retire_lighthouse": ("/lighthouses/buurtzorg/manage/retire/", MODERATOR),
    "restore_lighthouse": ("/lighthouses/buurtzorg/manage/restore/", MODERATOR),
    "rename_lighthouse": ("/lighthouses/buurtzorg/manage/rename/", MODERATOR),
    "revert_lighthouse": ("/lighthouses/buurtzorg/manage/revert/1/", MODERATOR),
    "review_tiers": ("/review/tiers/", MODERATOR),
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
    "suggested relations to decide on": ("/review/relations/?all=yes", MODERATOR),
    "a suggested relation in the queue": ("/review/{relation_item}/", MODERATOR),
    "the queue with every filter open": ("/review/?more=1&author=new", MODERATOR),
    "nothing in the queue fits": ("/review/?q=zxqvy", MODERATOR),
    "nothing is held": ("/review/?state=held", MODERATOR),
    "what was decided lately": ("/review/?state=decided", MODERATOR),
    "an offered question in the queue": ("/review/{offer_item}/", MODERATOR),
    "a draft that changes were asked for": ("/contribute/pattern/?submission={asked}", READER),
    "a new pattern in the queue": ("/review/{new_item}/", MODERATOR),
    "an edit at a passage": ("/patterns/steward-ownership/edit/?revision=1&start=10&end=90", VISITOR),
    "no public question fits": ("/questions/?q=zxqvy", VISITOR),
    "a list that has no such page": ("/wanted/?page=99", VISITOR),
    "a flagged pattern in the queue": ("/review/{flag_item}/", MODERATOR),
    "nothing flagged yet": ("/flags/", VISITOR),
    "whom to ban": ("/moderation/bans/new/?name=Somebody", MODERATOR),
    "a comment being written": ("/review/{item}/?on=w", MODERATOR),
    "an item that was sent again": ("/review/{again}/", MODERATOR),
    "an author reads what was asked": ("/submissions/{asked}/", READER),
    "a page that is not there": ("/patterns/no-such-pattern/", VISITOR),
    "a pattern that became part of another": ("/patterns/{merged}/r/1/", VISITOR),
    "which pattern stays": ("/patterns/steward-ownership/manage/merge/", MODERATOR),
    "how a merged pattern stands": ("/patterns/{merged}/manage/", MODERATOR),
    "how a gold pattern stands": ("/patterns/{gold}/manage/", MODERATOR),
    "why a pattern is gold": ("/patterns/{gold}/", VISITOR),
    "what was taken out, and why": ("/patterns/{retired}/", VISITOR),
    "a form that must be filled in": ("/accounts/login/?next=/submissions/", VISITOR),
}

# Pages that are there to say that something is not, with their status.
ABSENT: Final = {
    "a list that has no such page": 404,
    "a page that is not there": 404,
    "what was taken out, and why": 410,
}


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
    from patterns.review.bulk import Chosen, carry_out
    from patterns.review.filters import Filters
    from patterns.review.saved import save_view
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
    again = _sent_again(reader)
    other = Pattern.objects.get(slug="retrospectives")
    publish(other, source=other.current.source.replace("### Section 1: Context", "### Section 1: Where it is at home"))
    kept = collecting.create(reader, title="For our own house", description="What we try first.")
    for one in (pattern, other):
        entry, _ = arranging.add(kept, pattern=one, actor=reader)
    asked = _questions(pattern) | _proposals(reader) | _moderation(reader) | _relations(reader, pattern, other)
    asked |= _told(reader) | _kept_in_order()
    chosen = [Chosen(item.pk, item.version)]
    many = carry_out("claim", chosen, actor=first_moderator(), key="every-page-claim")
    carry_out("release", chosen, actor=first_moderator(), key="every-page-release")
    save_view(first_moderator(), name="What newcomers send", filters=Filters(author="new"))
    asked |= _people(reader)
    ids = {"collection": kept.pk, "entry": entry.pk, "share": collecting.share(kept, actor=reader).token}
    return {
        "ids": {
            "answer": answer.public_id,
            "submission": sent.pk,
            "item": item.pk,
            "bulk": many.pk,
            **again,
            **ids,
            **asked,
        },
        "sessions": {READER: _session(reader), MODERATOR: _session(first_moderator())},
    }


def _proposals(reader: Any) -> dict[str, Any]:
    """A new pattern whose author was asked for changes, and one that waits."""
    from patterns.enums import SubmissionKind
    from patterns.models import ReviewItem
    from patterns.people.signin import first_moderator
    from patterns.review import decide
    from patterns.submissions import save_draft, submit

    text = (
        "---\ntitle: Tool Library\nsummary: Lend tools as books are lent.\n---\n\n### Section 1: Context\n\nA street.\n"
    )
    kind, items = SubmissionKind.NEW_PATTERN, []
    for title in ("Tool Library", "Seed Library"):
        draft = save_draft(
            author=reader, kind=kind, title=title, text=text.replace("Tool Library", title), consent=True
        )
        items.append(ReviewItem.objects.get(kind=kind, object_id=submit(draft, actor=reader).pk))
    asked, waiting = items
    decide(
        asked, reviewer=first_moderator(), decision="request_changes", reason="Who lends?", version=asked.version
    )  # fmt: skip
    return {"asked": asked.object_id, "new_item": waiting.pk}


def _sent_again(author: Any) -> dict[str, Any]:
    """An edit that was talked about, asked back and sent once more."""
    from patterns.enums import Decision, SubmissionKind
    from patterns.models import Pattern, ReviewItem
    from patterns.review import comments, decide
    from patterns.submissions import save_draft, submit
    from tests.factories.people import make_reviewer

    pattern, reviewer = Pattern.objects.get(slug="weekly-review"), make_reviewer("A reviewer of every page")
    values = {"author": author, "kind": SubmissionKind.EDIT, "title": pattern.title, "pattern": pattern}
    values |= {"based_on": pattern.current, "consent": True, "key": "sent-again-and-again"}
    text = f"{pattern.current.source}\nOne more line, for a start.\n"
    sent = submit(save_draft(text=text, **values), actor=author)
    item = ReviewItem.objects.get(kind=sent.kind, object_id=sent.pk)
    for spot, words in (("w", "A good start."), ("f.title", "Is the *name* still right?")):
        said = comments.say(sent, author=reviewer, text=words, spot=spot, key=spot)
    comments.reply(said, author=author, text="It is.", key="answer")
    decide(
        item, reviewer=reviewer, decision=Decision.REQUEST_CHANGES, reason="Say where the line comes from.",
        version=item.version, ticks=["better"],
    )  # fmt: skip
    submit(save_draft(text=text.replace("for a start", "from our minutes"), note="Done.", **values), actor=author)
    return {"again": item.pk, "asked": sent.pk}


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


def _told(reader: Any) -> dict[str, Any]:
    """Two notices, one of them read, and the link that ends the mails."""
    from patterns.people import notices
    from patterns.people.notices.unsubscribing import token_of

    notices.read(notices.notify(reader, kind="accept", url="/submissions/", title="Steward-Ownership"))
    notices.notify(reader, kind="request_changes", url="/submissions/", title="Retrospectives")
    return {"unsubscribe": token_of(reader)}


def _kept_in_order() -> dict[str, str]:
    """A pattern that was taken out, one that became part of another, and a gold one."""
    from patterns.models import Lighthouse, Pattern
    from patterns.publishing import merge, retire
    from tests.factories.library import confirm, make_curator, make_pattern

    curator, stays = make_curator("A curator of every page"), Pattern.objects.get(slug="steward-ownership")
    out, part, gold = (make_pattern(f"Kept in order, {name}") for name in ("out", "part", "gold"))
    retire(out, actor=curator, reason="It said less than another.", successor=stays)
    merge(part, into=stays, by=curator, reason="The two said the same.")
    place = Lighthouse.objects.get(slug="buurtzorg")
    place.adoptions.create(pattern=gold, reference=gold.title, position=98)
    confirm(gold, by=curator, lighthouse=place)
    return {"retired": out.slug, "merged": part.slug, "gold": gold.slug}


def _moderation(reader: Any) -> dict[str, Any]:
    """A flagged pattern, one that was decided on, a ban, a proposal and a rule."""
    from patterns import blocklist, flags
    from patterns.models import ReviewItem
    from patterns.people import bans
    from patterns.people.signin import first_moderator
    from tests.factories.library import make_user
    from tests.factories.people import make_reviewer

    moderator, banned = first_moderator(), make_user("Somebody")
    waiting, _new = flags.flag("pattern", "okrs", reason="wrong", words="The second example is invented.", by=reader)
    made, _new = flags.flag("pattern", "retrospectives", reason="other", words="It belongs elsewhere.", by=reader)
    item = ReviewItem.objects.get(kind="flag", object_id=made.case_id)
    flags.decide(made.case, outcome="mended", reason="It is moved now.", reviewer=moderator, version=item.version)
    bans.ban(banned, reason="Sent advertisements to twelve people.", until=None, by=moderator)
    bans.propose(make_user("Somebody else"), reason="Insulted a reviewer.", until=None, by=make_reviewer())
    blocklist.add(kind="link", value="cheap-watches.example", reason="A campaign of November.", by=moderator)
    queued = ReviewItem.objects.get(kind="flag", object_id=waiting.case_id)
    return {"banned": str(banned.public_id), "flag_item": queued.pk}


def _relations(reader: Any, pattern: Any, other: Any) -> dict[str, Any]:
    """A relation of a pattern, some that wait with their doubts, and one that a person suggests."""
    from patterns.doubting import keeping
    from patterns.models import Relation, ReviewItem
    from tests.factories.relating import proposed, suggested

    for kind in ("enables", "requires"):
        suggested(other, pattern, kind=kind, evidence=f"{other.title} goes before {pattern.title}.", library=None)
    keeping.refresh()
    sent = proposed(other, pattern, author=reader, kind="tool_for")
    return {
        "relation": Relation.objects.filter(source=pattern, state="approved", target__isnull=False).first().pk,
        "relation_item": ReviewItem.objects.get(kind="relation", object_id=sent.pk).pk,
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
