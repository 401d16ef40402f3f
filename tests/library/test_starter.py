"""The starter library is what a fresh site answers from, so its files are held to more than the format asks."""

import json
import re
from collections import Counter
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

from patterns.format import Document, Generation, parse

LIBRARY = Path(__file__).resolve().parents[2] / "library"
PATTERN_FILES = sorted((LIBRARY / "patterns" / "_patterns").glob("*.md"))
LIGHTHOUSE_FILES = sorted((LIBRARY / "lighthouses" / "_lighthouses").glob("*.md"))

PATTERN_SECTIONS = (
    "Context",
    "Problem",
    "Solution",
    "Implementation",
    "Consequences",
    "Known Uses",
    "When Not to Use",
    "Signs of Life and Decay",
    "Sources",
)
LIGHTHOUSE_SECTIONS = (
    "Overview",
    "How It Works",
    "Patterns in Use",
    "What Others Can Learn",
    "Limits and Criticism",
)
WORDINGS = {"corporate", "government", "activist", "tech"}
PILLARS = {
    "stakeholder_architecture",
    "value_creation",
    "resilience",
    "ownership",
    "autonomy",
    "composability",
    "fractal_value",
    "vitality",
}

# What each lighthouse declares and this library describes; a title that stops resolving is a broken promise.
ADOPTED = {
    "amsterdam": {
        "doughnut-economics",
        "repair-cafe",
        "limited-equity-housing",
        "community-energy-cooperative",
        "participatory-budgeting",
    },
    "buurtzorg": {
        "self-managing-teams",
        "sociocratic-consent",
        "open-book-management",
        "processing-tensions",
        "roles-not-jobs",
    },
    "champlain-housing-trust": {"community-land-trust", "limited-equity-housing", "revolving-loan-fund"},
    "debian": {
        "commons-charter",
        "clear-boundaries",
        "nested-governance",
        "apprenticeship",
        "decision-log",
        "code-of-conduct",
        "peer-production",
    },
    "mondragon": {
        "commons-charter",
        "open-book-management",
        "self-managing-teams",
        "worker-cooperative",
        "multi-stakeholder-cooperative",
        "nested-governance",
        "holding-reserves",
    },
    "patagonia": {"steward-ownership"},
    "porto-alegre": {"participatory-budgeting", "nested-governance", "retrospectives"},
    "semco": {"open-book-management", "self-managing-teams", "transparent-pay"},
    "som-energia": {"community-energy-cooperative", "nested-governance", "holding-reserves"},
    "wikipedia": {
        "commons-charter",
        "processing-tensions",
        "retrospectives",
        "graduated-sanctions",
        "blameless-review",
        "peer-production",
    },
}


def read(path: Path) -> Document:
    return parse(path.read_text(encoding="utf-8"))


PATTERNS = {path.stem: read(path) for path in PATTERN_FILES}
LIGHTHOUSES = {path.stem: read(path) for path in LIGHTHOUSE_FILES}
NAMES = {
    name.casefold(): slug for slug, document in PATTERNS.items() for name in (slug, document.title, *document.aliases)
}

each_pattern = pytest.mark.parametrize("slug", PATTERNS)
each_lighthouse = pytest.mark.parametrize("slug", LIGHTHOUSES)
each_file = pytest.mark.parametrize("path", PATTERN_FILES + LIGHTHOUSE_FILES, ids=lambda path: path.stem)


