"""How each family of models marks who speaks: our own frames, chosen by the control tokens a vocabulary has.

A chat template inside a model file is somebody's program; it is never run, only read as text to tell families apart.
Frames after the models' own documentation (ChatML, Llama 3 and 4, Gemma, Mistral, Phi, Granite, Command R, DeepSeek,
GLM, gpt-oss). Pure.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

MARK = re.compile(r"<[|｜][^|｜<>\s]+[|｜]>|<(?:start|end)_of_turn>|\[/?[A-Za-z_]+\]|<sop>|</?think>")
NO_THINKING = "<think>\n\n</think>\n\n"  # an empty thought, for models that would think aloud at length


@dataclass(frozen=True)
class Mark:
    """A control token, by its name in the vocabulary."""

    name: str


@dataclass(frozen=True)
class ChatFormat:
    """`frame` is what the model reads, with `{system}` and `{user}` in it; `end` is the mark that ends a turn."""

    name: str
    frame: str
    end: str = ""

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Every control token of the frame and of its end, once."""
        found = [*MARK.findall(self.frame), *([self.end] if self.end else [])]
        return tuple(dict.fromkeys(found))

    def pieces(self, messages: Sequence[tuple[str, str]], *, no_thinking: bool = False) -> Iterator[Mark | str]:
        """The frame around `messages` ((role, text), …): control tokens as marks, all else as plain text.

        A text never becomes a mark, whatever it spells. The system text and what stands before it come first.
        """
        said = {
            "{system}": "\n\n".join(text for role, text in messages if role == "system"),
            "{user}": "\n\n".join(text for role, text in messages if role != "system"),
        }
        frame = self.frame + (NO_THINKING if no_thinking else "")
        for part in re.split(r"(\{system\}|\{user\})", frame):
            if part in said:
                yield said[part]
            else:
                yield from (Mark(bit) if MARK.fullmatch(bit) else bit for bit in _split(part) if bit)


PLAIN = ChatFormat("plain", "### Instructions\n{system}\n\n{user}\n\n### Answer\n")
FORMATS = (
    ChatFormat(
        "phi-4",
        "<|im_start|>system<|im_sep|>{system}<|im_end|><|im_start|>user<|im_sep|>{user}<|im_end|>"
        "<|im_start|>assistant<|im_sep|>",
        "<|im_end|>",
    ),
    ChatFormat(
        "chatml",
        "<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n",
        "<|im_end|>",
    ),
    ChatFormat(
        "llama-3",
        "<|start_header_id|>system<|end_header_id|>\n\n{system}<|eot_id|>"
        "<|start_header_id|>user<|end_header_id|>\n\n{user}<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
        "<|eot_id|>",
    ),
    ChatFormat(
        "llama-4",
        "<|header_start|>system<|header_end|>\n\n{system}<|eot|><|header_start|>user<|header_end|>\n\n{user}<|eot|>"
        "<|header_start|>assistant<|header_end|>\n\n",
        "<|eot|>",
    ),
    ChatFormat(
        "gemma",
        "<start_of_turn>user\n{system}\n\n{user}<end_of_turn>\n<start_of_turn>model\n",
        "<end_of_turn>",
    ),
    ChatFormat("mistral-7", "[SYSTEM_PROMPT]{system}[/SYSTEM_PROMPT][INST]{user}[/INST]"),
    ChatFormat("mistral", "[INST]{system}\n\n{user}[/INST]"),
    ChatFormat(
        "granite",
        "<|start_of_role|>system<|end_of_role|>{system}<|end_of_text|>\n"
        "<|start_of_role|>user<|end_of_role|>{user}<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
        "<|end_of_text|>",
    ),
    ChatFormat(
        "command-r",
        "<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>{system}<|END_OF_TURN_TOKEN|>"
        "<|START_OF_TURN_TOKEN|><|USER_TOKEN|>{user}<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>",
        "<|END_OF_TURN_TOKEN|>",
    ),
    ChatFormat(
        "gpt-oss",
        "<|start|>developer<|message|># Instructions\n\n{system}<|end|><|start|>user<|message|>{user}<|end|>"
        "<|start|>assistant<|channel|>final<|message|>",
        "<|return|>",
    ),
    ChatFormat("glm-4", "[gMASK]<sop><|system|>\n{system}<|user|>\n{user}<|assistant|>\n"),
    ChatFormat(
        "phi-3", "<|system|>\n{system}<|end|>\n<|user|>\n{user}<|end|>\n<|assistant|>\n", "<|end|>"
    ),
    ChatFormat("deepseek", "{system}\n\n<｜User｜>{user}<｜Assistant｜>"),
)  # fmt: skip
ALL_MARKS = tuple(dict.fromkeys(mark for one in FORMATS for mark in (*one.marks, *MARK.findall(NO_THINKING))))


def choose(has: Callable[[str], bool], *, template: str = "", ends: Sequence[str] = ()) -> ChatFormat:
    """The format of a model whose vocabulary `has` certain control tokens; plain text for one that has none.

    Where several would do, the one whose marks the file's `template` mentions wins. A file that has no template and
    does not end its texts (`ends`) with the format's end is a base model that merely reserved the tokens.
    """
    fitting = [one for one in FORMATS if all(has(mark) for mark in one.marks)]
    if template:
        fitting = [one for one in fitting if all(mark in template for mark in one.marks if mark != one.end)] or fitting
    elif ends:
        fitting = [one for one in fitting if not one.end or one.end in ends]
    return fitting[0] if fitting else PLAIN


def _split(text: str) -> list[str]:
    """`text` cut before and after every mark."""
    found, at = [], 0
    for match in MARK.finditer(text):
        found += [text[at : match.start()], match[0]]
        at = match.end()
    return [*found, text[at:]]
