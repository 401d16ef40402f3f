"""Public questions in the sitemap, with the day each became public."""

from datetime import datetime

from django.db.models import Max, QuerySet

from inference.models import PublicQuestion
from inference.questions.reading import published
from patterns.syndication.sitemaps import SECTIONS, Section


class Questions(Section):
    def items(self) -> QuerySet[PublicQuestion]:
        return published().only("pk", "text", "published_at").order_by("pk")

    def lastmod(self, item: PublicQuestion) -> datetime:
        return item.published_at

    def get_latest_lastmod(self) -> datetime | None:
        return published().aggregate(newest=Max("published_at"))["newest"]


def register_section() -> None:
    """Add the questions to the sitemap."""
    SECTIONS["questions"] = Questions
