"""Make everything the site needs, under `.venv`, from any Python ≥ 3.11 and nothing else.

    python3 requirements/install.py            what the site runs on
    python3 requirements/install.py --dev      and what its tests need
    python3 requirements/install.py --llama    and the local GGUF runtime (compiles for about five minutes)

Done once for each state of the lock files; a second call only looks. Longer than most modules because it stands alone:
nothing can be imported from the project before this has run.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".clm-installed.json"
TORCH = "torch==2.13.0"
SPACE_NEEDED = 5_000_000_000  # bytes, for a first installation with its downloads
# A native build dies at the first decode on machines that report AMX and trap on it; vision support is not used.
LLAMA_FLAGS = "-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF -DMTMD_BUILD=OFF"


class CannotInstall(Exception):
    """Why the set-up stops, and what to do about it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", action="store_true", help="also what tests, linters and pictures need")
    parser.add_argument("--llama", action="store_true", help="also compile the local GGUF runtime")
    parser.add_argument("--again", action="store_true", help="try again what failed or is there already")
    wished = parser.parse_args()
    _use_a_recent_python()
    try:
        with _alone():
            _make_environment()
            stamps = Stamps(again=wished.again)
            _install_torch(stamps)
            _install_locked(stamps, "dev" if wished.dev else "base")
            _link_checkout()
        if wished.llama:
            _install_llama(stamps)
    except CannotInstall as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next call goes on from here.", file=sys.stderr)
        return 130
    return 0


# ── What has been done already ─────────────────────────────────────────────────────────────────────────────
class Stamps:
    """What was installed from which state of its lock, kept beside what it describes."""

    def __init__(self, *, again: bool = False) -> None:
        self._again = again

    def holds(self, name: str, value: str) -> bool:
        return not self._again and self._read().get(name) == value

    def set(self, name: str, value: str) -> None:
        known = {**self._read(), name: value}
        fresh = STAMPS.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(known, indent=1))
        fresh.replace(STAMPS)

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(STAMPS.read_text())
        except (OSError, ValueError):
            return {}


def fingerprint(lock: str) -> str:
    return hashlib.sha256(lock.encode()).hexdigest()


def pins(lock: str) -> set[str]:
    """Every `name==version` (with its marker) a lock file holds."""
    return {match[1].strip() for match in re.finditer(r"^([A-Za-z0-9][^\\\n]*==[^\\\n]*)", lock, re.MULTILINE)}


# ── Steps ──────────────────────────────────────────────────────────────────────────────────────────────────
def _use_a_recent_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606
    have = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(
        f"Python {have} is too old: the site needs 3.11 or newer. Install one (such as python3.12), then try again."
    )


