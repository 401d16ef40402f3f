"""Keeps an answer alive when its generator fails before its first word: another writes instead, and the page says so.

The site degrades to local rather than fail. Once words are out, a failure is a failure: two voices make no answer.
"""

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _

from inference.backends import BackendError
from inference.facts import Facts
from inference.generation.generators import let_rest
from inference.stages.work import Work
from inference.stages.writing import write

log = logging.getLogger(__name__)


def write_or_degrade(work: Work, facts: Facts, *, ended: Callable[[], str]) -> str:
    """Like `write`, again with the next generator for as long as one fails; raises the last one's `BackendError`."""
    evidence, said = work.evidence, work.wire.text
    words = _("The language model could not answer just now, so this server answered in a simpler way.")
    while True:
        try:
            why = write(work, facts, ended=ended)
        except BackendError as problem:
            chosen = work.chosen
            if chosen is None or chosen.is_last or work.wire.text != said:
                raise
            log.warning("answer %s: %s failed: %s", work.running.public_id, chosen.generator.name, problem)
            let_rest(chosen)
            work.tried.append(chosen.generator.name)
            work.evidence = evidence
            work.wire.step("writing", words)
        else:
            if work.tried or (work.chosen and work.chosen.instead):
                work.shown_route["fallback"] = words
            return why
