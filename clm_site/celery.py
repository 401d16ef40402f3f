"""The Celery application: queues by the first word of a job's name, JSON only, settings from Django."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")

app = Celery("clm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ["worker.tasks"]
