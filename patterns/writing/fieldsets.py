"""Which fields of the front matter people are asked for: of a pattern, a new one, a lighthouse, with their words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from patterns.writing.fields import Field, Relations

_TITLE: Final = Field(
    "title", _("Title"), _("Two to five words that name what one does."), (("title",),), asked=True
)  # fmt: skip
_SOURCES: Final = Field(
    "sources", _("Sources"), _("One a line: author, title, year, and an address where there is one."),
    (("sources",),), shape="list", longest=40_000,
)  # fmt: skip
_LICENCE: Final = Field(
    "license", _("Licence of the text"), _("Leave CC-BY-SA-4.0 unless the text is somebody else's."),
    (("license",), ("provenance", "license"), ("license",)), longest=80,
)  # fmt: skip
_ATTRIBUTION: Final = Field(
    "attribution", _("Attribution"), _("Whom to name beside you, where part of the text comes from elsewhere."),
    (("attribution",), ("provenance", "attribution"), ("attribution",)), longest=1000,
)  # fmt: skip

PATTERN: Final = (
    _TITLE,
    Field(
        "summary", _("Summary"), _("One or two sentences: what it is and whom it helps."),
        (("summary",), ("description",), ("summary",)), shape="text", longest=2000, asked=True,
    ),
    Field(
        "aliases", _("Other names"), _("One a line: what others call it, abbreviations too."), (("aliases",),),
        shape="list", longest=4000,
    ),
    Field(
        "domain", _("Domain"), _("The one field it belongs to most, such as governance or housing."),
        (("ontology", "domain"), ("classification", "domain"), ("ontology", "domain")), longest=120,
        suggestions="domains",
    ),
    Field(
        "categories", _("Also belongs to"), _("One a line: other fields in which people look for it."),
        (("classification", "category"), ("ontology", "cross_domains")), shape="list", longest=2000,
    ),
    Field(
        "universality", _("How widely it holds"), _("Such as universal or context-specific. Leave it out if unsure."),
        (("classification", "universality"), ("ontology", "universality")), longest=60,
    ),
    _SOURCES, _LICENCE, _ATTRIBUTION,
)  # fmt: skip
NEW_PATTERN: Final = (
    *PATTERN,
    Relations(
        "relations", _("Relations"),
        _("One a line: how it is joined, and the other pattern, such as “requires: Steward-Ownership”."),
        (("relationships",),), shape="list", longest=10_000,
    ),
)  # fmt: skip
LIGHTHOUSE: Final = (
    Field("title", _("Name of the place"), _("As it calls itself."), (("title",),), asked=True),
    Field(
        "description", _("In one or two sentences"), _("What it is and what it is known for."), (("description",),),
        shape="text", longest=2000, asked=True,
    ),
    Field("tagline", _("In a few words"), _("A line under its name."), (("tagline",),)),
    Field(
        "type", _("What it is"), _("organization, city or community."), (("type",),), longest=60, suggestions="kinds"
    ),
    Field("country", _("Country"), _("Where it is at home."), (("country",),), longest=120),
    Field("sector", _("Sector"), _("What it does, such as care, energy or housing."), (("sector",),), longest=120),
    Field("founded", _("Founded"), _("The year."), (("founded",),), longest=60),
    Field(
        "patterns_used", _("Patterns it uses"),
        _("One a line, by their titles. What the library does not hold yet stays plain text."), (("patterns_used",),),
        shape="list", longest=20_000, asked=True,
    ),
    _SOURCES, _LICENCE, _ATTRIBUTION,
)  # fmt: skip
