"""A hostile library comes in whole: every file imported or reported, twice the same, and out again to the byte."""

import json
from pathlib import Path

import pytest

from patterns.enums import Provenance, RelationState
from patterns.exporting import ExportError, export_library
from patterns.importing import NoLibraryError, SourceError, import_library
from patterns.models import (
    Adoption,
    Library,
    LibraryChange,
    Lighthouse,
    MovedSlug,
    Pattern,
    Relation,
    Revision,
    SourceFile,
    Suitability,
)
from tests.factories.corpus import CONTEXT, PATTERNS, Corpus, add_link, newer, older, write_corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return write_corpus(tmp_path / "commons", healthy=40)


def small(root: Path, **files: str) -> Path:
    for slug, text in files.items():
        place = root / PATTERNS / f"{slug}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def reasons(report, path: str) -> dict[int, str]:
    return {one.line: one.reason for one in report.reported if one.file == path}


def test_every_file_is_imported_or_reported(corpus):
    report = import_library(corpus.root)
    assert report.seen == len(corpus.paths)
    assert report.imported + report.unread == report.seen
    assert report.unread == len(corpus.unread)
    said = {one.file for one in report.reported}
    assert set(corpus.unread) | set(corpus.repaired) | set(corpus.remarked) <= said


def test_a_report_names_the_line(corpus):
    report = import_library(corpus.root)
    for path, line in {**corpus.unread, **corpus.repaired, **corpus.remarked}.items():
        assert line in reasons(report, path), (path, reasons(report, path))


def test_a_repaired_file_is_imported_whole(corpus):
    import_library(corpus.root)
    pattern = Pattern.objects.get(slug="flow-slip")
    assert pattern.commons_domains == ["life"]
    assert pattern.current.front["ontology"]["search_hints"] == {"a": "b"}


def test_a_file_with_an_expanding_key_loses_only_that_key(corpus):
    import_library(corpus.root)
    front = Pattern.objects.get(slug="alias-bomb").current.front
    assert "boom" not in front
    assert front["title"] == "Alias Bomb"


def test_a_second_import_changes_nothing_and_reports_the_same(corpus):
    first = import_library(corpus.root)
    counts = [model.objects.count() for model in (Revision, Relation, Suitability, Adoption, LibraryChange)]
    second = import_library(corpus.root)
    assert (second.imported, second.updated, second.unread) == (0, 0, first.unread)
    assert second.unchanged == first.imported
    assert second.relations == first.relations
    assert {*second.reported} == {*first.reported}
    assert counts == [model.objects.count() for model in (Revision, Relation, Suitability, Adoption, LibraryChange)]


def test_an_untouched_export_is_the_input_to_the_byte(corpus, tmp_path):
    import_library(corpus.root)
    report = export_library(tmp_path / "out")
    for path in corpus.paths:
        assert (tmp_path / "out" / path).read_bytes() == (corpus.root / path).read_bytes(), path
    assert report.written == len(corpus.paths)
    assert report.changed == report.authored == 0


def test_every_way_to_name_a_pattern_resolves(corpus):
    import_library(corpus.root)
    out = Relation.objects.filter(source__slug="related-many", stands_at__startswith="relationships")
    edges = {(one.kind, one.target.slug if one.target else one.target_ref) for one in out.select_related("target")}
    assert edges == {
        ("enables", "plain-0"), ("enables", "plain-1"), ("enables", "plain-2"), ("enables", "plain-3"),
        ("enables", "not-written-yet"), ("specializes", "plain-4"), ("requires", "nested"),
        ("complements", "Twins"), ("complements", "plain-7"), ("complements", "plain-9"),
        ("tensions_with", "related-many"), ("inspires_quietly", "plain-8"),
    }  # fmt: skip
    into = Relation.objects.filter(target__slug="related-many", stands_at__startswith="relationships")
    assert set(into.values_list("kind", "source__slug")) == {
        ("specializes", "plain-5"), ("tool_for", "plain-6"), ("tensions_with", "related-many"),
    }  # fmt: skip


def test_imported_relations_are_only_suggested(corpus):
    import_library(corpus.root)
    assert set(Relation.objects.values_list("provenance", "state")) == {(Provenance.IMPORTED, RelationState.SUGGESTED)}


def test_relations_of_the_starter_library_are_approved(tmp_path, settings):
    settings.STARTER_LIBRARY = small(tmp_path / "library", a=newer("a", relationships="  enables: [b]"), b=newer("b"))
    import_library(settings.STARTER_LIBRARY)
    relation = Relation.objects.get()
    assert (relation.provenance, relation.state) == (Provenance.CURATED, RelationState.APPROVED)
    assert relation.library.slug == "starter"


