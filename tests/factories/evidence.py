"""A passage as the stages of an answer hand it on, made for one test."""

from inference.types import Evidence


def evidence(text, **fields):
    given_ = {
        "passage_id": 1,
        "revision_id": 1,
        "kind": "pattern",
        "slug": "a",
        "title": "",
        "section": "",
        "anchor": "",
    }
    return Evidence(**{**given_, "start": 0, "end": len(text), "text": text, "sha256": "", "score": 1.0, **fields})
