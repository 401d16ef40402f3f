"""What the doctor asks this room: is the index fresh, and which model writes the answers. Loads no language model."""

from pathlib import Path

from clm_site import doctor, metrics
from inference.models import Answer, LanguageModel


def register() -> None:
    doctor.register("index", index, needs=["postgres"])
    doctor.register("models", writer, needs=["postgres"])
    metrics.gauge("clm_answers", "Answers by state.", answers_by_state, label="state")


def index() -> doctor.Finding:
    from inference.indexing import index_state, pace

    state = index_state()
    if state.problem:
        says, _, do = state.problem.rpartition(". ")
        return doctor.warning(f"{says or state.problem.rstrip('.')}.", do if says else "Run manage.py index.")
    if not (beside := state.building):
        return doctor.fine(f"{state.passages} passages are indexed, and nothing waits.")
    left = beside["seconds_left"]
    return doctor.fine(
        f"{state.passages} passages are indexed. Another index ({beside['recipe']}) is built beside them: "
        f"{beside['not_indexed']} entries and {beside['not_embedded']} of {beside['passages']} passages are left"
        + (f", about {pace.said(left)}." if left is not None else ".")
    )


def writer() -> list[doctor.Finding]:
    found = [
        doctor.problem(f"The model {model.name} failed: {model.problem}", "Mend the cause, or register another.")
        for model in LanguageModel.objects.filter(state=LanguageModel.State.FAILED)
    ]
    model = LanguageModel.objects.filter(default=True, state=LanguageModel.State.ENABLED).first()
    if model is None:
        return [*found, doctor.fine("No model is enabled: answers quote passages (extractive).")]
    if model.kind == LanguageModel.Kind.GGUF and not Path(model.location).exists():
        return [*found, doctor.problem(f"The file of {model.name} is gone: {model.location}", "Put it back.")]
    return [*found, doctor.fine(f"{model.name} writes the answers.")]


def answers_by_state() -> dict[str, float]:
    from django.db.models import Count

    return dict(Answer.objects.order_by().values_list("state").annotate(Count("pk")))
