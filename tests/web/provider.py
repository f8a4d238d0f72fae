"""A sign-in of an organisation on this machine: a small OpenID Connect provider that signs what it says.

It answers the discovery, the reader's own visit, the exchange of the code, its keys and the reader's particulars, and
refuses what a real one would: an unknown client or secret, a code it did not give, a proof that does not fit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "triple-aim", "a secret between the two"


@dataclass
class Provider:
    """Who visits, and what is said of them; a test changes either."""

    address: str = ""
    visitor: dict[str, Any] = field(default_factory=dict)
    says_in_token: dict[str, Any] = field(default_factory=dict)
    """What the signed token says otherwise than it should."""
    refuses: str = ""
    """An error that the visit ends in."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    key: Any = field(default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def visit(self, asked: dict[str, str]) -> str:
        """Where the visitor is led on to, with a code for the server that sent them."""
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) >= {"openid", "email"}
        if self.refuses:
            told = {"error": self.refuses, "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            told = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def exchange(self, given: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once; None for a code, client or proof that does not fit."""
        asked = self.codes.pop(given.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if asked is None or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return None
        if given["redirect_uri"] != asked["redirect_uri"] or proof.rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        says = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.visitor, **self.says_in_token}
        access = secrets.token_urlsafe(16)
        self.tokens.add(access)
        signed = jwt.encode(says, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": access, "token_type": "Bearer", "id_token": signed}

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers on loopback until the test is done."""
    here = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/.well-known/openid-configuration":
                self.say(200, here.discovery())
            elif parts.path == "/jwks":
                self.say(200, here.jwks())
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", here.visit(dict(parse_qsl(parts.query))))
                self.end_headers()
            elif parts.path == "/userinfo":
                known = self.headers.get("Authorization", "").removeprefix("Bearer ") in here.tokens
                self.say(200 if known else 401, here.visitor if known else {})
            else:
                self.say(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            told = here.exchange(given)
            self.say(200 if told else 400, told or {"error": "invalid_grant"})

        def say(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    here.address = f"http://127.0.0.1:{server.server_address[1]}"
    answering = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    answering.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        answering.join()