def test_machine_inferred_links_become_no_relations(corpus):
    import_library(corpus.root)
    assert not Relation.objects.filter(provenance=Provenance.INFERRED).exists()
    assert Pattern.objects.get(slug="a-first").current.front["graph_garden"]["inferred_links"]


def test_lighthouses_adopt_by_title_and_alias(corpus):
    report = import_library(corpus.root)
    uses = Adoption.objects.filter(lighthouse__slug="harbour").values_list("pattern__slug", "reference", "line")
    assert list(uses) == [
        ("plain-0", "Plain 0", 6), ("plain-1", "Plain 1 by another name", 7), (None, "Something Nobody Wrote", 8),
    ]  # fmt: skip
    assert report.lighthouses == Lighthouse.objects.count() == 1


def test_suitability_of_a_shared_id_goes_by_the_name_beside_it(corpus):
    report = import_library(corpus.root)
    named = dict.fromkeys(Suitability.objects.values_list("pattern_ref", "pattern__slug"))
    assert set(named) == {("pat_plain-0", "plain-0"), ("pat_placeholder", "shared-two"), ("pat_nobody", None)}
    assert report.suitability == 9
    energy = Suitability.objects.get(pattern__slug="plain-0", name="Energy")
    assert (energy.score, energy.level) == (None, "core")


