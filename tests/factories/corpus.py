"""A hostile library of a few hundred files with every fault the real one has, and some it could have.

Written from the measurements in the docstrings of `patterns.format`; nothing of it is copied from any library.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

PATTERNS, LIGHTHOUSES, CONTEXT = "patterns/_patterns", "lighthouses/_lighthouses", "context"

NEWER = """---
# ═══════════════════════════
# GROUP 1: CORE IDENTITY
# ═══════════════════════════
id: {uid}
slug: {slug}
title: "{title}"
aliases: ["{title} by another name"]
summary: >-
  {title} keeps a shared thing
  shared.
context_labels:
  corporate: "Asset care"
ontology:
  domain: governance
  commons_domain:
    - business
lifecycle: {{usage_stage: design, adoption_stage: growth, status: draft, version: 0.1, confidence: 2}}
relationships:
{relationships}
graph_garden:
  last_pruned: 2026-02-19
  inferred_links:
    - target: a-first
      type: complementary
      confidence: 0.8
      reason: "It came first in the list."
contributors: [someone]
license: CC-BY-SA-4.0
attribution: A made-up library
---

# {title}

### Section 1: Context (100-200 words)

{title} is for people who hold something together.

### Section 2: Problem

They lose it.
"""

OLDER = """---
id: {uid}
title: {title}
slug: {slug}
aliases: []
classification:
  universality: domain
  domain: startup
  category:
  - team
  status: draft
generalizes_from: []
specializes_to: []
enables: {enables}
requires: []
related: {related}
confidence_score: 0.7
created: 2026-02-01
modified: 2026-02-01T00:00:00Z
contributors:
- name: Someone
  role: author
license: CC-BY-SA-4.0
---

# {title}

### 1. Overview

{title} keeps things going.
"""


@dataclass
class Corpus:
    """What was written, by what is wrong with it: paths inside `root`."""

    root: Path
    healthy: int = 0
    paths: list[str] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    repaired: dict[str, int] = field(default_factory=dict)
    remarked: dict[str, int] = field(default_factory=dict)

    def write(self, path: str, content: str | bytes) -> str:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        if path not in self.paths:
            self.paths.append(path)
        return path

    def pattern(self, slug: str, content: str | bytes) -> str:
        return self.write(f"{PATTERNS}/{slug}.md", content)


def newer(slug: str, *, title: str = "", uid: str = "", relationships: str = "  enables: []") -> str:
    """A sound file of the newer generation."""
    title = title or slug.replace("-", " ").title()
    return NEWER.format(slug=slug, title=title, uid=uid or f"pat_{slug}", relationships=relationships)


def older(slug: str, *, title: str = "", uid: str = "", enables: str = "[]", related: str = "[]") -> str:
    """A sound file of the older generation."""
    title = title or slug.replace("-", " ").title()
    return OLDER.format(slug=slug, title=title, uid=uid or f"pat_{slug}", enables=enables, related=related)


def write_corpus(root: Path, *, healthy: int = 200) -> Corpus:
    """Write the library under `root` and return what is in it."""
    corpus = Corpus(root)
    _healthy(corpus, healthy)
    _unreadable(corpus)
    _repairable(corpus)
    _odd(corpus)
    _related(corpus)
    _lighthouses(corpus)
    _context(corpus)
    return corpus


def _healthy(corpus: Corpus, count: int) -> None:
    corpus.pattern("a-first", newer("a-first"))
    for number in range(count // 2):
        relationships = f"  enables:\n    - slug: a-first\n      weight: 0.8\n    - slug: plain-{number + 1}"
        corpus.pattern(f"plain-{number}", newer(f"plain-{number}", relationships=relationships))
        corpus.pattern(f"old-{number}", older(f"old-{number}", enables=f"[pat_plain-{number}, pat_nobody]"))
    corpus.healthy = len(corpus.paths)


def _unreadable(corpus: Corpus) -> None:
    """Files of which nothing can be imported, with the line the report must name."""
    for slug, content, line in (
        ("no-front", "# Only a heading\n", 1),
        ("never-closed", "---\nid: pat_x\ntitle: X\n", 1),
        ("just-a-list", "---\n- one\n- two\n---\nbody\n", 2),
        ("nameless", "---\nlicense: CC0-1.0\n---\nbody\n", 1),
        ("latin-1", "---\nid: pat_l\ntitle: Caf\xe9\n---\n".encode("latin-1"), 3),
        ("with-nul", "---\nid: pat_n\ntitle: N\n---\nbody\n\x00\n", 6),
        ("empty", "", 1),
    ):
        corpus.unread[corpus.pattern(slug, content)] = line


def _repairable(corpus: Corpus) -> None:
    """Files with a slip in one key, with its line: imported, and said."""
    flow = newer("flow-slip").replace(
        "ontology:\n  domain: governance\n  commons_domain:\n    - business\n",
        "ontology: {domain: governance, cross_domains: []\n  commons_domain:\n    - life, search_hints: {a: b}}\n",
    )
    bomb = "bomb: &a [x, x]\nboom: [*a, *a, *a]\n"
    for slug, content, needle in (
        ("flow-slip", flow, "  commons_domain:"),
        ("tabs", newer("tabs").replace("  corporate:", "\tcorporate:"), "\tcorporate:"),
        ("colon", older("colon").replace("title: Colon", "title: Colon: the sequel"), "title:"),
        ("alias-bomb", older("alias-bomb").replace("enables: []\n", f"enables: []\n{bomb}"), "boom:"),
        ("tagged", older("tagged").replace("aliases: []", "aliases: !!python/object:os.system []"), "aliases:"),
    ):
        lines = content.split("\n")
        corpus.repaired[corpus.pattern(slug, content)] = next(
            number for number, line in enumerate(lines, 1) if line.startswith(needle)
        )


def _odd(corpus: Corpus) -> None:
    """Files that are read whole, some with a remark."""
    corpus.remarked[corpus.pattern("shared-one", older("shared-one", uid="pat_placeholder"))] = 1
    corpus.remarked[corpus.pattern("shared-two", older("shared-two", uid="pat_placeholder"))] = 1
    corpus.pattern("twin-one", older("twin-one", title="Twins"))
    corpus.pattern("twin-two", older("twin-two", title="Twins"))
    nested = older("nested") + "\n---\nid: pat_former_life\nslug: 7-nested\ntitle: Nested\n---\n\n### More\n"
    corpus.remarked[corpus.pattern("nested", nested)] = nested.split("\n").index("id: pat_former_life") + 1
    twice = older("twice").replace("aliases: []", "aliases: []\nlicense: CC0-1.0")
    corpus.remarked[corpus.pattern("twice", twice)] = twice.split("\n").index("license: CC-BY-SA-4.0") + 1
    corpus.pattern("windows", older("windows").replace("\n", "\r\n"))
    corpus.pattern("byte-order-mark", "\ufeff" + older("byte-order-mark"))
    corpus.pattern("no-last-newline", older("no-last-newline").rstrip("\n"))
    corpus.pattern("padded", older("padded") + "\n| a |" + " " * 180_000 + "| b |\n|---|---|\n")
    corpus.pattern("huge", older("huge") + "A long line of honest prose about sharing. " * 8_000)
    corpus.pattern("script", older("script") + "\nBefore <script>alert(1)</script> after.\n```mermaid\ngraph TD\n```\n")
    corpus.pattern("residue", older("residue") + "\nI hope this helps! Let me know.\n")
    corpus.pattern("future", newer("future").replace("graph_garden:", "moon_phase: {wax: 3}\ngraph_garden:"))
    corpus.pattern("ohne-schlüssel", "---\ntitle: Ohne Schlüssel\n---\nText.\n")
    corpus.pattern("Strange Slug!", older("x").replace("slug: x", "slug: 'Strange Slug!'"))
    corpus.pattern("comment-only-body", older("comment-only-body") + "```\n# not a heading\n```\n")


def _related(corpus: Corpus) -> None:
    """One file with every way the library has of naming another pattern."""
    relationships = """  enables:
    - pat_plain-0
    - plain-1
    - id: plain-2
      weight: 0.6
      description: Because.
    - {id: pat_mangledmangled, slug: plain-3, weight: "0.5"}
    - {}
    - slug: not-written-yet
  generalizes_from: [plain-4]
  specializes_to: [plain-5]
  tools:
    - slug: plain-6
  requires: pat_former_life
  complementary: ["Twins", "Plain 7", plain-9-by-another-name]
  tensions_with: [related-many]
  inspires_quietly:
    - slug: plain-8"""
    content = newer("related-many", relationships=relationships)
    corpus.remarked[corpus.pattern("related-many", content)] = content.split("\n").index("    - {}") + 1


def _lighthouses(corpus: Corpus) -> None:
    text = """---
