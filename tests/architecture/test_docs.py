"""What the site reads, runs and answers stands in docs/, and what stands there exists: otherwise documents drift.

The habit is datasette's (tests/test_docs.py): an undocumented setting is a red test.
"""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("clm_site", "patterns", "inference", "feedback", "worker")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "library" / "README.md"])
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ADDRESSES = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

BASE_OPTIONS = {
    "--skip-checks",
    *load_command_class("django.core", "check").create_parser("manage.py", "check")._option_string_actions,
}
# Other people's commands that our documents name.
BORROWED_COMMANDS = {"check", "migrate"}


def settings_read() -> set[str]:
    """Names passed to `env.text`, `env.boolean`, … in the settings."""
    tree = ast.parse((ROOT / "clm_site" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def settings_documented() -> set[str]:
    """Names in the first column of the tables under *Settings*."""
    part = OPERATING.split("\n## Settings\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", part, re.MULTILINE))


def own_commands() -> dict[str, str]:
    """Name → app of each command this project brings."""
    return {name: app for name, app in get_commands().items() if str(app).split(".")[0] in ROOMS}


def options_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The long options a command adds to Django's own, those of its actions included."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from options_of(one)
        elif action.help is not argparse.SUPPRESS:
            yield from (each for each in action.option_strings if each.startswith("--") and each not in BASE_OPTIONS)


def section(name: str) -> str:
    """What docs/operating.md says under the heading of one command."""
    parts = re.split(r"^### `manage\.py (\w+)`$", OPERATING, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return re.split(r"^##+ ", found.get(name, ""), maxsplit=1, flags=re.MULTILINE)[0]


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, address) of every view of ours; `<slug>` stands for a converter."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if getattr(each, "app_name", None) != "admin":
                yield from addresses(each.url_patterns, route)
        elif (view := each.callback) and _module(view).split(".")[0] in ROOMS:
            yield each.name or "", "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route)


def _module(view: object) -> str:
    return getattr(getattr(view, "view_class", view), "__module__", "")


OUR_ADDRESSES = sorted(set(addresses(get_resolver().url_patterns)))


def links(document: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(document: Path) -> set[str]:
    """GitHub's anchors of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_setting_is_documented() -> None:
    assert settings_read() - settings_documented() == set()


def test_every_documented_setting_is_read() -> None:
    assert settings_documented() - settings_read() == set()


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_command_has_a_section_that_names_its_options(name: str) -> None:
    said = section(name)
    assert said, f"docs/operating.md has no section `manage.py {name}`"
    parser = load_command_class(own_commands()[name], name).create_parser("manage.py", name)
    assert [option for option in options_of(parser) if f"`{option}" not in said] == []


def test_every_command_a_document_names_exists() -> None:
    named = {
        (name, document.name)
        for document in DOCUMENTS
        for name in re.findall(r"manage\.py ([a-z_]+)", document.read_text(encoding="utf-8"))
    }
    known = {*own_commands(), *BORROWED_COMMANDS}
    assert {(name, document) for name, document in named if name not in known} == set()


@pytest.mark.parametrize(("name", "address"), OUR_ADDRESSES, ids=[name for name, _ in OUR_ADDRESSES])
def test_address_is_documented(name: str, address: str) -> None:
    assert f"| `{address}` | `{name}` |" in ADDRESSES


def test_every_documented_address_answers() -> None:
    documented = set(re.findall(r"^\| `(/[^`…]*)` \| `(\w+)` \|", ADDRESSES, re.MULTILINE))
    assert documented - {(address, name) for name, address in OUR_ADDRESSES} == set()


def test_every_make_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (name, document.name)
        for document in DOCUMENTS
        for name in re.findall(r"(?:`|^)make ([a-z][a-z-]*)", document.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {(name, document) for name, document in named if name not in targets} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(document: Path) -> None:
    broken = []
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_keep_to_plain_lines(document: Path) -> None:
    lines = document.read_text(encoding="utf-8").split("\n")
    prose = [number for number, line in enumerate(lines, start=1) if len(line) > 120 and not line.startswith("|")]
    assert prose == []
    assert [number for number, line in enumerate(lines, start=1) if line != line.rstrip()] == []
