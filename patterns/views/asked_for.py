"""What kind of answer somebody asks an address for that serves people and programs."""

from typing import Final

from django.http import HttpRequest

TYPES: Final = {"json": "application/json", "text": "text/markdown"}


def asked_for(request: HttpRequest, *forms: str) -> str:
    """Return which of `forms` (see `TYPES`) a program asks for, empty for a page: by `?format=`, else by `Accept`."""
    if asked := request.GET.get("format", ""):
        return asked if asked in forms else ""
    preferred = request.get_preferred_type(["text/html", *(TYPES[form] for form in forms)])
    return next((form for form in forms if TYPES[form] == preferred), "")


def wants_json(request: HttpRequest) -> bool:
    return asked_for(request, "json") == "json"
