"""Addresses of the patterns room."""

from django.urls import path

urlpatterns: list = []
