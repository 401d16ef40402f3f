"""What the forms about relations take, and how much."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.relating.proposal import LONGEST, WEIGHTS, ways

CONSENT = _("This is mine to give, and it may be shared under CC BY-SA 4.0.")


class RelationForm(forms.Form):
    """A suggested relation, seen from the page of one of its patterns. Both are named in words."""

    way = forms.ChoiceField(label=_("How they are joined"), required=False)
    other = forms.CharField(
        label=_("The other pattern"), required=False, max_length=300, help_text=_("Its title; suggestions appear.")
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences that show that it is so. They stand beside the relation, with your name."),
    )
    citation = forms.CharField(
        label=_("Where it can be found"),
        required=False,
        max_length=300,
        help_text=_("A book, a study, an address, or that you saw it yourself: where and when."),
    )
    weight = forms.ChoiceField(label=_("How strong"), required=False)
    note = forms.CharField(
        label=_("For the reviewer, if you like"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent = forms.BooleanField(label=CONSENT, required=False)
    key = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [("", _("Choose")), *ways(title)]
        self.fields["weight"].choices = [("", _("Not said")), *((name, word) for name, (_n, word) in WEIGHTS.items())]


class ObjectionForm(forms.Form):
    """Why a relation is wrong."""

    note = forms.CharField(
        label=_("What is wrong with it"),
        required=False,  # a draft may be without; the checks say so before it is sent
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A reviewer decides by your reason: what is the case instead, and how do you know?"),
    )
    key = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
