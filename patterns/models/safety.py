"""What keeps the site usable for everybody: flags and what became of them, bans, and the blocklist.

The database itself refuses a ban without a reason, and one that a person lays on themself (see migration 0012).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Ban(models.Model):
    """A person may not send, comment, flag or review, for a reason they can read; `until` empty: until it is lifted.

    A reviewer proposes one (`proposed_by`), a curator or an admin lays it on or turns it down (`by`).
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        STANDING = "standing", _("laid on")
        ENDED = "ended", _("ended")
        REFUSED = "refused", _("turned down")

    user = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="bans")
    state = models.CharField(max_length=8, choices=State)
    reason = models.TextField(help_text="the person reads it")
    until = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True, help_text="why it was lifted or turned down")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ban_has_a_reason"),
            models.CheckConstraint(
                condition=(Q(by=None) | ~Q(by=F("user"))) & (Q(proposed_by=None) | ~Q(proposed_by=F("user"))),
                name="ban_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", proposed_by__isnull=False)
                | Q(by__isnull=False, decided_at__isnull=False),
                name="ban_has_an_actor",
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(state="standing"), name="one_standing_ban"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="proposed"), name="one_proposed_ban"),
        ]

    def __str__(self) -> str:
        return f"ban {self.pk}"


class BlockRule(models.Model):
    """One thing that is not accepted here: an e-mail domain, a domain links lead to, or a word. Kept by admins."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail domain")
        LINK = "link", _("domain of links")
        WORD = "word", _("word")

    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=253, help_text="as it is compared: folded, domains in their ASCII form")
    reason = models.TextField()
    added_by = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(value=""), name="block_rule_has_a_reason"),
            models.UniqueConstraint(fields=["kind", "value"], condition=Q(removed_at=None), name="block_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class FlagCase(models.Model):
    """Everything readers said against one thing until a person decided; flagged again later, it is another case.

    `kind` and `ref` name the thing in the registry `patterns.flags.targets`; `author` is whose work it is.
    """

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("nothing is wrong with it")
        MENDED = "mended", _("it is mended")
        HIDDEN = "hidden", _("it is taken out")
        WARNED = "warned", _("its author is warned")
        BANNED = "banned", _("its author is banned, or a ban is proposed")

    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500)
    author = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, help_text="why, for those who flagged and for the author")
    decided_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], condition=Q(outcome=""), name="one_open_flag_case"),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(decided_by__isnull=False) & ~Q(answer="")), name="flag_decision_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(author=None) | ~Q(decided_by=F("author")),
                name="flag_decided_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Flag(models.Model):
    """One person's word against a thing; `visitor` is the random id of a session, never an address."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("It says something false")
        HARMFUL = "harmful", _("Following it could do harm")
        PERSONAL = "personal", _("It tells of a person who did not agree")
        COPIED = "copied", _("It is copied without permission")
        SPAM = "spam", _("It advertises something")
        ABUSE = "abuse", _("It insults or threatens somebody")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(FlagCase, on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="flags")
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.CharField(max_length=8, choices=Reason)
    words = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "by"], name="one_flag_a_person"),
            models.UniqueConstraint(fields=["case", "visitor"], condition=~Q(visitor=""), name="one_flag_a_visitor"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"
