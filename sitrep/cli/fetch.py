"""Fetches what a person names on the command line, and nothing else: bounded in time, size and redirects, public addresses only."""

import ipaddress
import math
import random
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

AGENT = "sitrep/0.1 (news reports given by hand; honours robots.txt)"
PRODUCT = "sitrep"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """A URL cannot be had; the message is a sentence that says why. `again` where trying once more may help."""

    def __init__(self, sentence: str, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(sentence)
        self.again = again
        self.after = after


@dataclass(frozen=True)
class Limits:
    """How much is done for one URL: bytes, redirects, attempts, and seconds."""

    size: int = 10 * 1024 * 1024
    robots_size: int = 512 * 1024
    redirects: int = 5
    attempts: int = 4
    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    longest_wait: float = 60.0


@dataclass(frozen=True)
class Fetched:
    """What came: the address that it came from at last, its bytes without the transfer's own packing, and its media type."""

    url: str
    data: bytes
    media_type: str


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet, also where another kind of address is wrapped in it."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if wrapped is None and address in ipaddress.ip_network("64:ff9b::/96"):
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not address.is_multicast


@dataclass
class _Deadline:
    """Until when (monotonic) everything for one URL has to be done."""

    at: float = math.inf

    def left(self, timeout: float | None) -> float:
        """Return how long one wait may still be. Raises FetchError where it is over."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise FetchError("it takes too long")
        return left if timeout is None else min(left, timeout)


class _Timed(httpcore.NetworkStream):
    """A connection on which no wait goes beyond the deadline: a server that sends a byte now and then gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read within the deadline."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write within the deadline."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Begin TLS within the deadline; the certificate is checked against the name, not the address."""
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's
        """Return what httpcore wants to know of the connection."""
        return self._stream.get_extra_info(info)


class _Guard(httpcore.SyncBackend):
    """Connects to addresses that are allowed only, and to the very address that was looked at.

    A name is resolved once, here, so that a server that answers differently the second time gains nothing.
    """

    def __init__(self, allowed: Callable[[Address], bool], deadline: _Deadline) -> None:
        self._allowed, self._deadline = allowed, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,  # noqa: ANN401 - httpcore's
    ) -> httpcore.NetworkStream:
        """Resolve a name and connect to what it leads to, if all of that is allowed. Raises FetchError."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved") from problem
        addresses = [str(entry[4][0]) for entry in found]
        refused = [one for one in addresses if not self._allowed(ipaddress.ip_address(one.partition("%")[0]))]
        if refused or not addresses:
            raise FetchError(f"{host} is {refused[0]}, which is not a public address; --allow-private fetches it all the same")
        for number, address in enumerate(addresses):
            try:
                stream = super().connect_tcp(address, port, self._deadline.left(timeout), local_address, socket_options)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses) - 1:
                    raise
        raise AssertionError("not reached")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:  # noqa: ANN401 - httpcore's
        """Refuse. Raises FetchError."""
        raise FetchError("only http and https are fetched")


class _Transport(httpx.BaseTransport):
    """httpx over a pool whose every connection goes through the guard; no proxy is asked."""

    def __init__(self, guard: _Guard) -> None:
        context = httpx.create_ssl_context()
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=guard, max_connections=4)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        asked = request.url
        url = httpcore.URL(scheme=asked.raw_scheme, host=asked.raw_host, port=asked.port, target=asked.raw_path)
        given = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        answer = self._pool.handle_request(given)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close it."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Close it."""
        self._answer.close()


