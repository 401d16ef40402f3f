"""Addresses of the desk of suggested relations."""

from django.urls import path

from patterns.views import desk, desk_acts

urlpatterns = [
    path("", desk.relation_desk, name="relation_desk"),
    path("decide/", desk_acts.relation_decide, name="relation_decide"),
    path("decide-all/", desk_acts.relation_decide_all, name="relation_decide_all"),
    path("acts/<id:pk>/undo/", desk_acts.relation_undo, name="relation_undo"),
]
