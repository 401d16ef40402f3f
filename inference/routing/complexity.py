"""Estimates how much a question asks of a model, and so which role answers it: small or medium. Pure."""

import re
from collections.abc import Sequence

from inference.types import Entity, RouteKind

LONG = 30  # words
_WORD = re.compile(r"\w+")


def complexity(question: str, kind: RouteKind, named: Sequence[Entity]) -> tuple[str, str]:
    """`medium` where an answer must join several things or weigh a situation, else `small`; and why, in words."""
    if kind == RouteKind.COMPARE:
        return "medium", "Two things have to be weighed against each other."
    if kind == RouteKind.CONTEXT:
        return "medium", "Patterns have to be weighed against a situation."
    if len(named) > 2:
        return "medium", f"It names {len(named)} entries."
    if question.count("?") > 1:
        return "medium", "It asks more than one thing."
    if len(_WORD.findall(question[:2_000])) > LONG:
        return "medium", f"It has more than {LONG} words."
    return "small", "It asks one thing of one kind."
