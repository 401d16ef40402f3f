"""A prompt as the two turns a chat model reads: what it is told to do, and what it is asked about.

The same texts as the plain prompt, which `inference.prompting` owns, so that every kind of model reads the same words.
"""

from inference.prompting import plain
from inference.types import Prompt

_HEAD, _TAIL = "### Instructions\n", "\n\n### Answer\n"


def messages(prompt: Prompt) -> tuple[tuple[str, str], tuple[str, str]]:
    """(("system", the instructions), ("user", passages, facts and question))."""
    before, instructions, rest = plain(prompt).partition(prompt.instructions)
    asked = before.removeprefix(_HEAD) + rest
    return ("system", instructions), ("user", asked.removesuffix(_TAIL).strip())
