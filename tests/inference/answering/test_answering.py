"""The whole pipeline with a real index, real Redis, and both generators: one final row, whatever happens."""

import pytest

from inference import indexing
from inference.answering.running import answer
from inference.asking import ask, stop
from inference.generation import generators, registry
from inference.models import Answer, Citation, LanguageModel, UsageRecord
from inference.streaming import streams
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState
from patterns.models import Adoption, Relation
from tests.factories.endpoints import model_server
from tests.factories.gguf import tiny_model
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

STEWARD = """Steward-ownership is a way to own a company in which control stays with people who carry its purpose.

## Solution

Therefore, separate votes from money and give the votes to stewards who cannot sell them.

## When not to use

Do not lock a company before it has found out what it is for.
"""
CONSENT = """Sociocratic consent adopts a proposal when no member has a reasoned objection to it.

## Solution

Therefore, decide by the absence of reasoned objections and date every decision.
"""
CARE = """## Overview

Neighbourhood nurses look after the patients of one place.

## Patterns in Use

**Sociocratic Consent.** Nurseland uses sociocratic consent in team meetings, where an objection reopens a proposal.
"""


@pytest.fixture(autouse=True)
def no_heartbeat(settings):
    """A heartbeat has its own connection, which cannot see what a test has not committed."""
    settings.HEARTBEAT_EVERY = 600


@pytest.fixture
def library():
    """Two patterns, a lighthouse that uses one of them and a practice nobody has described, all indexed."""
    steward = make_pattern("Steward Ownership", STEWARD)
    consent = make_pattern("Sociocratic Consent", CONSENT)
    lighthouse = make_lighthouse("Nurseland", CARE, uses=(consent, "Peer Coaching"))
    indexing.follow()
    return steward, consent, lighthouse


def answered(question, **fields):
    """The finished answer to `question`, as the worker leaves it."""
    row = ask(question, visitor="me", **fields)
    answer(row.pk)
    row.refresh_from_db()
    return row


def events(row):
    return [name for _, name, _ in streams.replay(row.public_id, row.attempt)]


@pytest.fixture
def tiny(tmp_path):
    """A random model that writes the answers of this test."""
    pytest.importorskip("llama_cpp")
    path = tiny_model(tmp_path / "tiny.gguf")
    model = LanguageModel.objects.create(
        name="tiny", kind="gguf", location=str(path), context=2048, state=LanguageModel.State.ENABLED, default=True
    )
    yield model
    generators.let_go()


@pytest.fixture
def far():
    """A model server that writes the answers of this test; `far("busy")` makes it behave so."""
    with model_server() as server:

        def behave(how, **fields):
            LanguageModel.objects.update_or_create(
                name="far",
                defaults={"kind": "endpoint", "location": server.url, "served_name": how, "private": True,
                          "context": 4096, "state": "enabled", "default": True, "tier": 2, **fields},
            )  # fmt: skip
            return server

        yield behave
    generators.let_go()


def test_a_definition_is_answered_with_its_source(library):
    row = answered("What is steward ownership?")
    assert (row.state, row.outcome, row.generator) == ("done", "answer", "extractive")
    assert row.text.startswith("Steward-ownership is a way to own a company")
    assert {sentence["support"] for sentence in row.sentences} == {"supported"}
    first = row.citations.first()
    assert (first.number, first.revision, first.quote[:17]) == (1, library[0].current, "Steward-ownership")


def test_the_cited_place_holds_what_is_quoted(library):
    row = answered("What is steward ownership?")
    for citation in row.citations.all():
        place = citation.revision.body[citation.start : citation.end]
        assert citation.quote.split()[0].strip("*") in place


def test_the_visitor_sees_what_happens(library):
    row = answered("What is steward ownership?")
    assert [name for name in events(row) if name != "token"] == ["step", "step", "step", "step", "done"]
    text = "".join(data["text"] for _, name, data in streams.replay(row.public_id, 1) if name == "token")
    assert text == row.text


def test_the_final_event_carries_the_page_of_the_finished_answer(library):
    row = answered("What is steward ownership?")
    *_, (_, _, data) = streams.replay(row.public_id, 1)
    assert data["state"] == "done"
    assert 'href="#source-1"' in data["html"]


def test_what_a_lighthouse_declares_is_a_fact_with_its_own_words(library):
    row = answered("What patterns does Nurseland use?")
    assert row.route["kind"] == "graph"
    assert "- **Sociocratic Consent**: Nurseland uses sociocratic consent in team meetings" in row.text
    assert "Nurseland also lists Peer Coaching" in row.text
    assert {sentence["support"] for sentence in row.sentences} <= {"supported", ""}
    assert {citation.revision for citation in row.citations.all()} == {library[2].current}


