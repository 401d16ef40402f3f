"""Addresses of people's ways in, beside allauth's."""

from django.urls import path

from patterns.views.sign_in import sign_in_link

urlpatterns = [path("sign-in/<str:token>/", sign_in_link, name="sign_in_link")]
