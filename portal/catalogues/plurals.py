"""The forms in which each language counts: which number takes which, as its catalogue's header says and as CLDR has it."""

from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.messages.catalog import Catalog

RULES: dict[str, tuple[int, str]] = {
    "cy": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"),
    "pl": (3, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    "ro": (3, "(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2)"),
    "bn": (2, "(n > 1)"),
    "ur": (2, "(n != 1)"),
    "pa": (2, "(n > 1)"),
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"),
    "so": (2, "(n != 1)"),
    "tr": (1, "0"),
}
"""How many forms each language has, and the header's rule that picks one."""
ORDER: dict[str, tuple[str, ...]] = {
    "cy": ("zero", "one", "two", "few", "many", "other"),
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "pl": ("one", "few", "many"),
    "ro": ("one", "few", "other"),
    "tr": ("other",),
}
"""What CLDR calls the forms, in the order of the catalogue; `one` and `other` where nothing is said."""
TRIED = range(201)


@cache
def forms_of(language: str) -> Sequence[frozenset[int]]:
    """For each form, in order, the numbers up to 200 that take it."""
    rule = Locale.parse(language).plural_form
    names = ORDER.get(language, ("one", "other"))
    said = [rule(number) for number in TRIED]
    return [frozenset(number for number in TRIED if _index(names, said[number]) == form) for form in range(len(names))]


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names) - 1


def put_in(catalogue: Catalog, language: str) -> None:
    """Let the header of a catalogue say the rule."""
    number, rule = RULES[language]
    catalogue.mime_headers = [("Plural-Forms", f"nplurals={number}; plural={rule};")]
