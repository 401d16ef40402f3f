"""The forms of moderation: to ban somebody, and to write a rule down."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patterns.models import BlockRule

FOREVER = "0"
LENGTHS = (
    ("1", _("for a day")),
    ("7", _("for a week")),
    ("30", _("for 30 days")),
    ("365", _("for a year")),
    (FOREVER, _("until somebody lifts it")),
)


class PlainForm(forms.Form):
    """A form without colons after its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def until(self, name: str) -> datetime | None:
        """The end that a length stands for; none for good."""
        days = self.cleaned_data[name]
        return None if days == FOREVER else timezone.now() + timedelta(days=int(days))


class BanForm(PlainForm):
    """Whom it is about stands in the address, not in the form."""

    length = forms.ChoiceField(label=_("How long"), choices=LENGTHS, initial="7")
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The person reads it. Say what they did and what they would have to do otherwise."),
        error_messages={"required": _("Say why: the person reads it.")},
    )


class RuleForm(PlainForm):
    """One rule of the blocklist."""

    kind = forms.ChoiceField(label=_("What is refused"), choices=BlockRule.Kind.choices)
    value = forms.CharField(
        label=_("Domain or word"),
        max_length=253,
        help_text=_("A domain such as example.org stands for everything below it too; a word is found whole."),
        error_messages={"required": _("Write a domain or a word.")},
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, error_messages={"required": _("Say why, for those who come after you.")}
    )
    length = forms.ChoiceField(label=_("How long"), choices=LENGTHS, initial=FOREVER)
