"""Why an act on a published thing was not done; then nothing has happened. The message is for the person who tried."""

from django.utils.translation import gettext as _


class PublishingError(Exception):
    """The act was refused and the library is as it was."""

    status = 409


class Unpublishable(PublishingError, ValueError):
    """A text cannot become a pattern; the message says why in a sentence, `problems` line by line."""

    status = 422

    def __init__(self, message: str, problems: tuple = ()) -> None:
        self.problems = problems
        super().__init__(message)


class NotACurator(PublishingError):
    """Only curators and admins keep the published library in order."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This is for curators. An admin can give you the role."))


class ReasonMissing(PublishingError):
    """Every act that others may ask about says why."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Say why in a sentence. Others read it in the history and where the page was."))


class Overtaken(PublishingError):
    """Somebody changed the thing after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this after you opened the page, so nothing was done. Look once more, then decide.")
        )


class Refused(PublishingError):
    """The thing is not in a state in which this can be done."""


class AddressTaken(PublishingError):
    """Another thing stands at the address that was asked for, or stood there before."""

    status = 422

    def __init__(self, slug: str, title: str = "") -> None:
        self.slug = slug
        said = _("The address “%(slug)s” belongs to “%(title)s”, now or from before. Choose another.")
        alone = _("The address “%(slug)s” is taken. Choose another.")
        super().__init__((said if title else alone) % {"slug": slug, "title": title})
