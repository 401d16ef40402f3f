"""What a reviewer's decision takes, and how much."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.enums import Decision


class DecisionForm(forms.Form):
    """A reviewer's decision. `version` is that of the item they read."""

    decision = forms.ChoiceField(choices=Decision.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it. Needed to decline or to ask for changes."),
    )
