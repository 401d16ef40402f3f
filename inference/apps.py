"""From a question to a cited answer."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    name = "inference"
    verbose_name = "Answers"

    def ready(self) -> None:
        from inference import diagnosis, suggesting
        from patterns import nearest

        diagnosis.register()
        nearest.register(suggesting.near)
