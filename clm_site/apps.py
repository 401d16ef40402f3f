"""The shell as an installed app: it brings the commands `up` and `doctor`, the outbox and the system checks."""

from django.apps import AppConfig


class ClmSiteConfig(AppConfig):
    name = "clm_site"
    verbose_name = "Commons Language Model"

    def ready(self) -> None:
        from importlib.util import find_spec

        if find_spec("clm_site.checks"):
            import clm_site.checks  # noqa: F401
