"""What every template can say: translations, dates, the landlord, the languages."""

import re
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, session
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment
from markupsafe import Markup

from portal import assets, clock, i18n, marked, web
from portal.catalogues import approving, drafted
from portal.complaints.landlord import Landlord, landlord_of
from portal.complaints.references import groups
from portal.rules.words import N_

IN_ADDRESS = re.compile(r"(?:^|/complaints/)([0-9A-Z]{9})\b")


def add_to(app: Flask) -> None:
    """Give templates gettext, the date filters, and what every page shows."""
    app.jinja_env.globals.update(
        _=said, ngettext=counted, asset=assets.url, csrf_token=generate_csrf, today=clock.today
    )
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        day_and_month=i18n.day_and_month,
        weekday=i18n.weekday,
        moment=moment,
        time_of_day=i18n.time_of_day,
        money=i18n.money,
        grouped=lambda text: " ".join(groups(text)),
        reference_in=reference_in,
        dialled=dialled,
        html_lang=i18n.html_lang,
    )
    mark_parts(app.jinja_env)
    app.context_processor(_everywhere)


def mark_parts(templates: Environment) -> None:
    """Let templates say of words among ours what language they are in: a name (`bdi`), the landlord's (`ours`), those of
    whoever reads the page (`theirs`), or in a language that is known (`said_in`, `said_as`, and `spoken_in` for attributes); `runs` is which way.
    """
    templates.filters.update(
        bdi=marked.bdi, in_line=marked.in_line, by_line=marked.by_line, ours=marked.said_in, said_in=marked.said_in, parts_of=marked.parts_of,
        theirs=lambda words: marked.said_in(words, i18n.locale()),
    )  # fmt: skip
    templates.globals.update(spoken_in=marked.attributes, runs=marked.runs, said_as=said_as, N_=N_, full_stop=i18n.full_stop, comma=i18n.comma)


def _everywhere() -> dict[str, Any]:
    name = g.get("language", i18n.DEFAULT)
    return {
        "lang": i18n.html_lang(name),
        "direction": i18n.direction(name),
        "landlord": landlord_on_pages(landlord_of(web.register())),
        "languages": _named(i18n.offered(to_staff=web.is_for_staff())),
        "in_language": in_language,
        "drafted": "" if approving.is_approved(name) else drafted.DRAFTED,
        "viewer": g.get("viewer"),
        "has_session": bool(session),
    }


@cache
def _named(languages: tuple[str, ...]) -> list[dict[str, str]]:
    """Each language as a link to it needs it."""
    return [
        {"code": each, "lang": i18n.html_lang(each), "name": i18n.own_name(each), "direction": i18n.direction(each)}
        for each in languages
    ]


def in_language(code: str) -> str:
    """This page in another language; the start where it is no page by itself.

    An address on the page would say what was asked for, which no refusal may (W3): so it is said of two pages alone, which hold nothing personal.
    """
    asked = request.args.to_dict(flat=False) if request.endpoint in ("public.when", "public.paper") else {}
    return f"{'/' if web.is_sent_alone(request.path) else ''}?{urlencode(asked | {'lang': [code]}, doseq=True)}"


def landlord_on_pages(landlord: Landlord) -> dict[str, Any]:
    """The landlord, with the ways to reach it and the Ombudsman as the help block on every page wants them."""
    ways = [
        ("phone", i18n.gettext("Phone"), landlord.phone, landlord.phone_hours),
        ("relay", i18n.gettext("Text relay"), landlord.text_relay, ""),
        ("text", i18n.gettext("Sign language"), landlord.sign_language, ""),
        ("email", i18n.gettext("Email"), landlord.email, ""),
        ("text", i18n.gettext("Post"), landlord.post, ""),
        ("text", i18n.gettext("In person"), landlord.address.replace("\n", ", "), landlord.office_hours),
    ]
    return {
        **asdict(landlord),
        "ways": [dict(zip(("kind", "label", "value", "note"), way, strict=True)) for way in ways if way[2]],
        "ombudsman": {
            "name": landlord.ombudsman_name,
            "phone": landlord.ombudsman_phone,
            "url": landlord.ombudsman_web,
            "address": landlord.ombudsman_post,
        },
    }


def said(message: str, **words: Any) -> Markup:
    """A message in the reader's language, its places filled: a plain word is escaped, a marked one stays."""
    return marked.sentence(i18n.raw_gettext(message), **words)


def said_as(message: str, lang: str | None) -> Markup:
    """The same in the language of what it stands in, by its `lang`: a letter's own, whatever the page round it is in."""
    name = next((each for each in i18n.installed() if i18n.html_lang(each) == lang), i18n.DEFAULT) if lang else i18n.locale()
    with i18n.speaking(name):
        return said(message)


def counted(one: str, many: str, n: int, **words: Any) -> Markup:
    """The same of a message that counts `n` things."""
    return marked.sentence(i18n.raw_ngettext(one, many, n), **{"num": n, **words})


def reference_in(address: str) -> str:
    """Whose complaint an address leads to: its reference; "" where that is none's. A reference alone is its own."""
    found = IN_ADDRESS.search(address)
    return found[1] if found else ""


def dialled(number: str) -> str:
    """A telephone number as a telephone wants it: +44 (0)1632 960001 is +441632960001."""
    return "".join(c for c in number.replace("(0)", "") if c.isdigit() or c == "+")


def day(value: date) -> Markup:
    """Friday 12 June 2026, as a <time>."""
    return marked.when(value, i18n.day(value))


def short_day(value: date) -> Markup:
    """Friday 12 June, as a <time>."""
    return marked.when(value, i18n.short_day(value))


def moment(value: datetime) -> Markup:
    """A day and a time in the landlord's zone, as a <time>."""
    return marked.when(value, i18n.moment(value))
