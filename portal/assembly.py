"""Putting the portal together: the only module that knows every part."""

from functools import partial

from flask import Flask
from flask_login import LoginManager
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from portal import (
    accounts,
    assets,
    commands,
    db,
    display,
    errors,
    headers,
    keyring,
    log,
    migrate,
    template_words,
    web,
)
from portal.commands.installation import without_settings
from portal.complaints import erasures
from portal.config import Config, ConfigError
from portal.forms import is_web
from portal.public.pages import page as public_pages
from portal.resident.pages import page as resident_pages
from portal.staff.pages import page as staff_pages


def create_app(config: Config | None = None) -> Flask:
    """The portal, ready to serve. Raises RuntimeError where the database or a route is not as it must be."""
    config = config or Config.from_env()
    app = Flask("portal", template_folder=str(assets.folder("templates")), static_folder=None)
    _settings(app, config)
    keyring.use(config.keys)
    log.set_up()
    if config.quick_hashes:
        accounts.use_quick_hashes()
    engine = db.connect(config.database_url, durable=config.durable)
    app.extensions.update(portal=config, engine=engine, sessions=db.sessions(engine, base_url=config.base_url))
    app.url_map.converters["case"] = web.CaseConverter
    Htmx(app)
    _staff_sign_in(app)
    for pages in (public_pages, resident_pages, staff_pages):
        app.register_blueprint(pages)
    web.frame(app)
    headers.add_to(app)
    errors.add_to(app)
    template_words.add_to(app)
    display.add_to(app)
    app.jinja_env.tests["web_address"] = is_web
    commands.add_to(app)
    web.check_routes(app)
    _wrap(app, config)
    return app


def create_app_for_commands() -> Flask:
    """The portal as the flask command needs it; where the settings do not do, only the verbs that need none will work."""
    try:
        return create_app()
    except ConfigError as fault:
        app = Flask(__name__, static_folder=None)
        without_settings(app, fault)
        commands.add_to(app)
        return app


def check(app: Flask) -> None:
    """RuntimeError unless the database is durable, at the newest shape, its record guarded, and nothing in it that was erased; run before serving."""
    engine = app.extensions["engine"]
    if app.extensions["portal"].durable:
        db.check_settings(engine)
    migrate.check_guards(engine)
    with app.extensions["sessions"]() as register:
        if again := erasures.there_again(register, app.extensions["portal"].erased_list):
            raise RuntimeError(f"{len(again)} complaints are there again that were erased. Try: flask erase --listed --for-good")


def _settings(app: Flask, config: Config) -> None:
    secure = config.is_secure
    app.config.update(
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.older_secret_keys),
        WTF_CSRF_SECRET_KEY=[*reversed(config.older_secret_keys), config.secret_key],
        SESSION_COOKIE_NAME="__Host-portal" if secure else "portal",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(config.hosts),
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=100,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )


def _staff_sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> accounts.User | None:
        found = accounts.user(web.register(), token)
        return found if found and found.viewer.is_staff else None


def _wrap(app: Flask, config: Config) -> None:
    """Static files under a name that changes with them, and (behind proxies) the client's true address."""
    for_static = partial(headers.for_static, is_secure=config.is_secure)
    static = WhiteNoise(app.wsgi_app, add_headers_function=for_static, immutable_file_test=assets.is_immutable)
    static.add_files(str(assets.folder("static")), prefix=assets.prefix())
    app.wsgi_app = static  # type: ignore[method-assign]
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )


__all__ = ["check", "create_app"]
