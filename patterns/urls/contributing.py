"""Addresses of writing and of what one proposed."""

from django.urls import path

from patterns.views import checks, contribute, edit, relation_offers, submissions, turning

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
    path("submissions/<id:pk>/checks/", checks.submission_checks, name="submission_checks"),
    path("submissions/<id:pk>/turn/", turning.submission_turn, name="submission_turn"),
    path("contribute/checks/", checks.live_checks, name="live_checks"),
    path("contribute/relation-offers/", relation_offers.relation_offers, name="relation_offers"),
]
