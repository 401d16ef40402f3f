"""What the examples of every kind of page show, written on the site of the browser tests."""

import json
import sys
from typing import Any

from tests.e2e.every_page import MODERATOR, READER


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
    from tests.factories.sessions import session_of

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
    asked |= _told(reader) | _kept_in_order() | _judged(answer, pattern)
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
        "sessions": {READER: session_of(reader), MODERATOR: session_of(first_moderator())},
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


def _judged(answer: Any, pattern: Any) -> dict[str, Any]:
    """A private answer that its asker showed, a public one that rests on nothing, and a row that may be learnt from."""
    from feedback.judging import cases
    from inference.models import PublicQuestion
    from patterns.models import ReviewItem
    from tests.factories.judging import item_of, published_low, show
    from tests.factories.questions import decide, offer

    show(answer, comment="It leaves out who holds the shares.")
    cases.look(answer_id=answer.pk)
    low = published_low("Who may sell a company in steward ownership?", cites=(pattern,))
    learnt = offer("What does steward ownership ask of founders?", "That they give up the sale [1].", cites=(pattern,))
    PublicQuestion.objects.filter(pk=learnt.pk).update(training=True)
    decide(learnt)
    row = ReviewItem.objects.get(kind="training_row", object_id=learnt.candidate.pk)
    return {"shown_item": item_of(answer).pk, "low_item": item_of(low).pk, "row_item": row.pk}


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


def main() -> None:
    sys.stdout.write(json.dumps(seed()))
