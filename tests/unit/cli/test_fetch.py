"""Fetching a page from a real server that is well behaved, and from one that is not."""

import ipaddress
from collections.abc import Iterator

import pytest

from sitrep.cli.fetch import Fetcher, FetchError, Limits, is_public
from tests.support.web import PAGE, Web

HERE = ipaddress.ip_address("127.0.0.1")
QUICK = Limits(size=1024 * 1024, attempts=3, connect=2, read=0.4, total=1.5, longest_wait=5)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def fetcher(pauses: list[float]) -> Iterator[Fetcher]:
    made = Fetcher(limits=QUICK, allowed=lambda address: address == HERE, pause=pauses.append)
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/a/story", "/gzip", "/to/{here}/a/story"])
def test_page_comes_as_it_was_sent(web: Web, fetcher: Fetcher, path: str) -> None:
    fetched = fetcher.fetch(web.url + path.format(here=f"127.0.0.1:{web.port}") + "#part")
    assert fetched.data == PAGE
    assert fetched.media_type == "text/html"
    assert fetched.url == web.url + ("/a/story" if "to" in path else path)


@pytest.mark.timeout(30)  # a server that drips would take minutes
@pytest.mark.parametrize(
    ("path", "sentence", "attempts"),
    [
        ("/status/404", "the server answers 404 Not Found", 1),
        ("/status/403", "the server answers 403 Forbidden", 1),
        ("/status/503", "the server answers 503 Service Unavailable", 3),
        ("/loop", "more than 5 redirects", 6),
        ("/scheme", "only http and https are", 1),
        ("/bomb", "it is over 1,024 KiB", 1),
        ("/endless", "it is over 1,024 KiB", 1),
        ("/drip", "it takes too long", 1),
        ("/drip-head", "it takes too long", 1),
        ("/silent", "does not answer in time", 3),
        ("/short", "the connection fails", 3),
        ("/garbage", "the connection fails", 3),
        ("/to/127.0.0.2:1/", "127.0.0.2, which is not a public address", 1),
        ("/to/[::1]:1/", "::1, which is not a public address", 1),
    ],
)
def test_bad_server_is_a_sentence_in_bounded_time(web: Web, fetcher: Fetcher, path: str, sentence: str, attempts: int) -> None:
    with pytest.raises(FetchError, match=sentence):
        fetcher.fetch(web.url + path)
    assert web.hits.count(path) == attempts


def test_name_is_refused_by_where_it_leads(web: Web) -> None:
    one = Fetcher(limits=QUICK)
    with pytest.raises(FetchError, match=r"localhost is .*, which is not a public address"):
        one.fetch(f"http://localhost:{web.port}/")
    one.close()
    assert web.hits == []


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://[", "https://example.org:99999/"]
)
def test_url_that_is_none_is_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError):
        fetcher.fetch(url)


def test_server_that_asks_to_wait_is_waited_for(web: Web, fetcher: Fetcher, pauses: list[float]) -> None:
    assert fetcher.fetch(web.url + "/busy/3").data == PAGE
    assert [3 <= pause < 3.5 for pause in pauses] == [True]


def test_server_that_asks_to_wait_for_long_is_left_alone(web: Web, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="for 86400 seconds"):
        fetcher.fetch(web.url + "/busy/86400")


def test_waits_grow_and_differ(web: Web, fetcher: Fetcher, pauses: list[float]) -> None:
    with pytest.raises(FetchError):
        fetcher.fetch(web.url + "/status/502")
    assert [low <= pause <= 2 * low for low, pause in zip((0.5, 1.0), pauses, strict=True)] == [True, True]


def test_robots_txt_is_honoured_and_asked_once(web: Web, fetcher: Fetcher) -> None:
    web.robots = b"User-agent: *\nDisallow: /private/\n"
    with pytest.raises(FetchError, match=r"robots.txt asks programs not to fetch it"):
        fetcher.fetch(web.url + "/private/story")
    assert fetcher.fetch(web.url + "/public/story").data == PAGE
    assert web.hits == ["/robots.txt", "/public/story"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", True), ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_address_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /*/private", "/a/private", False),
        ("Disallow: /*/private", "/private", True),
        ("Disallow: /*.php$", "/story.php", False),
        ("Disallow: /*.php$", "/story.php?id=1", True),
        ("Disallow: /news\nAllow: /news/open", "/news/open/1", True),
        ("Disallow: /news\nAllow: /news/open", "/news/closed", False),
        ("Disallow:", "/anything", True),
        ("Allow: /\nDisallow: /", "/anything", True),
    ],
)
def test_robots_txt_is_read_as_the_standard_has_it(web: Web, fetcher: Fetcher, rules: str, path: str, allowed: bool) -> None:
    web.robots = f"\ufeffUser-agent: *\n{rules}\n".encode()
    if allowed:
        fetcher._ask_robots(f"{web.url}{path}")
        return
    with pytest.raises(FetchError, match=r"robots.txt asks programs not to fetch it"):
        fetcher._ask_robots(f"{web.url}{path}")
