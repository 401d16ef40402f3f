"""What this site is, under what terms its texts stand, and what it keeps about the people who use it."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patterns.doubting import plainly, words
from patterns.people import kept_mail
from patterns.people.limits import SALT_KEPT
from patterns.queries import licences
from patterns.queries.library import library_state, remembered
from patterns.retention import FLAGS_KEPT, LINKS_KEPT


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    doubts = [{"name": words.name(kind), "meaning": plainly.meaning(kind)} for kind in plainly.SHOWN]
    return render(request, "patterns/about.html", {"operator": settings.OPERATOR, "doubts": doubts})


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """Show the terms of every library. One query while they are remembered, else four."""
    key = f"licence:{get_language()}"
    return render(request, "patterns/licence.html", remembered(key, _terms, state=library_state()))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, with the numbers the code itself goes by."""
    context = {
        "operator": settings.OPERATOR,
        "questions_days": settings.QUESTIONS_KEPT_DAYS,
        "declined_days": settings.DECLINED_OFFERS_KEPT_DAYS,
        "session_days": timedelta(seconds=settings.SESSION_COOKIE_AGE).days,
        "csrf_days": timedelta(seconds=settings.CSRF_COOKIE_AGE).days,
        "language_days": timedelta(seconds=settings.LANGUAGE_COOKIE_AGE).days,
        "stream_minutes": settings.STREAM_KEPT // 60,
        "salt_hours": SALT_KEPT // 3600,
        "mail_days": kept_mail.KEPT.days,
        "link_days": LINKS_KEPT.days,
        "flag_days": FLAGS_KEPT.days,
    }
    return render(request, "patterns/privacy.html", context)


def _terms() -> dict:
    """What the page shows: the same for everyone until the library changes."""
    return {
        "libraries": licences.terms(),
        "licences": list(licences.licences_of_patterns()),
        "example": licences.example(),
    }
