"""Run the whole suite as three pytest runs side by side: what a browser does, the library, and everything else.

The browser tests take longest and mostly wait, for pages, workers and faults to be noticed; the others compute, by
turns with their database, and let them go first. Each run has its own databases (tests/services.py), and the library
its own server where nobody names one: a reader of its log waits for every writer of the server. Arguments run those
tests alone, in one run: `python -m tests tests/patterns -x`.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest", "-v"]
PATIENT = ["nice", "-n", "5"]
BROWSER, LIBRARY = "tests/e2e", "tests/patterns"
APART = {"In the browser": BROWSER, "The library": LIBRARY}
LIBRARYS_HOME = Path(__file__).resolve().parent.parent / "var" / "test" / "library"
REST = ["tests", *(f"--ignore={folder}" for folder in APART.values())]
COUNTS = ("passed", "failed", "skipped", "errors")


def main(arguments: list[str]) -> int:
    if arguments:
        return subprocess.run([*PYTEST[:-1], *arguments], check=False).returncode
    with tempfile.TemporaryDirectory(prefix="clm-tests-") as folder:
        files = [Path(folder) / str(number) for number in range(len(APART))]
        apart = [_start(*where) for where in zip(APART.values(), files, strict=True)]
        rest = subprocess.Popen([*PATIENT, *PYTEST, *REST], stdout=subprocess.PIPE)
        lines = []
        for line in rest.stdout:  # shown while it runs; the others when they are over
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
            lines.append(line.decode(errors="replace"))
        codes = [run.wait() for run in (rest, *apart)]
        outputs = [file.read_text(errors="replace") for file in files]
    for name, output in zip(APART, outputs, strict=True):
        sys.stdout.write(f"\n{name}:\n{output}")
    sys.stdout.write(f"\n{_summary(''.join(lines), *outputs)}\n")
    return next((code for code in codes if code), 0)


def _start(tests: str, file: Path) -> "subprocess.Popen[bytes]":
    with file.open("wb") as out:
        first = [] if tests == BROWSER else PATIENT
        home = {"CLM_HOME": str(LIBRARYS_HOME)} if tests == LIBRARY and "CLM_HOME" not in os.environ else {}
        return subprocess.Popen(
            [*first, *PYTEST, tests], stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **home}
        )


def _summary(*outputs: str) -> str:
    """All runs in one line, as pytest words it."""
    counts = dict.fromkeys(COUNTS, 0)
    for output in outputs:
        last = next(
            (line for line in reversed(output.splitlines()) if re.search(r"\d+ (passed|failed|error)", line)), ""
        )
        for name in COUNTS:
            if found := re.search(rf"(\d+) {name.rstrip('s')}", last):
                counts[name] += int(found[1])
    return ", ".join(f"{counts[name]} {name}" for name in COUNTS if counts[name] or name in {"passed", "failed"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
