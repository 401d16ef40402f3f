"""How good a ranking is, as trec_eval counts it. Pure.

nDCG with the gain as judged and a logarithmic discount (https://doi.org/10.1145/582415.582418), which is
`ndcg_cut` of trec_eval and BEIR's measure. For judgments of yes and no it equals nDCG with exponential gains.
"""

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], gains: Mapping[str, float], *, depth: int) -> float:
    """Return 0 to 1: the discounted gains of the first `depth` documents ÷ those of the best order there is.

    `ranking` holds no document twice; `gains` are above 0, documents without one count nothing.
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted([gains.get(document, 0.0) for document in ranking[:depth]]) / best if best else 0.0


def recall(ranking: Sequence[str], gains: Mapping[str, float], *, depth: int) -> float:
    """Return which share of the relevant documents stands among the first `depth`."""
    return len(set(ranking[:depth]) & gains.keys()) / len(gains) if gains else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of `values` that at least `share` of them do not exceed (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
