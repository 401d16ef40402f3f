"""What is not accepted here, as admins wrote it down: e-mail domains, domains that links lead to, and words."""

from patterns.blocklist.keeping import BlocklistError, add, remove, rules
from patterns.blocklist.matching import Rules, blocked_domain, blocked_words, domain_of, folded, host_of, links_in

__all__ = [
    "BlocklistError",
    "Rules",
    "add",
    "blocked_domain",
    "blocked_words",
    "domain_of",
    "folded",
    "host_of",
    "links_in",
    "remove",
    "rules",
]
