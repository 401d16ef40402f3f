"""Modules stay small enough to read in one go, and say why they exist."""

import ast
import re
import statistics

from tests.architecture.reading import ROOT, modules, name_of, templates, tree

MEDIAN = 120
NEEDS_A_REASON = 200
MOST = 400
# How a docstring gives its reason: "Longer than most modules because …".
REASON = re.compile(r"\blonger\b.*\bbecause\b", re.IGNORECASE | re.DOTALL)


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_median_module_is_short():
    assert statistics.median(count for path in modules() if (count := lines(path)) > 1) <= MEDIAN


def test_no_module_is_too_long():
    assert [name_of(path) for path in modules() if lines(path) > MOST] == []


def test_a_long_module_says_why():
    unexplained = [
        f"{name_of(path)} has {lines(path)} lines"
        for path in modules()
        if lines(path) > NEEDS_A_REASON and not REASON.search(ast.get_docstring(tree(path)) or "")
    ]
    assert unexplained == []


def test_every_module_says_why_it_exists():
    silent = [name_of(path) for path in modules() if tree(path).body and not ast.get_docstring(tree(path))]
    assert silent == []


def test_our_own_javascript_is_at_most_400_lines():
    assert sum(lines(path) for path in (ROOT / "static").rglob("*.js")) <= 400


def test_nothing_is_left_for_later_in_a_comment():
    mark = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    found = [
        f"{name_of(path)}:{number}"
        for path in [*modules(), *templates(), *(ROOT / "static").rglob("*.js"), *(ROOT / "static").rglob("*.css")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert found == []


def test_no_file_names_a_registry_of_packages():
    registry = re.compile(
        r"pypi\.org|pythonhosted\.org|--(?:extra-)?index-url|registry\.npmjs|download\.pytorch", re.IGNORECASE
    )
    written = [
        *modules(), *(ROOT / "requirements").glob("*"), ROOT / "pyproject.toml",
        *(path for name in ("Makefile", "install.sh") if (path := ROOT / name).exists()),
        *(path for path in (ROOT / "deploy").rglob("*") if path.is_file()),
    ]  # fmt: skip
    assert [name_of(path) for path in written if path.is_file() and registry.search(path.read_text("utf-8"))] == []
