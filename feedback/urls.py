"""Addresses of the feedback room."""

from django.urls import path

urlpatterns: list = []
