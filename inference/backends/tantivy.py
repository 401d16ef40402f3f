"""True BM25 over passages by tantivy: a snapshot in a folder, read by any process while one writes.

Titles are counted twice in one field, which measured better than fields weighed apart; a word asked twice counts
twice (https://www.staff.city.ac.uk/~sbrp622/papers/foundations_bm25_review.pdf, query term frequency).
"""

import contextlib
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from inference.backends import BackendError, WordsPassage
from inference.words.vocabulary import STOP_WORDS

SCHEMA = 1  # another layout lives in another folder
LONGEST_QUERY = 20_000  # characters read of a query
MOST_TERMS = 64
MARK = "mark"
HEAP = 64_000_000  # bytes the writer may fill before it writes a segment


class Words:
    """See `inference.backends.Words`. Safe to share between threads and, for reading, between processes."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.CLM_HOME / "words" / f"tantivy-{SCHEMA}"
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, ...], Any] | None = None

    def replace(self, things: Mapping[str, Sequence[WordsPassage]], *, mark: str, whole: bool = False) -> None:
        schema = self._index.schema
        with self._lock, self._writer() as writer:
            if whole:
                writer.delete_all_documents()
            for thing, passages in things.items():
                writer.delete_documents_by_term("thing", thing)
                for passage in passages:
                    text = f"{passage.title}\n{passage.title}\n{passage.section}\n{passage.text}"
                    writer.add_document(
                        tantivy.Document.from_dict({"id": passage.id, "thing": thing, "text": text}, schema)
                    )
            writer.delete_documents_by_term("thing", MARK)
            writer.add_document(tantivy.Document.from_dict({"id": 0, "thing": MARK, "mark": mark}, schema))
            writer.commit()
            writer.wait_merging_threads()
            self._read = None

    def mark(self) -> str:
        searcher = self._searcher()
        hits = searcher.search(tantivy.Query.term_query(self._index.schema, "thing", MARK), 1).hits
        return searcher.doc(hits[0][1])["mark"][0] if hits else ""

    def clear(self) -> None:
        """Forget everything, a damaged folder included."""
        with self._lock:
            self._forget()
            shutil.rmtree(self.folder, ignore_errors=True)

    def search(
        self, query: str, *, limit: int, only: Collection[str] | None = None, without: Collection[str] = ()
    ) -> list[tuple[int, float]]:
        terms = self._terms(query)
        if not terms or limit < 1 or (only is not None and not only):
            return []
        schema = self._index.schema
        asked = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(tantivy.Query.term_query(schema, "text", term, "freq"), float(times)),
                )
                for term, times in terms
            ]
        )
        searcher = self._searcher()
        try:
            hits = searcher.search(self._narrowed(asked, only, without), limit, count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in hits])
        except (ValueError, OSError) as problem:
            raise BackendError(f"The word index under {self.folder} could not be read: {problem}.") from problem
        return [(int(found), float(score)) for found, (score, _) in zip(ids, hits, strict=True)]

    def count(self) -> int:
        return max(0, self._searcher().num_docs - (1 if self.mark() else 0))

    def _narrowed(self, asked: Any, only: Collection[str] | None, without: Collection[str]) -> Any:
        """What is asked, of these things or without those; a condition adds nothing to a score."""
        if only is None and not without:
            return asked
        clauses = [(tantivy.Occur.Must, asked)]
        if only is not None:
            of = tantivy.Query.term_set_query(self._index.schema, "thing", sorted(only))
            clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(of, 0.0)))
        if without:
            of = tantivy.Query.term_set_query(self._index.schema, "thing", sorted(without))
            clauses.append((tantivy.Occur.MustNot, of))
        return tantivy.Query.boolean_query(clauses)

    def _terms(self, query: str) -> list[tuple[str, int]]:
        query = query[:LONGEST_QUERY]
        kept = " ".join(word for word in query.lower().split() if word.strip(".,;:!?\"'()") not in STOP_WORDS)
        terms = self._analyzer.analyze(kept) or self._analyzer.analyze(query)
        return Counter(terms).most_common(MOST_TERMS)

    def _searcher(self) -> Any:
        """A reader of the newest commit, whichever process made it: each puts another file in the place of the last."""
        index, stamp, read = self._index, self._stamp(), self._read
        if read is not None and read[0] == stamp:
            return read[1]
        try:
            index.reload()
        except (ValueError, OSError):
            self._forget()  # the folder was made anew under us
            return self._index.searcher()
        searcher = index.searcher()
        if stamp:
            self._read = stamp, searcher
        return searcher

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = (self.folder / "meta.json").stat()
        except OSError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _forget(self) -> None:
        self._read = None
        self.__dict__.pop("_index", None)

    @contextlib.contextmanager
    def _writer(self) -> Any:
        try:
            yield self._index.writer(HEAP, 1)
        except (ValueError, OSError) as problem:
            raise BackendError(f"The word index under {self.folder} cannot be written: {problem}.") from problem

    @cached_property
    def _analyzer(self) -> Any:
        steps = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(60))
        steps = steps.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
        return steps.filter(tantivy.Filter.stemmer("english")).build()

    @cached_property
    def _index(self) -> Any:
        fields = tantivy.SchemaBuilder()
        fields.add_unsigned_field("id", fast=True)
        fields.add_text_field("thing", tokenizer_name="raw", index_option="basic")
        fields.add_text_field("mark", stored=True, tokenizer_name="raw", index_option="basic")
        fields.add_text_field("text", tokenizer_name="passage", index_option="freq")
        schema = fields.build()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(schema, path=str(self.folder), reuse=True)
        except (ValueError, OSError):
            # Damaged or of another layout: it is only a snapshot, so begin again.
            shutil.rmtree(self.folder, ignore_errors=True)
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                index = tantivy.Index(schema, path=str(self.folder), reuse=True)
            except (ValueError, OSError) as problem:
                raise BackendError(f"No word index can be kept under {self.folder}: {problem}.") from problem
        index.register_tokenizer("passage", self._analyzer)
        index.config_reader("manual")
        return index
