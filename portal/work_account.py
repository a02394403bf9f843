"""Signing in with a work account: OpenID Connect's code flow with PKCE, a state and a nonce, with Microsoft Entra or another provider.

Nothing here knows the register or the web: it says where to send a browser, and what the provider vouches for when it is back.
The libraries (the `sso` extra) are looked for only when a provider is set, so that a portal without one runs without them.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from portal import clock
from portal.config import WorkAccounts
from portal.rules.words import N_

ALGORITHMS = ("RS256", "PS256", "ES256")
SECONDS, LEEWAY = 10, 60
"""How long the provider may take for each answer, and by how much its clock may differ from ours."""

SCOPE = "openid profile email"
LOOPBACK = ("127.0.0.1", "localhost", "::1")

ELSEWHERE = N_("This sign-in was not begun in this browser, or it was too long ago. Begin again.")
NOT_REACHED = N_("We could not reach your work account just now. Try again in a moment, or sign in with your password.")
NOT_GIVEN = N_("Your work account did not let you in: it was stopped there, or you may not use it for this.")
NOT_TRUSTED = N_("What came back from your work account could not be trusted, so you are not signed in. Tell whoever runs this portal.")


class Refused(Exception):
    """Nobody is signed in: `words` says it to them, and `why` to the log."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(why)
        self.words, self.why = words, why


@dataclass(frozen=True)
class Held:
    """What this browser keeps until it is back: with another state, nonce or verifier nothing comes of it."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def kept(cls, kept: object) -> "Held | None":
        """What the browser kept, if it kept anything of the kind."""
        return cls(*(str(kept[name]) for name in ("state", "nonce", "verifier"))) if isinstance(kept, dict) and set(kept) >= {"state", "nonce", "verifier"} else None

    def as_dict(self) -> dict[str, str]:
        """To be kept."""
        return asdict(self)


@dataclass(frozen=True)
class Vouched:
    """Whom the provider says this is; `email` only where it says that it is theirs, `groups` None where it says nothing of any."""

    issuer: str
    subject: str
    name: str
    email: str
    job_title: str
    groups: tuple[str, ...] | None


def begin(settings: WorkAccounts, back: str) -> tuple[str, Held]:
    """Where to send the browser, and what it keeps meanwhile. Refused where the provider cannot be reached."""
    held = Held(*(secrets.token_urlsafe(32) for _ in range(3)))
    url, _state = _client(settings, back).create_authorization_url(
        _metadata(settings)["authorization_endpoint"], state=held.state, nonce=held.nonce, code_verifier=held.verifier
    )
    return str(url), held


def finish(settings: WorkAccounts, back: str, held: Held | None, came: Mapping[str, str]) -> Vouched:
    """Whom the provider vouches for, by what came back in the address. Refused for anything that is not as it must be."""
    if held is None or not secrets.compare_digest(held.state.encode(), came.get("state", "").encode()):
        raise Refused(ELSEWHERE, "state")
    if not came.get("code"):
        raise Refused(NOT_GIVEN, "no code")
    metadata, client = _metadata(settings), _client(settings, back)
    token = _asked(lambda: client.fetch_token(metadata["token_endpoint"], code=came["code"], grant_type="authorization_code", code_verifier=held.verifier))
    claims = _checked(settings, str(token.get("id_token", "")), _json(metadata["jwks_uri"]), held.nonce)
    if "email" not in claims or settings.groups_claim not in claims:
        claims = _more(client, metadata, claims) | claims
    return _vouched(settings, claims)


def _client(settings: WorkAccounts, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        settings.client_id, settings.client_secret, scope=SCOPE, redirect_uri=back, code_challenge_method="S256", default_timeout=SECONDS
    )


def _metadata(settings: WorkAccounts) -> dict[str, Any]:
    """What the provider says of itself; refused where it is another than the one that was set, or speaks without https."""
    found = _json(f"{settings.issuer}/.well-known/openid-configuration")
    if found.get("issuer") != settings.issuer:
        raise Refused(NOT_TRUSTED, "issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe(str(found.get(name, ""))):
            raise Refused(NOT_TRUSTED, name)
    return found


def is_safe(url: str) -> bool:
    """Whether what is said there stays between us: https, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _json(url: str) -> dict[str, Any]:
    import requests

    return _dictionary(_asked(lambda: requests.get(url, timeout=SECONDS, allow_redirects=False).json()))


def _dictionary(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Refused(NOT_TRUSTED, "no object")
    return found


def _asked(ask: Any) -> Any:
    """What the provider answered. Refused where it cannot be reached, says no, or says nothing we can read."""
    import requests
    from authlib.common.errors import AuthlibBaseError

    try:
        return ask()
    except requests.JSONDecodeError as fault:
        raise Refused(NOT_REACHED, "no json") from fault
    except requests.RequestException as fault:
        raise Refused(NOT_REACHED, type(fault).__name__) from fault
    except AuthlibBaseError as fault:
        raise Refused(NOT_TRUSTED, "token endpoint said no") from fault


def _checked(settings: WorkAccounts, id_token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of an identity token: signed by the provider, by it, for us, for this very sign-in, and not run out."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        claims: dict[str, Any] = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims  # type: ignore[arg-type]
        jwt.JWTClaimsRegistry(
            now=int(clock.now().timestamp()), leeway=LEEWAY,
            iss={"essential": True, "value": settings.issuer}, aud={"essential": True, "value": settings.client_id},
            sub={"essential": True}, exp={"essential": True}, iat={"essential": True}, nonce={"essential": True, "value": nonce},
        ).validate(claims)  # fmt: skip
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        raise Refused(NOT_TRUSTED, f"{type(fault).__name__} {getattr(fault, 'claim', '')}".strip()) from fault
    if claims.get("azp", settings.client_id) != settings.client_id:
        raise Refused(NOT_TRUSTED, "azp")
    return claims


def _more(client: Any, metadata: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """What the provider says of them besides, where it says it of the same person."""
    url = str(metadata.get("userinfo_endpoint", ""))
    if not is_safe(url):
        return {}
    found = _dictionary(_asked(lambda: client.get(url, timeout=SECONDS).json()))
    return found if found.get("sub") == claims["sub"] else {}


def _vouched(settings: WorkAccounts, claims: dict[str, Any]) -> Vouched:
    groups = claims.get(settings.groups_claim)
    email = str(claims.get("email") or "").strip().lower()
    is_theirs = claims.get("email_verified") is True or (settings.trusts_email and claims.get("email_verified") is not False)
    return Vouched(
        issuer=settings.issuer, subject=str(claims["sub"]), name=" ".join(str(claims.get("name") or email).split()),
        email=email if is_theirs else "", job_title=" ".join(str(claims.get("job_title") or "").split()),
        groups=tuple(str(each) for each in groups) if isinstance(groups, list) else None,
    )  # fmt: skip
