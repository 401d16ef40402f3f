"""`manage.py index`: bring the index up to the library, or make all of it anew, and say how it stands."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inference import indexing
from inference.backends import BackendError


class Command(BaseCommand):
    help = "Index what changed in the library: passages, words, vectors and the graph. Safe to stop and start again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make the whole index anew, beside the live one")
        parser.add_argument("--words", action="store_true", help="only passages and words, no vectors: no model loads")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        work = indexing.rebuild if options["rebuild"] else partial(indexing.follow, embed=not options["words"])
        bars = _Bars(self.stderr.isatty() if hasattr(self.stderr, "isatty") else sys.stderr.isatty())
        try:
            report = work(progress=bars.show)
            graph = indexing.build_graph(always=options["rebuild"])
        except BackendError as problem:
            raise CommandError(str(problem)) from problem
        finally:
            bars.close()
        state = indexing.index_state()
        if options["json"]:
            self.stdout.write(json.dumps({"report": asdict(report), "graph": graph, "state": asdict(state)}))
            return
        if report.busy:
            self.stdout.write("Another process is indexing; it will find what there is to do.")
        else:
            self.stdout.write(str(report) or "The index already holds the library as it is published.")
        if graph:
            self.stdout.write(f"Graph: {graph}.")
        self.stdout.write(
            f"{state.passages} passages by {state.recipe}." + (f" {state.problem}" if state.problem else "")
        )


class _Bars:
    """One progress bar a stage, on a terminal only."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.bars: dict[str, tqdm] = {}

    def show(self, what: str, done: int, total: int) -> None:
        bar = self.bars.get(what)
        if bar is None:
            bar = self.bars[what] = tqdm(desc=what, unit="", disable=not self.shown, file=sys.stderr)
        bar.total = total
        bar.update(done - bar.n)

    def close(self) -> None:
        for bar in self.bars.values():
            bar.close()
