"""A real nginx on the settings that docs/nginx.conf ships, in front of the real server; and a browser that comes to it over TLS."""

import io
import os
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import Message
from http.client import HTTPSConnection
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import html
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from portal import clock
from tests import not_run
from tests.browser_client import Fields, form_values, pick_form
from tests.durability.server import Server, free_port
from tests.house import ROOT

NAME = "localhost"
PATIENCE = 20
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/main.log;
events {{ worker_connections 1024; }}
http {{
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxied;
fastcgi_temp_path {folder}/fastcgi;
uwsgi_temp_path {folder}/uwsgi;
scgi_temp_path {folder}/scgi;
{ours}
}}
"""
"""What stands around the shipped settings on any machine; here everything lies in one folder, and whoever runs the test is who nginx runs as."""


class Nginx:
    """The portal in a folder as a landlord would serve it: nginx takes what comes, whole, and hands it to the server behind."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        self.address = f"https://{NAME}:{self.port}"
        self.server = Server(folder, base_url=self.address)
        self.context = certificate(folder)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, ours=self._shipped(), user="user root;" if os.geteuid() == 0 else ""))

    def _shipped(self) -> str:
        """What docs/nginx.conf says, but for its names, its ports and its folders."""
        found = (ROOT / "docs/nginx.conf").read_text()
        for ours, here in {
            "127.0.0.1:8000": f"127.0.0.1:{self.server.port}", "listen 80;": f"listen 127.0.0.1:{self.plain};", "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "complaints.example.org;": f"{NAME};", "/etc/ssl/complaints.example.org/fullchain.pem": f"{self.folder}/certificate.pem",
            "/etc/ssl/complaints.example.org/privkey.pem": f"{self.folder}/key.pem", "/var/log/nginx/": f"{self.folder}/",
        }.items():  # fmt: skip
            assert ours in found, f"docs/nginx.conf no longer says {ours}"
            found = found.replace(ours, here)
        return found

    @property
    def logs(self) -> str:
        """All that nginx wrote down."""
        return "\n".join(each.read_text() for each in sorted(self.folder.glob("*.log")) if each != self.server.log)

    @contextmanager
    def running(self) -> Iterator["Nginx"]:
        """Both, for as long as the block lasts."""
        program = not_run.find("nginx")
        assert program
        self.server.start()
        process = subprocess.Popen([program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")], stderr=(self.folder / "started.log").open("wb"))
        try:
            until = time.monotonic() + PATIENCE
            while not self._is_up():
                assert process.poll() is None and time.monotonic() < until, self.logs
                time.sleep(0.05)
            yield self
        finally:
            process.terminate()
            process.wait(PATIENCE)
            self.server.stop()

    def _is_up(self) -> bool:
        connection = HTTPSConnection(NAME, self.port, timeout=5, context=self.context)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for this machine's own name, made now, and the context of somebody who trusts it."""
    key, named = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number(), clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


class Browser:
    """Somebody at an address over TLS: cookies are kept, redirects followed, and each form is sent as its page had it, with what browsers say of where it stood."""

    def __init__(self, nginx: Nginx) -> None:
        self.address, self.cookies = nginx.address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=nginx.context), urllib.request.HTTPCookieProcessor(self.cookies))
        self.url, self.body, self.headers = "", b"", Message()

    def goes(self, path: str, data: bytes | None = None, **headers: str) -> int:
        """Ask for something; the status of what it led to, which is then what they look at."""
        asked = urllib.request.Request(urljoin(self.address, path), data=data, headers={"Accept-Language": "en", **headers})
        try:
            answer = self.opener.open(asked, timeout=60)
        except HTTPError as refused:
            answer = refused
        with answer:
            self.url, self.body, self.headers = answer.url, answer.read(), answer.headers
            return int(answer.status)

    def sends(self, path: str, fields: Fields | None = None, *, form: int | str = 0, **files: tuple[str, bytes]) -> int:
        """Open a page, fill in one of its forms, and press its button."""
        assert self.goes(path) == 200, (path, self.body[:500])
        chosen = pick_form(html.document_fromstring(self.body.decode()), form)
        values: Fields = form_values(chosen) | (fields or {}) | {name: FileStorage(_stream(content), called) for name, (called, content) in files.items()}
        boundary, body = encode_multipart(MultiDict(values))
        return self.goes(
            chosen.get("action") or self.url, body, **{"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": self.url, "Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        )  # fmt: skip

    @property
    def path(self) -> str:
        """Where they are."""
        return self.url.removeprefix(self.address)

    @property
    def words(self) -> str:
        """What they read."""
        return " ".join(html.document_fromstring(self.body.decode()).text_content().split())


def _stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
