"""Copy what a lighthouse's file says onto its record, and make its adoptions equal to the patterns the file names."""

from patterns.format import Document, line_of_item
from patterns.format.document import text_of
from patterns.models import Adoption, Lighthouse
from patterns.naming.names import Names

USES = "patterns_used"
MOST_USES = 32_000  # a position is a small number in the database


def describe(lighthouse: Lighthouse, document: Document) -> None:
    """Set the names and facts of `lighthouse` (unsaved) from `document`; its address and state stay."""
    front = document.front
    lighthouse.title = document.title[:300]
    lighthouse.kind = text_of(front.get("type"))[:60]
    lighthouse.tagline = text_of(front.get("tagline"))
    lighthouse.description = text_of(front.get("description"))
    lighthouse.country = text_of(front.get("country"))[:120]
    lighthouse.sector = text_of(front.get("sector"))[:120]
    lighthouse.founded = text_of(front.get("founded"))[:60]


def adopt(lighthouse: Lighthouse, document: Document, names: Names, *, library_id: int) -> bool:
    """Make the lighthouse's adoptions equal to `patterns_used` of its file; returns whether they were not."""
    value, wanted = document.front.get(USES), []
    for position, item in enumerate(value[:MOST_USES] if isinstance(value, list) else []):
        details = item if isinstance(item, dict) else {"title": item}
        said = [name for key in ("slug", "id", "title", "name") if (name := text_of(details.get(key)))]
        if said:
            found, line = names.find(said, library_id=library_id), line_of_item(document, USES, position)
            wanted.append((said[-1][:300], position, found, line))
    there = Adoption.objects.filter(lighthouse=lighthouse).order_by("position")
    if list(there.values_list("reference", "position", "pattern_id", "line")) == wanted:
        return False
    there.delete()
    Adoption.objects.bulk_create(
        Adoption(lighthouse=lighthouse, reference=reference, position=position, pattern_id=found, line=line)
        for reference, position, found, line in wanted
    )
    return True
