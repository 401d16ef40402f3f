"""What the library itself keeps about patterns, told to the registry of what relies on them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from patterns.models import Adoption, Pattern, Relation, Suitability
from patterns.publishing.collected import move_items, return_items, standing_items
from patterns.publishing.ledger import undo
from patterns.publishing.moves import move_adoptions, move_relations, move_suitabilities, relations_of
from patterns.publishing.relying import Reliance, register


def register_reliances() -> None:
    register(Reliance("relations", _("relations"), relations_of, move_relations, partial(undo, Relation)))
    register(Reliance("adoptions", _("uses by lighthouses"), _adoptions, move_adoptions, partial(undo, Adoption)))
    register(
        Reliance(
            "suitabilities", _("situations it suits"), _suitabilities, move_suitabilities, partial(undo, Suitability)
        )
    )
    register(Reliance("collections", _("places in collections"), standing_items, move_items, return_items))


def _adoptions(pattern: Pattern) -> int:
    return Adoption.objects.filter(pattern=pattern).count()


def _suitabilities(pattern: Pattern) -> int:
    return Suitability.objects.filter(pattern=pattern).count()
