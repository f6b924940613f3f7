"""A certificate for the local AWS, and a root bundle that trusts it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HOST = "localhost"
ISSUER = "issuer.pem"
Key = ec.EllipticCurvePrivateKey


def make(folder: Path, public_roots: Path) -> tuple[Path, Path]:
    """Return files with the certificate and its key, and with the public roots plus its issuer."""
    issuer_key, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    issuer = _certificate("bench", issuer_key, issuer_key, is_issuer=True)
    own = _certificate(HOST, key, issuer_key, is_issuer=False)
    certificate, trusted = folder / "server.pem", folder / "trusted" / "ca-bundle.crt"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate.write_bytes(own.public_bytes(Encoding.PEM) + private)
    trusted.parent.mkdir()
    (folder / ISSUER).write_bytes(issuer.public_bytes(Encoding.PEM))
    trusted.write_bytes(public_roots.read_bytes() + issuer.public_bytes(Encoding.PEM))
    return certificate, trusted


def _certificate(name: str, key: Key, issuer_key: Key, *, is_issuer: bool) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    # rustls refuses a self-signed server certificate.
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named("bench"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
