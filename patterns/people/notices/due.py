"""When somebody's next mail is due: at once, in the morning, or on Monday morning. Pure."""

from datetime import datetime, timedelta

from patterns.models import NoticeSettings

Mail = NoticeSettings.Mail
MORNING = 7  # o'clock, in the site's time zone


def is_due(mail: str, *, last: datetime | None, now: datetime) -> bool:
    """Whether what waits is to be mailed at `now`, after the `last` mail. Both times are in the site's zone."""
    if mail == Mail.NEVER:
        return False
    if mail == Mail.AT_ONCE:
        return True
    return last is None or last < _boundary(mail, now)


def _boundary(mail: str, now: datetime) -> datetime:
    """The last moment at which a digest went out, or should have."""
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning > now:
        morning -= timedelta(days=1)
    return morning - timedelta(days=morning.weekday()) if mail == Mail.WEEKLY else morning
