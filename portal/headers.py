"""The headers every answer carries; see docs/security.md for why each is there."""

from wsgiref.headers import Headers

from flask import Flask, Response, current_app

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp"
)
DIRECTIVES = (
    "base-uri", "child-src", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src", "manifest-src", "media-src", "object-src",
    "sandbox", "script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr", "style-src-elem", "worker-src",
)  # fmt: skip
"""The rules of a policy that a browser can say were broken, ours among them."""

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
SECURELY = {"Strict-Transport-Security": f"max-age={365 * 24 * 60 * 60}"}


def add_to(app: Flask) -> None:
    """Put the headers on every answer of the app, errors and redirects among them."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if current_app.extensions["portal"].is_secure:
            response.headers.update(SECURELY)
        return response


def for_static(headers: Headers, path: str, url: str, *, is_secure: bool) -> None:
    """Static files carry the same; only how long they may be kept differs."""
    for name, value in (ALWAYS | (SECURELY if is_secure else {})).items():
        headers[name] = value
