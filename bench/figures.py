"""A measured figure and its bar, and how a benchmark hands its figures to the runner."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `most` is the bar (None: only for the record); `value` and `most` share `unit`."""

    benchmark: str
    what: str
    value: float
    unit: str = "×"
    most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.most is None else self.value <= self.most

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        bar = "" if self.most is None else f"≤ {self.most:g} {self.unit}"
        verdict = {None: "", True: "met", False: "**missed**"}[self.met]
        return f"| {self.benchmark} | {self.what} | {self.value:.3g} {self.unit} | {bar} | {verdict} | {self.note} |"


HEAD = "| benchmark | figure | measured | bar | | note |\n|---|---|---|---|---|---|"


def report(measure: Callable[[], Iterable[Figure]]) -> None:
    """Run one benchmark as a program: a table for people, or JSON for the runner with `--json`."""
    figures = list(measure())
    if "--json" in sys.argv[1:]:
        print(json.dumps([asdict(figure) for figure in figures]))
        return
    print(HEAD)
    for figure in figures:
        print(figure.row())
