"""The shapes trainers read: chat messages, Alpaca, preference pairs and unpaired verdicts.

Field names follow TRL's dataset formats (huggingface.co/docs/trl, dataset_formats: conversational language modeling,
preference, unpaired preference) and Stanford Alpaca's `instruction`, `input`, `output`.
"""

from collections.abc import Iterator
from typing import Any

from feedback.dataset.example import Example

INSTRUCTION = (
    "Answer the question from the numbered passages of the pattern library. Cite them as [n]. "
    "If they do not hold the answer, say so."
)


def messages(example: Example) -> Iterator[dict[str, Any]]:
    yield {**_about(example), "messages": [*_prompt(example), _said(example.answer)]}


def alpaca(example: Example) -> Iterator[dict[str, Any]]:
    given = f"{passages(example)}\n\nQuestion: {example.question}".strip()
    yield {**_about(example), "instruction": INSTRUCTION, "input": given, "output": example.answer}


def preference(example: Example) -> Iterator[dict[str, Any]]:
    if example.rejected:
        pair = {"chosen": [_said(example.answer)], "rejected": [_said(example.rejected)]}
        yield {**_about(example), "prompt": _prompt(example), **pair}


def unpaired(example: Example) -> Iterator[dict[str, Any]]:
    """The correction as good, what it corrects as not, and each distinct verdict people gave."""
    judged = [(example.answer, True), *([(example.rejected, False)] if example.rejected else []), *example.verdicts]
    for text, helpful in sorted(set(judged)):
        yield {**_about(example), "prompt": _prompt(example), "completion": [_said(text)], "label": helpful}


FORMS = {"": messages, "alpaca": alpaca, "preference": preference, "unpaired": unpaired}


def passages(example: Example) -> str:
    """The evidence as the model is shown it, numbered from 1."""
    return "\n\n".join(
        f"[{number}] {one.slug}, {one.section}\n{one.text}" for number, one in enumerate(example.evidence, 1)
    )


def _prompt(example: Example) -> list[dict[str, str]]:
    asked = f"{passages(example)}\n\nQuestion: {example.question}".strip()
    return [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": asked}]


def _said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def _about(example: Example) -> dict[str, Any]:
    return {
        "id": example.id,
        "task": example.task,
        "sources": [{"slug": one.slug, "revision": one.revision} for one in example.sources],
        "license": example.license,
        "consent": example.consent,
        "author": example.author,
        "reviewer": example.reviewer,
    }