title: Harbour
type: city
country: Somewhere
patterns_used:
  - Plain 0
  - Plain 1 by another name
  - Something Nobody Wrote
---

## Overview

A harbour that is held in common.
"""
    corpus.write(f"{LIGHTHOUSES}/harbour.md", text)
    corpus.unread[corpus.write(f"{LIGHTHOUSES}/broken.md", "no front matter\n")] = 1


def _context(corpus: Corpus) -> None:
    def edge(source: str, target: str, kind: str = "ENABLES", evidence: str = "So it is.") -> dict:
        return {"source_id": source, "target_id": target, "relationship_type": kind, "confidence": 0.9,
                "evidence": evidence, "status": "approved", "reviewed_by": "batch_all"}  # fmt: skip

    relations = [
        edge("pat_plain-0", "pat_plain-1"),
        edge("pat_plain-0", "pat_plain-1"),
        edge("pat_plain-2", "pat_plain-2", "REQUIRES"),
        edge("pat_plain-3", "pat_plain-4", "TENSIONS_WITH"),
        edge("pat_plain-5", "pat_01mangled01mangled"),
        {"source_id": "pat_plain-6"},
    ]
    suits = {
        "archetypes": [{"name": "Cooperative", "strength": 0.9, "rationale": "It owns itself."}],
        "stages": [{"name": "Growth", "importance": 1.0, "rationale": "More hands."}],
        "domains": [{"name": "Energy", "specificity": "core", "rationale": "Shared grids."}, {"rationale": "?"}],
    }
    suitability = [
        {**suits, "pattern_id": "pat_plain-0", "pattern_name": "Plain 0"},
        {**suits, "pattern_id": "pat_placeholder", "pattern_name": "Shared Two"},
        {"error": "Expecting ',' delimiter", "pattern_id": "pat_plain-1", "pattern_name": "Plain 1"},
        {**suits, "pattern_id": "pat_nobody", "pattern_name": "Nobody"},
    ]
    payload = {"last_updated": "2026-02-02", "total": len(relations), "relationships": relations}
    corpus.write(f"{CONTEXT}/relationships_approved.json", json.dumps(payload, indent=2))
    corpus.write(f"{CONTEXT}/archetype_extractions.json", json.dumps(suitability, indent=2))


def add_link(corpus: Corpus, target: Path) -> str:
    """Add a pattern file that is a link to something outside the library."""
    path = f"{PATTERNS}/link.md"
    (corpus.root / path).symlink_to(target)
    return path
