"""A model server may do anything: what is good is streamed, everything else is a sentence and nothing leaks."""

import re
import time
from dataclasses import replace

import pytest

from inference.backends import BackendError
from inference.backends.openai_endpoint import Generator
from tests.factories.endpoints import WORDS, model_server

SILENT = {"hangs", "stalls", "keeps-alive"}


@pytest.fixture
def made(server):
    """Make a generator for one way to behave, with limits a test can wait for where the server is silent."""

    def make(model, **more):
        generator = Generator(server.url, model=model, name="far", private=True, **more)
        if model in SILENT:
            generator.first_token = generator.between = 0.6
        return generator

    return make


def text(stream):
    return "".join(token.text for token in stream)


@pytest.mark.parametrize("model", ["good", "comments", "bytes", "thinks", "silent-thinker"])
def test_what_the_server_writes_is_streamed(made, prompt, model):
    assert text(made(model).stream(prompt)) == "".join(WORDS)


def test_the_pieces_come_one_by_one(made, prompt):
    pieces = [token.text for token in made("good").stream(prompt) if token.text]
    assert pieces == list(WORDS)


def test_the_servers_own_counts_are_taken(made, prompt):
    usage = [token.usage for token in made("good").stream(prompt) if token.usage][-1]
    assert (usage.tokens_in, usage.tokens_out, usage.cached) == (70, 9, 60)


def test_without_counts_ours_are_an_estimate(made, prompt):
    usage = [token.usage for token in made("uncounted").stream(prompt) if token.usage][-1]
    assert usage.tokens_out == 1
    assert usage.tokens_in > 100


def test_the_instructions_are_the_system_turn_and_the_passages_the_users(made, prompt, server):
    text(made("good").stream(prompt))
    asked = server.asked[-1]
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert asked["messages"][0]["content"] == prompt.instructions
    assert prompt.evidence[0].text in asked["messages"][1]["content"]
    assert prompt.question in asked["messages"][1]["content"]
    assert (asked["stream"], asked["temperature"], asked["max_tokens"]) == (True, 0, 24)


def test_the_key_of_its_variable_is_sent_and_none_other(made, prompt, server, settings):
    settings.ENDPOINT_KEYS = {"FAR": "secret-key-1", "OTHER": "secret-key-2"}
    text(made("good", key_env="CLM_ENDPOINT_KEY_FAR").stream(prompt))
    assert server.headers[-1]["Authorization"] == "Bearer secret-key-1"
    text(made("good").stream(prompt))
    assert "Authorization" not in server.headers[-1]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("empty", "broke off"),
        ("wordless", "without a word"),
        ("cut", "broke off"),
        ("cut-in-a-letter", "broke off"),
        ("no-json", "no JSON"),
        ("html", "something else than a stream"),
        ("list", "of a shape"),
        ("shape", "of a shape"),
        ("number", "something else than text"),
        ("deep", "no JSON"),
        ("error", "an error instead"),
        ("whole", "application/json where a stream"),
        ("endless-line", "a line without an end"),
        ("endless", "more than was asked for"),
        ("refuses", "refuses our key"),
        ("forbids", "refuses our key"),
        ("unknown", "does not know that address or that model"),
        ("busy", "too many requests"),
        ("broken", "fault of its own"),
        ("moved", "sends us elsewhere"),
        ("too-long", "too long"),
        ("hangs", "silent for 0.6 seconds"),
        ("stalls", "silent for 0.6 seconds"),
        ("keeps-alive", "silent for 0.6 seconds"),
    ],
)
def test_rubbish_is_a_sentence_of_ours(made, prompt, model, words, caplog):
    with pytest.raises(BackendError, match=words) as raised:
        text(made(model).stream(prompt))
    said = str(raised.value)
    assert re.fullmatch(r"The model server far .+\.", said)
    assert "secret" not in said + caplog.text
    assert "private question" not in said + caplog.text


def test_a_server_that_is_not_there_is_said(prompt):
    with pytest.raises(BackendError, match="cannot be reached"):
        text(Generator("http://127.0.0.1:9/v1", model="none", private=True).stream(prompt))


def test_a_public_endpoint_whose_name_leads_inside_is_not_asked(server, prompt):
    generator = Generator(server.url, model="good", private=False)
    before = len(server.asked)
    with pytest.raises(BackendError, match="leads nowhere this site may go"):
        text(generator.stream(prompt))
    assert len(server.asked) == before


def test_closing_hangs_up_within_a_moment(prompt):
    with model_server() as server:
        generator = Generator(server.url, model="slow", private=True)
        stream = generator.stream(prompt)
        while not next(stream).text:
            pass
        begun = time.monotonic()
        stream.close()
        assert time.monotonic() - begun < 4
        assert server.hung_up.wait(10)


def test_a_stop_is_heard_while_the_server_is_silent(server, prompt):
    stream = Generator(server.url, model="hangs", private=True).stream(prompt)
    begun = time.monotonic()
    assert next(stream).text == ""
    stream.close()
    assert time.monotonic() - begun < 4


def test_what_does_not_fit_is_not_sent(made, prompt, server):
    before = len(server.asked)
    with pytest.raises(BackendError, match="do not fit"):
        text(made("good", context=512).stream(replace(prompt, question="word " * 2000)))
    assert len(server.asked) == before
