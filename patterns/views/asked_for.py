"""What kind of answer somebody asks an address for that serves people and programs."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether it is JSON: by `?format=json`, else where `Accept` likes it better than a page."""
    if asked := request.GET.get("format", ""):
        return asked == "json"
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
