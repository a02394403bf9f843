"""What stands in for GOV.UK Notify: it checks who asks as the real one does, and answers as it is told to."""

import hashlib
import hmac
import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from portal import clock

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
HALF_A_MINUTE = 30


@dataclass
class Stand:
    """What was sent, and what is answered next; once that is used up, everything is taken."""

    port: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    script: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    moment: float = field(default_factory=lambda: clock.now().timestamp())

    @property
    def url(self) -> str:
        """What the setting would say."""
        return f"notify+http://portal-{SERVICE}-{SECRET}@127.0.0.1:{self.port}/{TEMPLATE}"

    def is_known(self, token: str) -> bool:
        """Whether a token was made by the holder of the key, for this service, just now."""
        head, claims, seal = token.split(".")
        right = urlsafe_b64encode(hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
        said, how = (json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (claims, head))
        is_fresh = abs(said["iat"] - self.moment) <= HALF_A_MINUTE
        return hmac.compare_digest(right, seal) and said["iss"] == SERVICE and is_fresh and how == {"typ": "JWT", "alg": "HS256"}


def fault(kind: str, message: str, status: int) -> tuple[int, dict[str, Any]]:
    """An answer that refuses, as Notify words it."""
    return status, {"status_code": status, "errors": [{"error": kind, "message": message}]}


@contextmanager
def standing() -> Iterator[Stand]:
    """It listens for as long as the block lasts."""
    stand = Stand()

    class Answers(BaseHTTPRequestHandler):
        """One request."""

        def do_POST(self) -> None:
            """Take a text message."""
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = self.path == "/v2/notifications/sms" and stand.is_known(self.headers["Authorization"].removeprefix("Bearer "))
            status, said = fault("AuthError", "Invalid token: service not found", 403) if not known else stand.script.pop(0) if stand.script else (201, {"id": "1"})
            if status == 201:
                stand.sent.append(asked)
            if status == 0:
                self.close_connection = True
                return
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    stand.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
