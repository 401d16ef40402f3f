"""The shell as an installed app: it brings the commands `up` and `doctor`, the outbox and the system checks."""

from django.apps import AppConfig


class ClmSiteConfig(AppConfig):
    name = "clm_site"
    verbose_name = "Commons Language Model"

    def ready(self) -> None:
        import clm_site.checks  # noqa: F401
        from clm_site.doctor import house

        house.register_all()
