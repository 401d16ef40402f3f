"""Another title or address: the text says it too, old addresses lead here for good, a clash is said in words."""

import pytest
from django.db import IntegrityError, connection, transaction

from patterns import publishing
from patterns.exporting.files import files_of
from patterns.format import parse
from patterns.models import AuditEntry, MovedLighthouse, MovedSlug, Pattern
from patterns.publishing import AddressTaken, Refused, Unpublishable, standing
from patterns.queries import reading
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db


def rename(thing, **names):
    return publishing.rename(thing, by=make_curator(), reason="It is clearer", **names)


def test_the_text_says_its_new_names():
    author = make_user("Ada")
    well = make_pattern("Well", "# Well\n\n## Context\n\nShared.\n", revision={"author": author})
    revision = rename(well, title="Shared well", slug="shared-well")
    document = parse(revision.source)
    assert (document.title, document.slug, document.aliases) == ("Shared well", "shared-well", ("Well",))
    assert document.body == "# Shared well\n\n## Context\n\nShared.\n"
    assert (well.title, well.slug, well.aliases, revision.author) == ("Shared well", "shared-well", ["Well"], author)


def test_its_export_is_read_again_under_the_new_names():
    well = make_pattern("Well")
    rename(well, title="Shared well", slug="shared-well")
    [file] = files_of(well.library)
    document = parse(file.content.decode())
    assert (document.slug, document.title) == ("shared-well", "Shared well")
    assert file.path.endswith("shared-well.md")


def test_without_the_old_title_it_is_not_known_by_it():
    well = make_pattern("Well")
    rename(well, title="Spring", keep_title=False)
    assert well.aliases == []


def test_going_back_to_a_former_name_drops_it_from_the_aliases():
    well = make_pattern("Well")
    rename(well, title="Spring")
    rename(well, title="Well")
    assert (well.title, well.aliases) == ("Well", ["Spring"])


def test_every_old_address_leads_to_the_newest_in_one_step():
    well = make_pattern("Well")
    for slug in ("spring", "source", "fountain"):
        rename(well, slug=slug)
    for old in ("well", "spring", "source"):
        assert reading.find_pattern(old) == reading.Moved("fountain")
    rename(well, slug="spring")
    assert reading.find_pattern("spring").pk == well.pk
    assert {one.slug for one in MovedSlug.objects.all()} == {"well", "source", "fountain"}


@pytest.mark.parametrize("taken", ["fence", "hedge"])
def test_a_clash_says_whose_the_address_is(taken):
    well, fence = make_pattern("Well"), make_pattern("Fence", slug="hedge")
    rename(fence, slug="fence")
    with pytest.raises(AddressTaken, match="belongs to “Fence”"):
        rename(well, slug=taken)
    assert reading.find_pattern("well").pk == well.pk


@pytest.mark.parametrize("bad", ["a b", "ä", "-/-", "x" * 201, "a/b"])
def test_what_is_no_address_is_refused(bad):
    with pytest.raises(Unpublishable):
        rename(make_pattern("Well"), slug=bad)


def test_the_same_names_change_nothing():
    well = make_pattern("Well")
    assert rename(well, title="Well", slug="well") == well.current
    assert not AuditEntry.objects.exists()


def test_an_address_its_file_asked_for_can_be_had_once_it_is_free():
    fence = make_pattern("Fence", slug="well")
    well = make_pattern("Well", slug="well-2", file_slug="well", revision={"front": {"title": "Well", "slug": "well"}})
    Pattern.objects.filter(pk=fence.pk).update(slug="fence")  # as an import does that needs the address
    rename(well, slug="well")
    assert (well.slug, well.file_slug) == ("well", "")
    assert reading.find_pattern("well-2") == reading.Moved("well")


def test_a_retired_pattern_is_not_renamed():
    well = make_pattern("Well")
    publishing.retire(well, actor=None, reason="So")
    with pytest.raises(Refused):
        rename(well, title="Spring")


def test_a_seen_text_that_changed_is_told():
    well = make_pattern("Well")
    seen = standing(well)
    add_revision(well, "## Context\n\nDeeper.\n")
    with pytest.raises(publishing.Overtaken):
        rename(well, title="Spring", seen=seen)


def test_a_lighthouse_moves_too():
    place = make_lighthouse("Harbour", uses=("Something", make_pattern("Well")))
    rename(place, title="The harbour", slug="the-harbour")
    assert (place.title, place.slug) == ("The harbour", "the-harbour")
    assert reading.find_lighthouse("harbour") == reading.Moved("the-harbour")
    rename(place, slug="harbour")
    assert reading.find_lighthouse("the-harbour") == reading.Moved("harbour")
    assert MovedLighthouse.objects.count() == 1
    with pytest.raises(AddressTaken):
        rename(make_lighthouse("Mill"), slug="the-harbour")


def test_the_database_refuses_an_address_that_stands_and_leads_elsewhere():
    well, fence = make_pattern("Well"), make_pattern("Fence")

    def leave_what_stands():
        MovedSlug.objects.create(slug="fence", pattern=well)
        connection.check_constraints()

    def stand_where_one_is_led_on():
        MovedSlug.objects.create(slug="later", pattern=well)
        Pattern.objects.filter(pk=fence.pk).update(slug="later")
        connection.check_constraints()

    for write in (leave_what_stands, stand_where_one_is_led_on):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