@contextlib.contextmanager
def _alone():
    """One set-up at a time in this checkout; a second one waits and then finds the work done."""
    with (REQUIREMENTS / ".install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up runs in this checkout; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_environment() -> None:
    if PYTHON.exists() and _runs([str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    free = shutil.disk_usage(ROOT).free
    if free < SPACE_NEEDED:
        raise CannotInstall(
            f"Only {free / 1e9:.1f} GB are free under {ROOT}; the first installation needs about "
            f"{SPACE_NEEDED / 1e9:.0f} GB. Make room, then try again."
        )
    print(f"Making a virtual environment in {VENV.name}/ with Python {sys.version.split()[0]}.")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        if "ensurepip" in said:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            raise CannotInstall(
                f"This Python cannot make virtual environments. On Debian or Ubuntu: apt install python{version}-venv; "
                "elsewhere install the venv part of Python. Then try again."
            )
        raise CannotInstall(f"The virtual environment could not be made:\n{said}")


def _install_torch(stamps: Stamps) -> None:
    wish = os.environ.get("CLM_TORCH", "cpu")
    if wish not in {"cpu", "cuda"}:
        raise CannotInstall(f"CLM_TORCH is '{wish}'; write cpu or cuda.")
    stamp = f"{TORCH} {wish}"
    if stamps.holds("torch", stamp):
        return
    with _Step("PyTorch, which turns text into vectors"):
        if sys.platform == "darwin" or wish == "cuda" or _pip_offers_local_torch():
            _pip("install", TORCH)
        else:
            _install_cpu_torch()
    stamps.set("torch", stamp)


def _pip_offers_local_torch() -> bool:
    """Whether pip, as configured here, would take a CPU or a local build by itself."""
    asked = _quietly("-m", "pip", "install", "--dry-run", "--quiet", "--report", "-", "--no-deps",
                     "--ignore-installed", TORCH)  # fmt: skip
    try:
        (torch,) = json.loads(asked.stdout)["install"]
        return "+cpu" in torch["metadata"]["version"] or torch["download_info"]["url"].startswith("file:")
    except (ValueError, KeyError, TypeError):
        return False


def _install_cpu_torch() -> None:
    # From the ordinary index pip would bring gigabytes of CUDA; uv knows where the CPU builds are.
    _pip("install", "uv")
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), "--torch-backend=cpu", TORCH]
    if subprocess.run(uv, check=False, stdin=subprocess.DEVNULL).returncode:
        print("The CPU build of PyTorch could not be had; taking the ordinary one, which is several GB larger.")
        _pip("install", TORCH)


def _install_locked(stamps: Stamps, name: str) -> None:
    path = REQUIREMENTS / f"{name}.txt"
    lock = path.read_text()
    if stamps.holds(name, fingerprint(lock)):
        return
    with _Step(f"{len(pins(lock))} packages from requirements/{path.name}"):
        _pip("install", "--require-hashes", "--no-deps", "-r", str(path))
    stamps.set(name, fingerprint(lock))
    base = (REQUIREMENTS / "base.txt").read_text()
    if name == "dev" and pins(base) <= pins(lock):
        stamps.set("base", fingerprint(base))


def _install_llama(stamps: Stamps) -> None:
    path = REQUIREMENTS / "llama.txt"
    print_of = fingerprint(path.read_text() + LLAMA_FLAGS)
    if stamps.holds("llama", print_of) and _imports_llama():
        return
    if stamps.holds("llama-failed", print_of):
        raise CannotInstall("The local model runtime failed to compile before. Use --again after mending the cause.")
    if not (shutil.which("c++") or shutil.which("g++") or shutil.which("clang++")):
        raise CannotInstall(
            "There is no C++ compiler, so models cannot run on this machine; answers will quote passages instead. "
            "Install one (Debian or Ubuntu: apt install build-essential; Fedora: dnf install gcc-c++; macOS: "
            "xcode-select --install) and run: python3 requirements/install.py --llama"
        )
    flags = f"{LLAMA_FLAGS} {os.environ.get('CMAKE_ARGS', '')}".strip()
    try:
        with _Step("the local model runtime (compiling; about five minutes on two cores)"):
            _pip("install", "--require-hashes", "--no-deps", "-r", str(path), environment={"CMAKE_ARGS": flags})
            if not _imports_llama():
                raise CannotInstall("The local model runtime was compiled but does not load.")
    except CannotInstall:
        stamps.set("llama-failed", print_of)
        raise
    stamps.set("llama", print_of)


def _imports_llama() -> bool:
    return _runs([str(PYTHON), "-c", "import llama_cpp"])


def _link_checkout() -> None:
    """Let the environment find the project, and give it the `clm` command."""
    (packages,) = VENV.glob("lib/python3*/site-packages")
    _write_if_other(packages / "clm-checkout.pth", f"{ROOT}\n")
    script = VENV / "bin" / "clm"
    _write_if_other(script, f"#!{PYTHON}\nimport sys\nfrom clm_site.cli import main\nsys.exit(main())\n")
    script.chmod(0o755)


def _write_if_other(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


# ── Running pip ────────────────────────────────────────────────────────────────────────────────────────────
class _Step:
    """Says what is being installed, and afterwards how long it took."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        self._start = time.monotonic()
        print(f"Installing {self._what} …", flush=True)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            print(f"  done in {time.monotonic() - self._start:.0f} s.", flush=True)


def _pip(*arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run pip; its many words become one line that moves, and come back in full end when it fails."""
    command = [str(PYTHON), "-m", "pip", *arguments, "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    kept: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", env={**os.environ, **(environment or {})},
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            kept.append(line.rstrip())
            _show_progress(line)
    _show_progress("")
    if process.returncode:
        end = "\n".join(f"  {line}" for line in kept[-25:])
        raise CannotInstall(f"pip could not finish:\n{end}\nWhat was fetched is kept; the next call goes on from here.")


def _show_progress(line: str) -> None:
    if not sys.stdout.isatty():
        return
    words = line.split()
    text = f"  {' '.join(words[:2])}"[:70] if words and words[0] in {"Collecting", "Downloading", "Building"} else ""
    if text or not line:
        sys.stdout.write(f"\r{text:<72}" if text else f"\r{'':<72}\r")
        sys.stdout.flush()


def _quietly(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PYTHON), *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
