"""A prompt over one passage, and a model server of this machine."""

import pytest

from inference.prompting.prompt import build
from inference.types import Evidence, Route, RouteKind
from tests.factories.endpoints import model_server

TEXT = "A steward holds the votes of a company in trust. Nobody can sell them. The profit stays with the purpose."


@pytest.fixture
def prompt():
    evidence = Evidence(
        passage_id=1, revision_id=1, kind="pattern", slug="steward", title="Steward Ownership", section="Context",
        anchor="", start=0, end=len(TEXT), text=TEXT, sha256="a", score=1.0,
    )  # fmt: skip
    return build("What does a steward hold?", [evidence], Route(RouteKind.SEMANTIC, "words"), max_tokens=24)


@pytest.fixture(scope="package")
def server():
    with model_server() as one:
        yield one
