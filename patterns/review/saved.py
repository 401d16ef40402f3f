"""Lists of the queue under a name: a few that everybody has, and those a person keeps."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patterns.models import SavedView, User
from patterns.people.roles import is_reviewer
from patterns.review.errors import NotAReviewer
from patterns.review.filters import Filters

MOST_VIEWS = 20
NAME_LENGTH = 60
STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A list that everybody has."""

    name: str
    label: Any
    filters: Filters


BUILT_IN = (
    BuiltIn("everything", gettext_lazy("Everything"), Filters()),
    BuiltIn("for-me", gettext_lazy("For me"), Filters(state="free")),
    BuiltIn("longest", gettext_lazy("Waiting longest"), Filters(state="free", sort="oldest")),
    BuiltIn("quick", gettext_lazy("Quick ones"), Filters(state="free", quick=True)),
)


class ViewError(Exception):
    """The step was not taken; the message is for the person whose list it is."""

    status = 422


def save_view(owner: User, *, name: str, filters: Filters) -> SavedView:
    """Keep a list under a name; the same name again keeps the new list. Raises `NotAReviewer`, `ViewError`."""
    name = _named(name)
    with transaction.atomic():
        mine = _locked(owner)
        known = next((view for view in mine if view.name == name), None)
        if known is not None:
            known.query = filters.query()
            known.save(update_fields=["query"])
            return known
        if len(mine) >= MOST_VIEWS:
            said = ngettext(
                "You keep %(most)s list, as many as one person can. Delete one you no longer need.",
                "You keep %(most)s lists, as many as one person can. Delete one you no longer need.",
                MOST_VIEWS,
            )
            raise ViewError(said % {"most": MOST_VIEWS})
        last = max((view.position for view in mine), default=0)
        return SavedView.objects.create(owner=owner, name=name, query=filters.query(), position=last + 1)


def rename_view(view: SavedView, *, owner: User, name: str) -> None:
    """Give a list another name."""
    name = _named(name)
    with transaction.atomic():
        mine = _locked(owner, view)
        if any(one.name == name and one.pk != view.pk for one in mine):
            raise ViewError(_("Another of your lists is called that."))
        SavedView.objects.filter(pk=view.pk).update(name=name)


def move_view(view: SavedView, *, owner: User, way: str) -> None:
    """Put a list one place up or down; at the end it stays where it is."""
    with transaction.atomic():
        mine = _locked(owner, view)
        here = [one.pk for one in mine].index(view.pk)
        there = here + STEPS.get(way, 0)
        if not 0 <= there < len(mine):
            return
        mine[here], mine[there] = mine[there], mine[here]
        for position, one in enumerate(mine, 1):
            one.position = position
        SavedView.objects.bulk_update(mine, ["position"])


def delete_view(view: SavedView, *, owner: User) -> None:
    """Forget a list. Nothing in the queue changes."""
    with transaction.atomic():
        _locked(owner, view)
        view.delete()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise ViewError(_("Give it a name of at most %(most)s characters.") % {"most": NAME_LENGTH})
    return name


def _locked(owner: User, view: SavedView | None = None) -> list[SavedView]:
    """A person's lists, with the account's row held so that two windows take turns."""
    if not is_reviewer(owner):
        raise NotAReviewer
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    mine = list(SavedView.objects.filter(owner=owner))
    if view is not None and view.pk not in {one.pk for one in mine}:
        raise ViewError(_("This list is not there any more."))
    return mine
