"""Addresses for machines that look after the site."""

from django.urls import path

from clm_site import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("metrics/", health.metrics, name="metrics"),
]
