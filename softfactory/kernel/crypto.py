"""Keys derived from the deployment's one secret, and encryption at rest with them."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from softfactory.kernel.config import settings


@cache
def derive(purpose: str, length: int = 32) -> bytes:
    """A key for one purpose. Knowing one tells nothing of the others or of the secret (HKDF, RFC 5869)."""
    secret = settings().secret_key.get_secret_value().encode()
    return HKDF(algorithm=SHA256(), length=length, salt=b"softfactory", info=purpose.encode()).derive(secret)


def mac(purpose: str, *parts: bytes) -> bytes:
    """HMAC-SHA256 of length-prefixed parts, so that no two lists of parts collide."""
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.new(derive(purpose), message, hashlib.sha256).digest()


def same(left: bytes, right: bytes) -> bool:
    return hmac.compare_digest(left, right)


@cache
def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive("at-rest")))


def seal(plain: bytes) -> bytes:
    """Encrypt for a column."""
    return _box().encrypt(plain)


def unseal(sealed: bytes) -> bytes:
    return _box().decrypt(sealed)
