"""Write rules down and take them back, by admins alone, each with its reason; and read those in force."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.blocklist.matching import Rules, domain_of, folded
from patterns.models import BlockRule, User
from patterns.people import audit, bans
from patterns.people.roles import is_admin

LONGEST = 100  # characters of a word
SHORTEST = 3  # of a word: shorter ones stand in too much that is good


class BlocklistError(Exception):
    """Nothing was written; the message says why."""


def add(*, kind: str, value: str, reason: str, by: User, expires_at: datetime | None = None) -> BlockRule:
    """Add a rule; `value` is written as people write it. Raises `BlocklistError`."""
    _only_admins(by)
    value, reason = _sound(kind, value), reason.strip()
    if not reason:
        raise BlocklistError(_("Say why, for those who come after you."))
    if expires_at is not None and expires_at <= timezone.now():
        raise BlocklistError(_("The end lies in the past."))
    try:
        with transaction.atomic():
            _end_past(kind, value)
            made = BlockRule.objects.create(
                kind=kind, value=value, reason=reason[:2000], added_by=by, expires_at=expires_at
            )
            audit.note(by, "added block rule", target=made, reason=reason)
    except IntegrityError as problem:
        raise BlocklistError(_("This rule stands already.")) from problem
    return made


def remove(rule: BlockRule, *, by: User) -> None:
    """Take a rule back; it stays in the list of those that were. Twice is once."""
    _only_admins(by)
    with transaction.atomic():
        locked = BlockRule.objects.select_for_update().get(pk=rule.pk)
        if locked.removed_at is None:
            locked.removed_at, locked.removed_by = timezone.now(), by
            locked.save(update_fields=["removed_at", "removed_by"])
            audit.note(by, "removed block rule", target=locked)


def rules() -> Rules:
    """The rules in force. One query."""
    found: dict[str, set[str]] = {"email": set(), "link": set(), "word": set()}
    in_force = BlockRule.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), removed_at=None)
    for kind, value in in_force.values_list("kind", "value"):
        found[kind].add(value)
    return Rules(**{kind: frozenset(values) for kind, values in found.items()})


def _sound(kind: str, value: str) -> str:
    if kind == BlockRule.Kind.WORD:
        word = folded(value)
        if not SHORTEST <= len(word) <= LONGEST:
            raise BlocklistError(_("Write a word of 3 to 100 letters."))
        return word
    if kind not in BlockRule.Kind.values:
        raise BlocklistError(_("Choose what the rule is about."))
    domain = domain_of(value.strip().rpartition("@")[2].removeprefix("*."))
    if "." not in domain:
        raise BlocklistError(_("Write a domain such as example.org; what lies below it is meant too."))
    return domain


def _end_past(kind: str, value: str) -> None:
    """A rule whose time is over makes room for the next one."""
    now = timezone.now()
    past = BlockRule.objects.filter(kind=kind, value=value, removed_at=None, expires_at__lte=now)
    past.update(removed_at=now)


def _only_admins(by: User) -> None:
    bans.check(by)
    if not is_admin(by):
        raise bans.NotAllowed(_("Only admins keep the blocklist."))
