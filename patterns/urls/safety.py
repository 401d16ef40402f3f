"""Addresses of flags and moderation; `patterns.urls` includes them and defines the converters."""

from django.urls import path

from patterns.views import bans, blocklist, flags

urlpatterns = [
    path("flags/", flags.own_flags, name="flags"),
    path("flags/new/", flags.flag_new, name="flag_new"),
    path("flags/<id:pk>/decide/", flags.flag_decide, name="flag_decide"),
    path("moderation/bans/", bans.bans, name="bans"),
    path("moderation/bans/new/", bans.ban_new, name="ban_new"),
    path("moderation/bans/<id:pk>/settle/", bans.ban_settle, name="ban_settle"),
    path("moderation/bans/<id:pk>/lift/", bans.ban_lift, name="ban_lift"),
    path("moderation/blocklist/", blocklist.blocklist, name="blocklist"),
    path("moderation/blocklist/<id:pk>/remove/", blocklist.rule_remove, name="rule_remove"),
]
