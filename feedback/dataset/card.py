"""The dataset card: what a person reads before using a release. Written from the manifest alone."""

from typing import Any

_FORMS = {
    "": "chat messages: system, user with numbered passages, assistant",
    "alpaca": "the same as `instruction`, `input`, `output`",
    "preference": "a corrected answer (`chosen`) beside the one it corrects (`rejected`)",
    "unpaired": "one answer and whether people found it helpful (`label`)",
}


def card(manifest: dict[str, Any]) -> str:
    """Markdown with YAML front matter as dataset hubs read it."""
    licenses = ", ".join(manifest["licenses"]) or "none"
    names = sorted(manifest["licenses"])
    front = "\n".join(["---", "license:", *(f"- {name.lower()}" for name in names), "language:", "- en", "---"])
    return f"""{front}

# Answers that people corrected or let through, from a commons of patterns

{manifest["rows"]} examples, of which {manifest["splits"]["train"]} to train and {manifest["splits"]["validation"]} \
to validate. Each was corrected by a person, or is a question that its asker made public with its answer; they
consented to its use for training, and another person accepted it. Licence: {licenses}.

## Files

| file | rows | what a row is |
|---|---|---|
{_files(manifest)}

`manifest.json` holds the SHA-256 of each file, and the SHA-256 of the manifest names the release. Examples that
share a pattern or a question are on one side of the split.

## Each row says

`id` (a hash of its content), `task`, `sources` (pattern and revision), `license`, `consent` (who agreed to what,
when), `author` and `reviewer` as they wish to be named.

## Tasks

{_list(manifest["tasks"])}

## Personal data

E-mail addresses, phone numbers, bank accounts and network addresses are removed by rule: \
{_inline(manifest["removed"]) or "none was found"}.

## People

Written by {_inline(manifest["authors"]) or "nobody yet"}. Accepted by {_inline(manifest["reviewers"]) or "nobody yet"}.

## Sources

{_sources(manifest)}
"""


def _files(manifest: dict[str, Any]) -> str:
    def line(path: str, facts: dict[str, Any]) -> str:
        return f"| `{path}` | {facts['rows']} | {_FORMS[path.rpartition('/')[0]]} |"

    return "\n".join(line(path, facts) for path, facts in manifest["files"].items())


def _sources(manifest: dict[str, Any]) -> str:
    def line(source: dict[str, Any]) -> str:
        credit = " · ".join(part for part in (source["attribution"], source["license"]) if part)
        return f"- {_plain(source['title'])} (`{source['slug']}`, revision {source['revision']}): {_plain(credit)}"

    return "\n".join(line(source) for source in manifest["sources"]) or "None."


def _list(counts: dict[str, int]) -> str:
    return "\n".join(f"- {name}: {count}" for name, count in counts.items()) or "None."


def _inline(counts: dict[str, int]) -> str:
    return ", ".join(f"{_plain(name)} ({count})" for name, count in counts.items())


def _plain(text: str) -> str:
    """People choose their names: keep them from becoming markup in a page that shows this card."""
    return " ".join(text.split()).translate({ord(sign): f"\\{sign}" for sign in "\\`*_[]<>|#"})
