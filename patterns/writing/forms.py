"""What the editor's forms take, and how much. The sections of a text are read apart: each form has others."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.writing.fields import Field


class WritingForm(forms.Form):
    """What the editor takes beside the sections: the front matter's fields, a note, and what the form stands on."""

    note = forms.CharField(
        label=_("A word to the reviewer"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was wrong or missing, and how you know. It stands in the history."),
    )
    consent = forms.BooleanField(
        label=_("This is mine to give, and it may be shared under CC BY-SA 4.0."),
        required=False,
    )
    base = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    key = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    version = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    source = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fields: Sequence[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in fields:
            several = one.shape != "line"
            widget = forms.Textarea(attrs={"rows": 2}) if several else forms.TextInput
            self.fields[one.name] = forms.CharField(
                label=one.label, help_text=one.hint, max_length=one.longest, required=one.name == "title", widget=widget
            )
            self.fields[one.name].error_messages["required"] = _("Give it a title.")  # nothing else is required
            attributes = self.fields[one.name].widget.attrs
            attributes["dir"] = "auto"
            if one.suggestions:
                attributes["list"] = f"known-{one.suggestions}"


class BroughtForm(forms.Form):
    """A file somebody brings, or its text."""

    file = forms.FileField(
        label=_("A file"), required=False, allow_empty_file=True, help_text=_("Markdown in UTF-8, up to 4 MB.")
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "manuscript", "dir": "auto"}),
    )
