"""What the forms of this room take, and how much. The sections of an edit are read apart: each form has others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.enums import Decision


class EditForm(forms.Form):
    """An edit of a pattern, its sections aside."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what it is and whom it helps."),
    )
    note = forms.CharField(
        label=_("Why this change"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the reviewer and the history: what was wrong or missing, and how you know."),
    )
    consent = forms.BooleanField(
        label=_("This is mine to give, and it may be shared under CC BY-SA 4.0."),
        required=False,
    )
    base = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


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
