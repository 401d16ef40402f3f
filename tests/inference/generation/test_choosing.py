"""Which model writes the next answer: by role, by what the operator chose last, by what is in memory and fits."""

import os
import time

import pytest

from inference.generation import generators, loading, registry
from inference.models import LanguageModel
from tests.factories.gguf import tiny_model

pytest.importorskip("llama_cpp")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def emptied():
    yield
    generators.let_go()


@pytest.fixture
def add(tmp_path):
    """Register a model without a trial."""

    def make(name, *, default=False, role="small", **fields):
        path = tiny_model(tmp_path / f"{name}.gguf")
        return LanguageModel.objects.create(
            name=name, kind="gguf", location=str(path), context=1024, state="enabled", role=role, default=default,
            memory_needed=fields.pop("memory_needed", 10**6), sha256=name, **fields,
        )  # fmt: skip

    return make


def writes(complexity="small"):
    return generators.current(complexity=complexity).generator.name


def settled():
    """Wait for what is being loaded."""
    until = time.monotonic() + 20
    while loading._loading and time.monotonic() < until:
        time.sleep(0.02)


def test_without_a_model_the_library_is_quoted():
    assert writes() == "extractive"


def test_the_default_writes_and_knows_its_instructions_already(add):
    add("one", default=True)
    chosen = generators.current()
    assert (chosen.generator.name, chosen.tier) == ("one", 1)
    assert len(chosen.generator._session.held) > 100


def test_a_model_is_loaded_once(add):
    add("one", default=True)
    assert generators.current().generator is generators.current().generator


def test_a_new_default_is_loaded_while_the_old_one_answers_then_writes(add):
    old, new = add("old", default=True), add("new")
    assert writes() == "old"
    registry.make_default(new)
    assert writes() == "old"
    settled()
    assert writes() == "new"
    assert loading.held(generators._recipe(old)) is None


def test_a_look_at_the_models_loads_the_new_default_before_anybody_asks(add):
    old, new = add("old", default=True), add("new")
    assert writes() == "old"
    registry.make_default(new)
    generators.refresh()
    settled()
    assert loading.held(generators._recipe(new))
    assert loading.held(generators._recipe(old)) is None


def test_a_disabled_model_does_not_write_the_next_answer(add):
    one = add("one", default=True)
    assert writes() == "one"
    registry.disable(one)
    assert writes() == "extractive"
    generators.refresh()
    assert loading.held(generators._recipe(one)) is None


def test_a_running_answer_keeps_its_model_when_that_is_replaced(add):
    from inference.prompting.prompt import build
    from inference.types import Route, RouteKind

    prompt = build("A question?", (), Route(RouteKind.SEMANTIC, ""), max_tokens=40)
    old, new = add("old", default=True), add("new")
    stream = generators.current().generator.stream(prompt)
    next(token for token in stream if token.text)
    registry.disable(old)
    registry.make_default(new)
    generators.refresh()
    settled()
    assert writes() == "new"
    assert sum(bool(token.text) for token in stream) > 5


def test_where_both_do_not_fit_the_old_one_is_unloaded_first_and_that_is_said(add, monkeypatch, caplog):
    old, new = add("old", default=True, memory_needed=1), add("new", memory_needed=10**9)
    assert writes() == "old"
    registry.make_default(new)

    def memory():
        held = loading.held(generators._recipe(old)) is not None
        return type("Memory", (), {"available": 10**8 if held else 10**10})

    monkeypatch.setattr(loading.psutil, "virtual_memory", memory)
    generators.refresh()
    settled()
    assert writes() == "new"
    assert "old is unloaded first" in caplog.text


def test_a_default_that_does_not_fit_now_is_passed_over_and_not_marked_failed(add):
    big = add("big", default=True, memory_needed=2**60)
    assert writes() == "extractive"
    big.refresh_from_db()
    assert big.state == "enabled"


def test_a_default_that_cannot_be_loaded_is_marked_failed_with_the_reason(add):
    one = add("one", default=True)
    os.truncate(one.location, 5000)
    assert writes() == "extractive"
    one.refresh_from_db()
    assert one.state == "failed"
    assert "cannot be loaded" in one.problem


def test_hard_questions_go_to_the_medium_model(add):
    add("small-one", default=True)
    assert writes("medium") == "small-one"
    add("medium-one", default=True, role="medium")
    writes("medium")
    settled()
    assert (writes("small"), writes("medium")) == ("small-one", "medium-one")


def test_a_medium_model_alone_answers_everything(add):
    add("medium-one", default=True, role="medium")
    assert writes("small") == "medium-one"


def test_each_role_has_its_own_default(add):
    small, medium = add("small-one", default=True), add("medium-one", role="medium")
    registry.make_default(medium)
    small.refresh_from_db()
    assert small.default


def test_a_replaced_file_is_loaded_anew(add):
    one = add("one", default=True)
    before = generators.current().generator
    LanguageModel.objects.filter(pk=one.pk).update(sha256="another content")
    generators.refresh()
    settled()
    assert generators.current().generator is not before


def test_one_query_chooses(add, django_assert_num_queries):
    add("one", default=True)
    generators.current()
    with django_assert_num_queries(1):
        generators.current(complexity="medium")
