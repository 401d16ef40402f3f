"""Addresses of the feedback room."""

from django.urls import path

import patterns.urls  # noqa: F401 - it registers the converter `id`
from feedback.views.correcting import correct_answer
from feedback.views.rating import rate_answer, rate_question
from feedback.views.transparency import transparency

urlpatterns = [
    path("answers/<str:public_id>/rating/", rate_answer, name="rate_answer"),
    path("questions/<id:pk>/rating/", rate_question, name="rate_question"),
    path("answers/<str:public_id>/correction/", correct_answer, name="correct_answer"),
    path("transparency/", transparency, name="transparency"),
]
