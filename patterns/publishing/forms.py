"""What the curators' forms take. `seen` names what the page showed, so that nobody acts on what they did not see."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.models import Pattern
from patterns.publishing.guarding import LONGEST_REASON
from patterns.publishing.renaming import LONGEST_SLUG, LONGEST_TITLE
from patterns.queries.choosing import pattern_meant


class ReasonField(forms.CharField):
    """Why, in a few sentences; line ends as they were before the browser sent them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
        super().__init__(
            label=options.pop("label", gettext_lazy("Why")),
            max_length=LONGEST_REASON,
            help_text=options.pop("help_text", gettext_lazy("It stands in the history, for everybody.")),
            error_messages={"required": gettext_lazy("Say why in a sentence. Others read it in the history.")},
            **options,
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ActForm(forms.Form):
    """An act that needs a reason and nothing else."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    reason = ReasonField()


class RetireForm(ActForm):
    """Taking out, with where readers should go instead."""

    successor = forms.CharField(
        label=gettext_lazy("Where readers should go instead"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("The title or address of a published pattern. Leave it empty where there is none."),
    )
    field_order = ("successor", "reason", "seen")

    def clean_successor(self) -> Pattern | None:
        return chosen_pattern(self.cleaned_data["successor"])


class RenameForm(ActForm):
    """Another title, another address, or both."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    slug = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=LONGEST_SLUG,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
        help_text=gettext_lazy("Letters, digits and hyphens. The old address leads here for good."),
    )
    keep_title = forms.BooleanField(
        label=gettext_lazy("It can be found by its old title too"), required=False, initial=True
    )
    field_order = ("title", "slug", "keep_title", "reason", "seen")


class MergeForm(ActForm):
    """Which pattern stays is chosen before; here is what comes over to it."""

    into = forms.IntegerField(widget=forms.HiddenInput)
    seen_into = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    aliases = forms.MultipleChoiceField(
        label=gettext_lazy("It can be found by these names too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Propose these sections as an edit"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They become a draft of yours. You look at it and send it; another person reviews it."),
    )
    field_order = ("aliases", "sections", "reason", "into", "seen", "seen_into")

    def __init__(self, *args: Any, names: list[str], sections: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["aliases"].choices = [(name, name) for name in names]
        self.fields["sections"].choices = sections
        if not names:
            del self.fields["aliases"]
        if not sections:
            del self.fields["sections"]


class GoldForm(forms.Form):
    """The evidence that makes a pattern gold, and what it shows."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    adoption = forms.ChoiceField(
        label=gettext_lazy("Which lighthouse shows it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the lighthouse whose use of it you have looked at.")},
    )
    ground = ReasonField(
        label=gettext_lazy("What its evidence shows"),
        help_text=gettext_lazy("What they do, for how long, and how you know. Everybody can read it."),
    )
    field_order = ("adoption", "ground", "seen")

    def __init__(self, *args: Any, adoptions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["adoption"].choices = adoptions


def chosen_pattern(typed: str) -> Pattern | None:
    """Return the published pattern that `typed` names; nothing for nothing. Raises a `ValidationError` in words."""
    if not typed.strip():
        return None
    found = pattern_meant(typed)
    if found.entry is None:
        near = ", ".join(f"“{one.title}”" for one in found.nearest[:3])
        said = _("No published pattern is called “%(typed)s”. Perhaps you mean %(near)s.")
        alone = _("No published pattern is called “%(typed)s”.")
        raise forms.ValidationError((said if near else alone) % {"typed": typed, "near": near})
    return Pattern.objects.get(slug=found.entry.slug)
