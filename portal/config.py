"""Settings from the environment; refuses to start live with a demo secret."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from portal.access import STAFF
from portal.keyring import Keyring

SHORTEST_SECRET = 32


class ConfigError(Exception):
    """The portal cannot start with these settings; the message says what to change."""


@dataclass(frozen=True)
class WorkAccounts:
    """Who vouches for staff who sign in with a work account, and which roles its groups give."""

    issuer: str
    client_id: str
    client_secret: str
    roles: Mapping[str, tuple[str, ...]]
    groups_claim: str = "groups"
    trusts_email: bool = False


@dataclass(frozen=True)
class Config:
    """Everything an installation can be told. `from_env` reads it; tests build their own."""

    database_url: str
    files: Path
    secret_key: str
    keys: Keyring
    older_secret_keys: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    mail: str | None = None
    mail_from: str = "complaints@landlord.example"
    replies: str | None = None
    """The mailbox whose mail comes to `flask take-mail`; each message of ours asks for answers at a name of its own in it."""
    mail_checked_by: str | None = None
    """Whose word counts on who sent a message that comes (RFC 8601); without it, a person looks at every one."""
    texts: str | None = None
    scanner: str | None = None
    demo: bool = False
    proxies: int = 0
    hosts: tuple[str, ...] = field(default=("127.0.0.1", "localhost"))
    durable: bool = True
    quick_hashes: bool = False
    work_accounts: WorkAccounts | None = None
    erasures: Path | None = None

    @property
    def erased_list(self) -> Path:
        """Where the list of what was erased is kept: beside the files, unless a setting says otherwise."""
        return self.erasures or self.files.parent / "erased.txt"

    @property
    def is_secure(self) -> bool:
        """Whether residents reach the portal over https; only loopback may do without."""
        return self.base_url.startswith("https://")

    @property
    def mail_goes(self) -> bool:
        """Whether messages go, or (in the demo) are kept to be looked at."""
        return bool(self.mail) or self.demo

    @property
    def sends_texts(self) -> bool:
        """Whether text messages go, or (in the demo) are kept to be looked at."""
        return bool(self.texts) or self.demo

    @classmethod
    def from_env(cls) -> "Config":
        """The settings of the PORTAL_ variables. ConfigError where one is missing, weak, or meant for a demo."""
        instance = instance_folder()
        demo = os.environ.get("PORTAL_DEMO") == "1"
        kept = read_secrets(secrets_path(), demo=demo)
        base_url = os.environ.get("PORTAL_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
        host = base_url.split("://", 1)[-1].split(":")[0]
        if not base_url.startswith("https://") and host not in ("127.0.0.1", "localhost"):
            raise ConfigError("PORTAL_BASE_URL must begin with https:// unless the portal is on this machine alone.")
        return cls(
            database_url=os.environ.get("PORTAL_DATABASE", f"sqlite:///{instance / 'portal.db'}"),
            files=Path(os.environ.get("PORTAL_FILES", instance / "files")),
            secret_key=kept.secret_key,
            keys=kept.keys,
            older_secret_keys=kept.older_secret_keys,
            base_url=base_url,
            mail=os.environ.get("PORTAL_MAIL"),
            mail_from=os.environ.get("PORTAL_MAIL_FROM", f"complaints@{host}"),
            replies=os.environ.get("PORTAL_REPLIES"),
            mail_checked_by=os.environ.get("PORTAL_MAIL_CHECKED_BY"),
            texts=os.environ.get("PORTAL_TEXTS"),
            scanner=os.environ.get("PORTAL_SCANNER"),
            demo=demo,
            proxies=int(os.environ.get("PORTAL_PROXIES", "0")),
            hosts=("127.0.0.1", "localhost", host),
            work_accounts=work_accounts_from(os.environ),
            erasures=Path(os.environ.get("PORTAL_ERASED", instance / "erased.txt")),
        )


def work_accounts_from(settings: Mapping[str, str]) -> WorkAccounts | None:
    """The provider of the PORTAL_SSO_ variables; None where none of them is set. ConfigError where they are half there or wrong."""
    wanted = {name: settings.get(f"PORTAL_SSO_{name}", "").strip() for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ROLES")}
    if not any(wanted.values()):
        return None
    if missing := [f"PORTAL_SSO_{name}" for name, value in wanted.items() if not value]:
        raise ConfigError(f"Work accounts need these settings as well: {', '.join(missing)}.")
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise ConfigError('Work accounts need two libraries more: pip install "authlib==1.9.10" requests')
    if not wanted["ISSUER"].startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ConfigError("PORTAL_SSO_ISSUER must begin with https://.")
    return WorkAccounts(
        issuer=wanted["ISSUER"].rstrip("/"), client_id=wanted["CLIENT_ID"], client_secret=wanted["CLIENT_SECRET"],
        roles=_roles_of_groups(wanted["ROLES"]), groups_claim=settings.get("PORTAL_SSO_GROUPS_CLAIM", "groups"),
        trusts_email=settings.get("PORTAL_SSO_TRUST_EMAIL") == "1",
    )  # fmt: skip


def _roles_of_groups(written: str) -> dict[str, tuple[str, ...]]:
    """`Complaints team: handler, triage; Managers: manager` as roles by group. ConfigError for what is no role of ours."""
    found = {}
    for line in filter(str.strip, written.split(";")):
        group, colon, roles = line.rpartition(":")
        found[group.strip()] = tuple(role.strip() for role in roles.split(",") if role.strip())
        stray = set(found[group.strip()]) - set(STAFF)
        if not colon or not group.strip() or not found[group.strip()] or stray:
            raise ConfigError(f"PORTAL_SSO_ROLES is written like 'Group: role, role; Other group: role', not {line.strip()!r}. Roles: {', '.join(STAFF)}.")
    return found


def instance_folder() -> Path:
    """Where an installation keeps what is its own, unless a setting says otherwise."""
    return Path(os.environ.get("PORTAL_INSTANCE", "instance")).absolute()


def secrets_path() -> Path:
    """Where the secrets are, or would be."""
    return Path(os.environ.get("PORTAL_SECRETS", instance_folder() / "secrets.json"))


def new_secrets(path: Path, *, demo: bool) -> None:
    """Make the secrets of an installation, readable by its owner alone; what is there is left alone."""
    if path.exists():
        return
    made = {
        "demo": demo,
        "secret_key": secrets.token_urlsafe(48),
        "field_keys": {"1": b64encode(secrets.token_bytes(32)).decode()},
        "code_key": b64encode(secrets.token_bytes(32)).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(made, file, indent=2)


def add_field_key(path: Path) -> str:
    """Put another field key into the secrets there are, newer than the others; what it is called."""
    names: list[str] = []

    def add(found: dict[str, Any]) -> None:
        names.append(str(1 + max(int(each) for each in found["field_keys"])))
        found["field_keys"][names[0]] = b64encode(secrets.token_bytes(32)).decode()

    _change_secrets(path, add)
    return names[0]


def add_secret_key(path: Path) -> None:
    """Put another key into the secrets there are, which signs sessions from now on; the older ones still open what they signed."""

    def add(found: dict[str, Any]) -> None:
        found["older_secret_keys"] = [found["secret_key"], *found.get("older_secret_keys", [])]
        found["secret_key"] = secrets.token_urlsafe(48)

    _change_secrets(path, add)


def drop_older_secret_keys(path: Path) -> int:
    """Take the older keys that signed sessions out of the secrets; how many there were."""
    dropped: list[str] = []
    _change_secrets(path, lambda found: dropped.extend(found.pop("older_secret_keys", [])))
    return len(dropped)


def _change_secrets(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Write the secrets anew with a change to them. The file is never half written."""
    found = json.loads(path.read_text())
    change(found)
    beside = path.with_name(f"{path.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(found, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


class Secrets(NamedTuple):
    """What signs sessions, what seals and looks up, and what signed sessions before, newest first."""

    secret_key: str
    keys: Keyring
    older_secret_keys: tuple[str, ...]


def read_secrets(path: Path, *, demo: bool) -> Secrets:
    """The secrets of an installation. ConfigError if missing, too short, or a demo's."""
    if not path.exists():
        raise ConfigError(f"There are no secrets at {path}. Make them with: flask new-secrets")
    found = json.loads(path.read_text())
    if found.get("demo") and not demo:
        raise ConfigError("These secrets were made for a demo. Make new ones before real residents use the portal.")
    field_keys = {name: b64decode(key) for name, key in found["field_keys"].items()}
    code_key, older = b64decode(found["code_key"]), tuple(found.get("older_secret_keys", ()))
    if any(len(key) < SHORTEST_SECRET for key in (found["secret_key"], *older)) or any(len(key) != 32 for key in (*field_keys.values(), code_key)):
        raise ConfigError(f"A secret in {path} is too short.")
    return Secrets(found["secret_key"], Keyring(field_keys, newest=max(field_keys, key=int), code_key=code_key), older)
