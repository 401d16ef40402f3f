"""Addresses of what people are told, and of what changed in the library."""

from django.urls import path

from patterns.views import changes, notices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/settings/", notices.settings, name="notices_settings"),
    path("notices/unsubscribe/<str:token>/", notices.unsubscribe, name="notices_unsubscribe"),
    path("notices/<id:pk>/", notices.open_notice, name="notice"),
    path("changes/", changes.changes, name="changes"),
]
