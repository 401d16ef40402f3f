"""The forms of one's own account and of roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patterns.enums import Role
from patterns.people.models import User


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "name_public", "about")
        labels = {
            "name": _("Your name"),
            "name_public": _("Show it beside my work"),
            "about": _("A few words about you"),
        }
        help_texts = {
            "name": _("As you want to be credited; a pen name is fine. Leave it empty to stay without one."),
            "name_public": _("Otherwise a neutral name stands there that gives nothing away."),
            "about": _("Plain text, at most 500 characters, shown on your public page. Leave it empty for none."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4}), "name": forms.TextInput(attrs={"autocomplete": "name"})}


class RoleForm(forms.Form):
    """Give or take one role; the reason is read by whoever looks later."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence: it stands in the log, and admins who look here later read it."),
        error_messages={"required": _("Say why in a sentence.")},
    )  # fmt: skip
    change = forms.ChoiceField(choices=[("give", "give"), ("take", "take")], widget=forms.HiddenInput)


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I have read this, and I want my account erased. It cannot be brought back."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
