"""The forms around flags: to raise one, and to decide on what several people said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.flags.deciding import BAN_DAYS
from patterns.flags.flagging import LONGEST
from patterns.models import Flag, FlagCase


class FlagForm(forms.Form):
    """A reason to choose and room for words."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Where is it, and how do you know? Reviewers read this. Its author does not see who you are."),
    )


class FlagDecisionForm(forms.Form):
    """What is done about a flagged thing. `version` is that of the item the reviewer read."""

    outcome = forms.ChoiceField(
        choices=FlagCase.Outcome.choices, error_messages={"required": _("Choose what is to be done about it.")}
    )
    reason = forms.CharField(max_length=4000, required=False)
    version = forms.IntegerField()
    ban_days = forms.TypedChoiceField(
        choices=[(days, days) for days in (*BAN_DAYS, 0)], coerce=int, required=False, empty_value=BAN_DAYS[0]
    )
