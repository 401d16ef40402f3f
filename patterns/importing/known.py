"""What the site already knows of a library: which file is which pattern, and which addresses are taken."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.text import slugify

from patterns.enums import PublicationState
from patterns.models import Library, MovedSlug, Pattern, SourceFile
from patterns.naming.addressing import address_of

_HAS_BYTES = ExpressionWrapper(Q(raw__isnull=False), output_field=BooleanField())


@dataclass(slots=True)
class FileState:
    """A file as the last import left it."""

    sha256: str
    pattern_id: int | None
    lighthouse_id: int | None
    unread: bool
    problems: list[dict[str, Any]]


@dataclass(slots=True)
class Holder:
    """Who has an address: a pattern (0 for one that only moved away from it), its library, its state.

    One that was merged is not `retired` here: its address leads to the pattern that stays, for good.
    """

    pattern_id: int
    library_id: int
    retired: bool


@dataclass
class Known:
    """Everything identification needs, in memory; kept up to date while the import writes."""

    library_id: int
    library_slug: str
    files: dict[str, FileState] = field(default_factory=dict)
    by_uid: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_file_slug: dict[str, int] = field(default_factory=dict)
    taken: dict[str, Holder] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)
    uids_in_files: Counter[str] = field(default_factory=Counter)

    @classmethod
    def load(cls, library: Library) -> Self:
        known = cls(library_id=library.pk, library_slug=library.slug)
        rows = SourceFile.objects.filter(library=library).annotate(unread=_HAS_BYTES)
        for path, *values in rows.values_list("path", "sha256", "pattern_id", "lighthouse_id", "unread", "problems"):
            known.files[path] = FileState(*values)
        columns = ("pk", "library_id", "uid", "slug", "file_slug", "state", "merged_into_id")
        for pk, library_id, uid, slug, file_slug, state, merged in Pattern.objects.values_list(*columns):
            known.taken[slug] = Holder(pk, library_id, state == PublicationState.RETIRED and not merged)
            if library_id == library.pk:
                known.remember(pk, uid=uid, file_slug=file_slug or slug)
        for slug, library_id in MovedSlug.objects.values_list("slug", "pattern__library_id"):
            known.taken.setdefault(slug, Holder(0, library_id, retired=True))
        return known

    def remember(self, pattern_id: int, *, uid: str, file_slug: str) -> None:
        if uid:
            self.by_uid[uid].add(pattern_id)
        self.by_file_slug.setdefault(file_slug, pattern_id)

    def identify(self, path: str, *, uid: str, file_slug: str) -> int | None:
        """Return the pattern that a file is, and claim it; None for a new one.

        An id that one pattern and one file have decides, so that a renamed file stays the same pattern; then the
        file's own path, then its slug. Ids that several files share decide nothing.
        """
        candidates = []
        if uid and self.uids_in_files[uid] <= 1 and len(self.by_uid.get(uid, ())) == 1:
            candidates += self.by_uid[uid]
        if path in self.files and self.files[path].pattern_id:
            candidates.append(self.files[path].pattern_id)
        if file_slug in self.by_file_slug:
            candidates.append(self.by_file_slug[file_slug])
        for pattern_id in candidates:
            if pattern_id not in self.claimed:
                self.claimed.add(pattern_id)
                return pattern_id
        return None

    def free_slug(self, wanted: str) -> tuple[str, Holder | None]:
        """Return an address for `wanted` that nobody has, and who stood in the way.

        A retired pattern of another library, or one that moved away, gives the address up: the caller moves it.
        """
        holder = self.taken.get(wanted)
        if holder is None or (holder.retired and (holder.library_id != self.library_id or not holder.pattern_id)):
            return wanted, holder
        stem = wanted if holder.library_id == self.library_id else f"{wanted[:110]}-{self.library_slug}"
        slug, number = stem, 2
        while slug in self.taken:
            slug, number = f"{stem[:190]}-{number}", number + 1
        return slug, holder


def site_slug(file_slug: str, path: str) -> str:
    """Return `file_slug` where it can stand in an address, else the nearest that can."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return address_of(file_slug if slugify(file_slug) else stem)
