"""WhiteNoise under ASGI: our files are small, so they are sent whole instead of by an iterator made for WSGI."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves STATIC_ROOT with WhiteNoise's headers; bodies are read into memory (the largest is some 50 kB)."""

    @staticmethod
    def serve(static_file, request: HttpRequest) -> HttpResponseBase:
        streamed = WhiteNoiseMiddleware.serve(static_file, request)
        if not streamed.streaming:
            return streamed
        whole = HttpResponse(b"".join(streamed.streaming_content), status=streamed.status_code)
        streamed.close()
        del whole["content-type"]  # a "not modified" has none
        for name, value in streamed.items():
            whole[name] = value
        return whole
