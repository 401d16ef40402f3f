"""Addresses of people's ways in: allauth's own, which stand first here to be counted, and the moderator's link."""

from django.urls import path

from patterns.people import entrances
from patterns.views.sign_in import sign_in_link

urlpatterns = [
    path("accounts/signup/", entrances.sign_up, name="account_signup"),
    path("accounts/login/", entrances.sign_in, name="account_login"),
    path("accounts/password/reset/", entrances.reset, name="account_reset_password"),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
]
