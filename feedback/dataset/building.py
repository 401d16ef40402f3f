"""From examples to the files of a release: scrubbed, split, written in every form, and named by their content."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from feedback.dataset.card import card
from feedback.dataset.example import Example
from feedback.dataset.forms import FORMS
from feedback.dataset.splitting import split
from patterns.texts.scrubbing import scrub

FORMAT = "clm-dataset/1"
# Python's and other readers' `splitlines` break at these too, and one row is one line.
_LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class Dataset:
    """The files of a release by path. `sha256` is that of the manifest, which holds the hash of every file of rows."""

    files: dict[str, bytes]
    manifest: dict[str, Any]
    sha256: str
    rows: int


def build(examples: Iterable[Example]) -> Dataset:
    """The dataset of `examples`; equal sets of examples give equal bytes, whatever their order. Doubles are one."""
    removed: Counter[str] = Counter()
    clean = {one.id: one for one in (_scrubbed(example, removed) for example in examples)}
    parts = dict(zip(("train", "validation"), split(list(clean.values())), strict=True))
    files = {
        f"{f'{form}/' if form else ''}{part}.jsonl": _lines(row for example in rows for row in shape(example))
        for form, shape in FORMS.items()
        for part, rows in parts.items()
    }
    manifest = _manifest(parts, files, removed)
    files["manifest.json"] = (json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
    files["README.md"] = card(manifest).encode()
    return Dataset(files, manifest, hashlib.sha256(files["manifest.json"]).hexdigest(), len(clean))


def _manifest(parts: dict[str, list[Example]], files: dict[str, bytes], removed: Counter[str]) -> dict[str, Any]:
    everything = [example for rows in parts.values() for example in rows]
    sources = sorted({source for example in everything for source in example.sources})
    return {
        "format": FORMAT,
        "rows": len(everything),
        "splits": {part: len(rows) for part, rows in parts.items()},
        "tasks": _counted(example.task for example in everything),
        "licenses": _counted(example.license for example in everything),
        "authors": _counted(example.author for example in everything),
        "reviewers": _counted(example.reviewer for example in everything),
        "sources": [vars(source) for source in sources],
        "removed": dict(sorted(removed.items())),
        "files": {
            path: {
                "rows": content.count(b"\n"),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for path, content in sorted(files.items())
        },
    }


def _scrubbed(example: Example, removed: Counter[str]) -> Example:
    def clean(text: str) -> str:
        found, counts = scrub(text)
        removed.update(counts)
        return found

    return replace(
        example,
        question=clean(example.question),
        answer=clean(example.answer),
        author=clean(example.author),
        reviewer=clean(example.reviewer),
        consent=clean(example.consent),
        rejected=clean(example.rejected),
        evidence=tuple(replace(passage, text=clean(passage.text)) for passage in example.evidence),
        verdicts=tuple((clean(text), helpful) for text, helpful in example.verdicts),
    )


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    dumped = (json.dumps(row, sort_keys=True, ensure_ascii=False).translate(_LINE_BREAKS) for row in rows)
    return "".join(f"{line}\n" for line in dumped).encode()


def _counted(words: Iterable[str] | Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
