"""Addresses of writing and of what one proposed."""

from django.urls import path

from patterns.views import contribute, edit, submissions

urlpatterns = [
    path("contribute/", contribute.contribute, name="contribute"),
    path("contribute/pattern/", contribute.new_pattern, name="new_pattern"),
    path("contribute/lighthouse/", contribute.new_lighthouse, name="new_lighthouse"),
    path("contribute/import/", contribute.import_file, name="import_file"),
    path("patterns/<name:slug>/edit/", edit.suggest_edit, name="suggest_edit"),
    path("lighthouses/<name:slug>/edit/", edit.edit_lighthouse, name="edit_lighthouse"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/<id:pk>/", submissions.submission, name="submission"),
    path("submissions/<id:pk>/withdraw/", submissions.withdraw, name="submission_withdraw"),
]
