"""What may be written here by whom: new links of newcomers are few, and what stands on the blocklist is refused.

`remarks` is for every text that others will read, submissions and comments alike.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from patterns import blocklist, checks
from patterns.checks import Finding, Weight
from patterns.models import Submission
from patterns.people.roles import Person
from patterns.people.standing import is_new

SHOWN = 5  # rules of one kind that are named


def newcomer(submission: Submission) -> Iterator[Finding]:
    """More new links than somebody may send of whom nothing was accepted yet."""
    author = submission.author if submission.author_id else None
    yield from _too_many_links(_written(submission), before=_before(submission), author=author)


def blocked(submission: Submission) -> Iterator[Finding]:
    """What the blocklist names and the text it is based on did not hold already."""
    yield from _blocked(_written(submission), before=_before(submission))


def remarks(text: str, *, author: Person) -> tuple[Finding, ...]:
    """What blocks a comment, a note or the words of a flag. At most two queries."""
    return (*_too_many_links(text, before="", author=author or AnonymousUser()), *_blocked(text, before=""))


def register_all() -> None:
    """Add these checks to the registry."""
    checks.register("newcomer", newcomer)
    checks.register("blocklist", blocked)


def _too_many_links(text: str, *, before: str, author: Person) -> Iterator[Finding]:
    """Before it is known who writes, it is said and does not block: at sending it is known."""
    old = set(blocklist.links_in(before))
    count = len({link for link in blocklist.links_in(text) if link not in old})
    if count <= settings.NEWCOMER_LINKS or (author is not None and not is_new(author)):
        return
    said = _(
        "There are %(count)s new links in it. Until something of yours is accepted you can send at most %(most)s at "
        "once, because spam comes with many. Leave out those that matter least."
    )
    weight = Weight.WARN if author is None else Weight.BLOCK
    yield Finding(weight, said % {"count": count, "most": settings.NEWCOMER_LINKS})


def _blocked(text: str, *, before: str) -> Iterator[Finding]:
    rules = blocklist.rules()
    hosts = {host for link in blocklist.links_in(text) if (host := blocklist.host_of(link))}
    hosts -= {blocklist.host_of(link) for link in blocklist.links_in(before)}
    domains = sorted({rule for host in hosts if (rule := blocklist.blocked_domain(host, rules.link))})
    for domain in domains[:SHOWN]:
        yield Finding(Weight.BLOCK, _("Links to %(domain)s are not accepted here.") % {"domain": domain})
    known = set(blocklist.blocked_words(before, rules.word))
    for word in [one for one in blocklist.blocked_words(text, rules.word) if one not in known][:SHOWN]:
        yield Finding(Weight.BLOCK, _("“%(word)s” is not accepted here. Say it in other words.") % {"word": word})


def _written(submission: Submission) -> str:
    return "\n".join((submission.title or "", submission.text or "", submission.note or ""))


def _before(submission: Submission) -> str:
    known = submission.based_on.source if submission.based_on else str(submission.payload.get("original", ""))
    return "\n".join((known, submission.pattern.title if submission.pattern else ""))
