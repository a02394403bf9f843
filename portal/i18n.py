"""Locales, direction, dates and the names of days; no Flask here, so that letters and jobs speak too."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from markupsafe import escape

from portal import clock
from portal.rules.words import CONTEXT

DEFAULT = "en"
LANGUAGES = ("en", "cy", "pl", "ro", "bn", "ur", "pa", "ar", "so", "tr")
"""Every language that we speak, in the order in which they are offered."""
STAFF_LANGUAGES = ("en", "cy")
"""The languages that pages of staff are in too: the two that a landlord in Wales works in."""
PSEUDO = {"en@pseudo": "ltr", "en@mirror": "rtl"}
"""Made-up languages for tests: longer, accented English; the second is laid out right to left."""

PACKAGED = Path(__file__).with_name("translations")
FOLDER = PACKAGED if PACKAGED.is_dir() else Path(__file__).parent.parent / "translations"

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


@cache
def installed() -> tuple[str, ...]:
    """The languages there is a catalogue for, English first."""
    found = sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def offered(*, to_staff: bool = False) -> tuple[str, ...]:
    """The languages a person can choose, in one order everywhere; a made-up one is never offered, and accepted only where it is installed."""
    return tuple(name for name in (STAFF_LANGUAGES if to_staff else LANGUAGES) if name in installed())


def known(name: str | None) -> str | None:
    """The name itself if it is a language of ours; None for anything else, however odd."""
    return name if name in installed() else None


def locale() -> str:
    """The language in use now."""
    return _locale.get()


def html_lang(name: str) -> str:
    """What the `lang` attribute says: a valid tag even for a pseudo-language."""
    return name.replace("@", "-x-").replace("_", "-")


@cache
def direction(name: str) -> str:
    """`ltr` or `rtl`."""
    return PSEUDO[name] if name in PSEUDO else str(Locale.parse(name).text_direction)


@cache
def own_name(name: str) -> str:
    """A language's name in that language, for the person looking for it."""
    return name if name in PSEUDO else str(Locale.parse(name).get_display_name(name)).capitalize()


FULL_STOPS = {"ur": "۔", "bn": "।", "pa": "।"}
COMMAS = {"ar": "،", "ur": "،"}


def full_stop() -> str:
    """What ends a sentence, after a link or a number that a page puts at its end."""
    return FULL_STOPS.get(locale(), ".")


def comma() -> str:
    """What stands between two things that a page names one after the other."""
    return COMMAS.get(locale(), ",")


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Use a language within the block. An unknown one means English."""
    token = _locale.set(known(name) or DEFAULT)
    try:
        yield
    finally:
        _locale.reset(token)


def compile_catalogue(folder: Path) -> None:
    """Write `messages.mo` beside `messages.po` where it is missing or older."""
    source, target = folder / "messages.po", folder / "messages.mo"
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    with source.open("rb") as words, target.open("wb") as compiled:
        write_mo(compiled, read_po(words))


@cache
def catalogue(name: str) -> NullTranslations:
    """The messages of a language; a bare checkout compiles them on first use."""
    folder = FOLDER / name / "LC_MESSAGES"
    if not (folder / "messages.po").exists() and not (folder / "messages.mo").exists():
        return NullTranslations()
    if (folder / "messages.po").exists():
        compile_catalogue(folder)
    return Translations.load(FOLDER, [name])


def raw_gettext(message: str) -> str:
    """A message in the language in use, its places left open, its context unsaid; for templates, which fill and escape them. Of none, nothing: a catalogue keeps its own head under it."""
    return str(catalogue(locale()).ugettext(message)).rpartition(CONTEXT)[2] if message else ""


def raw_ngettext(one: str, many: str, n: int) -> str:
    """A counting message by the plural rules of the language, its places left open; for templates."""
    return str(catalogue(locale()).ungettext(one, many, n))


def gettext(message: str, **words: Any) -> str:
    """A message in the language in use, its %(name)s places filled."""
    said = raw_gettext(message)
    return within(said % words) if words else said


def ngettext(one: str, many: str, n: int, **words: Any) -> str:
    """A message that counts `n` things, by the plural rules of the language."""
    return within(raw_ngettext(one, many, n) % {"n": n, "num": n, **words})


WELSH_DAY = re.compile(r"\bDydd (?=(?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)\b)")
TAG = re.compile(r"<[^<>]*>")


def within(said: str) -> str:
    """A sentence once its places are filled: CLDR begins a Welsh day with a capital, and it has one at the start of a sentence alone."""
    if locale() != "cy" or "Dydd " not in said:
        return said
    return WELSH_DAY.sub(lambda day: day[0] if _begins(said[max(0, day.start() - 100) : day.start()]) else day[0].lower(), said)


def _begins(before: str) -> bool:
    """Whether a sentence begins after this, or what is named before a colon."""
    return TAG.sub("", before).rstrip(" (“‘")[-1:] in ("", *".?!:…\n")


class Lazy:
    """A message said in the reader's language when it is shown, not when it is declared."""

    def __init__(self, message: str, **words: Any) -> None:
        self.message, self.words = message, words

    def __str__(self) -> str:
        return gettext(self.message, **self.words)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        return bool(self.message)


def lazy_gettext(message: str, **words: Any) -> Any:
    """`Lazy`, typed as the string that form libraries expect."""
    return Lazy(message, **words)


def cldr() -> Locale:
    """The CLDR locale in use; a pseudo-language counts and dates as English does."""
    return _cldr(locale())


@cache
def _cldr(name: str) -> Locale:
    return Locale.parse("en_GB" if name in PSEUDO or name == DEFAULT else name)


HALF_A_YEAR = 183


@lru_cache(maxsize=10_000)
def _date(value: date, pattern: str, name: str) -> str:
    """A page says the same few dates many times, and the same as yesterday's pages did."""
    return format_date(value, pattern, locale=_cldr(name))


IN_A_SENTENCE = frozenset(("en", "cy", "ar", "so"))
"""Languages whose whole date is written without a comma, the day before the month, as it stands within a sentence; the others as CLDR has it."""


def day(value: date) -> str:
    """A date as people say it: Friday 12 June 2026."""
    return _date(value, "EEEE d MMMM y" if cldr().language in IN_A_SENTENCE else "full", locale())


def short_day(value: date) -> str:
    """A date where the year is plain, Friday 12 June; with its year where that is not: half a year away or more."""
    return _date(value, "EEEE d MMMM", locale()) if abs((value - clock.today()).days) < HALF_A_YEAR else day(value)


def day_and_month(value: date) -> str:
    """A date in a working: 12 June."""
    return _date(value, "d MMMM", locale())


def month(value: date) -> str:
    """The month of a date, with its year: June 2026."""
    return _date(value, "LLLL y", locale())


def weekday(value: date) -> str:
    """The name of a date's day."""
    return _date(value, "EEEE", locale())


def moment(value: datetime) -> str:
    """A day and a time, in the landlord's zone: Friday 12 June 2026, 09:05."""
    local = value.astimezone(clock.zone())
    return f"{day(local.date())}{comma()} {format_datetime(local, 'HH:mm', locale=cldr())}"


def time_of_day(value: datetime) -> str:
    """A time in the landlord's zone, where the day is plain: 09:05."""
    return format_datetime(value.astimezone(clock.zone()), "HH:mm", locale=cldr())


def money(pence: int) -> str:
    """Pounds and pence, the pence left out when there are none; with the sign that is on the money, in every language."""
    return format_decimal(pence / 100, "£#,##0" if pence % 100 == 0 else "£#,##0.00", locale=cldr())
