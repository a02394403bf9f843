"""Clients that send a large body a hundred bytes a second, and never end: many at once, in one thread."""

import socket
import ssl
import threading

from tests.wire.nginx import NAME, Nginx

A_SECOND = 100
"""Bytes that each of them sends in a second."""

HEAD = (
    "POST /complain/files HTTP/1.1\r\nHost: {name}\r\nContent-Type: multipart/form-data; boundary=slow\r\nContent-Length: 25000000\r\n\r\n"
    '--slow\r\nContent-Disposition: form-data; name="files"; filename="slow.txt"\r\n\r\n'
)


class SlowClients(threading.Thread):
    """So many of them, from when they are started until they are told to stop."""

    def __init__(self, nginx: Nginx, number: int) -> None:
        super().__init__(daemon=True)
        self.nginx, self.number = nginx, number
        self.connected, self.enough = threading.Event(), threading.Event()
        self.sent, self.hung_up = 0, 0
        """Bytes of all of them together; and how many were cut off."""

    def run(self) -> None:
        those = [self._connect() for _ in range(self.number)]
        self.connected.set()
        while True:
            for each in list(those):
                try:
                    each.sendall(b"w" * A_SECOND)
                    self.sent += A_SECOND
                except OSError:
                    self.hung_up += 1
                    those.remove(each)
            if self.enough.wait(1):
                break
        for each in those:
            each.close()

    def _connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection((NAME, self.nginx.port), timeout=30)
        made = self.nginx.context.wrap_socket(plain, server_hostname=NAME)
        made.sendall(HEAD.format(name=NAME).encode())
        return made

    def stop(self) -> None:
        """Hang up, all of them."""
        self.enough.set()
        self.join(30)
