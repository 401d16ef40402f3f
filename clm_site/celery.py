"""The Celery application: queues by the first word of a job's name, JSON only, settings from Django."""

import os

from celery import Celery
from celery.signals import beat_embedded_init

from clm_site.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")

app = Celery("clm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ["worker.tasks", "worker.runtime"]


@beat_embedded_init.connect
def _end_with_the_worker(**_kwargs: object) -> None:
    """The schedule runs in a fork of the bulk worker; a worker that is killed must not leave it behind."""
    die_with_parent(os.getppid())
