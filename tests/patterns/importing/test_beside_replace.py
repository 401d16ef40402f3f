"""A second library never mixes with the first by accident."""

from pathlib import Path

import pytest

from patterns import publishing
from patterns.enums import LibraryOrigin, PublicationState
from patterns.exporting import export_library
from patterns.importing import NeedsModeError, import_library
from patterns.models import LibraryChange, Lighthouse, Pattern, Relation
from tests.factories.corpus import PATTERNS, newer, write_corpus
from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(tmp_path: Path) -> Path:
    folder = tmp_path / "second" / PATTERNS
    folder.mkdir(parents=True)
    (folder / "okrs.md").write_text(newer("okrs", title="OKRs of the second", uid="pat_second"))
    return tmp_path / "second"


def test_a_first_library_never_asks(second):
    assert import_library(second).imported == 1


def test_the_same_library_again_never_asks(second):
    make_pattern("Starter")
    import_library(second, mode="beside")
    assert import_library(second).unchanged == 1


def test_another_library_needs_a_word_and_nothing_is_written(second):
    make_pattern("OKRs", slug="okrs")
    with pytest.raises(NeedsModeError, match=r"--replace .* or --beside"):
        import_library(second)
    assert Pattern.objects.count() == 1


def test_beside_a_clashing_address_gets_a_suffix_and_is_reported(second):
    make_pattern("OKRs", slug="okrs")
    report = import_library(second, mode="beside")
    assert Pattern.objects.get(uid="pat_second").slug == "okrs-second"
    assert "“okrs-second”" in report.reported[0].reason


def test_beside_the_suffix_never_reaches_the_file(second, tmp_path):
    make_pattern("OKRs", slug="okrs")
    import_library(second, mode="beside")
    export_library(tmp_path / "out", library="second")
    source = (second / PATTERNS / "okrs.md").read_bytes()
    assert (tmp_path / "out" / PATTERNS / "okrs.md").read_bytes() == source


def test_replace_retires_the_starter_and_takes_its_addresses(second):
    make_pattern("OKRs", slug="okrs", uid="pat_first")
    make_lighthouse("Harbour")
    report = import_library(second, mode="replace")
    assert report.retired == 2
    assert Pattern.objects.get(uid="pat_second").slug == "okrs"
    old = Pattern.objects.get(uid="pat_first")
    assert (old.slug, old.state) == ("okrs-retired", PublicationState.RETIRED)
    assert Lighthouse.objects.get().state == PublicationState.RETIRED


def test_replace_leaves_what_somebody_touched(second):
    edited = make_pattern("Edited here")
    add_revision(edited, "Better words.", origin=LibraryOrigin.SITE)
    joined = make_pattern("Joined by a reviewer")
    make_relation(joined, target=edited, provenance="reviewed")
    report = import_library(second, mode="replace")
    assert report.retired == 0
    assert Pattern.objects.filter(state=PublicationState.PUBLISHED).count() == 3


@pytest.fixture
def first(tmp_path: Path) -> Path:
    folder = tmp_path / "first" / PATTERNS
    folder.mkdir(parents=True)
    (folder / "okrs.md").write_text(newer("okrs", title="OKRs of the first", uid="pat_first"))
    (folder / "well.md").write_text(newer("well", title="Well", uid="pat_well"))
    return tmp_path / "first"


def test_a_library_that_was_replaced_comes_back_with_its_addresses(first, second):
    import_library(first)
    import_library(second, mode="replace")
    report = import_library(first, mode="replace")
    assert report.returned == 2
    back = Pattern.objects.get(uid="pat_first")
    assert (back.slug, back.file_slug, back.state) == ("okrs", "", PublicationState.PUBLISHED)
    assert Pattern.objects.get(uid="pat_second").slug == "okrs-retired-2"


def test_a_library_that_comes_back_beside_leaves_the_others_their_addresses(first, second):
    import_library(first)
    import_library(second, mode="replace")
    import_library(first, mode="beside")
    assert Pattern.objects.get(uid="pat_second").slug == "okrs"
    assert Pattern.objects.get(uid="pat_first").slug == "okrs-retired"
    assert Pattern.objects.filter(state=PublicationState.PUBLISHED).count() == 3


def test_a_library_that_was_replaced_asks_before_it_comes_back(first, second):
    import_library(first)
    import_library(second, mode="replace")
    with pytest.raises(NeedsModeError):
        import_library(first)


def test_it_asks_too_where_somebody_had_touched_a_part_of_it(first, second):
    import_library(first)
    add_revision(Pattern.objects.get(uid="pat_well"), "Better words.", origin=LibraryOrigin.SITE)
    import_library(second, mode="replace")
    with pytest.raises(NeedsModeError):
        import_library(first)


def test_a_lighthouse_comes_back_at_its_address(tmp_path):
    roots = [write_corpus(tmp_path / name, healthy=1).root for name in ("one", "two")]
    import_library(roots[0])
    there = set(Lighthouse.objects.values_list("slug", flat=True))
    assert there
    import_library(roots[1], mode="replace")
    import_library(roots[0], mode="replace")
    assert set(Lighthouse.objects.filter(state=PublicationState.PUBLISHED).values_list("slug", flat=True)) == there
    assert set(Lighthouse.objects.filter(slug__in=there).values_list("library__slug", flat=True)) == {"one"}


def test_what_a_person_took_out_does_not_come_back(first, second):
    import_library(first)
    publishing.retire(Pattern.objects.get(uid="pat_well"), actor=None, reason="Wrong")
    import_library(second, mode="replace")
    assert import_library(first, mode="replace").returned == 1
    assert Pattern.objects.get(uid="pat_well").state == PublicationState.RETIRED


def test_what_came_back_is_told_to_those_who_follow(first, second):
    import_library(first)
    import_library(second, mode="replace")
    import_library(first, mode="beside")
    told = LibraryChange.objects.filter(pattern__uid="pat_well").order_by("pk")
    assert [one.kind for one in told] == ["pattern_published", "pattern_retired", "pattern_published"]


def test_several_libraries_are_exported_into_a_folder_each(second, tmp_path):
    make_pattern("Starter thing")
    import_library(second, mode="beside")
    export_library(tmp_path / "out")
    assert (tmp_path / "out/second" / PATTERNS / "okrs.md").exists()
    assert (tmp_path / "out/starter" / PATTERNS / "starter-thing.md").exists()


def test_a_relation_approved_here_is_exported_and_comes_back_as_it_was(second, tmp_path):
    (second / PATTERNS / "b.md").write_text(newer("b"))
    import_library(second)
    source, target = Pattern.objects.get(slug="okrs"), Pattern.objects.get(slug="b")
    make_relation(source, "requires", target, provenance="reviewed", evidence="It was tried: it needs it.")
    report = export_library(tmp_path / "out")
    assert (report.changed, report.unchanged) == (1, 1)
    import_library(tmp_path / "out", library="second")
    relation = Relation.objects.get()
    assert (relation.state, relation.provenance) == ("approved", "reviewed")
    assert relation.stands_at == "relationships.requires[0]"