def prose_words(document: Document) -> int:
    return len(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", document.body))


def opening(document: Document) -> str:
    return document.body.strip().split("\n\n", 1)[0]


def test_holds_the_patterns_and_lighthouses_it_promises() -> None:
    assert len(PATTERNS) >= 60
    assert len(LIGHTHOUSES) >= 10
    assert set(LIGHTHOUSES) >= set(ADOPTED)


@each_file
def test_reads_without_any_problem(path: Path) -> None:
    assert [(problem.line, problem.reason) for problem in read(path).problems] == []


@each_file
def test_keeps_to_plain_lines(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert not re.search(rb"[ ]+$", raw, re.MULTILINE)


@each_pattern
def test_pattern_is_of_the_newer_generation(slug: str) -> None:
    assert PATTERNS[slug].generation is Generation.NEWER


@each_pattern
def test_pattern_slug_is_its_file_name(slug: str) -> None:
    assert PATTERNS[slug].slug == slug


@each_pattern
def test_pattern_id_has_the_usual_form(slug: str) -> None:
    assert re.fullmatch(r"pat_[0-9a-z]{26}", PATTERNS[slug].uid)


def test_no_two_patterns_share_an_id() -> None:
    counted = Counter(document.uid for document in PATTERNS.values())
    assert [uid for uid, count in counted.items() if count > 1] == []


def test_no_two_patterns_share_a_name() -> None:
    counted = Counter(
        name
        for slug, document in PATTERNS.items()
        for name in {each.casefold() for each in (slug, document.title, *document.aliases)}
    )
    assert [name for name, count in counted.items() if count > 1] == []


@each_pattern
def test_pattern_summary_is_one_or_two_sentences(slug: str) -> None:
    summary = PATTERNS[slug].front["summary"].strip()
    assert 60 <= len(summary) <= 320
    assert summary.endswith(".")
    assert len(re.findall(r"[.?](?:\s|$)", summary)) <= 2


@each_pattern
def test_pattern_has_four_wordings(slug: str) -> None:
    labels = PATTERNS[slug].front["context_labels"]
    assert set(labels) == WORDINGS
    assert all(labels.values())


@each_pattern
def test_pattern_overall_score_is_the_mean_of_its_pillars(slug: str) -> None:
    assessment = PATTERNS[slug].front["ontology"]["commons_assessment"]
    scores = [assessment[pillar] for pillar in sorted(PILLARS)]
    assert all(0 <= score <= 5 for score in scores)
    assert assessment["overall_score"] == pytest.approx(sum(scores) / len(scores), abs=0.0501)
    assert assessment["vitality_reasoning"]


@each_pattern
def test_pattern_has_its_sections_in_order(slug: str) -> None:
    titles = re.findall(r"^### Section (\d+): (.+)$", PATTERNS[slug].body, re.MULTILINE)
    assert titles == [(str(number), title) for number, title in enumerate(PATTERN_SECTIONS, start=1)]


@each_pattern
def test_pattern_is_neither_a_stub_nor_a_book(slug: str) -> None:
    assert 900 <= prose_words(PATTERNS[slug]) <= 1500


@each_pattern
def test_pattern_opens_with_a_definition_that_names_it(slug: str) -> None:
    document = PATTERNS[slug]
    first = opening(document).casefold()
    names = [document.title.casefold(), *(alias.casefold() for alias in document.aliases)]
    assert any(re.match(rf"(?:an? |the )?{re.escape(name)}\b[^.]{{0,20}} (?:is|are) ", first) for name in names)


@each_pattern
def test_pattern_names_works_a_reader_can_find(slug: str) -> None:
    sources = PATTERNS[slug].sources
    assert len(sources) >= 4
    assert all(re.search(r"\b(?:1[89]|20)\d\d\b", source) or "https://" in source for source in sources)


@each_pattern
def test_pattern_states_its_licence_and_attribution(slug: str) -> None:
    front = PATTERNS[slug].front
    assert front["license"] == "CC-BY-SA-4.0"
    assert front["attribution"]
    assert front["contributors"] == ["CLM"]


@each_pattern
def test_every_relation_of_a_pattern_names_another_one_and_says_why(slug: str) -> None:
    for reference in PATTERNS[slug].references:
        assert reference.slug in PATTERNS, f"{slug} {reference.key} {reference.slug}: no such pattern"
        assert reference.slug != slug
        assert 0 < reference.weight <= 1
        assert 60 <= len(reference.description) <= 300
        assert reference.description.endswith(".")


def test_relations_are_many_typed_and_never_said_twice() -> None:
    edges = [(slug, reference) for slug, document in PATTERNS.items() for reference in document.references]
    pairs = Counter(frozenset((slug, reference.slug)) for slug, reference in edges)
    assert len(edges) >= 250
    assert len({reference.kind for _, reference in edges}) >= 7
    assert [sorted(pair) for pair, count in pairs.items() if count > 1] == []


def test_no_pattern_stands_alone() -> None:
    named = set(chain.from_iterable((slug, each.slug) for slug, doc in PATTERNS.items() for each in doc.references))
    assert set(PATTERNS) - named == set()


def test_no_pattern_requires_itself_by_any_road() -> None:
    needs = {
        slug: {each.slug for each in document.references if each.kind == "requires"}
        for slug, document in PATTERNS.items()
    }
    TopologicalSorter(needs).prepare()


def test_tensions_are_named_and_not_hidden() -> None:
    tensions = [each for doc in PATTERNS.values() for each in doc.references if each.kind == "tensions_with"]
    assert len(tensions) >= 20


def test_no_pattern_draws_all_relations_to_itself() -> None:
    incoming = Counter(each.slug for document in PATTERNS.values() for each in document.references)
    assert {slug: count for slug, count in incoming.items() if count > 13} == {}


@each_lighthouse
def test_lighthouse_says_what_it_is(slug: str) -> None:
    front = LIGHTHOUSES[slug].front
    for key in ("title", "type", "tagline", "description", "country", "sector", "founded", "tags"):
        assert front[key], key
    assert front.get("employees") or front.get("population")
    assert front["type"] in {"organization", "city", "community"}
    assert len(front["sources"]) >= 4
    assert all(source["title"] for source in front["sources"])


@each_lighthouse
def test_lighthouse_has_its_sections_in_order(slug: str) -> None:
    assert tuple(re.findall(r"^## (.+)$", LIGHTHOUSES[slug].body, re.MULTILINE)) == LIGHTHOUSE_SECTIONS


@each_lighthouse
def test_lighthouse_is_neither_a_stub_nor_a_book(slug: str) -> None:
    assert 500 <= prose_words(LIGHTHOUSES[slug]) <= 900


@pytest.mark.parametrize(("slug", "expected"), ADOPTED.items(), ids=ADOPTED)
def test_patterns_a_lighthouse_uses_resolve(slug: str, expected: set[str]) -> None:
    titles = LIGHTHOUSES[slug].front["patterns_used"]
    assert {NAMES[title.casefold()] for title in titles if title.casefold() in NAMES} == expected


@each_lighthouse
def test_lighthouse_uses_patterns_this_library_describes(slug: str) -> None:
    assert [title for title in LIGHTHOUSES[slug].front["patterns_used"] if title.casefold() in NAMES]


@each_lighthouse
def test_lighthouse_says_how_it_uses_each_pattern(slug: str) -> None:
    body = LIGHTHOUSES[slug].body
    for title in LIGHTHOUSES[slug].front["patterns_used"]:
        assert title in body, title


def test_every_pattern_has_one_suitability_record() -> None:
    records = json.loads((LIBRARY / "context" / "archetype_extractions.json").read_text(encoding="utf-8"))
    known = {document.uid: document.title for document in PATTERNS.values()}
    assert {record["pattern_id"]: record["pattern_name"] for record in records} == known
    assert len(records) == len(known)


def test_suitability_records_carry_a_measure_and_a_reason() -> None:
    records = json.loads((LIBRARY / "context" / "archetype_extractions.json").read_text(encoding="utf-8"))
    for record in records:
        for key, measure in (("archetypes", "strength"), ("stages", "importance"), ("domains", "specificity")):
            assert len(record[key]) >= 2
            for entry in record[key]:
                assert set(entry) == {"name", measure, "rationale"}
                assert entry["rationale"].endswith(".")
                assert entry[measure] in {"core", "strong", "specific", "general"} or 0 < entry[measure] <= 1
