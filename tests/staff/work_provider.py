"""A provider of work accounts, run as a process of its own: discovery, authorize, token with PKCE, keys and userinfo.

    python -m tests.staff.work_provider PORT

Whoever is sent to it is let in at once, as whoever it was told of. `/told` takes, as JSON, what it says of them, and what it is to
do wrong: any claim of the identity token, or `sign_with` another key, or `forget` the nonce.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "portal", "a secret between the two of us"
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}) for _ in range(2))


class Provider(ThreadingHTTPServer):
    """What it was told, and the codes it gave out."""

    told: dict[str, Any]
    given: dict[str, dict[str, str]]

    @property
    def issuer(self) -> str:
        """Its own address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Provider

    def do_GET(self) -> None:
        """Discovery, authorize, keys and userinfo."""
        path, asked = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        issuer = self.server.issuer
        if path == "/.well-known/openid-configuration":
            said = {
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys", "userinfo_endpoint": f"{issuer}/userinfo",
            }  # fmt: skip
            self._say(said | self.server.told.get("discovery", {}))
        elif path == "/keys":
            self._say({"keys": [KEY.as_dict(private=False)]})
        elif path == "/userinfo" and self.headers.get("Authorization", "").startswith("Bearer "):
            self._say({"sub": "s-1"} | self.server.told.get("userinfo", {}))
        elif path == "/authorize":
            self._authorize(asked)
        else:
            self._say({"error": "not here"}, 404)

    def _authorize(self, asked: dict[str, str]) -> None:
        """Let them in, and send them back with a code; or send them back without, as told."""
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in wanted.items()) or "openid" not in asked["scope"].split():
            self._say({"error": "invalid_request"}, 400)
            return
        back = {"state": asked["state"]}
        if self.server.told.get("says_no"):
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe()
            self.server.given[back["code"]] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def do_POST(self) -> None:
        """The token, once for each code, to the client alone that holds the verifier; and what it is told."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if self.path == "/told":
            self.server.told = json.loads(body)
            self._say({})
            return
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.server.given.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or self.headers.get("Authorization") != f"Basic {basic}"
            or sent.get("redirect_uri") != asked["redirect_uri"]
            or not secrets.compare_digest(challenge, asked["code_challenge"])
        ):
            self._say({"error": "invalid_grant"}, 400)
            return
        self._say({"access_token": "for userinfo", "token_type": "Bearer", "expires_in": 300, "id_token": self._id_token(asked["nonce"])})

    def _id_token(self, nonce: str) -> str:
        now, told = int(time.time()), self.server.told
        claims = {"iss": self.server.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300, "nonce": nonce} | told.get("claims", {})
        claims = {name: value for name, value in claims.items() if name not in told.get("forget", [])}
        if told.get("algorithm") == "none":
            parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in ({"alg": "none"}, claims)]
            return ".".join([*parts, ""])
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER if told.get("sign_with") == "another" else KEY)

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    server = Provider(("127.0.0.1", int(sys.argv[1])), Answering)
    server.told, server.given = {}, {}
    print(server.issuer, flush=True)
    server.serve_forever()
