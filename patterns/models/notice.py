"""What a person is told: a line on the site, and a mail at once, once a day or once a week, as they chose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing told to one person. `kind` says in which words (`patterns.people.notices.kinds`), `said` fills them.

    The same thing again before it was read is one notice that happened `times`.
    """

    user = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    said = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=500, help_text="a path of this site")
    actor = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="sent, or not wanted by mail")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["user"], name="notice_unmailed", condition=models.Q(mailed_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "url"], condition=models.Q(read_at=None), name="notice_once_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class NoticeSettings(models.Model):
    """How a person wants to be told; without a row, at once."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        NEVER = "never", _("never")

    user = models.OneToOneField("patterns.User", on_delete=models.CASCADE, related_name="notice_settings")
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.AT_ONCE)
    quiet = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="kinds that are not mailed")
    queue = models.BooleanField(default=False, help_text="tell a reviewer in the digest what waits")
    language = models.CharField(max_length=12, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="the last mail")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.mail}"