def test_a_pattern_a_lighthouse_knows_by_another_name_is_told_with_both(library):
    make_lighthouse("Orchard Co-op", "## Story\n\nApples for all.\n", uses=(library[0],))
    Adoption.objects.filter(lighthouse__title="Orchard Co-op").update(reference="Mission Lock")
    indexing.follow()
    row = answered("What patterns does Orchard Co-op use?")
    assert "Mission Lock (here: Steward Ownership)" in row.citations.get().quote
    assert {sentence["support"] for sentence in row.sentences} <= {"supported", ""}


def test_suggested_relations_stand_apart(library):
    steward, consent, _ = library
    Relation.objects.create(
        source=steward, target=consent, kind=RelationKind.REQUIRES, provenance=Provenance.IMPORTED,
        state=RelationState.SUGGESTED, evidence="Stewards have to decide together.",
    )  # fmt: skip
    row = answered("What does steward ownership require?")
    before, _, after = row.text.partition("## Suggested, not reviewed")
    assert "Steward Ownership requires Sociocratic Consent." in after
    assert "requires Sociocratic Consent" not in before


def test_approved_relations_are_facts(library):
    steward, consent, _ = library
    relation = Relation.objects.create(
        source=steward, target=consent, kind=RelationKind.REQUIRES, provenance=Provenance.REVIEWED,
        state=RelationState.APPROVED, evidence="Stewards have to decide together.",
    )  # fmt: skip
    row = answered("What does steward ownership require?")
    assert "Stewards have to decide together." in row.text
    assert "not reviewed" not in row.text
    assert relation.pk in row.citations.values_list("relation_id", flat=True)


@pytest.mark.parametrize("question", ["How do I bake sourdough bread in Reykjavik?", "zxqv plimth grondle?"])
def test_what_the_library_does_not_have_is_not_answered(library, question):
    row = answered(question)
    assert row.state == "done"
    assert row.outcome in {"none", "nearest"}
    assert all(sentence["support"] == "" for sentence in row.sentences)


def test_a_greeting_is_not_searched_for(library):
    row = answered("Hello there")
    assert (row.outcome, row.nearest) == ("none", [])


def test_an_empty_library_says_so():
    row = answered("What is steward ownership?")
    assert (row.state, row.outcome) == ("done", "none")


def test_what_was_retired_is_not_quoted(library):
    steward = library[0]
    steward.state = PublicationState.RETIRED
    steward.save()
    row = answered("What is steward ownership?")
    assert steward.current_id not in row.citations.values_list("revision_id", flat=True)


def test_the_same_job_run_twice_gives_one_final_row(library):
    row = answered("What is steward ownership?")
    before = (row.finished_at, list(row.citations.values_list("pk", flat=True)))
    answer(row.pk)
    row.refresh_from_db()
    assert (row.finished_at, list(row.citations.values_list("pk", flat=True))) == before
    assert (row.attempt, UsageRecord.objects.count()) == (1, 1)


def test_a_stage_that_breaks_fails_the_answer_and_not_the_worker(library, settings):
    settings.GENERATOR = "tests.factories.generators.Broken"
    row = answered("What is steward ownership?")
    assert (row.state, "ask it again" in row.error) == ("failed", True)
    assert [sentence["text"] for sentence in row.sentences] == ["A beginning"]
    assert events(row)[-1] == "done"


def test_a_database_that_goes_away_costs_an_attempt_and_not_the_answer(library, settings):
    settings.GENERATOR = "tests.factories.generators.Storeless"
    assert answered("What is steward ownership?").state == "running"  # and silent, so that the reaper takes it back


def test_a_stop_keeps_what_was_written(library, settings):
    settings.GENERATOR = "tests.factories.generators.Endless"
    row = ask("What is steward ownership?", visitor="me")
    Answer.objects.filter(pk=row.pk).update(state=Answer.State.RUNNING)
    stop(row)
    Answer.objects.filter(pk=row.pk).update(state=Answer.State.PENDING)
    answer(row.pk)
    row.refresh_from_db()
    assert row.state == "stopped"


def test_one_that_takes_too_long_ends_in_words(library, settings):
    settings.GENERATOR, settings.ANSWER_TIME_LIMIT = "tests.factories.generators.Endless", 0.5
    row = answered("What is steward ownership?")
    assert (row.state, "longer than" in row.error) == ("failed", True)


