"""Addresses of the relation explorer."""

from django.urls import path

from patterns.views import relations

urlpatterns = [
    path("", relations.relations, name="relations"),
    path("<name:slug>/", relations.relations_of, name="relations_of"),
    path("<name:slug>/prerequisites/", relations.prerequisites, name="prerequisites"),
    path("<name:slug>/to/<name:other>/", relations.relation_paths, name="relation_paths"),
]
