"""What somebody might ask next and the library can answer."""

from inference.models import Answer


def suggestions(answer: Answer) -> tuple[str, ...]:  # noqa: ARG001
    """Whole questions, the likeliest first."""
    return ()
