"""Adds the checks that need no model to the registry, in the order in which people should read what they say."""

from patterns import checks
from patterns.checks.links import links
from patterns.checks.reading import FILES
from patterns.checks.relations import relations
from patterns.checks.sections import sections
from patterns.checks.whole import changed, licence, readable
from patterns.enums import SubmissionKind


def register_all() -> None:
    checks.register("readable", readable, kinds=FILES)
    checks.register("changed", changed, kinds=[SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE])
    checks.register("sections", sections, kinds=FILES)
    checks.register("licence", licence)
    checks.register("links", links, kinds=FILES)
    checks.register("relations", relations, kinds=FILES)
