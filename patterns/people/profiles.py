"""How a person appears to others: the name they show or do not, and a few words about themselves."""

from django.db import transaction

from patterns.models import Revision
from patterns.people.models import User


def change_profile(user: User, *, name: str, name_public: bool, about: str) -> None:
    """Write down how `user` wants to appear, on what they published before too."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        user.name, user.name_public, user.about = name.strip()[:120], name_public, about.strip()[:500]
        user.save(update_fields=["name", "name_public", "about"])
        recredit(user)


def recredit(user: User) -> None:
    """Let the copies of the name that stand beside published work follow the account."""
    Revision.objects.filter(author=user).exclude(author_name=user.credit).update(author_name=user.credit)
