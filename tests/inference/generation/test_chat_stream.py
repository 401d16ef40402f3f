"""Reading a chat stream: cut anywhere it says the same, and nothing that comes can do more than be refused."""

import contextlib
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.backends.chat_stream import ChatStream, Rubbish
from tests.factories.endpoints import BODIES, WHOLE, WORDS, event


def read(pieces):
    stream = ChatStream()
    return "".join(delta.text for piece in pieces for delta in stream.feed(piece))


@given(cuts=st.lists(st.integers(0, len(WHOLE)), max_size=12))
def test_it_says_the_same_wherever_it_is_cut(cuts):
    places = [0, *sorted(cuts), len(WHOLE)]
    assert read(WHOLE[a:b] for a, b in pairwise(places)) == "".join(WORDS)


@given(pieces=st.lists(st.binary() | st.sampled_from([*BODIES.values(), b"\n", b"\n\n", b"data: ", b"{}", b"[DONE]"])))
def test_whatever_comes_is_text_or_refused(pieces):
    with contextlib.suppress(Rubbish):
        assert isinstance(read(pieces), str)


KEYS = st.sampled_from(["choices", "delta", "content", "usage", "prompt_tokens", "completion_tokens", "error"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(KEYS, one, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(value=JSON)
def test_whatever_json_comes_is_text_or_refused(value):
    with contextlib.suppress(Rubbish):
        assert isinstance(read([event(value)]), str)


def test_thoughts_are_no_part_of_the_answer():
    assert read([BODIES["thinks"]]) == "".join(WORDS)
