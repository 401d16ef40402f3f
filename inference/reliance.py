"""What answers and questions rely on a pattern, for curators who take one out or make two of them one."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from inference.models import Citation, PublicQuestion, PublicSource, Question
from patterns.models import Pattern
from patterns.publishing.ledger import Ledger, undo
from patterns.publishing.relying import Reliance, register


def register_reliances() -> None:
    """Citations stay at the revision they name; what a question was asked about goes with the pattern."""
    register(Reliance("citations", _("citations in answers"), partial(_citing, Citation)))
    register(Reliance("public_citations", _("citations in public answers"), partial(_citing, PublicSource)))
    register(
        Reliance("asked", _("questions asked about it"), _asked, partial(_follow, Question), partial(undo, Question))
    )
    register(
        Reliance(
            "public_asked", _("public questions about it"), _publicly_asked, partial(_follow, PublicQuestion),
            partial(undo, PublicQuestion),
        )
    )  # fmt: skip


def _citing(model: type[Citation | PublicSource], pattern: Pattern) -> int:
    return model.objects.filter(revision__pattern=pattern).count()


def _asked(pattern: Pattern) -> int:
    return Question.objects.filter(about=pattern).count()


def _publicly_asked(pattern: Pattern) -> int:
    return PublicQuestion.objects.filter(about=pattern).count()


def _follow(model: type[Question | PublicQuestion], merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """Let what was asked about `merged` be about `kept`."""
    ledger = Ledger()
    rows = list(model.objects.select_for_update().filter(about=merged).only("pk", "about").order_by("pk"))
    for row in rows:
        ledger.change(row, about_id=kept.pk)
    return ledger.save(model, rows).as_json()
