"""Reading what a model file says of itself, and saying what is wrong with one that is damaged."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.gguf import BadModelFile, read
from tests.factories.gguf import tiny_model


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny.gguf")


def test_a_model_describes_itself(model):
    described = read(model)
    assert (described.architecture, described.quantisation, described.context) == ("llama", "F32", 2048)
    assert described.name == "tiny random llama"
    assert described.license == "apache-2.0"
    assert 100_000 < described.parameters < 200_000
    assert described.memory_needed > described.size


def test_the_context_used_is_never_more_than_asked_for(model):
    assert read(model, context=512).context == 512


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "begin with the four letters"),
        (b"PK\x03\x04 a zip file", "begin with the four letters"),
        (b"GGUF\x09\x00\x00\x00", "version 9"),
        (b"GGUF\x03\x00\x00\x00\xff", "half downloaded"),
        (b"GGUF\x03\x00\x00\x00" + b"\xff" * 16, "damaged"),
    ],
)
def test_what_is_no_model_is_named(tmp_path, content, words):
    path = tmp_path / "odd.gguf"
    path.write_bytes(content)
    with pytest.raises(BadModelFile, match=words):
        read(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadModelFile, match="cannot be read"):
        read(tmp_path / "none.gguf")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_never_crashes(model, tmp_path, data):
    content = bytearray(model.read_bytes()[:9000])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.gguf"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    with contextlib.suppress(BadModelFile):
        read(path)
