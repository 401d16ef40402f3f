"""What every generator keeps to, run over each backend."""

import pytest

from inference.backends.extractive import Generator as Extractive
from inference.prompting import build
from inference.types import Evidence, Route, RouteKind
from tests.factories.gguf import tiny_model

TEXT = "A steward holds the votes of a company in trust. Nobody can sell them. The profit stays with the purpose."


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    path = tiny_model(tmp_path_factory.mktemp("models") / "tiny.gguf")
    module = pytest.importorskip("inference.backends.llama_cpp")
    generator = module.Generator(str(path), name="tiny", context=1536)
    yield generator
    generator.close()


@pytest.fixture(params=["extractive", "llama_cpp"])
def generator(request):
    return Extractive() if request.param == "extractive" else request.getfixturevalue("tiny")


@pytest.fixture
def prompt():
    evidence = Evidence(
        passage_id=1, revision_id=1, kind="pattern", slug="steward", title="Steward Ownership", section="Context",
        anchor="", start=0, end=len(TEXT), text=TEXT, sha256="a", score=1.0,
    )  # fmt: skip
    return build("What does a steward hold?", [evidence], Route(RouteKind.SEMANTIC, "words"), max_tokens=24)


def test_it_has_a_name_and_a_context(generator):
    assert generator.name
    assert generator.context > 0


def test_it_writes_text(generator, prompt):
    assert "".join(token.text for token in generator.stream(prompt)).strip()


def test_the_same_prompt_gives_the_same_text(generator, prompt):
    first, second = ("".join(token.text for token in generator.stream(prompt)) for _ in range(2))
    assert first == second


def test_closing_the_iterator_cancels_and_the_next_answer_works(generator, prompt):
    stream = generator.stream(prompt)
    next(stream)
    stream.close()
    assert "".join(token.text for token in generator.stream(prompt)).strip()


def test_it_counts_more_tokens_in_more_text(generator):
    assert 0 < generator.count("one two") < generator.count("one two " * 20)


def test_it_keeps_to_the_limit(tiny, prompt):
    assert sum(bool(token.text) for token in tiny.stream(prompt)) <= prompt.max_tokens


def test_a_prompt_that_does_not_fit_is_said(tiny, prompt):
    from dataclasses import replace

    from inference.backends import BackendError

    with pytest.raises(BackendError, match="do not fit"):
        list(tiny.stream(replace(prompt, question="word " * 2000)))


def test_a_file_that_is_gone_is_said(tmp_path):
    from inference.backends import BackendError

    module = pytest.importorskip("inference.backends.llama_cpp")
    with pytest.raises(BackendError, match="not there any more"):
        module.Generator(str(tmp_path / "gone.gguf"))
