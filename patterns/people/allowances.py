"""Every limit of the site in one table: how often, in how long, and for whom. `patterns.people.limits` counts.

An operator changes one by `CLM_LIMIT_` and its name in capitals: one number for everybody, or four, for visitors,
newcomers, known contributors and reviewers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from patterns.people.standing import Standing

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Allowance:
    """`each` acts in `per` seconds, by standing; `act` says what is counted."""

    name: str
    act: Any
    per: int
    each: Mapping[Standing, int]

    def most(self, standing: Standing) -> int:
        return self.each[standing]


def _all(name: str, act: Any, per: int, *most: int) -> Allowance:
    """One number for everybody, or one for each standing."""
    return Allowance(name, act, per, dict(zip(Standing, most if len(most) > 1 else most * len(Standing), strict=True)))


# fmt: off
_TABLE = (
    #    name               what is counted                                  per     visitor newcomer known reviewer
    _all("sign-up",          _("making accounts"),                           HOUR,    5),
    _all("sign-in",          _("signing in"),                                5 * MINUTE, 10),
    _all("reset",            _("asking for a new password"),                 HOUR,    5),
    _all("ask",              _("asking questions"),                          MINUTE,  10),
    _all("ask-day",          _("asking questions"),                          DAY,     300),
    _all("like",             _("comparing questions"),                       MINUTE,  20),
    _all("rate",             _("judging answers"),                           MINUTE,  30),
    _all("offer",            _("offering questions"),                        HOUR,    20),
    _all("report",           _("reporting"),                                 HOUR,    10),
    _all("search-questions", _("searching questions by meaning"),            MINUTE,  30),
    _all("collections",      _("making collections"),                        HOUR,    120),
    _all("save",             _("saving to collections"),                     HOUR,    600),
    _all("share",            _("sharing collections"),                       HOUR,    120),
    _all("copy",             _("copying collections"),                       HOUR,    60),
    _all("edit",             _("looking at changes and sending them"),       HOUR,    120,  120,   240,  480),
    _all("typing",           _("saving and looking while you write"),        HOUR,    2400),
    _all("correct",          _("correcting answers"),                        HOUR,    30,   30,    60,   120),
    _all("send",             _("sending work to the reviewers"),             HOUR,    5,    10,    40,   120),
    _all("comment",          _("commenting"),                                HOUR,    5,    20,    120,  600),
    _all("flag",             _("flagging"),                                  HOUR,    5,    10,    30,   120),
    _all("upload",           _("importing files"),                           HOUR,    10,   20,    60,   120),
    _all("turn",             _("turning drafts into edits"),                 HOUR,    60),
    _all("check",            _("checking while you write"),                  MINUTE,  60,   90,    90,   90),
    _all("relation-offers",  _("looking for relations of a text"),           MINUTE,  30),
)
# fmt: on
_ALLOWANCES = {one.name: one for one in _TABLE}


def allowance(name: str) -> Allowance:
    """The limit called `name`, as the operator set it. `KeyError` for a name that is not in the table."""
    usual = _ALLOWANCES[name]
    said = settings.LIMITS.get(_variable(name))
    return usual if said is None else replace(usual, each=_read(name, said))


def names() -> tuple[str, ...]:
    return tuple(_ALLOWANCES)


def check_settings() -> None:
    """Fail at start, in words, where an operator named a limit that is none or wrote no number."""
    known = {_variable(name): name for name in _ALLOWANCES}
    for variable, said in settings.LIMITS.items():
        if variable not in known:
            raise ImproperlyConfigured(f"CLM_LIMIT_{variable} names no limit; there are {', '.join(sorted(known))}.")
        _read(known[variable], said)


def _variable(name: str) -> str:
    return name.replace("-", "_").upper()


def _read(name: str, said: str) -> dict[Standing, int]:
    words = said.replace(",", " ").split()
    if len(words) not in {1, len(Standing)} or not all(word.isdecimal() for word in words):
        raise ImproperlyConfigured(
            f"CLM_LIMIT_{_variable(name)} is '{said}'; write one whole number, or four: for visitors, newcomers, known "
            "contributors and reviewers."
        )
    numbers = [int(word) for word in words]
    return dict(zip(Standing, numbers if len(numbers) > 1 else numbers * len(Standing), strict=True))
