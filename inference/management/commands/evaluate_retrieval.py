"""`manage.py evaluate_retrieval DIR`: how well searches find the judged documents of a collection, and how quickly."""

import json
import signal
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inference.backends import BackendError
from inference.evaluation.collections import BadCollection, read
from inference.evaluation.retrieval import BEST, DEPTH, Measured, evaluate
from inference.evaluation.scratch import NoScratch


class Command(BaseCommand):
    help = (
        "Measure searching on a judged collection (corpus.jsonl, queries.jsonl, and qrels.tsv or qrels/test.tsv) in a "
        "scratch index that is removed afterwards; the site's own library and index are not touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the collection")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the scratch index is cleared up
        bars = _Bars()
        try:
            measured = evaluate(read(options["folder"]), progress=bars.show)
        except (BadCollection, NoScratch, BackendError) as problem:
            raise CommandError(str(problem)) from problem
        finally:
            bars.close()
        if options["json"]:
            self.stdout.write(json.dumps({"methods": {name: _figures(one) for name, one in measured.items()}}))
            return
        self.stdout.write(f"{'':8} nDCG@{BEST}  recall@{DEPTH}  p50 ms  p95 ms")
        for name, one in measured.items():
            self.stdout.write(f"{name:8} {one.ndcg:7.3f}  {one.recall:10.3f}  {one.p50_ms:6.1f}  {one.p95_ms:6.1f}")


def _figures(one: Measured) -> dict[str, float]:
    return {
        f"ndcg@{BEST}": round(one.ndcg, 4),
        f"recall@{DEPTH}": round(one.recall, 4),
        "p50_ms": round(one.p50_ms, 2),
        "p95_ms": round(one.p95_ms, 2),
    }


class _Bars:
    """One progress bar after another, on stderr, where they are in nobody's way."""

    def __init__(self) -> None:
        self.what = ""
        self.bar: tqdm | None = None

    def show(self, what: str, done: int, total: int) -> None:
        if self.bar is None or what != self.what:
            self.close()
            self.what = what
            self.bar = tqdm(desc=what, total=total, unit="", mininterval=0.5, file=sys.stderr)
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