def test_a_relation_waits_for_its_pattern_and_finds_it(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", relationships="  enables: [b]"))
    assert import_library(root).relations["unresolved"] == 1
    small(root, b=newer("b"))
    report = import_library(root)
    assert (report.imported, report.unchanged, report.relations["unresolved"]) == (1, 1, 0)
    assert Relation.objects.get().target.slug == "b"


def test_a_changed_file_becomes_a_new_revision_and_only_that(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"), b=newer("b"))
    import_library(root)
    small(root, a=newer("a", title="A New Name"))
    report = import_library(root)
    assert (report.updated, report.unchanged) == (1, 1)
    pattern = Pattern.objects.get(slug="a")
    assert (pattern.title, pattern.current.number, pattern.revisions.count()) == ("A New Name", 2, 2)


def test_a_persons_verdict_survives_a_changed_file(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", relationships="  enables: [b, c]"), b=newer("b"), c=newer("c"))
    import_library(root)
    Relation.objects.filter(target__slug="b").update(state=RelationState.REJECTED)
    Relation.objects.filter(target__slug="c").update(state=RelationState.APPROVED, provenance=Provenance.REVIEWED)
    small(root, a=newer("a", relationships="  enables:\n    - {slug: b, weight: 0.9}"))
    import_library(root)
    assert set(Relation.objects.values_list("target__slug", "state", "weight", "stands_at")) == {
        ("b", RelationState.REJECTED, 0.9, "relationships.enables[0]"),
        ("c", RelationState.APPROVED, None, ""),
    }


def test_a_rejected_relation_that_leaves_the_context_file_and_comes_back_stays_rejected(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"), b=newer("b"))
    file = root / CONTEXT / "relationships_approved.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    record = {"source_id": "a", "target_id": "b", "relationship_type": "enables", "evidence": "A enables B."}
    for records in ([record], [], [record]):
        file.write_text(json.dumps({"relationships": records}), encoding="utf-8")
        import_library(root)
        Relation.objects.filter(state=RelationState.SUGGESTED).update(state=RelationState.REJECTED)
        assert list(Relation.objects.values_list("state", "stands_at")) == [
            (RelationState.REJECTED, "relationships_approved.json[0]" if records else "")
        ]


def test_a_relation_a_file_no_longer_names_goes_unless_somebody_judged_it(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", relationships="  enables: [b]"), b=newer("b"))
    import_library(root)
    small(root, a=newer("a"))
    import_library(root)
    assert not Relation.objects.exists()


def test_a_renamed_file_stays_the_same_pattern_and_its_address_redirects(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", uid="pat_one"))
    import_library(root)
    pk = Pattern.objects.get().pk
    (root / PATTERNS / "a.md").unlink()
    small(root, better=newer("better", uid="pat_one"))
    import_library(root)
    pattern = Pattern.objects.get()
    assert (pattern.pk, pattern.slug) == (pk, "better")
    assert MovedSlug.objects.get().slug == "a"
    assert list(SourceFile.objects.values_list("path", flat=True)) == [f"{PATTERNS}/better.md"]


def test_a_new_pattern_may_take_the_address_another_moved_away_from(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", uid="pat_one"))
    import_library(root)
    small(root, a=newer("a", uid="pat_two"), b=newer("b", uid="pat_one"))
    import_library(root)
    assert dict(Pattern.objects.values_list("uid", "slug")) == {"pat_one": "b", "pat_two": "a"}
    assert not MovedSlug.objects.exists()


def test_what_a_person_changed_here_is_not_overwritten(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"))
    import_library(root)
    pattern = Pattern.objects.get()
    mine = Revision.objects.create(pattern=pattern, number=2, title="A", source="mine", sha256="0" * 64, origin="site")
    Pattern.objects.update(current=mine)
    small(root, a=newer("a", title="Theirs"))
    report = import_library(root)
    pattern.refresh_from_db()
    assert pattern.current == mine
    assert pattern.revisions.count() == 3
    assert "this site's text stays" in " ".join(one.reason for one in report.reported)


def test_a_file_that_is_gone_is_said_and_its_pattern_stays(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"), b=newer("b"))
    import_library(root)
    (root / PATTERNS / "b.md").unlink()
    report = import_library(root)
    assert "is no longer in the library" in reasons(report, f"{PATTERNS}/b.md")[1]
    assert Pattern.objects.get(slug="b").state == "published"


def test_replace_retires_what_is_gone(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"), b=newer("b"))
    import_library(root)
    (root / PATTERNS / "b.md").unlink()
    assert import_library(root, mode="replace").retired == 1
    assert Pattern.objects.get(slug="b").state == "retired"


def test_a_file_that_breaks_keeps_its_pattern_and_its_bytes(tmp_path):
    root = small(tmp_path / "lib", a=newer("a"))
    import_library(root)
    small(root, a="no front matter any more\n")
    report = import_library(root)
    assert report.unread == 1
    assert Pattern.objects.get().title == "A"
    export_library(tmp_path / "out")
    assert (tmp_path / "out" / PATTERNS / "a.md").read_text() == "no front matter any more\n"


def test_a_dry_run_reports_all_and_writes_nothing(corpus):
    dry = import_library(corpus.root, dry_run=True)
    assert not Library.objects.exists()
    wet = import_library(corpus.root)
    assert (dry.imported, dry.relations, dry.reported) == (wet.imported, wet.relations, wet.reported)


def test_links_are_not_followed(corpus, tmp_path):
    (tmp_path / "secret").write_text(older("secret"))
    path = add_link(corpus, tmp_path / "secret")
    report = import_library(corpus.root)
    assert "is a link" in reasons(report, path)[1]
    assert not Pattern.objects.filter(slug="secret").exists()


def test_changes_are_logged_with_the_patterns(tmp_path):
    root = small(tmp_path / "lib", a=newer("a", relationships="  enables: [b]"), b=newer("b"))
    import_library(root)
    assert list(LibraryChange.objects.order_by("pk").values_list("kind", "pattern__slug")) == [
        ("pattern_published", "a"), ("pattern_published", "b"), ("relations_changed", "a"),
    ]  # fmt: skip


@pytest.mark.parametrize("layout", ["patterns/_patterns", "_patterns", "patterns", "."])
def test_the_usual_layouts_are_found(tmp_path, layout):
    folder = tmp_path / "lib" / layout
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(newer("a"))
    assert import_library(tmp_path / "lib").imported == 1


def test_a_folder_without_a_library_is_refused_in_words(tmp_path):
    with pytest.raises(NoLibraryError, match="There is no library in"):
        import_library(tmp_path)


def test_a_missing_folder_is_refused_in_words(tmp_path):
    with pytest.raises(SourceError, match="There is nothing at"):
        import_library(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/a.git", "http://localhost/a.git", "git@10.0.0.1:a/b.git", "file:///etc", "ext::sh -c x"]
)
def test_git_addresses_that_point_inward_are_refused(url):
    with pytest.raises(SourceError):
        import_library(url)


def test_export_refuses_a_folder_it_did_not_write(tmp_path, corpus):
    import_library(corpus.root)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(ExportError, match="not empty"):
        export_library(tmp_path / "mine")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_export_writes_again_where_it_wrote_before(tmp_path, corpus):
    import_library(corpus.root)
    export_library(tmp_path / "out")
    assert export_library(tmp_path / "out").written == len(corpus.paths)
