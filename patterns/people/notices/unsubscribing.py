"""Ends somebody's mails by the link in one of them: no sign-in, no question, and nothing else can be done with it."""

from django.core import signing

from patterns.models import NoticeSettings, User
from patterns.people import audit

SALT = "notices.unsubscribe"


def token_of(user: User) -> str:
    """What stands in the links of this person's mails. It never expires: an old mail must still end the mails."""
    return signing.dumps(user.public_id.hex, salt=SALT)


def whose(token: str) -> User | None:
    """The person whose mails a link ends; None for a link that was not made here."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(public_id=public_id, is_active=True).first()


def unsubscribe(user: User) -> None:
    """Send no more mails about what happens on the site. What it has to say about the account itself still comes."""
    NoticeSettings.objects.update_or_create(user=user, defaults={"mail": NoticeSettings.Mail.NEVER})
    audit.note(user, "ended mails", target=user)
