"""Run the benchmarks, each in a process of its own, print their figures as a table and, asked to, keep it.

A benchmark is a module beside this one with a NAME, a `measure()` that yields figures, and
`report(measure)` under `__main__`. `python -m bench import` runs one; `--record` appends the table to
docs/benchmarks.md; the exit status is 1 when a bar was missed or a benchmark failed.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import HEAD, Figure

HERE = Path(__file__).resolve().parent
RECORD = HERE.parent / "docs" / "benchmarks.md"
_NAME = re.compile(r"^NAME = \"([\w-]+)\"$", re.MULTILINE)


def main() -> int:
    known = benchmarks()
    parser = argparse.ArgumentParser(prog="python -m bench", description="Print speed ratios measured in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(sorted(known))}; none means all")
    parser.add_argument("--record", action="store_true", help=f"append the table to docs/{RECORD.name}")
    wanted = parser.parse_args()
    if unknown := set(wanted.names) - known.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    print(HEAD, flush=True)
    rows, good = [], True
    for name in wanted.names or sorted(known):
        for figure in run(known[name]):
            rows.append(figure.row())
            print(rows[-1], flush=True)
            good = good and figure.met is not False
        if not rows or f"| {name} |" not in "".join(rows):
            good = False
            print(f"| {name} | failed; its own words are above | | | **missed** | |", flush=True)
    if wanted.record and rows:
        record(rows)
    return 0 if good else 1


def benchmarks() -> dict[str, str]:
    """Return the module of each benchmark by its name, without importing any."""
    found = {}
    for file in HERE.glob("*.py"):
        if match := _NAME.search(file.read_text(encoding="utf-8")):
            found[match[1]] = f"bench.{file.stem}"
    return found


def run(module: str) -> list[Figure]:
    """Run one benchmark in a fresh process and return its figures; none when it failed."""
    done = subprocess.run(
        [sys.executable, "-m", module, "--json"], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    try:
        return [Figure(**each) for each in json.loads(done.stdout.strip().splitlines()[-1])]
    except (IndexError, ValueError, TypeError):
        return []


def record(rows: list[str]) -> None:
    """Append one run to the record, with what it ran on."""
    text = RECORD.read_text(encoding="utf-8") if RECORD.exists() else "# Benchmarks\n"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    text += f"\n## {datetime.now(UTC):%Y-%m-%d}, {machine}\n\n{HEAD}\n" + "\n".join(rows) + "\n"
    RECORD.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
