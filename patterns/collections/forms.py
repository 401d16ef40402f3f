"""What the forms of collections take, and how much. `seen` is the fingerprint of what a form showed when it opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.collections.collecting import DESCRIPTION_LENGTH, NOTE_LENGTH, TITLE_LENGTH


class PlainTextField(forms.CharField):
    """Text of several lines, its line ends as they were before the browser sent them."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class CollectionForm(forms.Form):
    """The title and description of a collection."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput(attrs={"dir": "auto"}))
    description = PlainTextField(
        label=_("What it is for"),
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("A few sentences for yourself, and for whoever you share it with."),
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """Why a pattern stands in a collection."""

    note = PlainTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Why it is here, or what to remember about it. It can be printed on its card."),
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
