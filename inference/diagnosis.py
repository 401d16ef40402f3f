"""What the doctor asks this room: is the index fresh, and which model writes the answers. Loads no language model."""

from pathlib import Path

from clm_site import doctor, metrics
from inference.generation.endpoints import key_of
from inference.models import Answer, LanguageModel


def register() -> None:
    doctor.register("index", index, needs=["postgres"])
    doctor.register("graph", graph, needs=["postgres"])
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


def graph() -> doctor.Finding:
    from inference.backends import load

    try:
        held = load("graph")
        nodes, edges = held.count()
    except ImportError as problem:
        return doctor.problem(f"CLM_GRAPH names no graph: {problem}.", "Mend it; meanwhile the records answer.")
    if not held.mark():
        return doctor.warning(
            "No graph snapshot can be read, so the records answer in its place.",
            "The bulk worker builds one within a minute, or run manage.py index. Its log says why it could not.",
        )
    return doctor.fine(f"The graph has {nodes} nodes and {edges} edges.")


def writer() -> list[doctor.Finding]:
    found = [
        doctor.problem(f"The model {model.name} failed: {model.problem}", "Mend the cause, or register another.")
        for model in LanguageModel.objects.filter(state=LanguageModel.State.FAILED)
    ]
    writing = LanguageModel.objects.filter(default=True, state=LanguageModel.State.ENABLED).order_by("-role")
    if not writing:
        return [*found, doctor.fine("No model is enabled: answers quote passages (extractive).")]
    return [*found, *(_of_default(model) for model in writing)]


def _of_default(model: LanguageModel) -> doctor.Finding:
    if model.kind == LanguageModel.Kind.GGUF and not Path(model.location).exists():
        return doctor.problem(f"The file of {model.name} is gone: {model.location}", "Put it back.")
    which = "the answers to hard questions" if model.role == LanguageModel.Role.MEDIUM else "the answers"
    if model.kind == LanguageModel.Kind.ENDPOINT:
        key = "with a key" if key_of(model.key_env) else "without a key"
        return doctor.fine(f"{model.name} writes {which}, asked at {model.location} {key}.")
    return doctor.fine(f"{model.name} writes {which}.")


def answers_by_state() -> dict[str, float]:
    from django.db.models import Count

    return dict(Answer.objects.order_by().values_list("state").annotate(Count("pk")))
