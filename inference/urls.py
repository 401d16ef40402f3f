"""Addresses of the inference room."""

from django.urls import path

urlpatterns: list = []
