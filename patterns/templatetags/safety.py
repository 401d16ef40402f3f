"""`{% trap %}` for the forms of visitors, and `{% flag_link %}` for what one may flag."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from patterns.people import traps

register = template.Library()


@register.inclusion_tag("moderation/_trap.html", takes_context=True)
def trap(context: template.Context) -> dict[str, str]:
    """A field nobody sees, and a signed time. Stands inside a form that `guarded.trapped` waits behind."""
    request = context.get("request")
    stamp = traps.stamp_of(request.POST) if request is not None and request.method == "POST" else traps.stamp()
    return {"hidden": traps.HIDDEN, "stamped": traps.STAMP, "stamp": stamp}


@register.inclusion_tag("moderation/_flag_link.html")
def flag_link(kind: str, ref: Any) -> dict[str, str]:
    """A quiet link to the form that flags the thing `kind:ref`."""
    return {"address": f"{reverse('flag_new')}?{urlencode({'of': f'{kind}:{ref}'})}"}
