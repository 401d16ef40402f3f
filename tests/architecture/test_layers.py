"""Imports run one way, heavy libraries have one home, and only the shell knows the environment."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, imports, modules, name_of, tree

HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "llama_cpp",
    "kuzu",
    "ladybug",
    "tantivy",
    "peft",
    "trl",
    "bitsandbytes",
)
# Who may touch the process's environment: the one reader, and what starts other processes and hands it on to them.
MAY_TOUCH_ENVIRONMENT = (
    "clm_site/env.py", "clm_site/settings.py", "clm_site/embedded/", "clm_site/supervisor/",
    "clm_site/cli.py", "clm_site/management/commands/up.py", "patterns/importing/cloning.py",
)  # fmt: skip
# Programs of their own may say which settings Django reads, and nothing else.
ENTRY_POINTS = ("clm_site/asgi.py", "clm_site/celery.py", "inference/backends/probe.py")


def test_the_import_contracts_hold():
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_heavy_libraries_live_in_backends_alone():
    found = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        if not name_of(path).startswith("inference/backends/")
        for name in imports(path)
        if name.split(".")[0] in HEAVY
    ]
    assert found == []


def test_no_module_imports_a_backend_by_name():
    backends = {f"inference.backends.{path.stem}" for path in (ROOT / "inference" / "backends").glob("*.py")} - {
        "inference.backends.__init__"
    }
    found = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        if not name_of(path).startswith("inference/backends/")
        for name in imports(path)
        if name in backends
    ]
    assert found == []


def test_the_environment_is_read_by_the_settings_alone():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if not name_of(path).startswith(MAY_TOUCH_ENVIRONMENT)
        for node in ast.walk(tree(path))
        if _reads_environment(node) and not _names_settings(path, node)
    ]
    assert found == []


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and ast.unparse(node.value) == "os"


def _names_settings(path: Path, node: ast.AST) -> bool:
    line = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
    return name_of(path) in ENTRY_POINTS and "DJANGO_SETTINGS_MODULE" in line


def test_there_are_no_signal_modules():
    assert [name_of(path) for path in modules() if path.name == "signals.py"] == []


WRITES = {
    "save", "asave", "create", "acreate", "update", "aupdate", "delete", "adelete", "get_or_create", "update_or_create",
    "bulk_create", "bulk_update",
}  # fmt: skip
# Objects with such a method that are no records.
NOT_RECORDS = {"hashlib", "digest", "session", "context", "parameters", "query", "params"}


def test_views_write_no_records():
    found = [
        f"{name_of(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in modules()
        if "views" in path.parts or path.stem.endswith("_views") or path.stem == "views"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and ast.unparse(node.func.value).split(".")[-1] not in NOT_RECORDS
    ]
    assert found == []


@pytest.mark.parametrize("room", ["patterns", "inference", "feedback"])
def test_no_room_imports_celery(room):
    """Rooms promise work by name; what runs it is known to the worker alone."""
    found = [
        name_of(path) for path in modules(rooms=(room,)) for name in imports(path) if name.split(".")[0] == "celery"
    ]
    assert found == []


def test_nobody_imports_the_worker():
    rooms = ("clm_site", "patterns", "inference", "feedback")
    found = [name_of(path) for path in modules(rooms=rooms) for name in imports(path) if name.split(".")[0] == "worker"]
    assert found == []


def test_tests_replace_none_of_our_own_functions():
    """A test that swaps our own code for a stand-in proves only itself; fakes plug in at the seams, by settings."""
    this = Path(__file__)
    found = [
        name_of(path)
        for path in (ROOT / "tests").rglob("*.py")
        if path != this and any(name.split(".")[0:2] in (["unittest", "mock"], ["mock"]) for name in imports(path))
    ]
    assert found == []
