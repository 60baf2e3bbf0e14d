"""Where a Kafka is and how it is spoken to: plainly, or with a password and encrypted."""

import asyncio
import ssl
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Self

from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationMethodNotSupported,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from pydantic import Field, model_validator

from sitrep.runtime.settings import Settings

Protocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]
DIAGNOSE_MS = 5_000
_API_VERSIONS = bytes.fromhex("0000000a0012000000000001ffff")
"""Size, request 18 version 0, correlation id, no client id: what any broker answers."""


@dataclass(frozen=True)
class Cluster:
    """The brokers (host:port, separated by commas), and what a client needs to be let in. `ca` is PEM; empty means the system's."""

    bootstrap: str
    protocol: Protocol = "PLAINTEXT"
    mechanism: Mechanism = "SCRAM-SHA-512"
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self.bootstrap

    @property
    def encrypted(self) -> bool:
        """Return whether TLS is spoken."""
        return self.protocol in {"SSL", "SASL_SSL"}

    @property
    def authenticated(self) -> bool:
        """Return whether a user and a password are given."""
        return self.protocol.startswith("SASL")

    @cached_property
    def tls(self) -> ssl.SSLContext | None:
        """Return how certificates are checked: the broker's name, its authority and its dates; None where nothing is encrypted."""
        return ssl.create_default_context(cadata=self.ca or None) if self.encrypted else None

    @cached_property
    def _security(self) -> dict[str, Any]:
        options: dict[str, Any] = {"security_protocol": self.protocol, "ssl_context": self.tls}
        if self.authenticated:
            options |= {
                "sasl_mechanism": self.mechanism,
                "sasl_plain_username": self.user,
                "sasl_plain_password": self.password,
            }
        return options

    @property
    def options(self) -> dict[str, Any]:
        """Return the arguments that every client of aiokafka takes."""
        return {"bootstrap_servers": self.bootstrap, **self._security}

    async def trouble(self, problem: BaseException) -> str:
        """Return a sentence without a full stop that says why a request to the brokers failed."""
        why = await self._refusal()
        return (
            f"Kafka at {self} refuses the connection: {why}"
            if why
            else f"Kafka at {self} does not answer ({type(problem).__name__})"
        )

    async def _refusal(self) -> str:
        """Return why the first broker refuses the connection; empty where it does not, or does not answer at all.

        The client itself says only that there was no connection.
        """
        host, _, port = self.bootstrap.split(",")[0].rpartition(":")
        try:
            async with asyncio.timeout(DIAGNOSE_MS / 1000):
                plain = await _answers_plainly(host, int(port))
                if self.encrypted and plain:
                    return "it does not speak TLS on this port; see SITREP_KAFKA_PROTOCOL"
                if not self.encrypted and not plain:
                    tls = await _speaks_tls(host, int(port))
                    return "it does not accept plain text on this port; see SITREP_KAFKA_PROTOCOL" if tls else ""
                connection = await create_conn(host, int(port), request_timeout_ms=DIAGNOSE_MS, **self._security)
                connection.close()
        except ssl.SSLCertVerificationError as problem:
            return f"its certificate is not accepted: {problem.verify_message}; see SITREP_KAFKA_CA_FILE"
        except SaslAuthenticationFailed:
            return f"it refuses the user {self.user} with this password; see SITREP_KAFKA_USER and SITREP_KAFKA_PASSWORD_FILE"
        except (UnsupportedSaslMechanismError, AuthenticationMethodNotSupported) as problem:
            return f"it does not accept {self.mechanism} ({problem}); see SITREP_KAFKA_MECHANISM"
        except (KafkaError, OSError, TimeoutError, ValueError):
            pass
        return ""


async def _answers_plainly(host: str, port: int) -> bool:
    """Return whether a broker answers a request in plain text; one that waits for TLS does not. Raises OSError."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(_API_VERSIONS)
        return (await reader.readexactly(8))[4:] == _API_VERSIONS[8:12]  # the size, then the correlation id
    except (ConnectionError, asyncio.IncompleteReadError):
        return False
    finally:
        writer.close()


async def _speaks_tls(host: str, port: int) -> bool:
    """Return whether whoever listens there speaks TLS, with whatever certificate; nothing is sent to them. Raises OSError."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    try:
        _, writer = await asyncio.open_connection(host, port, ssl=anybody)
    except (ssl.SSLError, ConnectionError):
        return False
    writer.close()
    return True


class KafkaSettings(Settings):
    """How Kafka is reached."""

    kafka_bootstrap: str = Field("127.0.0.1:9092", description="Kafka brokers, host:port, separated by commas.")
    kafka_protocol: Protocol = Field(
        "PLAINTEXT", description="`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL` (a password, encrypted)."
    )
    kafka_mechanism: Mechanism = Field(
        "SCRAM-SHA-512", description="How the password is shown: `SCRAM-SHA-512`, `SCRAM-SHA-256` or `PLAIN`."
    )
    kafka_user: str = Field("", description="User of Kafka, with a protocol that begins with `SASL`.")
    kafka_password: str = Field("", repr=False, description="Its password; better in a file, SITREP_KAFKA_PASSWORD_FILE.")
    kafka_ca: str = Field(
        "",
        repr=False,
        description="Certificate of the authority that signed the broker's (PEM), from the file SITREP_KAFKA_CA_FILE; "
        "empty: those of the system.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kafka_protocol.startswith("SASL") and not (self.kafka_user and self.kafka_password):
            raise ValueError("SITREP_KAFKA_USER and SITREP_KAFKA_PASSWORD_FILE are needed with this SITREP_KAFKA_PROTOCOL")
        if self.kafka_ca:
            try:
                ssl.create_default_context(cadata=self.kafka_ca)
            except ssl.SSLError:
                raise ValueError("SITREP_KAFKA_CA_FILE is no certificate in PEM") from None
        return self

    @cached_property
    def cluster(self) -> Cluster:
        """Return the cluster that is meant."""
        return Cluster(
            self.kafka_bootstrap, self.kafka_protocol, self.kafka_mechanism, self.kafka_user, self.kafka_password, self.kafka_ca
        )
