"""Addresses of the patterns room."""

from django.urls import path, register_converter

from patterns.views import browse, lighthouse, mail, pattern


class NameConverter:
    """A slug as libraries write them: anything on one level that a database can hold."""

    regex = r"[^/\x00-\x1f]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NameConverter, "name")

urlpatterns = [
    path("patterns/", browse.browse, name="browse"),
    path("patterns/<name:slug>/", pattern.pattern, name="pattern"),
    path("patterns/<name:slug>/history/", pattern.pattern_history, name="pattern_history"),
    path("patterns/<name:slug>/r/<int:number>/", pattern.pattern_revision, name="pattern_revision"),
    path("lighthouses/", lighthouse.lighthouses, name="lighthouses"),
    path("lighthouses/<name:slug>/", lighthouse.lighthouse, name="lighthouse"),
    path("lighthouses/<name:slug>/r/<int:number>/", lighthouse.lighthouse_revision, name="lighthouse_revision"),
    path("mail/", mail.mail_page, name="mail_page"),
]
