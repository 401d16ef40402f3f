"""Reads the head of a GGUF file without any model library: what a model says of itself, and whether the file is whole.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian). Every length is
checked before it is believed, because the file is somebody else's.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"GGUF"
MOST_ENTRIES = 100_000
MOST_PARAMETERS = 10**14
LONGEST_TEXT = 16 * 1024 * 1024
LONGEST_ARRAY = 5_000_000

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _ARRAY = 8, 9
# general.file_type (llama.h, enum llama_ftype)
_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M",
    30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip


class BadModelFile(Exception):
    """The file is no readable GGUF; the message says what is wrong with it."""


@dataclass(frozen=True)
class ModelFile:
    """What a GGUF says of itself. `memory_needed` is bytes: the file, the attention cache at `context`, and slack."""

    path: Path
    size: int
    name: str
    architecture: str
    parameters: int
    quantisation: str
    context: int
    license: str
    memory_needed: int


def read(path: Path, *, context: int = 4096) -> ModelFile:
    """Read the head of `path`; `context` is the most tokens the site would use. Raises `BadModelFile`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            values, parameters = _head(file)
    except OSError as problem:
        raise BadModelFile(f"{path} cannot be read: {problem.strerror}.") from problem
    except (struct.error, UnicodeDecodeError, EOFError) as problem:
        raise BadModelFile(
            f"{path.name} ends in the middle of its own description: it may be half downloaded."
        ) from problem
    architecture = str(values.get("general.architecture", ""))
    trained = int(values.get(f"{architecture}.context_length") or 2048)
    used = min(trained, context)
    return ModelFile(
        path=path,
        size=size,
        name=str(values.get("general.name", path.stem)),
        architecture=architecture,
        parameters=parameters,
        quantisation=_FILE_TYPES.get(values.get("general.file_type", -1), ""),
        context=used,
        license=str(values.get("general.license", ""))[:80],
        memory_needed=size + _cache_size(values, architecture, used) + size // 10 + 64 * 1024 * 1024,
    )


def _head(file: BinaryIO) -> tuple[dict[str, Any], int]:
    if file.read(4) != MAGIC:
        raise BadModelFile("This is no GGUF file: it does not begin with the four letters GGUF.")
    (version,) = _take(file, "<I")
    if version not in (2, 3):
        raise BadModelFile(f"This is a GGUF of version {version}; versions 2 and 3 can be read.")
    tensors, entries = _take(file, "<QQ")
    if tensors > MOST_ENTRIES or entries > MOST_ENTRIES:
        raise BadModelFile("This GGUF says it has more entries than any model: it is damaged.")
    values = {}
    for _ in range(entries):
        name = _text(file)
        (kind,) = _take(file, "<I")
        values[name] = _value(file, kind)
    parameters = 0
    for _ in range(tensors):
        _text(file)
        (dimensions,) = _take(file, "<I")
        if dimensions > 8:
            raise BadModelFile("This GGUF describes a tensor that cannot be: it is damaged.")
        elements = 1
        for length in _take(file, f"<{dimensions}Q"):
            elements *= length
        parameters += elements
        if parameters > MOST_PARAMETERS:
            raise BadModelFile("This GGUF describes more parameters than any model has: it is damaged.")
        _take(file, "<IQ")
    return values, parameters


def _value(file: BinaryIO, kind: int) -> Any:
    if kind in _SCALARS:
        return _take(file, f"<{_SCALARS[kind]}")[0]
    if kind == _TEXT:
        return _text(file)
    if kind != _ARRAY:
        raise BadModelFile("This GGUF holds a kind of value that the format does not know: it is damaged.")
    inner, length = _take(file, "<IQ")
    if length > LONGEST_ARRAY or inner == _ARRAY:
        raise BadModelFile("This GGUF holds a list that no model needs: it is damaged.")
    if inner in _SCALARS:
        wanted = struct.calcsize(f"<{_SCALARS[inner]}") * length
        if len(file.read(wanted)) != wanted:
            raise EOFError
        return None
    for _ in range(length):
        _text(file)
    return None


def _text(file: BinaryIO) -> str:
    (length,) = _take(file, "<Q")
    if length > LONGEST_TEXT:
        raise BadModelFile("This GGUF holds a text that is longer than any model needs: it is damaged.")
    raw = file.read(length)
    if len(raw) != length:
        raise EOFError
    return raw.decode("utf-8", errors="replace")


def _take(file: BinaryIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _cache_size(values: dict[str, Any], architecture: str, context: int) -> int:
    """Bytes of the attention cache in 16-bit floats: keys and values of every layer and token."""
    layers = values.get(f"{architecture}.block_count") or 0
    heads = values.get(f"{architecture}.attention.head_count") or 1
    shared = values.get(f"{architecture}.attention.head_count_kv") or heads
    width = values.get(f"{architecture}.embedding_length") or 0
    if not all(isinstance(each, int) for each in (layers, heads, shared, width)):
        return 0
    return 2 * 2 * layers * context * width * shared // max(heads, 1)
