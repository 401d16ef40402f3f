"""The page that shows how much the site is used, how well it does, and what it costs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from feedback.charts import picture
from feedback.figures import Week, figures
from inference.showing.presenting import tier_words


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Small pictures of the last twelve weeks, one sentence each, and every number as a table."""
    now = figures()
    weeks = now.weeks
    shares = [week.helpful / week.verdicts if week.verdicts else 0 for week in weeks]
    context = {
        "figures": now,
        "answers": picture([week.answers for week in weeks], [_answers(week) for week in weeks]),
        "helpful": picture(shares, [_helpful(week) for week in weeks], most=1.0, said="100 %"),
        "corrections": picture([week.corrections for week in weeks], [_corrections(week) for week in weeks]),
        "tiers": [(use, tier_words(use.tier)) for use in now.tiers],
    }
    return render(request, "feedback/transparency.html", context)


def _answers(week: Week) -> str:
    count = ngettext("%(n)d answer", "%(n)d answers", week.answers) % {"n": week.answers}
    return f"{_week(week)}: {count}"


def _helpful(week: Week) -> str:
    if not week.verdicts:
        return f"{_week(week)}: {_('no verdicts')}"
    return _("%(week)s: %(helpful)d of %(all)d helpful") % {
        "week": _week(week),
        "helpful": week.helpful,
        "all": week.verdicts,
    }


def _corrections(week: Week) -> str:
    count = ngettext("%(n)d correction", "%(n)d corrections", week.corrections) % {"n": week.corrections}
    return f"{_week(week)}: {count}"


def _week(week: Week) -> str:
    return _("week of %(day)s") % {"day": date_format(week.monday, "j F")}
