"""Language models an operator registered, and what each generation used."""

from django.db import models


class LanguageModel(models.Model):
    """A GGUF file on this machine or an OpenAI-compatible endpoint. Secrets are never stored."""

    class Kind(models.TextChoices):
        GGUF = "gguf"
        ENDPOINT = "endpoint"

    class State(models.TextChoices):
        CANDIDATE = "candidate"
        ENABLED = "enabled"
        DISABLED = "disabled"
        FAILED = "failed"

    class Role(models.TextChoices):
        SMALL = "small"
        MEDIUM = "medium"

    name = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    location = models.TextField(help_text="a file path on this machine, or an address")
    served_name = models.CharField(max_length=200, blank=True, help_text="what an endpoint calls the model")
    private = models.BooleanField(default=False, help_text="an endpoint on this machine or its network")
    key_env = models.CharField(
        max_length=120, blank=True, help_text="the environment variable that holds an endpoint's key, never the key"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    family = models.CharField(max_length=80, blank=True)
    parameters = models.BigIntegerField(null=True, blank=True)
    quantisation = models.CharField(max_length=40, blank=True)
    context = models.PositiveIntegerField(default=2048, help_text="tokens")
    license = models.CharField(max_length=80, blank=True)
    memory_needed = models.BigIntegerField(null=True, blank=True, help_text="bytes")
    role = models.CharField(
        max_length=10, choices=Role, default=Role.SMALL, help_text="which questions it answers: the plain or the hard"
    )
    tier = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.CANDIDATE)
    default = models.BooleanField(default=False)
    problem = models.TextField(blank=True, help_text="why it failed its probe, in a sentence")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role"], condition=models.Q(default=True), name="one_default_model_a_role"),
        ]

    def __str__(self) -> str:
        return self.name


class UsageRecord(models.Model):
    """What one generation used. `cost_confidence` is exact, estimated or unknown."""

    answer = models.ForeignKey("inference.Answer", null=True, on_delete=models.SET_NULL, related_name="usage")
    model = models.ForeignKey(LanguageModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="usage")
    generator = models.CharField(max_length=120)
    tier = models.PositiveSmallIntegerField(default=1)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_cached = models.PositiveIntegerField(default=0, help_text="of those in: not read again")
    tokens_out = models.PositiveIntegerField(default=0)
    first_token_ms = models.FloatField(null=True, blank=True)
    tokens_per_second = models.FloatField(null=True, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    cost_confidence = models.CharField(max_length=10, default="exact")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.generator}: {self.tokens_in} in, {self.tokens_out} out"
