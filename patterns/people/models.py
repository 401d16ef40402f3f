"""Accounts by e-mail, their sessions, what people did, and the mails an embedded site keeps instead of sending."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patterns.enums import Role


class UserManager(BaseUserManager["User"]):
    """Makes accounts whose e-mail is their name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"is_staff": True, "is_superuser": True}
        fields.setdefault("roles", [Role.REVIEWER, Role.CURATOR, Role.ADMIN])
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Roles are given by people, never earned by counting. The e-mail is never shown.

    One that was erased stays as a nameless tombstone, so that authorship, reviews and the audit log stay whole.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name shown beside your work"), max_length=120, blank=True)
    name_public = models.BooleanField(_("show my name beside my work"), default=True)
    about = models.CharField(_("about you"), max_length=500, blank=True)
    roles = ArrayField(models.CharField(max_length=12, choices=Role), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    unread_notices = models.PositiveIntegerField(default=0, help_text="counted here, so that no page has to ask")
    erased_at = models.DateTimeField(null=True, blank=True)
    session_salt = models.CharField(
        max_length=32, blank=True, editable=False, help_text="part of every session's proof: a new one ends them all"
    )

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    def __str__(self) -> str:
        """Never the name: this stands in the audit log, which outlives what a person erases."""
        return f"account {self.public_id.hex[:6]}"

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.public_id])

    @property
    def public_name(self) -> str:
        """The name its owner shows, or nothing."""
        return self.name if self.name_public else ""

    @property
    def credit(self) -> str:
        """What stands beside the work: the name its owner shows, or a neutral one that gives nothing away."""
        if self.erased_at is not None:
            return gettext("a former contributor")
        return self.public_name or f"contributor {self.public_id.hex[:6]}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, with the salt beside the password; no salt is Django's own value, so older sessions stay good."""
        seed = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(seed, self.password + self.session_salt, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.credit

    def get_short_name(self) -> str:
        return self.credit


class AuditEntry(models.Model):
    """One act, append-only (the database refuses changes). No foreign key on the target: it outlives what it names."""

    actor = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    target_name = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"]), models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.target_name}"


class PersonSession(models.Model):
    """One browser in which a person is signed in, for their own list. No address; of its key only the hash."""

    user = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="own_sessions")
    key_sha256 = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=80, blank=True, help_text="in plain words, such as Firefox on Linux")
    began_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_used_at", "-pk"]

    def __str__(self) -> str:
        return f"session {self.pk}"


class SignInLink(models.Model):
    """A one-time sign-in for a moderator; only the token's hash is kept."""

    user = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.user_id}"
