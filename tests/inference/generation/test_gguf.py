"""Reading what a model file says of itself, and saying what is wrong with one that is damaged."""

import contextlib
import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.generation.gguf import BadModelFile, read
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


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"general__type": "adapter"}, "adapter"),
        ({"general__type": "mmproj"}, "addition to a model"),
        ({"general__architecture": "nomic-bert"}, "made for|for embeddings"),
        ({"general__architecture": ""}, "does not say what kind"),
        ({"split__count": 3}, "name does not say which one"),
    ],
)
def test_what_cannot_write_is_named(tmp_path, keys, words):
    with pytest.raises(BadModelFile, match=words):
        read(described_as(tmp_path / "odd.gguf", **keys))


def described_as(path, **keys):
    """A head that says `keys` of itself (`__` for a dot), and no tensors."""
    raw = b""
    for name, value in {"general__architecture": "llama", **keys}.items():
        dotted = name.replace("__", ".").encode()
        raw += struct.pack("<Q", len(dotted)) + dotted
        if isinstance(value, str):
            raw += struct.pack("<IQ", 8, len(value.encode())) + value.encode()
        elif isinstance(value, float):
            raw += struct.pack("<Id", 12, value)
        else:
            raw += struct.pack("<Iq", 11, value)
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(keys | {"general__architecture": ""})) + raw)
    return path


@pytest.mark.parametrize("value", [-5, 2**62, "many", float("inf"), float("nan")])
def test_counts_that_cannot_be_are_taken_for_unknown(tmp_path, value):
    path = described_as(tmp_path / "odd.gguf", llama__context_length=value, llama__block_count=value,
                        llama__embedding_length=value, general__file_type=value)  # fmt: skip
    described = read(path)
    assert (described.context, described.quantisation) == (2048, "")
    assert 0 < described.memory_needed < 2**63


def test_texts_are_such_as_a_database_takes(tmp_path):
    described = read(described_as(tmp_path / "odd.gguf", general__license="mit\0" + "x" * 500, general__name=""))
    assert described.license.startswith("mitx")
    assert len(described.license) <= 80
    assert described.name == "odd"


def test_a_model_in_parts_counts_them_all_and_names_the_one_that_is_missing(tmp_path):
    first, second = tmp_path / "big-00001-of-00002.gguf", tmp_path / "big-00002-of-00002.gguf"
    described_as(first, split__count=2)
    with pytest.raises(BadModelFile, match=r"big-00002-of-00002\.gguf is not beside it"):
        read(first)
    second.write_bytes(b"x" * 10**6)
    assert read(first).size == first.stat().st_size + 10**6
    described_as(second, split__count=2)
    with pytest.raises(BadModelFile, match="later part"):
        read(second)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(BadModelFile, match="is no file"):
        read(tmp_path)


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
