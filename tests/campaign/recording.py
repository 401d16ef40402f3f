"""Keeps a campaign's figures as a table in docs/benchmarks.md, after whatever stands there."""

import os
import platform
import textwrap
from datetime import UTC, datetime
from pathlib import Path

from tests.campaign.resuming import Resumed
from tests.campaign.rounds import NOTICED, Outcome

RECORD = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
HEAD = """| fault | strikes | answers | lost | twice | stuck over 60 s | failed in words | noticed | all final |
|---|---|---|---|---|---|---|---|---|"""


def table(outcomes: list[Outcome]) -> str:
    return "\n".join([HEAD, *map(_row, outcomes)])


def keep(outcomes: list[Outcome], resumed: Resumed | None, *, record: Path = RECORD) -> None:
    """Append one run, with what it ran on."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    parts = [f"## Faults, {datetime.now(UTC):%Y-%m-%d}, {machine}"]
    if outcomes:
        parts.append(table(outcomes))
    if resumed:
        cut = (
            f"{resumed.cuts} connections of {resumed.pages} pages were cut at random places and resumed by the last "
            f"event's id; {resumed.different} transcripts differed from that of an uncut page."
        )
        parts.append(textwrap.fill(cut, 118))
    text = record.read_text(encoding="utf-8") if record.exists() else "# Benchmarks\n"
    record.write_text(f"{text.rstrip()}\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")


def _row(one: Outcome) -> str:
    late = " (**late**)" if one.noticed > NOTICED else ""
    return (
        f"| {one.fault} | {one.rounds} | {one.answers} | {one.lost} | {one.twice} | {one.stuck} | {one.failed} | "
        f"{one.noticed:.1f} s{late} | {one.over:.1f} s |"
    )
