"""What a question calls by another name than the library does, so that nobody wonders why the answer is about that."""

from collections.abc import Mapping
from typing import Any

from inference.words.vocabulary import content_words

EXACT = 100.0  # the score of a name that is written as the library has it


def other_names(route: Mapping[str, Any]) -> list[tuple[str, str]]:
    """`(name in the question, title)` of what it names by a name that says no word of the title. Pure.

    `route` is as an answer keeps it. A misspelt title is no other name.
    """
    found = []
    for one in route.get("entities") or ():
        name, title = str(one.get("matched", "")), str(one.get("title", ""))
        if one.get("score") == EXACT and name and not set(content_words(name)) & set(content_words(title)):
            found.append((name, title))
    return found
