"""Real, tiny models with random weights: what they write is rubbish, but everything around them is the real thing.

Byte-level tokens of the sentencepiece kind: every text can be written, none makes sense. About half a megabyte.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

TEMPLATE = "{{ raise_exception('a template inside a model file must never be run') }}"


@dataclass(frozen=True)
class Size:
    """How large the model is; the width is a multiple of the heads'."""

    layers: int = 2
    width: int = 64
    hidden: int = 128
    heads: int = 4
    shared_heads: int = 2


TINY = Size()


def tiny_model(
    path: Path,
    *,
    context: int = 2048,
    seed: int = 0,
    name: str = "tiny random llama",
    size: Size = TINY,
    marks: Sequence[str] = (),
    marks_are: gguf.TokenType = gguf.TokenType.CONTROL,
    template: str = TEMPLATE,
    endless: bool = False,
    **more: str | int,
) -> Path:
    """Write a GGUF of the llama architecture to `path`; the same seed gives the same bytes.

    `marks` are added to the vocabulary as tokens of the kind `marks_are`; an `endless` one writes until it is stopped;
    `more` are further keys, `__` for a dot.
    """
    writer = _begun(path, "llama", context=context, name=name, marks=marks, marks_are=marks_are, template=template)
    writer.add_embedding_length(size.width)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(size.hidden)
    writer.add_head_count(size.heads)
    writer.add_head_count_kv(size.shared_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(size.width // size.heads)
    for key, value in more.items():
        add = writer.add_string if isinstance(value, str) else writer.add_uint32
        add(key.replace("__", "."), value)
    return _finished(writer, _llama_shapes(len(_vocabulary(marks)[0]), size), seed, path, endless=endless)


def tiny_recurrent_model(path: Path, *, seed: int = 0) -> Path:
    """Write a GGUF of the mamba architecture, whose state cannot be cut back to an earlier token."""
    size, inner, rank, state, kernel = TINY, 128, 4, 8, 4
    writer = _begun(path, "mamba", context=2048, name="tiny random mamba", marks=(), template="")
    writer.add_embedding_length(size.width)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(0)
    writer.add_head_count(0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_ssm_conv_kernel(kernel)
    writer.add_ssm_inner_size(inner)
    writer.add_ssm_state_size(state)
    writer.add_ssm_time_step_rank(rank)
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (len(_vocabulary(())[0]), size.width),
        "output_norm.weight": (size.width,),
    }
    for layer in range(size.layers):
        shapes |= {
            f"blk.{layer}.attn_norm.weight": (size.width,),
            f"blk.{layer}.ssm_in.weight": (2 * inner, size.width),
            f"blk.{layer}.ssm_conv1d.weight": (inner, kernel),
            f"blk.{layer}.ssm_conv1d.bias": (inner,),
            f"blk.{layer}.ssm_x.weight": (rank + 2 * state, inner),
            f"blk.{layer}.ssm_dt.weight": (inner, rank),
            f"blk.{layer}.ssm_dt.bias": (inner,),
            f"blk.{layer}.ssm_a": (inner, state),
            f"blk.{layer}.ssm_d": (inner,),
            f"blk.{layer}.ssm_out.weight": (size.width, inner),
        }
    return _finished(writer, shapes, seed, path)


def _begun(
    path: Path,
    architecture: str,
    *,
    context: int,
    name: str,
    marks: Sequence[str],
    marks_are: gguf.TokenType = gguf.TokenType.CONTROL,
    template: str,
) -> gguf.GGUFWriter:
    tokens, scores, kinds = _vocabulary(marks, marks_are)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(context)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    if template:
        writer.add_chat_template(template)
    return writer


def _finished(
    writer: gguf.GGUFWriter, shapes: dict[str, tuple[int, ...]], seed: int, path: Path, *, endless: bool = False
) -> Path:
    for tensor, shape in shapes.items():
        weights = _weights(tensor, shape, seed)
        if endless and tensor == "output.weight":
            weights[:3] = 0  # the three control tokens are never the likeliest
        writer.add_tensor(tensor, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _vocabulary(
    marks: Sequence[str], marks_are: gguf.TokenType = gguf.TokenType.CONTROL
) -> tuple[list[bytes], list[float], list[int]]:
    special = [(b"<unk>", gguf.TokenType.UNKNOWN), (b"<s>", gguf.TokenType.CONTROL), (b"</s>", gguf.TokenType.CONTROL)]
    raw = [(f"<0x{byte:02X}>".encode(), gguf.TokenType.BYTE) for byte in range(256)]
    signs = [("▁", gguf.TokenType.NORMAL), *((chr(sign), gguf.TokenType.NORMAL) for sign in range(33, 127))]
    # Pairwise merging reaches a word only when each of its beginnings is a token.
    beginnings = {f"▁{word[:end]}" for word in ("the", "and", "pattern", "people") for end in range(1, len(word) + 1)}
    listed = [*special, *raw, *((text.encode(), kind) for text, kind in signs)]
    listed += [(text.encode(), gguf.TokenType.NORMAL) for text in sorted(beginnings)]
    listed += [(mark.encode(), marks_are) for mark in marks]
    return (
        [text for text, _ in listed],
        [0.0 if kind != gguf.TokenType.NORMAL else -1.0 - place / 1000 for place, (_, kind) in enumerate(listed)],
        [int(kind) for _, kind in listed],
    )


def _llama_shapes(tokens: int, size: Size) -> dict[str, tuple[int, ...]]:
    head, width = size.width // size.heads, size.width
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (tokens, width),
        "output_norm.weight": (width,),
        "output.weight": (tokens, width),
    }
    for layer in range(size.layers):
        shapes |= {
            f"blk.{layer}.attn_norm.weight": (width,),
            f"blk.{layer}.ffn_norm.weight": (width,),
            f"blk.{layer}.attn_q.weight": (size.heads * head, width),
            f"blk.{layer}.attn_k.weight": (size.shared_heads * head, width),
            f"blk.{layer}.attn_v.weight": (size.shared_heads * head, width),
            f"blk.{layer}.attn_output.weight": (width, size.heads * head),
            f"blk.{layer}.ffn_gate.weight": (size.hidden, width),
            f"blk.{layer}.ffn_up.weight": (size.hidden, width),
            f"blk.{layer}.ffn_down.weight": (width, size.hidden),
        }
    return shapes


def _weights(tensor: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    if tensor.endswith("norm.weight"):
        return np.ones(shape, np.float32)
    if tensor.endswith("ssm_a"):
        return np.full(shape, -1.0, np.float32)
    chance = np.random.default_rng([seed, *tensor.encode()])
    return (chance.standard_normal(shape) * 0.2).astype(np.float32)