def test_a_random_model_writes_rubbish_and_the_pipeline_says_so(library, tiny):
    row = answered("What is steward ownership?")
    assert (row.state, row.generator, row.model) == ("done", "tiny", tiny)
    assert "supported" not in {sentence["support"] for sentence in row.sentences}
    usage = UsageRecord.objects.get()
    assert usage.tokens_in > 0
    assert usage.tokens_out > 0


def test_swapping_the_default_takes_effect_at_the_next_answer(library, tiny):
    answered("What is steward ownership?")
    registry.disable(tiny)
    assert answered("What is steward ownership?").generator == "extractive"


def test_a_model_file_that_is_gone_is_marked_and_the_library_is_quoted(library, tiny, tmp_path):
    (tmp_path / "tiny.gguf").unlink()
    row = answered("What is steward ownership?")
    tiny.refresh_from_db()
    assert (row.generator, tiny.state) == ("extractive", "failed")
    assert "not there any more" in tiny.problem


def test_hostile_text_is_only_text(library):
    make_pattern("Steward <script>alert(1)</script>", "Steward <img src=x onerror=alert(1)> ownership is bad [1].\n")
    indexing.follow()
    row = answered("What is a steward <script>alert(2)</script>?")
    *_, (_, _, data) = streams.replay(row.public_id, 1)
    assert "<script" not in data["html"]
    assert "<img" not in data["html"]


def test_sources_are_cited_once_each(library):
    row = answered("What is the difference between steward ownership and sociocratic consent?")
    numbers = list(Citation.objects.filter(answer=row).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert row.text.count("## ") == 2


def test_an_endpoint_of_the_commons_writes_and_the_answer_says_so(library, far, client):
    far("good")
    row = answered("What is steward ownership?")
    assert (row.state, row.generator, row.tier) == ("done", "far", 2)
    assert row.text.startswith("A steward holds the votes of a company in trust [1].")
    used = UsageRecord.objects.get(answer=row)
    assert (used.tier, used.tokens_in, used.tokens_cached, used.tokens_out) == (2, 70, 60, 9)
    assert used.cost_confidence == "unknown"
    assert b"answered by the commons" in client.get(row.get_absolute_url()).content


@pytest.mark.parametrize("how", ["busy", "refuses", "no-json", "wordless"])
def test_an_endpoint_that_fails_before_its_first_word_is_replaced_and_that_is_said(library, far, client, how):
    far(how)
    row = answered("What is steward ownership?")
    assert (row.state, row.generator, row.tier, row.error) == ("done", "extractive", 1, "")
    assert row.text.startswith("Steward-ownership is a way to own a company")
    steps = [data["words"] for _, name, data in streams.replay(row.public_id, 1) if name == "step"]
    assert any("could not answer just now" in words for words in steps)
    assert b"could not answer just now" in client.get(row.get_absolute_url()).content


def test_a_server_that_failed_is_left_alone_for_a_while_and_the_next_answer_says_so_too(library, far):
    server = far("busy")
    first, second = answered("What is steward ownership?"), answered("What is sociocratic consent?")
    assert len(server.asked) == 1
    assert first.route["fallback"] == second.route["fallback"]
    assert (second.state, second.generator) == ("done", "extractive")


def test_a_local_model_in_memory_comes_before_quoting(library, far, tiny):
    generators.current()
    LanguageModel.objects.filter(pk=tiny.pk).update(role="medium")
    generators.let_go()
    generators.current(complexity="medium")
    far("busy")
    row = answered("What is steward ownership?")
    assert (row.generator, row.tier) == ("tiny", 1)


def test_an_endpoint_that_breaks_off_mid_way_fails_honestly_and_keeps_what_it_said(library, far):
    far("cut")
    row = answered("What is steward ownership?")
    assert (row.state, row.generator) == ("failed", "far")
    assert row.error.startswith("The model server far broke off in the middle of its answer.")
    assert row.error.endswith("Your question is kept: ask it again.")
    assert row.text == "A steward holds"


def test_what_no_store_takes_is_replaced(library, far):
    far("controls")
    row = answered("What is steward ownership?")
    assert row.state == "done"
    assert "\x00" not in row.text
    assert row.text.startswith("a�b")


def test_the_tokens_of_a_local_model_are_counted_once_read(library, tiny):
    used = [
        UsageRecord.objects.get(answer=answered(text)) for text in ("What is steward ownership?", "What is consent?")
    ]
    assert all(0 < one.tokens_cached <= one.tokens_in for one in used)
