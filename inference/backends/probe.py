"""Loads one model and lets it write a few words, in a process of its own: a file that crashes it takes nothing along.

Run as `python -m inference.backends.probe FILE CONTEXT`; prints one line of JSON.
"""

import json
import os
import sys
import time


def main(location: str, context: str) -> int:
    """Load, write eight tokens, and say how fast; 1 and a sentence when it does not work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")
    import django

    django.setup()
    from inference.backends import BackendError
    from inference.backends.llama_cpp import Generator
    from inference.generation.trial import QUESTION

    begun = time.perf_counter()
    try:
        generator = Generator(location, context=int(context), check=True)
        loaded = time.perf_counter()
        tokens = max((token.usage.tokens_out for token in generator.stream(QUESTION) if token.usage), default=0)
    except BackendError as problem:
        sys.stdout.write(json.dumps({"problem": str(problem)}) + "\n")
        return 1
    done = time.perf_counter()
    report = {"context": generator.context, "load_seconds": round(loaded - begun, 2), "tokens": tokens,
              "write_seconds": round(done - loaded, 2)}  # fmt: skip
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
