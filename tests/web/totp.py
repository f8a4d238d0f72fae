"""A telephone that makes codes for signing in, as RFC 6238 has them: written once more, to hold the server to it."""

from __future__ import annotations

import base64
import hmac
import struct
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tripleaim.web.workspace.models import Person


def code_of(secret: str, later: int = 0) -> str:
    """The six figures of a secret now, or some half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def second_step_of(person: Person) -> str:
    """Turn the second step on for a person, with recovery codes; a code that fits now."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return code_of(secret)
