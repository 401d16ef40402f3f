"""Take out, bring back, rename, go back to an earlier text: the same pages for patterns and lighthouses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns.diffs.comparing import comparison
from patterns.models import Lighthouse, Pattern, Revision
from patterns.people.roles import curator_required
from patterns.publishing import rename, restore, retire, revert, standing
from patterns.publishing.forms import ActForm, RenameForm, RetireForm
from patterns.publishing.relying import counts
from patterns.queries import publication, reading
from patterns.views.managing.acting import Thing, act, managed_lighthouse, managed_pattern

View = Callable[..., HttpResponse]


def _for_curators(view: View, *, lighthouse: bool) -> View:
    """Make of `view(request, thing, …)` the page of one kind of thing, open to curators alone."""
    name = f"{view.__name__.removeprefix('_')}_{'lighthouse' if lighthouse else 'pattern'}"

    @require_http_methods(["GET", "HEAD", "POST"])
    @curator_required
    @wraps(view)
    def page(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        found = (managed_lighthouse if lighthouse else managed_pattern)(slug, name, *more.values())
        return found if isinstance(found, HttpResponse) else view(request, found, **more)

    return page


def _retire(request: HttpRequest, thing: Thing) -> HttpResponse:
    is_pattern = isinstance(thing, Pattern)
    form_class = RetireForm if is_pattern else ActForm
    form = form_class(request.POST or None, initial={"seen": standing(thing)})

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        done = retire(
            thing, actor=request.user, reason=sent["reason"], successor=sent.get("successor"), seen=sent["seen"]
        )
        if not done:
            return "info", _already_out(thing)
        return _("“%(title)s” is taken out. Its address says why.") % {"title": thing.title}

    context = {"counts": counts(thing) if is_pattern else (), "done": _already_out(thing)}
    return act(request, thing, form=form, template="patterns/manage/retire.html", context=context, do=do)


def _restore(request: HttpRequest, thing: Thing) -> HttpResponse:
    form = ActForm(request.POST or None, initial={"seen": standing(thing)})

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        if not restore(thing, actor=request.user, reason=sent["reason"], seen=sent["seen"]):
            return "info", _("“%(title)s” is in the library already.") % {"title": thing.title}
        return _("“%(title)s” is back in the library.") % {"title": thing.title}

    context = {
        "retirement": publication.open_retirement(thing),
        "counts": counts(thing) if isinstance(thing, Pattern) else (),
        "merge": publication.open_merge(thing) if isinstance(thing, Pattern) else None,
    }
    return act(request, thing, form=form, template="patterns/manage/restore.html", context=context, do=do)


def _rename(request: HttpRequest, thing: Thing) -> HttpResponse:
    initial = {"seen": standing(thing), "title": thing.title, "slug": thing.slug, "keep_title": True}
    form = RenameForm(request.POST or None, initial=initial)
    if isinstance(thing, Lighthouse):
        del form.fields["keep_title"]

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        before = thing.current_id
        names = {"title": sent["title"], "slug": sent["slug"], "keep_title": sent.get("keep_title", False)}
        revision = rename(thing, by=request.user, reason=sent["reason"], seen=sent["seen"], **names)
        if revision.pk == before and thing.slug == sent["slug"] == initial["slug"]:
            return "info", _("Those are its names already, so nothing changed.")
        return _("It is called “%(title)s” now, and its old address leads to it.") % {"title": sent["title"]}

    context = {"moved": list(thing.moved_slugs.order_by("moved_at")), "counts": ()}
    return act(request, thing, form=form, template="patterns/manage/rename.html", context=context, do=do)


def _revert(request: HttpRequest, thing: Thing, number: int) -> HttpResponse:
    to = reading.find_revision(thing, number)
    if to is None:
        raise Http404(_("There is no such revision."))
    form = ActForm(request.POST or None, initial={"seen": standing(thing)})

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        made = revert(thing, to=to, by=request.user, reason=sent["reason"], seen=sent["seen"])
        if made.number <= to.number:
            return "info", _("The text stands as in that revision already, so nothing changed.")
        return _("Revision %(n)s has the text of revision %(to)s again.") % {"n": made.number, "to": to.number}

    context = {"to": to, "between": _between(thing, to), "changes": _changes(thing, to)}
    return act(request, thing, form=form, template="patterns/manage/revert.html", context=context, do=do)


def _already_out(thing: Thing) -> str:
    """Who took it out already and why; nothing where it is still there."""
    found = publication.open_retirement(thing)
    if found is None:
        return ""
    said = _("%(who)s took it out already and said: “%(reason)s”. Nothing changed.")
    return said % {"who": found.actor.credit if found.actor else _("An operator"), "reason": found.reason}


def _between(thing: Thing, to: Revision) -> int:
    return max(thing.current.number - to.number, 0)


def _changes(thing: Thing, to: Revision) -> Any:
    return None if to.pk == thing.current_id else comparison(thing.current, to)


retire_pattern, retire_lighthouse = (_for_curators(_retire, lighthouse=kind) for kind in (False, True))
restore_pattern, restore_lighthouse = (_for_curators(_restore, lighthouse=kind) for kind in (False, True))
rename_pattern, rename_lighthouse = (_for_curators(_rename, lighthouse=kind) for kind in (False, True))
revert_pattern, revert_lighthouse = (_for_curators(_revert, lighthouse=kind) for kind in (False, True))
