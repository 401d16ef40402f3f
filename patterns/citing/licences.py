"""The licences a file may name: what people call them and where they stand. Pure."""

import re
from dataclasses import dataclass
from typing import Final

_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")
_CREATIVE: Final = re.compile(r"(?:cc|creative-commons)-(by(?:-nc)?(?:-nd|-sa)?)-(\d)-?0(?:-international)?\Z")


@dataclass(frozen=True, slots=True)
class Licence:
    """`url` is empty for a licence we do not know; `name` is empty when none is stated."""

    name: str
    url: str


def licence(*stated: str) -> Licence:
    """Return the first of `stated` that says anything, with its address where it is one we know."""
    said = next((" ".join(one.split()) for one in stated if one and one.strip()), "")
    key = _NOT_NAME.sub("-", said.casefold()).strip("-")
    if found := _CREATIVE.match(key):
        kind, version = found[1], f"{found[2]}.0"
        return Licence(f"CC {kind.upper()} {version}", f"https://creativecommons.org/licenses/{kind}/{version}/")
    if key in {"cc0", "cc0-1-0", "cc-0-1-0"}:
        return Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    return Licence(said, "")
