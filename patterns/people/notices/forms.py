"""The form in which people choose how to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.models import NoticeSettings
from patterns.people.notices.kinds import ALWAYS, KINDS

CHOSEN = [(name, kind.label) for name, kind in KINDS.items() if name not in ALWAYS]


class NoticeSettingsForm(forms.Form):
    """`kinds` are those that are mailed: a box that is ticked is a mail."""

    mail = forms.ChoiceField(label=_("Mail me"), choices=NoticeSettings.Mail.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("About"), choices=CHOSEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    queue = forms.BooleanField(label=_("Say in the daily or weekly mail how much waits for a reviewer"), required=False)

    @property
    def quiet(self) -> set[str]:
        """The kinds that are not mailed."""
        return {name for name, _label in CHOSEN} - set(self.cleaned_data["kinds"])
