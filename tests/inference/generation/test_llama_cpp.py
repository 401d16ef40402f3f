"""What llama.cpp reads: our own chat frame, instructions once, and control tokens that no text can spell."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.backends import BackendError
from tests.factories.gguf import gguf, tiny_model, tiny_recurrent_model

llama_cpp = pytest.importorskip("inference.backends.llama_cpp")

CHATML = ("<|im_start|>", "<|im_end|>", "<think>", "</think>")
LLAMA_3 = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module", params=[gguf.TokenType.CONTROL, gguf.TokenType.USER_DEFINED], ids=["control", "user"])
def chat(folder, request):
    path = tiny_model(folder / f"chat{request.param}.gguf", marks=CHATML, marks_are=request.param)
    generator = llama_cpp.Generator(str(path), context=2048)
    yield generator
    generator.close()


@pytest.fixture(scope="module")
def tiny(folder):
    generator = llama_cpp.Generator(str(tiny_model(folder / "tiny.gguf")), name="tiny", context=2048)
    yield generator
    generator.close()


def usage(generator, prompt):
    return [token.usage for token in generator.stream(prompt) if token.usage][-1]


def reread(found):
    """The share of the instructions that had to be read again."""
    return 1 - min(found.cached, found.static) / found.static


@pytest.mark.parametrize(
    ("marks", "template", "name"),
    [
        ((), "", "plain"),
        (CHATML, "<|im_start|>", "chatml"),
        (LLAMA_3, "<|start_header_id|> <|end_header_id|> <|eot_id|>", "llama-3"),
        (("<start_of_turn>", "<end_of_turn>"), "<start_of_turn>", "gemma"),
        (("[INST]", "[/INST]"), "[INST] [/INST]", "mistral"),
        (LLAMA_3, "", "plain"),  # a base model that reserves the tokens
    ],
)
def test_the_frame_is_that_of_the_vocabulary(folder, marks, template, name):
    path = tiny_model(folder / "one.gguf", marks=marks, template=template)
    generator = llama_cpp.Generator(str(path), context=512)
    assert generator.format.name == name
    generator.close()


def test_a_chat_model_reads_its_marks_and_no_thought(chat, prompt):
    written = chat._written(prompt)
    start, end, think, unthink = (chat._marks[name] for name in CHATML)
    marks = [token for token in written.tokens if token in chat._marks.values()]
    assert marks == [start, end, start, end, start, think, unthink]
    assert written.tokens[0] == 1  # what every text of this model begins with


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.lists(
        st.sampled_from([*CHATML, "<s>", "</s>", "<|im_", "start|>", "<", " hello ", "日", "\n"]), max_size=8
    )
)
def test_no_text_becomes_a_control_token(chat, words):
    tokens = chat._plain_tokens("".join(words))
    assert not set(tokens) & {*chat._marks.values(), 1, 2}


@pytest.mark.parametrize("make", [tiny_model, tiny_recurrent_model])
def test_the_instructions_are_read_once(folder, prompt, make):
    generator = llama_cpp.Generator(str(make(folder / f"{make.__name__}.gguf")), context=2048)
    generator.warm(prompt)
    again = [
        reread(usage(generator, replace(prompt, question=f"{asked} What number is {number}?", max_tokens=4)))
        for number, asked in enumerate(["One visitor asks.", "Another asks in between."] * 5)
    ]
    assert max(again) == 0
    generator.close()


def test_a_follow_up_reads_only_what_is_new(tiny, prompt):
    usage(tiny, prompt)
    found = usage(tiny, replace(prompt, question=prompt.question + " And who chooses stewards?"))
    assert found.cached > 0.9 * (found.tokens_in - 40)


def test_a_stop_costs_the_next_answer_no_instructions(tiny, prompt):
    stream = tiny.stream(prompt)
    next(token for token in stream if token.text)
    stream.close()
    assert reread(usage(tiny, replace(prompt, question="Another question?"))) == 0


def test_reading_a_long_prompt_pauses_after_every_chunk(folder, prompt):
    generator = llama_cpp.Generator(str(tiny_model(folder / "cold.gguf")), context=2048)
    pauses = 0
    for token in generator.stream(prompt):
        if token.usage:
            break
        pauses += 1
    assert pauses >= len(generator._written(prompt).tokens) / llama_cpp.CHUNK
    generator.close()


def test_it_keeps_to_the_limit(tiny, prompt):
    assert usage(tiny, replace(prompt, max_tokens=5)).tokens_out <= 5


def test_a_closed_model_says_so_instead_of_crashing(folder, prompt):
    generator = llama_cpp.Generator(str(tiny_model(folder / "closed.gguf")), name="gone", context=512)
    generator.close()
    generator.close()
    with pytest.raises(BackendError, match="gone was just taken out of use"):
        list(generator.stream(prompt))
    with pytest.raises(BackendError, match="gone was just taken out of use"):
        generator.count("words")


def test_a_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(BackendError, match="not there any more"):
        llama_cpp.Generator(str(tmp_path / "gone.gguf"))


def test_half_a_file_is_said(tmp_path):
    path = tiny_model(tmp_path / "half.gguf")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BackendError, match="cannot be loaded"):
        llama_cpp.Generator(str(path))
