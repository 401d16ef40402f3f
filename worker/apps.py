"""The worker's room as an app, so that Celery finds the tasks when Django is up."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "worker"
