"""Addresses of the inference room."""

from django.urls import path

from inference.views.answer import answer_page, stop_answer
from inference.views.ask import ask_page
from inference.views.home import home
from inference.views.search import search_page
from inference.views.stream import answer_stream
from inference.views.titles import titles

urlpatterns = [
    path("", home, name="home"),
    path("search/", search_page, name="search"),
    path("search/titles/", titles, name="titles"),
    path("ask/", ask_page, name="ask"),
    path("answers/<str:public_id>/", answer_page, name="answer"),
    path("answers/<str:public_id>/stream/", answer_stream, name="answer_stream"),
    path("answers/<str:public_id>/stop/", stop_answer, name="stop_answer"),
]
