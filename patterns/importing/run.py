"""The state one import carries from stage to stage."""

from dataclasses import dataclass

from patterns.enums import LibraryOrigin, Provenance, RelationState
from patterns.importing.known import Known
from patterns.importing.reading import ReadFile
from patterns.importing.report import Report
from patterns.models import Library, Pattern, Revision
from patterns.naming.names import Names


@dataclass
class Run:
    """One import of one library. `names` learns every pattern as soon as it is written."""

    library: Library
    known: Known
    names: Names
    report: Report

    @property
    def origin(self) -> LibraryOrigin:
        return LibraryOrigin(self.library.origin)

    @property
    def provenance(self) -> Provenance:
        """This project wrote and checked the starter's relations; everybody else's were stamped by a batch."""
        return Provenance.CURATED if self.origin == LibraryOrigin.STARTER else Provenance.IMPORTED

    @property
    def relation_state(self) -> RelationState:
        return RelationState.APPROVED if self.origin == LibraryOrigin.STARTER else RelationState.SUGGESTED


@dataclass
class Entry:
    """One readable pattern file on its way in; `replaces` is False where this site's own text stays current."""

    read: ReadFile
    pattern: Pattern
    new: bool
    revision: Revision | None = None
    replaces: bool = True
