"""Take up an offer of gold that came with a merge: a curator who did not merge says that it holds here too."""

from django.utils.translation import gettext as _

from patterns.models import TierConfirmation, User
from patterns.publishing.errors import Refused
from patterns.publishing.guarding import LONGEST_REASON, require_curator
from patterns.publishing.tiers import confirm_gold
from patterns.queries.gold_offers import Offer, offers


def take_up(number: int, *, by: User, seen: str | None = None) -> TierConfirmation:
    """Confirm the pattern of offer `number` (its merge) as gold, on the ground that was given for what it took in.

    Raises a `PublishingError`, also where the offer does not stand any more.
    """
    require_curator(by)
    offer = next((one for one in offers() if one.pk == number), None)
    if offer is None:
        raise Refused(_("This is offered no more: the merge was taken back, or a curator has decided since."))
    if offer.merged_by(by.pk):
        raise Refused(_("You merged the two. Another curator has to say that the evidence holds for both."))
    if offer.adoption is None:
        raise Refused(_("No published lighthouse says so any more. Choose one that uses the pattern."))
    return confirm_gold(offer.kept, adoption=offer.adoption, by=by, ground=ground(offer), seen=seen)


def ground(offer: Offer) -> str:
    """Return the ground an offer is taken up with: what was said of the pattern that was merged, and who said it."""
    said = _("Came with “%(title)s”, which %(who)s had confirmed: %(ground)s") % {
        "title": offer.merged.title,
        "who": offer.confirmation.confirmed_by.credit,
        "ground": offer.confirmation.ground,
    }
    return said[:LONGEST_REASON]
