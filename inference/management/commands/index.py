"""`manage.py index`: bring the index up to the library, make it anew or go back, and say how it stands."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from tqdm import tqdm

from inference import indexing
from inference.backends import BackendError
from inference.indexing import pace


class Command(BaseCommand):
    help = "Index what changed in the library: passages, words, vectors and the graph. Safe to stop and start again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--rebuild", action="store_true", help="make the whole index anew, beside the live one")
        act.add_argument("--words", action="store_true", help="only passages and words, no vectors: no model loads")
        act.add_argument("--rollback", action="store_true", help="go back to the index that was live before")
        act.add_argument("--prune", action="store_true", help="remove the indexes kept beside the live one")
        parser.add_argument(
            "--force", action="store_true", help="with --rebuild, or alone for a refused index: take it all the same"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["force"] and (options["words"] or options["rollback"] or options["prune"]):
            raise CommandError("--force goes with --rebuild or alone.")
        bars = _Bars(self.stderr.isatty() if hasattr(self.stderr, "isatty") else sys.stderr.isatty())
        try:
            report = _work(options, bars.show)()
            graph = "" if options["prune"] else indexing.build_graph(always=options["rebuild"])
        except BackendError as problem:
            raise CommandError(str(problem)) from problem
        except (OperationalError, InterfaceError) as problem:
            raise CommandError(
                f"PostgreSQL went away ({str(problem).strip().splitlines()[0]}). Nothing is lost: once it answers, run "
                "the same command again and it goes on from there."
            ) from problem
        finally:
            bars.close()
        self._say(report, graph, as_json=options["json"])
        if report.refused or report.problem:
            raise CommandError(report.refused or report.problem)

    def _say(self, report: indexing.IndexReport, graph: str, *, as_json: bool) -> None:
        state = indexing.index_state()
        if as_json:
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


def _work(options: dict[str, Any], show: Callable[..., None]) -> Callable[[], indexing.IndexReport]:
    if options["rebuild"]:
        return partial(indexing.rebuild, progress=show, force=options["force"])
    if options["rollback"]:
        return partial(indexing.roll_back, progress=show)
    if options["prune"]:
        return indexing.prune
    if options["force"]:
        return partial(indexing.take_refused, progress=show)
    return partial(indexing.follow, progress=show, embed=not options["words"], again=not options["words"])


class _Bars:
    """One progress bar a stage, on a terminal only. What it says of the time left is the indexer's own."""

    FORMAT = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}, {rate_fmt}{postfix}]"

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.bars: dict[str, tqdm] = {}

    def show(self, what: str, done: int, total: int, seconds_left: int | None = None) -> None:
        bar = self.bars.get(what)
        if bar is None:
            bar = self.bars[what] = tqdm(
                desc=what, unit="", disable=not self.shown, file=sys.stderr, bar_format=self.FORMAT, smoothing=0.05
            )
        bar.total = total
        if seconds_left is not None:
            bar.set_postfix_str(f"about {pace.said(seconds_left)} left", refresh=False)
        bar.update(done - bar.n)

    def close(self) -> None:
        for bar in self.bars.values():
            bar.close()
