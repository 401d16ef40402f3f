"""What limits and traps refused, and how many are banned, for the metrics: an operator sees an attack as it begins."""

from clm_site import metrics
from patterns.people import guarded, limits


def bans_standing() -> dict[str, float]:
    from patterns.models import Ban

    return {"": Ban.objects.filter(state=Ban.State.STANDING).count()}


def flags_open() -> dict[str, float]:
    from patterns.models import FlagCase

    return {"": FlagCase.objects.filter(outcome="").count()}


def register() -> None:
    """Add the gauges; refusals are counted by each web process for itself, since it started."""
    metrics.gauge(
        "clm_limit_refusals", "Acts refused for haste since this process started.",
        lambda: dict(limits.refusals), label="limit",
    )  # fmt: skip
    metrics.gauge(
        "clm_trapped_forms", "Forms that fell into a trap since this process started.",
        lambda: dict(guarded.caught), label="trap",
    )  # fmt: skip
    metrics.gauge("clm_bans", "Bans that stand.", bans_standing)
    metrics.gauge("clm_flag_cases", "Flagged things that wait for a person.", flags_open)
