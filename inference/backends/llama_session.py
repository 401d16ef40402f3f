"""A GGUF in this process's memory and the one text it is at, over llama.cpp's own C interface.

The `Llama` class is left aside for three reasons: it compiles the chat template of the file, it cannot be told
`use_extra_bufts=False` (builds that repack weights die on machines that report AMX and trap on it), and it forgets
what a recurrent model had read. https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h
"""

import ctypes
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

import llama_cpp  # noqa: F401  (loads the library and its own log, which is replaced below)
from llama_cpp import llama_cpp as low

from inference.backends import BackendError

log = logging.getLogger(__name__)

CHUNK = 128  # tokens read at once: what a stop waits for at most
REPEAT_PENALTY, REPEAT_WITHIN = 1.1, 64  # against small models that go round in circles; counts only what they wrote
ERROR = 3  # GGML_LOG_LEVEL_ERROR
_SPECIAL = low.LLAMA_TOKEN_ATTR_CONTROL | low.LLAMA_TOKEN_ATTR_USER_DEFINED
_errors: deque[str] = deque(maxlen=1)  # what llama.cpp complained of last


@low.llama_log_callback
def _note(level: int, text: bytes, _user_data: ctypes.c_void_p) -> None:
    if level == ERROR and (words := text.decode("utf-8", "replace").strip()):
        _errors.append(words)
        log.warning("llama.cpp: %s", words[:300])


def _complaint(otherwise: str) -> str:
    return _errors.pop().rstrip(".") if _errors else otherwise


low.llama_log_set(_note, ctypes.c_void_p(0))


