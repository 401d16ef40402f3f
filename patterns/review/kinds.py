"""What can stand in the review queue. Each room registers its kinds when Django starts; the queue knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from patterns.enums import Decision
from patterns.models import ReviewItem, User
from patterns.people.roles import Person, is_curator, is_reviewer


class Decide(Protocol):
    """Carry a decision out, in the transaction of the review; raise a `ReviewError` to take all of it back.

    A kind with `options` is also given `chosen`, those of them that the reviewer ticked.
    """

    def __call__(self, item: ReviewItem, decision: Decision, *, reviewer: User, reason: str, **more: Any) -> None: ...


def _nothing(item: ReviewItem, *, reviewer: User) -> None:  # noqa: ARG001 - a claim means nothing to most kinds
    return None


@dataclass(frozen=True, slots=True)
class QueueKind:
    """One kind of item. `describe(item)` returns the context in which `template` shows what is to be decided.

    `own_form`: the template brings the form that decides, and the page shows none; `choices(item, reviewer)` are what
    it offers this reviewer.
    `decisions` are those that make sense for the kind; `claimed` is told when somebody takes an item. `bulk_accept`
    says that many may be accepted at once unread: only where accepting is undone as easily as it is done.
    `options(item)` are what may be ticked beside a decision, as (value, words). `curators`: they alone decide;
    `one_by_one`: nothing of it is decided in bulk, because each decision is kept as somebody's judgement.
    """

    name: str
    label: Any
    template: str
    decide: Decide
    describe: Callable[[ReviewItem], dict[str, Any]]
    decisions: tuple[Decision, ...] = (Decision.ACCEPT, Decision.REQUEST_CHANGES, Decision.DECLINE)
    claimed: Callable[..., None] = _nothing
    own_form: bool = False
    choices: Callable[..., list[tuple[str, str]]] | None = None
    bulk_accept: bool = False
    options: Callable[[ReviewItem], list[tuple[str, str]]] | None = None
    curators: bool = False
    one_by_one: bool = False

    def open_to(self, person: Person) -> bool:
        """Whether this person may claim and decide on items of this kind."""
        return is_curator(person) if self.curators else is_reviewer(person)


_kinds: dict[str, QueueKind] = {}


def register(kind: QueueKind) -> None:
    """Add a kind; call it in `AppConfig.ready()`. The same name again replaces it."""
    _kinds[kind.name] = kind


def kind_of(item: ReviewItem) -> QueueKind:
    """The kind of `item`; one that no installed room knows can be seen in the queue but not decided."""
    return _kinds.get(item.kind) or QueueKind(
        name=item.kind,
        label=_("of a kind this site does not know"),
        template="patterns/_review_unknown.html",
        decide=_nothing,
        describe=lambda item: {},  # noqa: ARG005
        decisions=(),
    )


def kinds() -> tuple[QueueKind, ...]:
    """Every registered kind, in the order of registration."""
    return tuple(_kinds.values())


def closed_to(person: Person) -> list[str]:
    """The names of the kinds on which this person may not decide."""
    return [kind.name for kind in _kinds.values() if not kind.open_to(person)]
