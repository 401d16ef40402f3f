"""Importing a library, against a bare read and parse of the same files, in one run.

CLM_CORPUS names a Commons OS snapshot; without it a made-up library of 2,000 files
stands in, whose files are so small that the first ratio has no bar.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "import"


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="clm-corpus-") as folder, fresh_site():
        corpus, real = _corpus(Path(folder))
        from patterns.importing import import_library

        files = sorted(corpus.rglob("*.md"))
        bare_parse(files)  # so that every measured run finds the files in the cache
        before = bare_parse(files)
        first = import_library(corpus)
        after = bare_parse(files)
        second = import_library(corpus)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        bare = (before + after) / 2
        note = f"{first.seen:,} {'real' if real else 'made-up'} files; {first.seconds:.1f} s ÷ {bare:.1f} s"
        yield Figure(
            NAME,
            "first import ÷ bare read and C-loader parse",
            first.seconds / bare,
            most=4 if real else None,
            note=note,
        )
        ratio, seconds = second.seconds / first.seconds, f"{second.seconds:.2f} s"
        yield Figure(NAME, "unchanged second import ÷ first", ratio, most=0.25, note=seconds)
        yield Figure(NAME, "peak memory of the importing process", peak, unit="MB", most=600)


def bare_parse(files: list[Path]) -> float:
    """Return the seconds it takes to read `files` and load their front matter, and to do nothing with it."""
    started = time.perf_counter()
    for file in files:
        front = file.read_text(encoding="utf-8", errors="replace").split("---\n", 2)[1:2]
        try:
            yaml.load(front[0] if front else "", yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError):
            continue
    return time.perf_counter() - started


def _corpus(folder: Path) -> tuple[Path, bool]:
    if named := os.environ.get("CLM_CORPUS"):
        return Path(named), True
    from tests.factories.corpus import write_corpus

    return write_corpus(folder / "made-up", healthy=2000).root, False


if __name__ == "__main__":
    report(measure)
