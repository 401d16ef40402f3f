"""Addresses of the inference room."""

from django.urls import path

import patterns.urls  # noqa: F401 - it registers the converters `id` and `name`
from inference.views.answer import answer_page, stop_answer
from inference.views.ask import ask_page
from inference.views.home import home
from inference.views.offers import offer_answer, offered_question, withdraw_question
from inference.views.questions import question, questions, report_question
from inference.views.search import search_page
from inference.views.stream import answer_stream
from inference.views.titles import titles
from inference.views.wanted import wanted, wanted_one, wanted_outline

urlpatterns = [
    path("", home, name="home"),
    path("search/", search_page, name="search"),
    path("search/titles/", titles, name="titles"),
    path("ask/", ask_page, name="ask"),
    path("answers/<str:public_id>/", answer_page, name="answer"),
    path("answers/<str:public_id>/stream/", answer_stream, name="answer_stream"),
    path("answers/<str:public_id>/stop/", stop_answer, name="stop_answer"),
    path("answers/<str:public_id>/offer/", offer_answer, name="offer_answer"),
    path("questions/", questions, name="questions"),
    path("questions/<id:pk>-<str:slug>/", question, name="question"),
    path("questions/<id:pk>/report/", report_question, name="report_question"),
    path("questions/offers/<str:token>/", offered_question, name="offered_question"),
    path("questions/offers/<str:token>/withdraw/", withdraw_question, name="withdraw_question"),
    path("wanted/", wanted, name="wanted"),
    path("wanted/<name:key>/", wanted_one, name="wanted_one"),
    path("wanted/<name:key>/outline/", wanted_outline, name="wanted_outline"),
]
