"""Find the front matter of a file, and repair the slips in it that can be repaired without guessing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from patterns.format.document import Problem, Severity
from patterns.format.safe_yaml import LIMIT, Path, UnreadableYamlError, read

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_BLOCK = re.compile(r"^(?=[^\s#\-}\]])", re.MULTILINE)
TROUBLES = 50  # broken keys after which a front matter is taken for something else
_KEY = re.compile(r"[\"']?([\w -]{1,60}?)[\"']?\s*:")


@dataclass(frozen=True, slots=True)
class Front:
    """Where the front matter stands in a file (character offsets) and what it says.

    `lines` counts from 1 in the whole file.
    """

    start: int
    end: int
    body_start: int
    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_front(text: str) -> Front:
    """Return the front matter of `text`; a problem of severity `error` stands in it when none can be read."""
    opening = _OPENING.match(text)
    if not opening:
        return _failed(1, "has no front matter: the first line is not `---`")
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return _failed(1, "has a front matter that is never closed by a line `---`")
    start, end, body_start = opening.end(), closing.start(), closing.end()
    block = text[start:end]
    if len(block) > LIMIT:
        return _failed(1, f"has a front matter of more than {LIMIT:,} characters")
    try:
        found = read(block)
    except UnreadableYamlError as error:
        value, lines, problems = _salvage(block, error)
    else:
        value, lines = found.value, found.lines
        problems = [Problem(line, reason) for line, reason in found.remarks]
    if not isinstance(value, dict):
        problems = [Problem(1, "has a front matter that is not a list of `key: value`", Severity.ERROR)]
        value = {}
    return Front(
        start=start,
        end=end,
        body_start=body_start,
        value=value,
        lines={path: line + 1 for path, line in lines.items()},
        problems=tuple(Problem(p.line + 1, p.reason, p.severity) for p in problems),
    )


def _failed(line: int, reason: str) -> Front:
    return Front(start=0, end=0, body_start=0, problems=(Problem(line, reason, Severity.ERROR),))


def _salvage(block: str, error: UnreadableYamlError) -> tuple[Any, dict[Path, int], list[Problem]]:
    """Read each top-level key by itself, so that one broken key costs only itself, or less where it can be repaired."""
    value: dict[str, Any] = {}
    lines: dict[Path, int] = {(): 1}
    problems: list[Problem] = []
    for first, part in _parts(block):
        if len(problems) >= TROUBLES:
            return {}, {}, [Problem(error.line, f"{error.reason}, and so do {TROUBLES} other parts", Severity.ERROR)]
        try:
            found = read(part)
        except UnreadableYamlError as broken:
            line = first + broken.line - 1
            found, how = _repaired(part)
            name = _name(part)
            if found is None:
                reason = f"`{name}` {broken.reason}; it is kept as written and not read"
                problems.append(Problem(line, reason, Severity.PARTLY))
                continue
            problems.append(Problem(line, f"`{name}` {broken.reason}; repaired: {how}", Severity.REPAIRED))
        if found.value is None:
            continue
        if not isinstance(found.value, dict):
            problems.append(Problem(first, "holds text that belongs to no key; it is not read", Severity.PARTLY))
            continue
        problems.extend(Problem(first + line - 1, reason) for line, reason in found.remarks)
        value.update(found.value)
        lines.update({path: first + line - 1 for path, line in found.lines.items() if path})
    if not problems:  # whole it fails, in parts it does not: what failed is between the keys
        problems.append(Problem(error.line, f"{error.reason}; read key by key instead", Severity.REPAIRED))
    if not value:
        problems = [Problem(error.line, error.reason, Severity.ERROR)]
    return value, lines, problems


def _parts(block: str) -> Iterator[tuple[int, str]]:
    """Yield `(line, text)` of each stretch that begins with something in the first column."""
    cuts = [match.start() for match in _BLOCK.finditer(block)]
    for start, end in zip(cuts, [*cuts[1:], len(block)], strict=False):
        yield block.count("\n", 0, start) + 1, block[start:end]


def _name(part: str) -> str:
    match = _KEY.match(part)
    return match[1] if match else part.split("\n", 1)[0][:40]


def _repaired(part: str):
    for repair, how in REPAIRS:
        mended = repair(part)
        if mended == part:
            continue
        try:
            return read(mended), how
        except UnreadableYamlError:
            continue
    return None, ""


def lists_into_flow(part: str) -> str:
    """Move a block list pasted into a one-line mapping, `a: {b: c` / `  d:` / `    - e, f: g}`, onto its line.

    Both unreadable files of the public library of June 2026 have this slip.
    """
    pasted = re.compile(r"(?<=[\w\"'\]}])[ \t]*\r?\n[ \t]+([\w-]+):[ \t]*((?:\r?\n[ \t]+- [^\n,{}\[\]]+)+)(?=[,}])")

    def flow(match: re.Match) -> str:
        items = [item.strip() for item in re.findall(r"^[ \t]+- (.+)$", match[2], re.MULTILINE)]
        return f", {match[1]}: [{', '.join(items)}]"

    return pasted.sub(flow, part)


def tabs_into_spaces(part: str) -> str:
    """Indent with spaces where somebody indented with tabs."""
    return re.sub(r"^[ \t]+", lambda match: match[0].expandtabs(4), part, flags=re.MULTILINE)


def quote_values(part: str) -> str:
    """Quote one-line values that hold a `: ` or start with a character YAML keeps for itself."""
    line = re.compile(
        r"^([ \t]*(?:- )?[\w-]+:[ \t]+)((?![\"'\[{|>])[^\n#]*?(?::[ \t]|:$|^[@`%*&!])[^\n]*?|[@`%*&!][^\n]*?)[ \t]*$"
    )

    def quoted(match: re.Match) -> str:
        return match[1] + '"' + match[2].replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "\n".join(line.sub(quoted, one.rstrip("\r")) for one in part.split("\n"))


REPAIRS: tuple[tuple[Callable[[str], str], str], ...] = (
    (lists_into_flow, "a list pasted into a one-line mapping was read as part of it"),
    (tabs_into_spaces, "tabs were read as spaces"),
    (quote_values, "a value with a colon or a reserved sign was read as text"),
)
