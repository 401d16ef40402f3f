"""Publishing: one transaction that makes a text what everyone reads."""

import pytest

from clm_site.models import Outbox
from patterns import publishing
from patterns.enums import ChangeKind, Provenance, PublicationState, RelationState, Tier
from patterns.models import AuditEntry, LibraryChange, MovedSlug, Pattern, Relation
from tests.factories.library import make_curator, make_pattern, make_relation, make_user

pytestmark = pytest.mark.django_db


def text(title="Commons charter", *, slug="commons-charter", extra="", body="## Context\n\nPeople share a well.\n"):
    return f"---\nid: pat_charter\nslug: {slug}\ntitle: {title}\nsummary: Write it down together.\n{extra}---\n{body}"


def test_a_new_pattern_gets_its_first_revision_and_facets():
    author = make_user("Ada")
    pattern = publishing.publish_new(source=text(), author=author)
    assert (pattern.slug, pattern.title, pattern.summary) == (
        "commons-charter", "Commons charter", "Write it down together."
    )  # fmt: skip
    assert (pattern.current.number, pattern.current.author, pattern.current.author_name) == (1, author, "Ada")
    assert pattern.current.body == "## Context\n\nPeople share a well.\n"
    assert pattern.library.origin == "site"


def test_a_second_text_is_a_second_revision_and_the_first_stays():
    pattern = publishing.publish_new(source=text(), author=make_user())
    first = pattern.current
    revision = publishing.publish(pattern, source=text("A charter"), author=make_user(), message="Shorter")
    assert (revision.number, revision.based_on, revision.message) == (2, first, "Shorter")
    assert pattern.title == "A charter"
    assert pattern.revisions.get(number=1).source == text()


def test_the_same_text_again_changes_nothing():
    pattern = publishing.publish_new(source=text(), author=make_user())
    counts = (LibraryChange.objects.count(), AuditEntry.objects.count())
    assert publishing.publish(pattern, source=text()) == pattern.current
    assert (LibraryChange.objects.count(), AuditEntry.objects.count()) == counts


def test_publishing_leaves_an_audit_line_a_change_and_a_job():
    author, reviewer = make_user(), make_user()
    pattern = publishing.publish_new(source=text(), author=author, by=reviewer)
    line = AuditEntry.objects.get(action="published new pattern")
    assert (line.actor, line.target_id, line.details["author"]) == (reviewer, str(pattern.pk), author.pk)
    change = LibraryChange.objects.get(kind=ChangeKind.PATTERN_PUBLISHED)
    assert (change.pattern, change.revision) == (pattern, pattern.current)
    assert Outbox.objects.filter(job="bulk.follow_library").exists()


@pytest.mark.parametrize(("reviewed", "tier"), [(True, Tier.SILVER), (False, Tier.BRONZE)])
def test_review_by_another_person_makes_a_pattern_silver(reviewed, tier):
    author = make_user()
    by = make_user() if reviewed else author
    assert publishing.publish_new(source=text(), author=author, by=by).tier == tier


def test_a_gold_pattern_stays_gold_after_a_reviewed_edit():
    pattern = make_pattern("Well", tier=Tier.GOLD)
    publishing.publish(pattern, source=text(slug="well"), author=make_user(), by=make_user())
    assert pattern.tier == Tier.GOLD


def test_what_a_reviewed_text_says_of_relations_is_approved():
    other = make_pattern("Stewardship")
    extra = "relationships:\n  enables:\n    - stewardship\n"
    pattern = publishing.publish_new(source=text(extra=extra), author=make_user(), by=make_user())
    relation = Relation.objects.get(source=pattern)
    assert (relation.target, relation.state, relation.provenance) == (
        other, RelationState.APPROVED, Provenance.REVIEWED
    )  # fmt: skip


