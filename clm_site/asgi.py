"""The ASGI entry point. No model code is ever imported by this process (see tests/architecture)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")

application = get_asgi_application()