@dataclass
class Fetcher:
    """Fetches URLs one after the other; what a site says in its robots.txt is asked once."""

    limits: Limits = field(default_factory=Limits)
    allowed: Callable[[Address], bool] = is_public
    pause: Callable[[float], None] = time.sleep
    _deadline: _Deadline = field(default_factory=_Deadline)
    _robots: dict[str, Protego] = field(default_factory=dict)

    def __post_init__(self) -> None:
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        headers = {"User-Agent": AGENT, "Accept": "text/html, text/*;q=0.9, */*;q=0.5", "Accept-Encoding": "gzip"}
        self._client = httpx.Client(
            transport=_Transport(_Guard(self.allowed, self._deadline)), timeout=timeout, headers=headers, trust_env=False
        )

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """Return what a URL leads to. Raises FetchError; what may pass by itself was tried several times before that."""
        for attempt in range(1, self.limits.attempts + 1):
            self._deadline.at = time.monotonic() + self.limits.total
            try:
                return self._follow(url)
            except FetchError as problem:
                if not problem.again or attempt == self.limits.attempts:
                    raise
                self.pause(self._wait(attempt, problem.after))
        raise AssertionError("not reached")

    def _wait(self, attempt: int, asked: float | None) -> float:
        """Return the seconds until the next attempt: what the server asks for, else longer and longer with full jitter."""
        jitter = random.uniform(0.5, 1.0) * float(2 ** (attempt - 1))  # noqa: S311 - nothing secret
        if asked is not None and asked > self.limits.longest_wait:
            raise FetchError(f"the server asks to be left alone for {asked:.0f} seconds; try again then")
        return jitter if asked is None else asked + jitter / 10

    def _follow(self, url: str) -> Fetched:
        for _ in range(self.limits.redirects + 1):
            url = _checked(url)
            self._ask_robots(url)
            status, headers, data = self._get(url, self.limits.size)
            if status in {301, 302, 303, 307, 308} and headers.get("location"):
                url = urljoin(url, headers["location"])
                continue
            if status != httpx.codes.OK:
                again = status in {408, 425, 429, 500, 502, 503, 504}
                reason = httpx.codes.get_reason_phrase(status)
                raise FetchError(f"the server answers {status} {reason}".rstrip(), again=again, after=_retry_after(headers))
            return Fetched(url, data, headers.get("content-type", "").partition(";")[0].strip().lower())
        raise FetchError(f"more than {self.limits.redirects} redirects")

    def _get(self, url: str, limit: int) -> tuple[int, Mapping[str, str], bytes]:
        """Return the answer to one request, its body at most `limit` bytes. Raises FetchError."""
        try:
            with self._client.stream("GET", url) as answer:
                if answer.status_code != httpx.codes.OK:
                    return answer.status_code, answer.headers, b""
                return answer.status_code, answer.headers, self._body(answer, limit)
        except FetchError:
            raise
        except (httpx.TimeoutException, httpcore.TimeoutException) as problem:
            if time.monotonic() >= self._deadline.at:
                raise FetchError("it takes too long") from None
            raise FetchError("the server does not answer in time", again=True) from problem
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as problem:
            raise FetchError(f"the connection fails: {problem or type(problem).__name__}", again=True) from problem

    def _body(self, answer: httpx.Response, limit: int) -> bytes:
        unpack = _unpacker(answer.headers.get("content-encoding", "identity").strip().lower())
        made = bytearray()
        for block in answer.iter_raw():
            made += unpack(block, limit + 1 - len(made))
            if len(made) > limit:
                raise FetchError(f"it is over {limit // 1024:,} KiB")
        return bytes(made)

    def _ask_robots(self, url: str) -> None:
        """Raise FetchError where the site asks programs to leave a page alone (RFC 9309)."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(f"{origin}/robots.txt")
        if not self._robots[origin].can_fetch(url, PRODUCT):
            raise FetchError(
                f"{origin}/robots.txt asks programs not to fetch it; save the page in your browser and add the file"
            )

    def _read_robots(self, url: str) -> Protego:
        status, headers, data = self._get(url, self.limits.robots_size)
        if status in {301, 302, 303, 307, 308} and headers.get("location"):
            status, _, data = self._get(_checked(urljoin(url, headers["location"])), self.limits.robots_size)
        if status >= 500:  # RFC 9309: unreachable means everything is disallowed, for now
            raise FetchError(f"{url} answers {status}, so it is not known what may be fetched", again=True)
        return Protego.parse(data.decode("utf-8-sig", "replace") if status == httpx.codes.OK else "")


def _checked(url: str) -> str:
    """Return a URL without fragment and credentials. Raises FetchError where it is none that is fetched."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise FetchError(f"{url} is no URL: {problem}") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError(f"{url} is not fetched: only http and https are")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return parts._replace(netloc=host if port is None else f"{host}:{port}", fragment="").geturl()


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks the body block by block, never to more than is asked for: a small body may unpack to terabytes."""
    if encoding in {"identity", ""}:
        return lambda block, most: block[: max(most, 0)]
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"it is packed as {encoding}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=47 if encoding != "deflate" else 15)

    def unpack(block: bytes, most: int) -> bytes:
        try:
            return unpacker.decompress(unpacker.unconsumed_tail + block, max(most, 1))
        except zlib.error as problem:
            raise FetchError(f"its packing is damaged: {problem}", again=True) from None

    return unpack


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait, given as a number or as a date."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
