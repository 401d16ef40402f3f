"""Templates keep the content security policy and the layers: nothing inline, nothing from elsewhere, no upper tags."""

import re
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, name_of, templates

ROOMS = ("patterns", "inference", "feedback")  # lowest first
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
LOADED = re.compile(
    r"<(?:script|img|iframe|video|audio|source|embed|object|input)\b[^>]*\b(?:src|data|poster)\s*=\s*[\"'](?:https?:)?//"
    r"|<link\b[^>]*rel=[\"'](?:stylesheet|icon|preload|preconnect|modulepreload)[\"'][^>]*href=[\"'](?:https?:)?//"
    r"|url\((?:[\"'])?(?:https?:)?//|@import",
    re.IGNORECASE,
)


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{text[: hit.start()].count(chr(10)) + 1} {hit[0][:80]}"
        for path in paths
        for text in [path.read_text(encoding="utf-8")]
        for hit in pattern.finditer(text)
    ]


@pytest.mark.parametrize("pattern", [INLINE_SCRIPT, INLINE_STYLE, HANDLER], ids=["script", "style", "handler"])
def test_nothing_is_inline(pattern):
    assert found(pattern, list(templates())) == []


def test_nothing_is_loaded_from_elsewhere():
    assert found(LOADED, [*templates(), *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]) == []


def test_no_template_loads_tags_of_an_upper_room():
    """A lower room may link or fetch an upper room's address by name, never use its code."""
    tags = {
        path.stem: room
        for room in ROOMS
        for path in (ROOT / room / "templatetags").glob("*.py")
        if path.stem != "__init__"
    }
    bad = []
    for path in templates():
        room = path.relative_to(ROOT / "templates").parts[0]
        mine = ROOMS.index(room) if room in ROOMS else 0
        for names in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", path.read_text(encoding="utf-8")):
            bad += [
                f"{name_of(path)} loads {tag}" for tag in names.split() if ROOMS.index(tags.get(tag, ROOMS[0])) > mine
            ]
    assert bad == []


def test_no_template_turns_escaping_off():
    """What people and models wrote becomes markup in `patterns.rendering` alone, which marks it safe itself."""
    allowed = {"templates/_field.html": "help texts are our own"}
    escapes = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
    hits = [hit for hit in found(escapes, list(templates())) if hit.split(":")[0] not in allowed]
    assert hits == []


def test_every_page_has_a_title():
    pages = [path for path in templates() if '{% extends "base.html" %}' in path.read_text(encoding="utf-8")]
    assert [name_of(path) for path in pages if "{% block title %}" not in path.read_text(encoding="utf-8")] == []
