"""A broker that lets nobody in without a password over TLS, with certificates made on the spot."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sitrep.embedded import ports
from tests.support.servers import Broker

USER, PASSWORD = "sitrep", "a password of the tests"
_LISTENERS = """
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN
"""
_LISTENER = """
listener.name.{name}.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.{name}.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.{name}.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_{user}="{password}";
listener.name.{name}.ssl.keystore.type=PEM
listener.name.{name}.ssl.keystore.location={keystore}
listener.name.{name}.ssl.truststore.type=PEM
listener.name.{name}.ssl.truststore.location={truststore}
"""


class Authority:
    """An authority that signs certificates of brokers."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        made = self._builder(self._name, self._key.public_key(), timedelta(days=2)).add_extension(constraints, critical=True)
        made = made.add_extension(usage, critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
        self.pem = made.sign(self._key, SHA256()).public_bytes(Encoding.PEM)

    def _builder(self, name: x509.Name, key: ec.EllipticCurvePublicKey, lasts: timedelta) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key)
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + lasts)

    def signed(self, lasts: timedelta) -> bytes:
        """Return a key and its certificate for this machine (PEM), valid from yesterday for so long from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        here = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
        made = self._builder(name, key.public_key(), lasts).add_extension(here, critical=False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        made = made.add_extension(authority, critical=False)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return private + made.sign(self._key, SHA256()).public_bytes(Encoding.PEM) + self.pem


class SecureBroker(Broker):
    """A broker with two more listeners that speak SASL over TLS: one as it should be, one whose certificate has expired."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.authority, self.stranger = Authority("ours"), Authority("somebody else's")
        chosen = ports.choose(["secure", "expired"], {})
        self.secure, self.expired = (f"localhost:{chosen[name]}" for name in ("secure", "expired"))
        properties = self._properties.read_text("ascii")
        for line in ("listeners=", "advertised.listeners="):
            more = f"SECURE://{self.secure},EXPIRED://{self.expired}"
            properties = properties.replace(f"\n{line}PLAINTEXT", f"\n{line}{more},PLAINTEXT")
        properties = properties.replace("protocol.map=", "protocol.map=SECURE:SASL_SSL,EXPIRED:SASL_SSL,")
        (directory / "ca.pem").write_bytes(self.authority.pem)
        (directory / "stranger.pem").write_bytes(self.stranger.pem)
        for name, lasts in (("secure", timedelta(days=1)), ("expired", -timedelta(hours=1))):
            (directory / f"{name}.pem").write_bytes(self.authority.signed(lasts))
            listener = {"name": name, "keystore": f"{name}.pem", "truststore": "ca.pem", "user": USER, "password": PASSWORD}
            properties += _LISTENER.format(**listener)
        self._properties.write_text(properties + _LISTENERS, "ascii")

    def ready(self) -> None:
        """Return when it answers, has the topics, and knows the user."""
        super().ready()
        admin = AdminClient({"bootstrap.servers": self.bootstrap})
        kinds = (ScramMechanism.SCRAM_SHA_512, ScramMechanism.SCRAM_SHA_256)
        wanted = [UserScramCredentialUpsertion(USER, ScramCredentialInfo(kind, 4096), PASSWORD.encode()) for kind in kinds]
        for credential in wanted:
            for future in admin.alter_user_scram_credentials([credential]).values():
                future.result(30)

    def environ(self, bootstrap: str | None = None, **changed: str) -> dict[str, str]:
        """Return the settings of a client that is let in, some of them changed."""
        password = self.directory / "password"
        password.write_text(PASSWORD + "\n")
        return {
            "SITREP_KAFKA_BOOTSTRAP": bootstrap or self.secure,
            "SITREP_KAFKA_PROTOCOL": "SASL_SSL",
            "SITREP_KAFKA_USER": USER,
            "SITREP_KAFKA_PASSWORD_FILE": str(password),
            "SITREP_KAFKA_CA_FILE": str(self.directory / "ca.pem"),
            **changed,
        }
