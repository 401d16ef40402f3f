"""The form for a better answer: short, and clear about what happens with what is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.correcting import NOTE_LIMIT, QUESTION_LIMIT, TEXT_LIMIT


class CorrectionForm(forms.Form):
    """`text` is the corrected answer, `question` how the question will be published with it."""

    text = forms.CharField(
        label=_("The answer as it should be"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 14, "class": "reading-field"}),
        help_text=_("Keep the numbers in brackets, such as [1], where a sentence rests on that source."),
        error_messages={"required": _("Write the answer as it should be.")},
    )
    note = forms.CharField(
        label=_("What was wrong, if you like to say"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea({"rows": 3}),
    )
    question = forms.CharField(
        label=_("The question as it will be published"),
        max_length=QUESTION_LIMIT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Take out anything that says who asked. The question as it was asked stays private."),
        error_messages={"required": _("Say the question in words that may be published.")},
    )
    license = forms.BooleanField(
        label=_("I wrote this and place it under CC BY-SA 4.0."),
        error_messages={"required": _("Without a licence nobody may use your text.")},
    )
    training = forms.BooleanField(
        label=_("It may be published in datasets and used to train language models."),
        help_text=_(
            "A correction is there to learn from, so we can only take it with both. Another person reads it first."
        ),
        error_messages={
            "required": _("A correction is published to learn from; without your consent we cannot take it.")
        },
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.original = original

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if text == self.original.strip():
            raise forms.ValidationError(_("This is the answer as it was. Change what is wrong, then send it."))
        return text
