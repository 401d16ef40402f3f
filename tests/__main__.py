"""Run the whole suite as two pytest runs side by side: what a browser does, and everything else.

The browser tests mostly wait, for pages, workers and faults to be noticed; the others mostly compute. Each run has its
own databases (tests/services.py). Arguments run those tests alone, in one run: `python -m tests tests/patterns -x`.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest"]
BROWSER = "tests/e2e"
COUNTS = ("passed", "failed", "skipped", "errors")


def main(arguments: list[str]) -> int:
    if arguments:
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    with tempfile.TemporaryDirectory(prefix="clm-tests-") as folder:
        said = Path(folder) / "browser"
        with said.open("wb") as out:
            pages = subprocess.Popen([*PYTEST, "-v", BROWSER], stdout=out, stderr=subprocess.STDOUT)
            rest = subprocess.Popen([*PYTEST, "-v", "tests", f"--ignore={BROWSER}"], stdout=subprocess.PIPE)
            lines = []
            for line in rest.stdout:
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
                lines.append(line.decode(errors="replace"))
            codes = [rest.wait(), pages.wait()]
        browsed = said.read_text(errors="replace")
    sys.stdout.write(f"\nIn the browser:\n{browsed}\n{_summary(''.join(lines), browsed)}\n")
    return max(codes)


def _summary(*outputs: str) -> str:
    """Both runs in one line, as pytest words it."""
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
