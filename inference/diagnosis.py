"""What the doctor asks this room: is the index fresh, and which model writes the answers. Loads no language model."""

from pathlib import Path

from clm_site import doctor, metrics
from inference.models import Answer, LanguageModel


def register() -> None:
    doctor.register("index", index, needs=["postgres"])
    doctor.register("graph", graph, needs=["postgres"])
    doctor.register("models", writer, needs=["postgres"])
    metrics.gauge("clm_answers", "Answers by state.", answers_by_state, label="state")


def index() -> doctor.Finding:
    from inference.indexing import index_state

    state = index_state()
    if not state.problem:
        return doctor.fine(f"{state.passages} passages are indexed, and nothing waits.")
    says, _, do = state.problem.partition(". ")
    return doctor.warning(f"{says}.", do or "Run manage.py index.")


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
    model = LanguageModel.objects.filter(default=True, state=LanguageModel.State.ENABLED).first()
    if model is None:
        return [*found, doctor.fine("No model is enabled: answers quote passages (extractive).")]
    if model.kind == LanguageModel.Kind.GGUF and not Path(model.location).exists():
        return [*found, doctor.problem(f"The file of {model.name} is gone: {model.location}", "Put it back.")]
    return [*found, doctor.fine(f"{model.name} writes the answers.")]


def answers_by_state() -> dict[str, float]:
    from django.db.models import Count

    return dict(Answer.objects.order_by().values_list("state").annotate(Count("pk")))
