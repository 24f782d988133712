"""An authority of one's own, and certificates for 127.0.0.1: one that is trusted, one that nobody vouches for."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HOST = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])


class Certificates:
    """The files of an authority and of two hosts in a folder."""

    def __init__(self, folder: Path) -> None:
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("Practice authority")
        root = _sign(name, name, key.public_key(), key, x509.BasicConstraints(ca=True, path_length=0))
        self.authority = folder / "authority.pem"
        self.authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        self._trusted_file = _host(folder / "trusted.pem", key, name)
        self._unknown_file = _host(folder / "unknown.pem", None, _name("Nobody"))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.show_trusted()

    def show_trusted(self) -> None:
        """Show the certificate that the authority signed."""
        self.context.load_cert_chain(self._trusted_file)

    def show_unknown(self) -> None:
        """Show a certificate that nobody signed but its owner."""
        self.context.load_cert_chain(self._unknown_file)


def _host(path: Path, issuer_key: ec.EllipticCurvePrivateKey | None, issuer: x509.Name) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _sign(_name("127.0.0.1"), issuer, key.public_key(), issuer_key or key, _HOST)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def _sign(subject, issuer, public, key, extension) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.serial_number(x509.random_serial_number()).add_extension(extension, critical=False)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    return builder.sign(key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
