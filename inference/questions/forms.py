"""The forms around public questions: to offer one, and to report one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from patterns.texts.scrubbing import scrub

KINDS = {
    "email": _("an e-mail address"),
    "bank account": _("a bank account"),
    "network address": _("a network address"),
    "phone": _("a phone number"),
}


class OfferForm(forms.Form):
    """`text` is the question as it will be published; `sure` is asked for only where it seems to hold personal data."""

    text = forms.CharField(
        label=_("The question as everybody will read it"),
        max_length=settings.QUESTION_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Take out names, places and anything else that says who asked. Keep what the answer answers."),
        error_messages={"required": _("Say the question in words that may be published.")},
    )
    sure = forms.BooleanField(label=_("It is nobody's personal data. Leave it in."), required=False)
    credited = forms.BooleanField(label=_("Show my name with it"), required=False)
    license = forms.BooleanField(
        label=_("I wrote the question and place it under CC BY-SA 4.0. It may stay public when my account is gone."),
        error_messages={"required": _("Without a licence nobody may show or use your question.")},
    )
    training = forms.BooleanField(
        label=_("And it may be published in datasets and used to train language models."),
        help_text=_("Only if you like. A curator reads it first, and you can take it back with the question."),
        required=False,
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.personal = self._personal()
        if not self.personal:
            del self.fields["sure"]
        if name:
            self.fields["credited"].help_text = _("It is shown as “%(name)s”.") % {"name": name}
        else:
            del self.fields["credited"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.personal and not given.get("sure"):
            held = ", ".join(str(KINDS.get(kind, kind)) for kind in self.personal)
            self.add_error(
                "text", _("This seems to hold %(held)s. Take it out, or say that it may stay.") % {"held": held}
            )
        return given

    def _personal(self) -> list[str]:
        """The kinds of personal data the text seems to hold, as it was sent or as the form begins."""
        text = self.data.get("text", "") if self.is_bound else self.initial.get("text", "")
        return sorted(scrub(str(text)[:10_000])[1])


class ReportForm(forms.Form):
    """What is wrong with a public question, in a few words."""

    words = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A reviewer reads this and decides whether it stays public."),
        error_messages={"required": _("Say in a few words what is wrong.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
