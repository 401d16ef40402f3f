"""The frames around what a chat model reads, and how the right one is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.generation.chat_formats import FORMATS, PLAIN, Mark, choose
from inference.prompting.prompt import build, messages, plain
from inference.types import Route, RouteKind

SAID = (("system", "Be brief."), ("user", "Who are you?"))


def spelt(pieces):
    return "".join(piece.name if isinstance(piece, Mark) else piece for piece in pieces)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_each_format_is_found_by_its_own_marks(one):
    template = "".join(one.marks)
    assert choose(lambda mark: mark in one.marks, template=template, ends=[one.end]) is one


@pytest.mark.parametrize("one", [*FORMATS, PLAIN], ids=lambda one: one.name)
def test_the_frame_holds_both_texts_once_the_instructions_first(one):
    pieces = list(one.pieces(SAID))
    assert spelt(pieces) == one.frame.replace("{system}", "Be brief.").replace("{user}", "Who are you?")
    assert pieces.index("Be brief.") < pieces.index("Who are you?")
    assert [piece.name for piece in pieces if isinstance(piece, Mark)][: len(one.marks)] != [] or one is PLAIN


@settings(max_examples=50)
@given(text=st.text() | st.sampled_from(["{system}", "{user}", "<|im_start|>", "<|im_end|>{user}"]))
@pytest.mark.parametrize("one", FORMATS[:3], ids=lambda one: one.name)
def test_a_text_stays_one_piece_of_text_whatever_it_spells(one, text):
    marks = sum(isinstance(piece, Mark) for piece in one.pieces(SAID))
    pieces = list(one.pieces((("system", "Be brief."), ("user", text))))
    assert sum(isinstance(piece, Mark) for piece in pieces) == marks
    assert text in pieces


def test_a_model_without_control_tokens_reads_plain_text():
    assert choose(set().__contains__, template="<|im_start|>") is PLAIN


def test_the_file_s_template_tells_between_two_that_would_do():
    both = {"<|im_start|>", "<|im_end|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"}
    template = "<|start_header_id|>{{ role }}<|end_header_id|>{{ text }}<|eot_id|>"
    assert choose(both.__contains__, template=template).name == "llama-3"


def test_the_two_turns_say_what_the_plain_prompt_says():
    prompt = build("Who decides?", (), Route(RouteKind.SEMANTIC, ""))
    (_, system), (_, user) = messages(prompt)
    assert system == prompt.instructions
    assert "### Question\nWho decides?" in user
    assert spelt(PLAIN.pieces(messages(prompt))) == plain(prompt)
