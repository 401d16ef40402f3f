"""The sitemap (https://www.sitemaps.org/protocol.html): every page worth finding, with when its text last changed."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from patterns.models import Lighthouse, Pattern
from patterns.queries.library import published, published_lighthouses

A_FILE = 2_000  # addresses; the protocol allows 50,000, but a file this size is written in a moment


class Section(Sitemap):
    """A part of the sitemap, with addresses as people use them, whatever host was asked."""

    limit = A_FILE

    @property
    def protocol(self) -> str:
        return urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:  # noqa: ARG002 - Django's signature
        return urlsplit(settings.PUBLIC_URL).netloc


class Patterns(Section):
    def items(self) -> QuerySet[Pattern]:
        return published().select_related("current").only("slug", "current__created_at").order_by("pk")

    def lastmod(self, item: Pattern) -> datetime:
        return item.current.created_at

    def get_latest_lastmod(self) -> datetime | None:
        return published().order_by("-current__created_at").values_list("current__created_at", flat=True).first()


class Lighthouses(Section):
    def items(self) -> QuerySet[Lighthouse]:
        return published_lighthouses().select_related("current").only("slug", "current__created_at").order_by("pk")

    def lastmod(self, item: Lighthouse) -> datetime:
        return item.current.created_at

    def get_latest_lastmod(self) -> datetime | None:
        dates = published_lighthouses().order_by("-current__created_at")
        return dates.values_list("current__created_at", flat=True).first()


class Pages(Section):
    """The pages that are always there. No date: what they show changes with the library."""

    names = (
        *("home", "browse", "lighthouses", "constellations", "relations", "ask", "questions", "wanted"),
        *("about", "licence", "privacy", "transparency"),
    )

    def items(self) -> list[str]:
        return [address for name in self.names if (address := _address(name))]

    def location(self, item: str) -> str:
        return item


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


# Rooms above add theirs in `AppConfig.ready()`.
SECTIONS: dict[str, type[Section]] = {"pages": Pages, "patterns": Patterns, "lighthouses": Lighthouses}
