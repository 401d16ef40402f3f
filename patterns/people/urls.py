"""Addresses of people's ways in (allauth's own stand first, to be counted), of their accounts, and of contributors."""

from django.urls import path

from patterns.people import entrances
from patterns.views.people import data, profile, roles, second_step, sessions
from patterns.views.sign_in import sign_in_link

urlpatterns = [
    path("accounts/signup/", entrances.sign_up, name="account_signup"),
    path("accounts/login/", entrances.sign_in, name="account_login"),
    path("accounts/password/reset/", entrances.reset, name="account_reset_password"),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
    path("account/", profile.account, name="account"),
    path("account/preferences/", profile.preferences, name="preferences"),
    path("account/sessions/", sessions.own_sessions, name="own_sessions"),
    path("account/sessions/end-others/", sessions.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("account/second-step/", second_step.second_step, name="second_step"),
    path("account/data/", data.own_data, name="own_data"),
    path("account/data/export/", data.export_data, name="export_data"),
    path("account/erase/", data.erase_account, name="erase_account"),
    path("account/roles/", roles.roles, name="roles"),
    path("account/roles/<uuid:public_id>/", roles.roles_of, name="roles_of"),
    path("people/<uuid:public_id>/", profile.person, name="person"),
]
