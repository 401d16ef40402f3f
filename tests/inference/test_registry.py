"""Registering a model: what it is, a trial in a process of its own, and which one writes."""

import json

import pytest
from django.core.management import CommandError, call_command

from inference import registry
from inference.models import LanguageModel
from inference.registry import RegistryError
from tests.factories.gguf import tiny_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tiny_model(tmp_path / "Tiny Model.gguf", context=512)


@pytest.fixture
def model():
    return LanguageModel.objects.create(name="one", kind="gguf", location="/nowhere.gguf", state="enabled")


def test_a_model_is_described_tried_and_enabled(file, capsys):
    pytest.importorskip("llama_cpp")
    call_command("models", "add", str(file), "--json")
    [said] = json.loads(capsys.readouterr().out)
    assert (said["name"], said["state"], said["default"], said["problem"]) == ("tiny-model", "enabled", True, "")
    assert (said["family"], said["quantisation"], said["context"], said["license"]) == (
        "llama", "F32", 512, "apache-2.0",
    )  # fmt: skip
    assert len(said["sha256"]) == 64


def test_a_damaged_model_is_kept_as_failed_with_the_reason(file):
    pytest.importorskip("llama_cpp")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    model = registry.add(file)
    assert model.state == LanguageModel.State.FAILED
    assert model.problem


def test_what_is_no_model_is_refused_in_words(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no model")
    with pytest.raises(CommandError, match="no GGUF file"):
        call_command("models", "add", str(path))
    assert not LanguageModel.objects.exists()


def test_one_that_needs_more_memory_than_there_is_says_both_figures(model):
    model.memory_needed = 2**60
    assert "of memory and this machine has" in registry.probe(model).problem
    assert model.state == LanguageModel.State.FAILED


def test_there_is_one_default(model):
    other = LanguageModel.objects.create(name="two", kind="gguf", location="/two.gguf", state="enabled")
    registry.make_default(model)
    registry.make_default(other)
    assert list(LanguageModel.objects.filter(default=True)) == [other]


def test_a_disabled_model_cannot_be_the_default(model):
    registry.disable(model)
    with pytest.raises(RegistryError, match="enable it first"):
        registry.make_default(model)


def test_an_unknown_name_is_answered_with_those_known(model):
    with pytest.raises(CommandError, match=r"no model called three. Known: one"):
        call_command("models", "default", "three")


def test_an_empty_registry_says_what_happens_instead(capsys):
    call_command("models", "list")
    assert "quoted from the library" in capsys.readouterr().out
