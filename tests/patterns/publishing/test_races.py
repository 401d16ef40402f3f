"""Two people at once, on real threads: one wins, the other is told, and no words are lost."""

import threading

import pytest
from django.db import connection

from patterns import publishing, submissions
from patterns.enums import PublicationState, RelationState, SubmissionKind
from patterns.models import Pattern, PatternMerge, Relation, Retirement, Revision
from patterns.publishing import PublishingError, standing
from patterns.review import ReviewError, decide
from tests.factories.library import make_curator, make_pattern, make_relation, make_user
from tests.factories.people import make_item, make_reviewer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run `acts` in threads of their own that begin together; return what each returned or was refused with."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait(20)
        try:
            outcomes[place] = act()
        except (PublishingError, ReviewError) as problem:
            outcomes[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return outcomes


def test_two_curators_take_it_out_once():
    well, seen = make_pattern("Well"), None
    seen = standing(well)
    people = [make_curator(), make_curator()]
    outcomes = at_once(*(
        lambda person=person: publishing.retire(Pattern.objects.get(), actor=person, reason="Dry", seen=seen)
        for person in people
    ))  # fmt: skip
    assert sorted(outcomes) == [False, True]
    assert Retirement.objects.count() == 1


def test_two_merges_in_opposite_directions_make_one():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    curator = make_curator()

    def merge(one, other):
        return lambda: publishing.merge(one, into=other, by=curator, reason="The same")

    outcomes = at_once(merge(well, spring), merge(spring, well))
    assert sorted(isinstance(one, PatternMerge) for one in outcomes) == [False, True]
    assert Pattern.objects.filter(state=PublicationState.PUBLISHED).count() == 1
    assert PatternMerge.objects.count() == 1


@pytest.mark.parametrize("side", ["merged", "kept"])
def test_a_merge_and_an_accepted_edit_lose_no_words(side):
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    make_relation(spring, target=fence)
    edited = spring if side == "merged" else well
    author, reviewer, curator = make_user(), make_reviewer(), make_curator()
    text = edited.current.source + "Words of the edit.\n"
    edit = submissions.save_draft(
        author=author, kind=SubmissionKind.EDIT, title="Edit", pattern=edited, based_on=edited.current, text=text,
        consent=True,
    )  # fmt: skip
    submissions.submit(edit, actor=author)
    item = make_item(edit)
    seen = {"seen": standing(spring), "seen_into": standing(well)}
    merged, accepted = at_once(
        lambda: publishing.merge(
            Pattern.objects.get(slug="spring"), into=Pattern.objects.get(slug="well"), by=curator, reason="So", **seen
        ),
        lambda: decide(item, reviewer=reviewer, decision="accept", version=item.version),
    )
    edit.refresh_from_db()
    there = Revision.objects.filter(source__contains="Words of the edit.").exists()
    assert there == (edit.state == "accepted")
    if isinstance(accepted, Exception):
        assert edit.state == "submitted"  # it waits, with its words, for another decision
    if isinstance(merged, PatternMerge):
        assert [one.source.slug for one in Relation.objects.exclude(state=RelationState.REJECTED)] == ["well"]
        if side == "kept" and edit.state == "accepted":
            assert "Words of the edit." in Pattern.objects.get(slug="well").current.source
    else:
        assert edit.state == "accepted"  # the curator is told that the text is another by now
        assert Pattern.objects.get(slug="spring").state == PublicationState.PUBLISHED


def test_two_patterns_do_not_get_one_address():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    curator = make_curator()
    outcomes = at_once(*(
        lambda thing=thing: publishing.rename(thing, by=curator, reason="So", slug="source") for thing in (well, spring)
    ))  # fmt: skip
    assert sorted(isinstance(one, publishing.AddressTaken) for one in outcomes) == [False, True]
    assert Pattern.objects.filter(slug="source").count() == 1


def test_an_address_is_not_left_to_one_and_taken_by_another():
    well, curator = make_pattern("Well"), make_curator()
    outcomes = at_once(
        lambda: publishing.rename(well, by=curator, reason="So", slug="source"),
        lambda: publishing.publish_new(source="---\ntitle: Well\nslug: well\n---\nOther.\n", author=make_user()),
    )
    assert not isinstance(outcomes[0], Exception)
    new = Pattern.objects.get(slug="well-2")
    assert (new.title, Pattern.objects.get(slug="source").pk) == ("Well", well.pk)
