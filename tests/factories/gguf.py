"""A real, tiny llama model with random weights: what it writes is rubbish, but everything around it is the real thing.

Byte-level tokens of the sentencepiece kind: every text can be written, none makes sense. About half a megabyte.
"""

from pathlib import Path

import gguf
import numpy as np

LAYERS, WIDTH, HEADS, SHARED_HEADS, HIDDEN = 2, 64, 4, 2, 128


def tiny_model(path: Path, *, context: int = 2048, seed: int = 0, name: str = "tiny random llama") -> Path:
    """Write a GGUF of the llama architecture to `path`; the same seed gives the same bytes."""
    tokens, scores, kinds = _vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(SHARED_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template("{{ raise_exception('a template inside a model file must never be run') }}")
    for tensor, shape in _shapes(len(tokens)).items():
        writer.add_tensor(tensor, _weights(tensor, shape, seed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _vocabulary() -> tuple[list[bytes], list[float], list[int]]:
    special = [(b"<unk>", gguf.TokenType.UNKNOWN), (b"<s>", gguf.TokenType.CONTROL), (b"</s>", gguf.TokenType.CONTROL)]
    raw = [(f"<0x{byte:02X}>".encode(), gguf.TokenType.BYTE) for byte in range(256)]
    signs = [("▁", gguf.TokenType.NORMAL), *((chr(sign), gguf.TokenType.NORMAL) for sign in range(33, 127))]
    # Pairwise merging reaches a word only when each of its beginnings is a token.
    beginnings = {f"▁{word[:end]}" for word in ("the", "and", "pattern", "people") for end in range(1, len(word) + 1)}
    listed = [*special, *raw, *((text.encode(), kind) for text, kind in signs)]
    listed += [(text.encode(), gguf.TokenType.NORMAL) for text in sorted(beginnings)]
    return (
        [text for text, _ in listed],
        [0.0 if kind != gguf.TokenType.NORMAL else -1.0 - place / 1000 for place, (_, kind) in enumerate(listed)],
        [int(kind) for _, kind in listed],
    )


def _shapes(tokens: int) -> dict[str, tuple[int, ...]]:
    head = WIDTH // HEADS
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (tokens, WIDTH),
        "output_norm.weight": (WIDTH,),
        "output.weight": (tokens, WIDTH),
    }
    for layer in range(LAYERS):
        shapes |= {
            f"blk.{layer}.attn_norm.weight": (WIDTH,),
            f"blk.{layer}.ffn_norm.weight": (WIDTH,),
            f"blk.{layer}.attn_q.weight": (HEADS * head, WIDTH),
            f"blk.{layer}.attn_k.weight": (SHARED_HEADS * head, WIDTH),
            f"blk.{layer}.attn_v.weight": (SHARED_HEADS * head, WIDTH),
            f"blk.{layer}.attn_output.weight": (WIDTH, HEADS * head),
            f"blk.{layer}.ffn_gate.weight": (HIDDEN, WIDTH),
            f"blk.{layer}.ffn_up.weight": (HIDDEN, WIDTH),
            f"blk.{layer}.ffn_down.weight": (WIDTH, HIDDEN),
        }
    return shapes


def _weights(tensor: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    if tensor.endswith("norm.weight"):
        return np.ones(shape, np.float32)
    chance = np.random.default_rng([seed, *tensor.encode()])
    return (chance.standard_normal(shape) * 0.2).astype(np.float32)
