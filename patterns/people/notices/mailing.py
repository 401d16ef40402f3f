"""Mails what people have not read on the site: one mail a person, with a link that ends it in one click.

RFC 8058 (one-click unsubscription) says what the two headers hold.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.models import Notice, NoticeSettings, User
from patterns.people.notices.due import is_due
from patterns.people.notices.kinds import ALWAYS, in_words
from patterns.people.notices.unsubscribing import token_of
from patterns.people.roles import is_reviewer
from patterns.review import waiting_items

log = logging.getLogger(__name__)
MOST = 50  # lines of one mail
TRIED_FOR = timedelta(days=3)  # after which a mail that could not be sent is given up; the notice stays on the site


def send_due(*, limit: int = 200) -> int:
    """Send every mail that is due now, and return how many went out.

    A person whose mail cannot be sent is tried again at the next call and holds up nobody else.
    """
    now = timezone.localtime()
    Notice.objects.filter(mailed_at=None, at__lt=now - TRIED_FOR).update(mailed_at=now)
    waiting = Notice.objects.filter(mailed_at=None).values_list("user", flat=True).distinct()[:limit]
    curious = NoticeSettings.objects.filter(queue=True, mail__in=["daily", "weekly"]).values_list("user", flat=True)
    sent = 0
    for pk in dict.fromkeys([*waiting, *curious]):
        try:
            sent += _mail(pk)
        except OSError as problem:  # smtplib's errors are OSErrors
            log.warning("a mail could not be sent and will be tried again: %s", type(problem).__name__)
    return sent


def _mail(pk: int) -> bool:
    """Mail one person what is due; False where nothing was, or somebody else is at it.

    Their settings are held meanwhile and not their account, so that a slow mail server keeps nobody from being told.
    """
    NoticeSettings.objects.get_or_create(user_id=pk)
    with transaction.atomic():
        rows = NoticeSettings.objects.select_related("user").select_for_update(of=("self",), skip_locked=True)
        chosen = rows.filter(user=pk).first()
        if chosen is None:
            return False
        now = timezone.localtime()
        waiting = Notice.objects.filter(user=pk, mailed_at=None, at__lte=now)
        last = timezone.localtime(chosen.mailed_at) if chosen.mailed_at else None
        pressing = waiting.filter(_wanted(chosen))
        if chosen.mail != NoticeSettings.Mail.NEVER and not is_due(chosen.mail, last=last, now=now):
            return False
        notices = list(pressing.select_related("actor").order_by("-at")[: MOST + 1])
        with translation.override(chosen.language or settings.LANGUAGE_CODE):
            waits = _waits(chosen)
            if notices or waits:
                _message(chosen.user, notices, waits).send()
        waiting.update(mailed_at=now)
        chosen.mailed_at = now
        chosen.save(update_fields=["mailed_at"])
        return bool(notices or waits)


def _wanted(chosen: NoticeSettings) -> Q:
    """What is mailed of what waits: nothing that was read, and of what may be kept out only what they want."""
    if not chosen.user.is_active:
        return Q(pk__in=[])
    unread = Q(read_at=None)
    if chosen.mail == NoticeSettings.Mail.NEVER:
        return unread & Q(kind__in=ALWAYS)
    return unread & ~Q(kind__in=set(chosen.quiet) - ALWAYS)


def _waits(chosen: NoticeSettings) -> int:
    """How many things wait in the queue, for a reviewer who wants to know with each digest."""
    digest = chosen.mail in {NoticeSettings.Mail.DAILY, NoticeSettings.Mail.WEEKLY}
    if not (chosen.queue and digest and is_reviewer(chosen.user)):
        return 0
    return waiting_items().exclude(author=chosen.user).count()


def _message(user: User, notices: list[Notice], waits: int) -> EmailMessage:
    home, token = settings.PUBLIC_URL, token_of(user)
    lines = [(said_by(one), f"{home}{one.url}") for one in notices[:MOST]]
    end = f"{home}{reverse('notices_unsubscribe', args=[token])}"
    if len(lines) == 1 and not waits:
        subject = lines[0][0]
    elif lines:
        subject = ngettext("%(n)d thing concerns you", "%(n)d things concern you", len(lines)) % {"n": len(lines)}
    else:
        subject = ngettext("%(n)d thing waits for a reviewer", "%(n)d things wait for a reviewer", waits) % {"n": waits}
    context = {
        "lines": lines,
        "more": len(notices) > MOST,
        "waits": waits,
        "queue": f"{home}{reverse('review_queue')}",
        "page": f"{home}{reverse('notices')}",
        "settings": f"{home}{reverse('notices_settings')}",
        "end": end,
    }
    message = EmailMessage(
        subject=" ".join(f"{_('CLM')}: {subject}".split())[:200],
        body=render_to_string("patterns/mail/notices.txt", context),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.kind = "notices"
    return message


def said_by(notice: Notice) -> str:
    """A notice in words, with how often it happened."""
    sentence = in_words(notice.kind, notice.said, who=notice.actor.credit if notice.actor else "")
    if notice.times < 2:
        return sentence
    return _("%(sentence)s (%(n)d times)") % {"sentence": sentence, "n": notice.times}