def test_a_reviewed_text_takes_an_approved_relation_back_but_not_a_rejection():
    make_pattern("Stewardship"), make_pattern("Noise")
    extra = "relationships:\n  enables:\n    - stewardship\n    - noise\n"
    pattern = publishing.publish_new(source=text(extra=extra), author=make_user(), by=make_user())
    Relation.objects.filter(target__slug="noise").update(state=RelationState.REJECTED)
    publishing.publish(pattern, source=text(), author=make_user(), by=make_user())
    assert list(Relation.objects.values_list("target__slug", "state")) == [("noise", RelationState.REJECTED)]


def test_unresolved_relations_find_a_newly_published_pattern():
    waiting = make_relation(make_pattern("Well"), target=None)
    Relation.objects.update(target_ref="commons-charter")
    pattern = publishing.publish_new(source=text(), author=make_user())
    waiting.refresh_from_db()
    assert waiting.target == pattern


def test_a_new_address_leaves_the_old_one_leading_here():
    pattern = publishing.publish_new(source=text(), author=make_user())
    publishing.publish(pattern, source=text(slug="charter"), author=make_user())
    assert pattern.slug == "charter"
    assert MovedSlug.objects.get(slug="commons-charter").pattern == pattern


def test_an_address_that_is_taken_gets_a_number_and_the_file_keeps_its_own():
    make_pattern("Other", slug="commons-charter")
    pattern = publishing.publish_new(source=text(), author=make_user())
    assert (pattern.slug, pattern.file_slug) == ("commons-charter-2", "commons-charter")


@pytest.mark.parametrize("source", ["no front matter", "---\nid: x\n---\nNo title.\n", "---\ntitle: a\x00b\n---\n"])
def test_a_text_that_cannot_be_a_pattern_is_refused_whole(source):
    pattern = make_pattern("Well")
    with pytest.raises(publishing.Unpublishable):
        publishing.publish(pattern, source=source)
    assert pattern.revisions.count() == 1


def test_retiring_and_restoring_are_logged_and_happen_once():
    pattern, actor = make_pattern("Well"), make_curator()
    publishing.retire(pattern, actor=actor, reason="Same as another")
    publishing.retire(pattern, actor=actor, reason="Again")
    assert pattern.state == PublicationState.RETIRED
    assert AuditEntry.objects.get(action="retired pattern").details == {"reason": "Same as another"}
    publishing.restore(pattern, actor=actor, reason="It was another after all")
    assert Pattern.objects.get().state == PublicationState.PUBLISHED
    assert [change.kind for change in LibraryChange.objects.order_by("pk")][1:] == [
        ChangeKind.PATTERN_RETIRED, ChangeKind.PATTERN_PUBLISHED
    ]  # fmt: skip


def test_a_retired_pattern_that_gets_a_new_text_stays_retired():
    pattern = publishing.publish_new(source=text(), author=make_user())
    publishing.retire(pattern, actor=None, reason="")
    publishing.publish(pattern, source=text("New"), author=make_user())
    assert Pattern.objects.get().state == PublicationState.RETIRED
    assert LibraryChange.objects.filter(kind=ChangeKind.PATTERN_PUBLISHED).count() == 1


def test_reverting_publishes_the_old_text_again_with_its_author():
    author, by = make_user("Ada"), make_curator("Grace")
    pattern = publishing.publish_new(source=text(), author=author)
    first = pattern.current
    publishing.publish(pattern, source=text("Worse"), author=make_user())
    revision = publishing.revert(pattern, to=first, by=by)
    assert (revision.number, revision.source, revision.author, pattern.title) == (3, text(), author, "Commons charter")
    assert (revision.message, AuditEntry.objects.first().actor) == ("Back to revision 1", by)
    assert pattern.tier == Tier.BRONZE


def test_a_revision_of_another_pattern_cannot_be_reverted_to():
    with pytest.raises(publishing.Unpublishable):
        publishing.revert(make_pattern("Well"), to=make_pattern("Fence").current)
