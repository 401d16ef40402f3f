"""The one way out: hostile addresses reach nothing, and what may be fetched is fetched from the checked address."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from patterns import egress
from patterns.egress import addresses, checking, fetching

HOSTILE = """
http://127.0.0.1:{port}/ http://127.1:{port}/ http://127.0.0.2:{port}/ http://127.255.255.254:{port}/
http://0.0.0.0:{port}/ http://0:{port}/ http://0177.0.0.1:{port}/ http://0x7f.0.0.1:{port}/ http://0x7f000001:{port}/
http://2130706433:{port}/ http://017700000001:{port}/ http://localhost:{port}/ http://LOCALHOST:{port}/
http://localhost.:{port}/ http://foo.localhost:{port}/ http://[::1]:{port}/ http://[::]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
http://[::127.0.0.1]:{port}/ http://[64:ff9b::127.0.0.1]:{port}/ http://[64:ff9b:1::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/ http://[2001:0:7f00:1::]:{port}/ http://[fe80::1]:{port}/ http://[fe80::1%25eth0]:{port}/
http://[fc00::1]:{port}/ http://[fd00:ec2::254]/ http://[fec0::1]/ http://[ff02::1]/ http://[100::1]/
http://[2001:db8::1]/ http://10.0.0.1/ http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/
http://169.254.169.254/latest/meta-data/ http://[::ffff:169.254.169.254]/ http://2852039166/ http://0xa9fea9fe/
http://100.64.0.1/ http://100.100.100.200/ http://192.0.0.192/ http://198.18.0.1/ http://168.63.129.16/
http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/ http://192.0.2.1/
http://203.0.113.7/ http://192.88.99.1/ http://user@127.0.0.1:{port}/ http://example.org@127.0.0.1:{port}/
http://127.0.0.1:{port}@example.org/ http://user:pass@example.org/ http://example.org:{port}/ http://example.org:22/
http://example.org:0/ https://example.org:80/ ftp://example.org/ file:///etc/passwd gopher://127.0.0.1:{port}/
javascript:alert(1) data:text/plain,hello dict://127.0.0.1:{port}/ ldap://127.0.0.1/ //127.0.0.1:{port}/
127.0.0.1:{port} http:///127.0.0.1:{port}/ http://\\127.0.0.1:{port}/ http://127.0.0.1\\@example.org/ http://example.org\\@127.0.0.1/
http://①②⑦.⓪.⓪.①:{port}/ http://127。0。0。1:{port}/ http://ⓛocalhost:{port}/ http://loc\tal:{port}/
http://metadata/ http://metadata.google.internal/ http://printer.local/ http://router.lan/ http://intranet/
http://%31%32%37.0.0.1:{port}/ http://127.0.0.1%00.example.org/ http://127.0.0.1%2eexample.org:{port}/
http://[::1/ http://example.org:99999/ http://example.org:abc/ http://.example.org/ http://example..org/ http:// https://
http://-/ http://1.1.1/ http://127.0.0.1.:{port}/ http://{long}/
""".split(" ")  # noqa: SIM905 - one address a word, whatever characters are in it


def hostile(port):
    words = (word for line in HOSTILE for word in line.split("\n"))
    return [word.replace("{port}", str(port)).replace("{long}", "a" * 300 + ".org") for word in words if word]


class Canary(BaseHTTPRequestHandler):
    """Counts who comes; redirects, drips or floods as the path says."""

    hits: list[str]

    def do_GET(self):
        self.server.hits.append(f"{self.headers['Host']}{self.path}")
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        if self.path == "/flood":
            self.pour(b"x" * 65536, times=4000, pause=0)
        elif self.path == "/drip":
            self.pour(b"x", times=50, pause=0.1)
        else:
            self.wfile.write(b"hello")

    def pour(self, piece, *, times, pause):
        with contextlib.suppress(OSError):  # the reader hangs up
            for _ in range(times):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)

    def log_message(self, *_):
        pass


@pytest.fixture
def canary():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    server.hits = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def names(monkeypatch):
    """A resolver of our own: name → list of addresses, one list taken a look-up (the last one stays)."""
    known: dict[str, list[list[str]]] = {}

    def resolve(host, port, *_, **__):
        answers = known.get(host)
        if not answers:
            raise socket.gaierror
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(checking.socket, "getaddrinfo", resolve)
    return known


@pytest.fixture
def public_loopback(monkeypatch, names, canary):
    """Let 127.0.0.1 count as public, so that the good path can be walked without a network."""
    judged = addresses.trouble
    monkeypatch.setattr(checking, "trouble", lambda one: "" if str(one) == "127.0.0.1" else judged(one))
    names["canary.example.org"] = [["127.0.0.1"]]
    return canary.server_address[1]


def test_the_corpus_is_large_enough():
    assert len(set(hostile(1))) >= 60


def test_no_hostile_address_reaches_the_canary(canary):
    port = canary.server_address[1]
    reached = []
    for url in hostile(port):
        try:
            egress.fetch(url, ports=[port], seconds=2)
        except (egress.Refused, egress.FetchFailed):
            continue
        reached.append(url)
    assert reached == []
    assert canary.hits == []


@pytest.mark.parametrize("url", hostile(8080))
def test_each_hostile_address_is_refused_by_its_form_or_its_name(url, names):
    names["example.org"] = [["127.0.0.1"]]
    with pytest.raises(egress.Refused) as refusal:
        egress.check_url(url)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("mixed", [["93.184.216.34", "10.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]])
def test_a_name_with_one_private_address_is_refused_whole(mixed, names):
    names["rebind.example.org"] = [mixed]
    with pytest.raises(egress.Refused):
        egress.check_url("http://rebind.example.org/")


def test_a_name_nobody_knows_is_refused(names):
    with pytest.raises(egress.Refused, match="not known"):
        egress.check_url("https://nowhere.example.org/")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c#d", "http://example.org:80/", "https://bücher.example/", "https://93.184.216.34/"],
)
def test_public_addresses_pass_and_carry_their_ip(url, names):
    names["example.org"] = names["xn--bcher-kva.example"] = [["93.184.216.34"]]
    assert egress.check_url(url).addresses == ("93.184.216.34",)


def test_form_alone_can_be_checked_without_a_resolver(names):
    assert egress.check_url("https://nowhere.example.org/", resolve=False).addresses == ()


def test_a_page_is_fetched_from_the_checked_address_under_its_name(public_loopback, canary):
    port = public_loopback
    found = egress.fetch(f"http://canary.example.org:{port}/page", ports=[port])
    assert (found.status, found.content, found.content_type) == (200, b"hello", "text/plain")
    assert canary.hits == [f"canary.example.org:{port}/page"]


def test_the_name_is_asked_once_so_that_a_second_answer_changes_nothing(public_loopback, names, canary):
    port = public_loopback
    names["rebind.example.org"] = [["127.0.0.1"], ["10.0.0.1"]]
    egress.fetch(f"http://rebind.example.org:{port}/", ports=[port])
    assert len(names["rebind.example.org"]) == 1
    assert len(canary.hits) == 1


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "file:///etc/passwd", "http://[::1]/", "//169.254.169.254/"])
def test_a_redirect_is_checked_like_the_first_address(public_loopback, target, canary):
    port = public_loopback
    with pytest.raises(egress.Refused):
        egress.fetch(f"http://canary.example.org:{port}/to/{target}", ports=[port])
    assert len(canary.hits) == 1


def test_a_few_redirects_are_followed_and_no_more(public_loopback, canary):
    port = public_loopback
    base = f"http://canary.example.org:{port}"
    assert egress.fetch(f"{base}/to//to//to//page", ports=[port]).content == b"hello"
    with pytest.raises(egress.FetchFailed, match="redirects more than"):
        egress.fetch(f"{base}/to//to//to//to//to//page", ports=[port])


def test_a_page_that_is_too_large_is_given_up(public_loopback):
    with pytest.raises(egress.FetchFailed, match="larger than"):
        egress.fetch(f"http://canary.example.org:{public_loopback}/flood", ports=[public_loopback], max_bytes=100_000)


def test_a_page_that_comes_byte_by_byte_is_given_up_in_time(public_loopback):
    began = time.monotonic()
    with pytest.raises(egress.FetchFailed, match="did not answer within"):
        egress.fetch(f"http://canary.example.org:{public_loopback}/drip", ports=[public_loopback], seconds=0.5)
    assert time.monotonic() - began < 3


def test_nothing_listening_is_said_in_words(public_loopback, canary):
    with pytest.raises(egress.FetchFailed, match="did not answer as a web page"):
        egress.fetch("http://canary.example.org:9/", ports=[9], seconds=2)


def test_proxies_of_the_environment_are_not_used(public_loopback, monkeypatch, canary):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert fetching.fetch(f"http://canary.example.org:{public_loopback}/", ports=[public_loopback]).status == 200


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/", "Abgerufen werden nur Adressen"),
        ("http://127.0.0.1/", "Die Adresse führt zu dieser Maschine"),
        ("http://example.org:22/", "An Port 22 liegen keine Webseiten."),
        ("http://%31.example.org/", "hinter Prozentzeichen"),
        ("http://printer.local/", "eines privaten Netzes"),
    ],
)
def test_a_refusal_is_said_in_the_language_of_who_reads_it(url, said):
    with translation.override("de"), pytest.raises(egress.Refused, match=said):
        egress.check_url(url, resolve=False)
