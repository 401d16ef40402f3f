"""Registering a model: what it is, a trial in a process of its own, and which one writes."""

import json
import re
import sys

import pytest
from django.core.management import CommandError, call_command

from inference.generation import registry, trial
from inference.generation.registry import RegistryError
from inference.models import LanguageModel
from tests.factories.endpoints import model_server
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


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "SIGILL.*built for another processor"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV.*damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory ran out"),
        ("raise SystemExit('no luck')", "code 1: no luck"),
        ('print(\'{"problem": "It is odd."}\')', "It is odd"),
        ("import time; time.sleep(30)", "still not ready after 2 seconds"),
    ],
)
def test_a_trial_that_ends_badly_is_a_sentence_and_takes_nothing_along(model, monkeypatch, tmp_path, code, words):
    """The trial is a real process; only what it runs is exchanged, for no file crashes llama.cpp on every machine."""
    pytest.importorskip("llama_cpp")
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\n{code}\n")
    python.chmod(0o755)
    monkeypatch.setattr(trial.sys, "executable", str(python))
    monkeypatch.setattr(trial, "LIMIT", 2)
    found = registry.probe(model)
    assert found.state == LanguageModel.State.FAILED
    assert re.search(words, found.problem)


def test_values_that_are_no_numbers_are_found_by_the_trial(file):
    pytest.importorskip("llama_cpp")
    content = bytearray(file.read_bytes())
    content[-4000:] = b"\xff" * 4000
    file.write_bytes(bytes(content))
    model = registry.add(file)
    assert model.state == LanguageModel.State.FAILED


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


@pytest.fixture(scope="module")
def server():
    with model_server() as one:
        yield one


def test_an_endpoint_is_tried_and_described(server, capsys):
    call_command("models", "add-endpoint", "Our Server", server.url, "--model", "good", "--context", "2000", "--json")
    [said] = json.loads(capsys.readouterr().out)
    assert (said["name"], said["kind"], said["state"], said["default"]) == ("our-server", "endpoint", "enabled", True)
    assert (said["served_name"], said["context"], said["tier"], said["role"]) == ("good", 2000, 1, "small")
    assert said["key_env"] == "CLM_ENDPOINT_KEY_OUR_SERVER"
    assert LanguageModel.objects.get(name="our-server").private


def test_an_endpoint_of_the_commons_for_hard_questions(server, capsys):
    arguments = ["far", server.url, "--model", "good", "--tier", "2", "--role", "medium"]
    call_command("models", "add-endpoint", *arguments)
    said = capsys.readouterr().out
    assert "writes the answers to hard questions" in said
    assert "run by the commons" in said
    assert LanguageModel.objects.get(name="far").tier == 2


def test_an_endpoint_that_fails_its_trial_says_why(server):
    with pytest.raises(CommandError, match="far cannot be used: The model server far refuses our key"):
        call_command("models", "add-endpoint", "far", server.url, "--model", "refuses")
    assert not LanguageModel.objects.get(name="far").default


def test_the_key_is_used_and_stored_nowhere(server, settings, capsys):
    settings.ENDPOINT_KEYS = {"FAR": "secret-key-1"}
    call_command("models", "add-endpoint", "far", server.url, "--model", "good", "--json")
    call_command("models", "list")
    assert server.headers[-1]["Authorization"] == "Bearer secret-key-1"
    row = LanguageModel.objects.filter(name="far").values().get()
    assert "secret-key-1" not in f"{row}{capsys.readouterr()}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["far", "http://me:pw@127.0.0.1/v1"], "Keys belong into the environment"),
        (["far", "http://169.254.169.254/v1"], "no server that answers questions"),
        (["!!!", "http://127.0.0.1:9/v1"], "short name"),
        (["far", "http://127.0.0.1:9/v1", "--key-env", "SECRET_KEY"], "must begin with CLM_ENDPOINT_KEY_"),
        (["far", "https://1.1.1.1/v1", "--tier", "1"], "not on this machine or network"),
        (["one", "http://127.0.0.1:9/v1"], "already the name of another kind"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused_in_words(model, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("models", "add-endpoint", *arguments, "--model", "good")
    assert LanguageModel.objects.count() == 1


def test_an_empty_registry_says_what_happens_instead(capsys):
    call_command("models", "list")
    said = capsys.readouterr().out
    assert "quoted from the library" in said
    assert "billion parameters fits" in said