class Session:
    """One model, one sequence. Not safe between threads: whoever owns it lets one generation run at a time."""

    def __init__(self, location: str, *, context: int, threads: int, check: bool = False) -> None:
        """Load the file; `check` also looks for values that are no numbers. Raises `BackendError`."""
        self._model = self._context = self._sampler = None
        wanted = low.llama_model_default_params()
        wanted.use_extra_bufts = False
        wanted.check_tensors = check
        self._model = low.llama_model_load_from_file(str(location).encode(), wanted)
        if not self._model:
            raise BackendError(f"The model cannot be loaded: {_complaint('llama.cpp does not say why')}.")
        if not low.llama_model_has_decoder(self._model):
            self.close()
            raise BackendError("The model reads texts but does not write any: it is made for embeddings.")
        self._vocabulary = low.llama_model_get_vocab(self._model)
        settings = low.llama_context_default_params()
        settings.n_ctx, settings.n_batch, settings.n_ubatch = context, CHUNK, CHUNK
        settings.n_threads = settings.n_threads_batch = threads  # its own default is four, however few cores there are
        self._context = low.llama_init_from_model(self._model, settings)
        if not self._context:
            self.close()
            raise BackendError(f"There is no room for {context} tokens of context: {_complaint('out of memory')}.")
        self.context = low.llama_n_ctx(self._context)
        self._memory = low.llama_get_memory(self._context)
        self._sampler = low.llama_sampler_chain_init(low.llama_sampler_chain_default_params())
        size = low.llama_vocab_n_tokens(self._vocabulary)
        low.llama_sampler_chain_add(
            self._sampler, low.llama_sampler_init_penalties(size, REPEAT_WITHIN, REPEAT_PENALTY, 0.0, 0.0)
        )
        low.llama_sampler_chain_add(self._sampler, low.llama_sampler_init_greedy())
        # What a recurrent model has read cannot be cut back, only put back from a copy.
        self._copies = low.llama_model_is_recurrent(self._model) or low.llama_model_is_hybrid(self._model)
        self._copy: tuple[list[int], bytes] | None = None
        self.held: list[int] = []
        self._buffer = ctypes.create_string_buffer(1024)

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        for name, free in (
            ("_sampler", low.llama_sampler_free),
            ("_context", low.llama_free),
            ("_model", low.llama_model_free),
        ):
            if held := getattr(self, name, None):
                setattr(self, name, None)
                free(held)

    # ── The vocabulary ────────────────────────────────────────────────────────────────────────────────────

    def tokens(self, text: str) -> list[int]:
        """`text` as tokens, none of them a control token."""
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        found = (low.llama_token * room)()
        count = low.llama_tokenize(self._vocabulary, raw, len(raw), found, room, False, False)
        if count < 0:
            raise BackendError("The text cannot be read by this model.")
        return found[:count]

    def mark(self, name: str) -> int | None:
        """The control token of that name, where the vocabulary has one."""
        raw = name.encode()
        found = (low.llama_token * 4)()
        if low.llama_tokenize(self._vocabulary, raw, len(raw), found, 4, False, True) != 1:
            return None
        is_one = low.llama_vocab_get_attr(self._vocabulary, found[0]) & _SPECIAL
        return found[0] if is_one and low.llama_vocab_get_text(self._vocabulary, found[0]) == raw else None

    def piece(self, token: int) -> bytes:
        """The bytes `token` stands for; nothing for a control token."""
        size = low.llama_token_to_piece(self._vocabulary, token, self._buffer, len(self._buffer), 0, False)
        return self._buffer.raw[:size] if size > 0 else b""

    def is_end(self, token: int) -> bool:
        return low.llama_vocab_is_eog(self._vocabulary, token)

    @property
    def begin(self) -> list[int]:
        """The token every text begins with, where the model wants one."""
        wants = low.llama_vocab_get_add_bos(self._vocabulary)
        return [low.llama_vocab_bos(self._vocabulary)] if wants else []

    @property
    def ends(self) -> list[str]:
        """The name of the token the file says its texts end with (of a turn's end llama.cpp may only guess)."""
        token = low.llama_vocab_eos(self._vocabulary)
        return [] if token < 0 else [low.llama_vocab_get_text(self._vocabulary, token).decode("utf-8", "replace")]

    @property
    def template(self) -> str:
        """The file's own chat template, as a text that is never run."""
        size = low.llama_model_meta_val_str(self._model, b"tokenizer.chat_template", None, 0)
        if size <= 0:
            return ""
        buffer = ctypes.create_string_buffer(size + 1)
        low.llama_model_meta_val_str(self._model, b"tokenizer.chat_template", buffer, size + 1)
        return buffer.value.decode("utf-8", "replace")

    # ── Reading and writing ───────────────────────────────────────────────────────────────────────────────

    def keep(self, tokens: Sequence[int]) -> int:
        """Forget all but what `tokens` begins with; returns how many of them need not be read again (never all)."""
        low.llama_sampler_reset(self._sampler)
        same = next((at for at, (a, b) in enumerate(zip(self.held, tokens, strict=False)) if a != b), None)
        same = min(len(self.held), len(tokens) - 1) if same is None else min(same, len(tokens) - 1)
        if same == len(self.held) or (same and low.llama_memory_seq_rm(self._memory, 0, same, -1)):
            self.held = self.held[:same]
        elif self._copy and list(tokens[: len(self._copy[0])]) == self._copy[0] and len(self._copy[0]) < len(tokens):
            self._put_back(*self._copy)
        else:
            self.forget()
        return len(self.held)

    def read(self, tokens: Sequence[int]) -> None:
        """Read at most `CHUNK` tokens after those held. Raises `BackendError`, and then holds nothing."""
        ids = (low.llama_token * len(tokens))(*tokens)  # the batch holds only its address
        outcome = low.llama_decode(self._context, low.llama_batch_get_one(ids, len(tokens)))
        if outcome:
            self.forget()
            why = "its context is full" if outcome == 1 else _complaint(f"code {outcome}")
            raise BackendError(f"The model stopped reading: {why}.")
        self.held.extend(tokens)

    def choose(self) -> int:
        """The next token after those held, by the sampling settings above: the likeliest one, always."""
        return low.llama_sampler_sample(self._sampler, self._context, -1)

    def remember(self) -> None:
        """Keep a copy of the state after what is held now, where the model cannot be cut back to it."""
        if not self._copies or (self._copy and self._copy[0] == self.held):
            return
        size = low.llama_state_seq_get_size(self._context, 0)
        state = (ctypes.c_uint8 * size)()
        if low.llama_state_seq_get_data(self._context, state, size, 0) == size:
            self._copy = (list(self.held), bytes(state))

    def forget(self) -> None:
        low.llama_memory_clear(self._memory, True)
        self.held = []

    def _put_back(self, tokens: list[int], state: bytes) -> None:
        self.forget()
        with suppress(ValueError):
            size = len(state)
            if low.llama_state_seq_set_data(self._context, (ctypes.c_uint8 * size).from_buffer_copy(state), size, 0):
                self.held = list(tokens)
