"""Decorators that stand before a view which takes what people send: limits, and the traps of visitors' forms.

Whatever they refuse is shown again with all its text (`patterns.views.kept`), so that haste costs nobody a word.
"""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from patterns.people import limits, traps
from patterns.views import kept

View = Callable[..., HttpResponse]
caught: Counter[str] = Counter()  # of this process, for the metrics


def limited(name: str, *, when: Callable[[HttpRequest], bool] = lambda request: True) -> Callable[[View], View]:  # noqa: ARG005
    """Count each POST to the view in the limit `name`; past it, answer 429 with the text kept.

    `when` says of a request whether it counts, where one address takes several kinds.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and when(request) and (too_much := limits.wait(request, name)) is not None:
                return kept.too_many(request, too_much)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def trapped_when(when: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Let no POST of a visitor through that no person sent, of those `when` says it of: where nothing is kept, none.

    Who is signed in is known already.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated and when(request):
                trap = traps.caught(request.POST)
                if trap is not None:
                    caught[trap.value] += 1
                    return kept.once_more(request)
            return view(request, *args, **kwargs)

        return guarded

    return guard


trapped = trapped_when(lambda request: True)  # noqa: ARG005
