"""Reads the head of a GGUF file without any model library: what a model says of itself, and whether the file is whole.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian). Every length is
checked before it is believed, because the file is somebody else's.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"GGUF"
MOST_ENTRIES = 100_000
MOST_PARAMETERS = 10**14
LONGEST_TEXT = 16 * 1024 * 1024
LONGEST_ARRAY = 5_000_000
LONGEST_HEAD = 512 * 1024 * 1024  # the largest vocabularies take some ten MB
MOST_MEMORY = 2**62  # more than any machine, and less than a database's whole number
MOST_PARTS = 1000
MIB = 1024 * 1024

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _ARRAY = 8, 9
# Architectures that llama.cpp runs and that only make vectors.
_READERS = {"bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3",
            "t5encoder", "gemma-embedding"}  # fmt: skip
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
    if path.exists() and not path.is_file():
        raise BadModelFile(f"{path} is no file.")
    try:
        with path.open("rb") as file:
            values, parameters = _head(file)
    except OSError as problem:
        raise BadModelFile(f"{path} cannot be read: {problem.strerror}.") from problem
    except (struct.error, UnicodeDecodeError, EOFError) as problem:
        raise BadModelFile(
            f"{path.name} ends in the middle of its own description: it may be half downloaded."
        ) from problem
    architecture = _words(values, "general.architecture")
    _refuse_unless_it_writes(values, architecture)
    used = min(_number(values, f"{architecture}.context_length") or 2048, context)
    size = _whole_size(path, _number(values, "split.count"))
    return ModelFile(
        path=path,
        size=size,
        name=_words(values, "general.name") or path.stem,
        architecture=architecture,
        parameters=parameters,
        quantisation=_FILE_TYPES.get(_number(values, "general.file_type", otherwise=-1), ""),
        context=used,
        license=_words(values, "general.license"),
        memory_needed=min(size + _cache_size(values, architecture, used) + size // 10 + 64 * MIB, MOST_MEMORY),
    )


def _refuse_unless_it_writes(values: dict[str, Any], architecture: str) -> None:
    """Some files of this format hold something else than a model that writes."""
    kind = _words(values, "general.type")
    if not architecture:
        raise BadModelFile("This GGUF does not say what kind of model it holds, so nothing can run it.")
    if kind == "adapter":
        raise BadModelFile("This GGUF holds an adapter (LoRA) and no model: merge it into its model first.")
    if kind in {"mmproj", "imatrix"} or architecture == "clip":
        raise BadModelFile("This GGUF holds an addition to a model and no model that writes.")
    if architecture in _READERS:
        raise BadModelFile("This GGUF holds a model for embeddings: it reads texts but cannot write any.")


def _whole_size(path: Path, parts: int) -> int:
    """Bytes of the file, or of all its parts where it is one of several (`name-00001-of-00003.gguf`)."""
    if parts < 2:
        return path.stat().st_size
    found = re.fullmatch(r"(.+)-(\d{5})-of-(\d{5})", path.stem)
    if not found or int(found[3]) != parts or parts > MOST_PARTS:
        raise BadModelFile(f"This GGUF is one of {parts} parts, and its name does not say which one.")
    if int(found[2]) != 1:
        raise BadModelFile("This GGUF is a later part of several: register the first, which ends in 00001-of-….")
    files = [path.with_name(f"{found[1]}-{number:05}-of-{parts:05}.gguf") for number in range(1, parts + 1)]
    missing = [one.name for one in files if not one.is_file()]
    if missing:
        raise BadModelFile(f"This GGUF is one of {parts} parts, and {missing[0]} is not beside it.")
    return sum(one.stat().st_size for one in files)


def _words(values: dict[str, Any], name: str) -> str:
    """A text of the head that a database takes; empty where it is none."""
    value = values.get(name)
    return value.replace("\0", "").strip()[:80] if isinstance(value, str) else ""


def _number(values: dict[str, Any], name: str, *, otherwise: int = 0) -> int:
    """A count of the head; `otherwise` where it is no sensible one."""
    value = values.get(name)
    return value if isinstance(value, int) and 0 <= value < 2**31 else otherwise


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
        if file.tell() > LONGEST_HEAD:
            raise BadModelFile("This GGUF describes itself at a length that no model needs: it is damaged.")
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
    layers = _number(values, f"{architecture}.block_count")
    heads = _number(values, f"{architecture}.attention.head_count") or 1
    shared = _number(values, f"{architecture}.attention.head_count_kv") or heads
    width = _number(values, f"{architecture}.embedding_length")
    return 2 * 2 * layers * context * width * shared // max(heads, 1)
