"""The instructions that models are given, as files that people can read and propose changes to."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def text(name: str) -> str:
    """The prompt called `name`."""
    return (_HERE / f"{name}.md").read_text(encoding="utf-8").strip()
