"""Addresses of the patterns room."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from patterns.views import (
    browse,
    cite,
    constellations,
    lighthouse,
    mail,
    object_relation,
    pattern,
    review,
    reviewing,
    revisions,
    suggest_relation,
)


class NameConverter:
    """A slug as libraries write them: anything on one level that a database can hold."""

    regex = r"[^/\x00-\x1f]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IdConverter(IntConverter):
    """A row's id, no longer than the database can hold; anything longer is a 404, not an error."""

    regex = r"[0-9]{1,18}"


register_converter(NameConverter, "name")
register_converter(IdConverter, "id")

urlpatterns = [
    path("patterns/", browse.browse, name="browse"),
    path("constellations/", constellations.constellations, name="constellations"),
    path("patterns/<name:slug>/", pattern.pattern, name="pattern"),
    path("patterns/<name:slug>/history/", revisions.pattern_history, name="pattern_history"),
    path("patterns/<name:slug>/compare/", revisions.pattern_compare, name="pattern_compare"),
    path("patterns/<name:slug>/r/<int:number>/", revisions.pattern_revision, name="pattern_revision"),
    path("patterns/<name:slug>/cite/<str:form>/", cite.cite_pattern, name="cite_pattern"),
    path("", include("patterns.urls.collections")),
    path("", include("patterns.urls.managing")),
    path("", include("patterns.urls.contributing")),
    path("", include("patterns.urls.safety")),
    path("patterns/<name:slug>/relations/suggest/", suggest_relation.suggest_relation, name="suggest_relation"),
    path("patterns/<name:slug>/relations/<id:pk>/wrong/", object_relation.object_relation, name="object_relation"),
    path("review/relations/", include("patterns.urls.desk")),
    path("review/", include("patterns.urls.queue")),
    path("review/<id:pk>/", review.review_item, name="review_item"),
    path("review/<id:pk>/claim/", review.review_claim, name="review_claim"),
    path("review/<id:pk>/release/", review.review_release, name="review_release"),
    path("review/<id:pk>/decide/", review.review_decide, name="review_decide"),
    path("review/<id:pk>/keep/", reviewing.review_keep, name="review_keep"),
    path("review/<id:pk>/comments/", reviewing.review_comment, name="review_comment"),
    path("review/<id:pk>/comments/<id:comment>/<slug:act>/", reviewing.review_comment_act, name="review_comment_act"),
    path("review/<id:pk>/text/<id:number>/", reviewing.sending_text, name="sending_text"),
    path("review/reasons/", reviewing.review_reasons, name="review_reasons"),
    path("lighthouses/", lighthouse.lighthouses, name="lighthouses"),
    path("lighthouses/<name:slug>/", lighthouse.lighthouse, name="lighthouse"),
    path("lighthouses/<name:slug>/history/", revisions.lighthouse_history, name="lighthouse_history"),
    path("lighthouses/<name:slug>/compare/", revisions.lighthouse_compare, name="lighthouse_compare"),
    path("lighthouses/<name:slug>/r/<int:number>/", revisions.lighthouse_revision, name="lighthouse_revision"),
    path("relations/", include("patterns.urls.relations")),
    path("", include("patterns.urls.notices")),
    path("mail/", mail.mail_page, name="mail_page"),
]
