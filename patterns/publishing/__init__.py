"""Ways into, out of and around the published library; each is one transaction with an audit line and a change.

Texts become revisions in `texts`; curators act in the other modules, each of which asks first who may.
"""

from patterns.publishing.errors import (
    AddressTaken,
    NotACurator,
    Overtaken,
    PublishingError,
    ReasonMissing,
    Refused,
    Unpublishable,
)
from patterns.publishing.guarding import standing
from patterns.publishing.merging import merge, take_back
from patterns.publishing.renaming import rename
from patterns.publishing.retiring import restore, retire
from patterns.publishing.reverting import revert
from patterns.publishing.revising import SITE_LICENSE, Credit
from patterns.publishing.texts import publish, publish_new, site_library
from patterns.publishing.tiers import confirm_gold, lower

__all__ = [
    "SITE_LICENSE",
    "AddressTaken",
    "Credit",
    "NotACurator",
    "Overtaken",
    "PublishingError",
    "ReasonMissing",
    "Refused",
    "Unpublishable",
    "confirm_gold",
    "lower",
    "merge",
    "publish",
    "publish_new",
    "rename",
    "restore",
    "retire",
    "revert",
    "site_library",
    "standing",
    "take_back",
]
