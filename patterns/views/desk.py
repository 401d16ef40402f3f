"""The pages of the desk of suggested relations: groups by doubt, a list, and a last look before many are decided."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.drawing.growing import growing
from patterns.people.roles import is_curator, reviewer_required
from patterns.queries import desk, desk_rows
from patterns.queries.relation_growth import growth
from patterns.relating.choosing import Chosen, doubted, waiting
from patterns.relating.deciding import Pick

LONGEST_REASON = 4000
ACTS = {"accept", "reject"}


@require_safe
@reviewer_required
def relation_desk(request: HttpRequest) -> HttpResponse:
    """The groups with the picture of the graph, or with a filter the list of what it finds."""
    return desk_page(request)


def desk_page(request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    chosen, fresh = Chosen.of(request.GET), desk.freshness()
    context: dict[str, Any] = {
        "chosen": chosen,
        "fresh": fresh.standing,
        "groups": desk.groups(fresh),
        "total": desk.total(fresh),
        "choices": desk.choices(fresh),
        "last": desk.own_last_act(request.user),
        "key": secrets.token_urlsafe(16),
        "said": said,
        "reason": reason_of(request) if said else "",
        "listing": chosen.anything or request.GET.get("all") == "yes",
        "query": query_of(request, chosen),
    }
    if context["listing"]:
        context |= {
            "group": next((one for one in context["groups"] if one.kind == chosen.doubt), None),
            "page": desk_rows.page(
                chosen, reviewer=request.user, after=_number(request, "after"), before=_number(request, "before")
            ),
            "found": desk.found(chosen, reviewer=request.user, fresh=fresh),
            "targets": desk.targets(chosen, fresh=fresh) if not chosen.target else [],
        }
    else:
        grown = fresh.remembered("growth", growth)
        context |= {
            "growth": grown,
            "picture": growing([count for _day, count in grown.days]),
            "most": max([one.approved + one.suggested for one in grown.kinds], default=1),
            "acts": desk.last_acts(),
            "may_undo_all": is_curator(request.user),
        }
    return render(request, "patterns/desk.html", context, status=status)


def confirm_page(
    request: HttpRequest, chosen: Chosen, *, act: str, seen: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Show what a filter finds, some of it drawn by chance, before all of it is decided."""
    if act not in ACTS:
        return desk_page(request, said=_("Say what to do with them: accept or reject."), status=422)
    fresh = desk.freshness()
    found = desk.found(chosen, reviewer=request.user, fresh=fresh)
    context = {
        "chosen": chosen,
        "act": act,
        "found": found,
        "changed": seen and seen != str(found),
        "doubted": doubted(waiting(chosen)),
        "sample": desk_rows.sample(chosen, reviewer=request.user),
        "reason": reason_of(request),
        "key": secrets.token_urlsafe(16),
        "said": said,
        "query": query_of(request, chosen),
    }
    return render(request, "patterns/desk_confirm.html", context, status=status)


def look_again_page(
    request: HttpRequest, chosen: Chosen, *, rows: Sequence[desk_rows.Row], picks: Sequence[Pick]
) -> HttpResponse:
    """Show the picked relations with the doubts about them before they are accepted."""
    context = {
        "chosen": chosen,
        "act": "accept",
        "sample": rows,
        "picks": [asdict(pick) for pick in picks],
        "doubted": sum(bool(row.doubts) for row in rows),
        "reason": reason_of(request),
        "key": secrets.token_urlsafe(16),
        "query": query_of(request, chosen),
    }
    return render(request, "patterns/desk_confirm.html", context)


def query_of(request: HttpRequest, chosen: Chosen) -> str:
    """The filter and the place in the list as the query of an address."""
    parts = [chosen.query] if chosen.anything else ["all=yes"] if request.GET.get("all") == "yes" else []
    parts += [f"{name}={number}" for name in ("after", "before") if (number := _number(request, name))]
    return "&".join(parts)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0


def reason_of(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", " ").strip()[:LONGEST_REASON]
