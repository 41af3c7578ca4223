"""What is fetched from an address that a stranger gave, and what never is."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator

import pytest

from common.errors import InvoicesiteError
from processing.errors import FileTooLarge
from processing.net.addresses import UrlForbidden, check_url, is_public
from processing.net.connecting import FetchFailed
from processing.net.fetching import Fetched, fetch_url
from processing.readers.media_types import SUFFIXES
from tests.file_server import CONTENT, HOST, FileServer, running, tls_server

LIMIT = 1_000_000


@pytest.fixture(scope="module")
def server() -> Iterator[FileServer]:
    with running(FileServer()) as made:
        yield made


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetch(server: FileServer, url: str, *, seconds: float = 10, **options: object) -> Fetched:
    given = {"resolve": here, "permit": server.permits, "allow_http": True, "suffixes": SUFFIXES, **options}
    return fetch_url(url, max_bytes=LIMIT, total_seconds=seconds, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "target",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
        "127.0.0.1.", "127.000.000.001", "0", "0.0.0.0", "localhost", "localhost.", "LOCALHOST",  # noqa: S104 (the target is refused)
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254", "169.254.1.1",
        "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "100.100.100.200", "168.63.129.16",
        "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "256.256.256.256", "1.2.3",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]",
        "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]",
        "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[100::1]",
        "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_forbidden_targets_are_refused(target: str) -> None:
    with pytest.raises(UrlForbidden):
        fetch_url(f"https://{target}/invoice.pdf", max_bytes=LIMIT)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/a.pdf", "ftp://files.example/a", "file:///etc/passwd", "gopher://files.example/",
        "data:text/plain,hello", "//files.example/a", "files.example/a", "", "https://", "https:///a", "https://:443/",
        "https://user:password@files.example/", "https://files.example@127.0.0.1/", "https://files.example\\@127.0.0.1/",
        "https://files.example:99999/", "https://files.example:x/", "https://files.example/\r\nX: y", "https://a b/",
        "https://[::1/", "https://-bad.example/", "https://" + "a" * 64 + ".example/",
        "https://files.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(UrlForbidden):
        fetch_url(url, max_bytes=LIMIT, resolve=lambda host, port: ["93.184.216.34"])


@pytest.mark.parametrize("port", [22, 25, 80, 8080, 6379, 5432, 444])
def test_other_ports_are_refused(port: int) -> None:
    with pytest.raises(UrlForbidden, match="ports"):
        fetch_url(f"https://files.example:{port}/", max_bytes=LIMIT, resolve=lambda host, port: ["93.184.216.34"])


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"], ["10.1.2.3"], ["::1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"],
        ["93.184.216.34", "127.0.0.1"], ["93.184.216.34", "169.254.169.254"], ["2606:2800:220:1::1", "fd00::1"],
    ],
)  # fmt: skip
def test_a_name_with_any_forbidden_address_is_refused(answers: list[str]) -> None:
    with pytest.raises(UrlForbidden):
        fetch_url("https://files.example/", max_bytes=LIMIT, resolve=lambda host, port: answers)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(server: FileServer) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    assert fetch(server, server.url(), resolve=rebinding).data == CONTENT
    assert asked == [HOST]
    assert server.hosts[-1] == f"{HOST}:{server.port}", "the server still hears the name"


def test_a_name_that_turns_to_a_forbidden_address_before_a_redirect_is_refused(server: FileServer) -> None:
    server.redirects["/away"] = "/invoice.txt"
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    with pytest.raises(UrlForbidden):
        fetch(server, server.url("/away"), resolve=lambda host, port: next(answers))


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "http://[::1]/", "http://2852039166/",
        "//10.0.0.1/", "file:///etc/passwd", "ftp://files.example/", "http://user@files.example/",
    ],
)  # fmt: skip
def test_redirects_to_forbidden_targets_are_refused(server: FileServer, target: str) -> None:
    server.redirects["/bad"] = target
    before = len(server.hosts)

    def literal(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == HOST else [host]

    with pytest.raises(UrlForbidden):
        fetch(server, server.url("/bad"), resolve=literal)
    assert len(server.hosts) == before + 1


def test_https_is_not_left_by_a_redirect() -> None:
    with tls_server() as (server, trust):
        server.redirects["/down"] = f"http://{HOST}/invoice.txt"
        with pytest.raises(UrlForbidden):
            fetch(server, server.url("/down"), allow_http=False, tls=trust)


def test_redirects_are_followed_but_not_for_ever(server: FileServer) -> None:
    server.redirects["/one"] = "/two?x=1"
    server.redirects["/two"] = "invoice.txt"
    found = fetch(server, server.url("/one"))
    assert (found.data, found.filename) == (CONTENT, "invoice.txt")
    server.redirects["/loop"] = "/loop"
    with pytest.raises(FetchFailed, match="redirects too many times"):
        fetch(server, server.url("/loop"))


def test_tls_knows_the_name_though_the_address_is_pinned() -> None:
    with tls_server() as (server, trust):
        assert fetch(server, server.url(), allow_http=False, tls=trust).data == CONTENT
        assert server.server_names == [HOST]


def test_a_certificate_of_another_name_or_authority_is_refused() -> None:
    with tls_server("other.example") as (server, trust):
        with pytest.raises(FetchFailed):
            fetch(server, server.url(), allow_http=False, tls=trust)
        with pytest.raises(FetchFailed):
            fetch(server, server.url(host="other.example"), allow_http=False)


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
def test_what_is_too_large_is_cut_off(server: FileServer, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(FileTooLarge):
        fetch(server, server.url(path))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("path", ["/trickle", "/slow-head"])
def test_a_server_that_trickles_is_cut_off_at_the_deadline(server: FileServer, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchFailed):
        fetch(server, server.url(path), seconds=0.6)
    assert time.monotonic() - started < 3


def test_a_name_server_that_hangs_is_not_waited_for(server: FileServer) -> None:
    def hanging(host: str, port: int) -> list[str]:
        time.sleep(5)
        return ["127.0.0.1"]

    with pytest.raises(FetchFailed, match="name server"):
        fetch(server, server.url(), resolve=hanging, seconds=0.3)


@pytest.mark.parametrize("path", ["/missing", "/cut", "/strangely-packed"])
def test_answers_that_are_no_file_are_failures_that_say_so(server: FileServer, path: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(server, server.url(path))
    assert isinstance(caught.value, InvoicesiteError)
    assert caught.value.code == "url_unreachable"


def test_packed_answers_are_unpacked_and_names_are_taken_over(server: FileServer) -> None:
    assert fetch(server, server.url("/packed")).data == CONTENT
    named = fetch(server, server.url("/named"))
    assert (named.filename, named.content_type) == ("März.txt", "text/plain")
    assert fetch(server, server.url("/download.php")).filename == ""


def test_proxies_of_the_environment_are_not_used(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(server, server.url()).data == CONTENT


def test_names_beyond_ascii_go_out_in_their_ascii_form() -> None:
    assert check_url("https://Bücher.example:443/a?b=c#d", allow_http=False) == (
        "https", "xn--bcher-kva.example", 443, "/a?b=c",
    )  # fmt: skip
