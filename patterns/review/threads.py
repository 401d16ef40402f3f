"""Put what was said beside the lines it is about, in whatever two texts a reader compares; pure.

What cannot be shown on its line is listed apart, with the line it was about and where that line is by now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.safestring import SafeString

from patterns.models import Comment, User
from patterns.rendering import remark
from patterns.review.comments import EDITABLE
from patterns.review.spots import Lines, Mark, NoSuchSpot, Spot, line_again, parse_spot

STANDS: Final = "stands"  # the line is as it was, where this comparison does not show it
GONE: Final = "gone"  # the line is not in the text any more, or not for certain


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing somebody said, ready to be shown to one reader."""

    pk: int
    who: str
    by_author: bool
    mine: bool
    html: SafeString
    at: datetime
    edited: bool
    deleted: bool
    taken_out: bool
    editable: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and its answers. `spot` is where it is shown; `state` is open, answered, changed or resolved.

    `where` is empty for a thread beside its line, else why it is listed apart.
    """

    root: Remark
    replies: tuple[Remark, ...]
    spot: str
    quote: str
    sending: int
    state: str
    resolved_by: str = ""
    where: str = ""

    @property
    def open(self) -> bool:
        return self.state != "resolved"


@dataclass(frozen=True, slots=True)
class Talk:
    """All threads of a submission: beside a line or a heading (`at`), listed apart, and on the whole."""

    at: Mapping[str, tuple[Thread, ...]]
    apart: tuple[Thread, ...]
    whole: tuple[Thread, ...]

    @property
    def every(self) -> tuple[Thread, ...]:
        return (*(one for here in self.at.values() for one in here), *self.apart, *self.whole)

    def count(self, state: str) -> int:
        return sum(thread.state == state for thread in self.every)


def talk(
    comments: Sequence[Comment], *, author: User, reader: User, before: Lines, after: Lines, shown: Iterable[str]
) -> Talk:
    """Place the threads of a submission by `author` for `reader`; `shown` are the spots the page has."""
    visible = frozenset(shown)
    answers: dict[int, list[Comment]] = {}
    for one in comments:
        if one.thread_id is not None:
            answers.setdefault(one.thread_id, []).append(one)
    at: dict[str, list[Thread]] = {}
    apart: list[Thread] = []
    whole: list[Thread] = []
    for root in (one for one in comments if one.thread_id is None):
        replies = answers.get(root.pk, [])
        place, where = placed(root, before=before, after=after, shown=visible)
        thread = _thread(root, replies, author=author, reader=reader, spot=place, where=where)
        if place == "w":
            whole.append(thread)
        elif where:
            apart.append(thread)
        else:
            at.setdefault(place, []).append(thread)
    return Talk({spot: tuple(found) for spot, found in at.items()}, tuple(apart), tuple(whole))


def placed(comment: Comment, *, before: Lines, after: Lines, shown: frozenset[str]) -> tuple[str, str]:
    """Return the spot a comment is shown at, and, when it is shown apart, why."""
    try:
        spot = parse_spot(comment.spot)
    except NoSuchSpot:
        return comment.spot, GONE
    if spot.kind == "w":
        return "w", ""
    if not spot.is_line:
        there = spot.kind == "f" or spot.name in after or spot.name in before
        return str(spot), "" if str(spot) in shown else STANDS if there else GONE
    again = _again(spot, comment, before=before, after=after)
    if again is None:
        return str(spot), GONE
    return str(again), "" if str(again) in shown else STANDS


def _again(spot: Spot, comment: Comment, *, before: Lines, after: Lines) -> Spot | None:
    mark = Mark(comment.quote, comment.digest, comment.alone, comment.around)
    return line_again(spot, mark, before if spot.kind == "o" else after)


def _thread(root: Comment, replies: Sequence[Comment], *, author: User, reader: User, spot: str, where: str) -> Thread:
    live = [one for one in replies if one.deleted_at is None]
    state = "open"
    if root.resolved_at is not None:
        state = "resolved"
    elif live and live[-1].author_id == author.pk and root.author_id != author.pk:
        state = "answered"
    elif where == GONE and root.author_id != author.pk:
        state = "changed"
    return Thread(
        root=_remark(root, author, reader), replies=tuple(_remark(one, author, reader) for one in replies), spot=spot,
        quote=root.quote, sending=root.sending.number, state=state, where=where,
        resolved_by=root.resolved_by.credit if root.resolved_by else "",
    )  # fmt: skip


def _remark(comment: Comment, author: User, reader: User) -> Remark:
    mine, deleted = comment.author_id == reader.pk, comment.deleted_at is not None
    return Remark(
        pk=comment.pk, who=comment.author.credit, by_author=comment.author_id == author.pk, mine=mine,
        html=remark(comment.text), at=comment.at, edited=comment.edited_at is not None, deleted=deleted,
        taken_out=comment.taken_out, editable=mine and not deleted and timezone.now() - comment.at < EDITABLE,
    )  # fmt: skip
