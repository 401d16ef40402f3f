"""The outbox: jobs promised inside a transaction, so that a queue that is down loses none of them."""

from django.db import models


class Outbox(models.Model):
    """One promised job; `sent_at` is empty until the broker took it. Old sent rows are swept daily."""

    job = models.CharField(max_length=80)
    ids = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="outbox_waiting", condition=models.Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.job} {self.ids}"
