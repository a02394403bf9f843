"""Every language says everything: nothing missing, unsure or empty, its places, its numbers and its dates right, in its own letters."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from lxml import html

from portal import i18n, template_words
from portal.catalogues import checking, plurals, scope
from tests import house
from tests.house import ROOT

NOT_YET: tuple[str, ...] = ()
"""The languages whose catalogue may still be absent; what is there is held to everything. Empty this list, and never fill it again."""

COUNTED = (0, 1, 2, 3, 5, 6, 11, 21, 100)
LANGUAGES = i18n.LANGUAGES[1:]
every_language = pytest.mark.parametrize("language", LANGUAGES)


template = cache(scope.template)


@cache
def there(language: str) -> Catalog:
    """The catalogue of a language, or no test where it may be absent."""
    if language in NOT_YET and not scope.path_of(language).exists():
        pytest.skip(f"There is no catalogue of {language} yet.")
    return scope.catalogue(language)


def counting(catalogue: Catalog) -> Iterator[Message]:
    """Its messages that count something."""
    return (message for message in catalogue if message.id and scope.is_counting(message))


def test_nobody_speaks_a_language_that_is_not_declared() -> None:
    assert set(i18n.installed()) <= set(i18n.LANGUAGES)
    assert i18n.offered() == tuple(each for each in i18n.LANGUAGES if each in i18n.installed())
    assert set(i18n.offered(to_staff=True)) <= {"en", "cy"}


@pytest.mark.skipif(bool(NOT_YET), reason="Messages are still being collected.")
def test_the_template_has_every_message_there_is(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    collect = ["extract", "--omit-header", "--add-location=file", "--sort-output", "--mapping", "babel.cfg", "--keywords", "_l", "--keywords", "Lazy", "--keywords", "lazy_gettext", "--keywords", "NP_:1c,2"]
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *collect, "--output-file", str(fresh), "."], cwd=ROOT, check=True)
    with fresh.open("rb") as file:
        now = read_po(file)
    assert {scope.key(message) for message in now} == {scope.key(message) for message in template()}, "Run: make translations"


@every_language
def test_item_55_a_catalogue_is_whole_and_nothing_in_it_is_wrong(language: str) -> None:
    found = list(checking.faults(there(language), template(), language))
    assert not found, f"{len(found)} in {language}:\n" + "\n".join(found[:50])


@every_language
def test_a_catalogue_says_whose_words_they_are(language: str) -> None:
    catalogue = there(language)
    assert catalogue.last_translator.startswith(("Drafted by a machine", "Approved by "))


@every_language
def test_item_57_each_number_gets_the_form_that_cldr_asks_for(language: str) -> None:
    catalogue, rule = there(language), Locale.parse(language).plural_form
    said = i18n.catalogue(language)
    for message in counting(catalogue):
        forms = dict(zip(plurals.ORDER.get(language, ("one", "other")), scope.forms(message), strict=True))
        for n in COUNTED:
            asked = forms.get(rule(n), scope.forms(message)[-1])
            assert said.ungettext(message.id[0], message.id[1], n) == asked, (message.id, n)
            words = {place[2:-2]: "x" for each in scope.forms(message) for place in checking.PLACE.findall(each)}
            assert asked % (words | {"n": n, "num": n})


@every_language
def test_the_header_of_a_catalogue_has_the_rule_of_its_language(language: str) -> None:
    catalogue = there(language)
    assert (catalogue.num_plurals, catalogue.plural_expr) == plurals.RULES[language]


@every_language
@pytest.mark.parametrize("month", range(1, 13))
def test_item_57_a_date_has_its_month_as_a_word_in_every_language(language: str, month: int) -> None:
    day = date(2026, month, 14)
    there(language)
    with i18n.speaking(language):
        for said in (i18n.day(day), i18n.day_and_month(day), i18n.month(day), i18n.short_day(day)):
            digits = "".join(c if c.isdigit() else " " for c in said).split()
            assert set(digits) <= {"14", "2026"}, said
            assert any(c.isalpha() for c in said), said


FEBRUARY_AND_AUGUST = {
    "en": ("February", "August"), "cy": ("Chwefror", "Awst"), "pl": ("lutego", "sierpnia"), "ro": ("februarie", "august"), "bn": ("ফেব্রুয়ারী", "আগস্ট"),
    "ur": ("فروری", "اگست"), "pa": ("ਫ਼ਰਵਰੀ", "ਅਗਸਤ"), "ar": ("فبراير", "أغسطس"), "so": ("Febraayo", "Agosto"), "tr": ("Şubat", "Ağustos"),
}  # fmt: skip


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_item_57_a_month_is_written_with_the_letters_of_its_language(language: str) -> None:
    with i18n.speaking(language):
        for month, said in zip((2, 8), FEBRUARY_AND_AUGUST[language], strict=True):
            day = date(2026, month, 14)
            assert said in i18n.day(day) and said in i18n.day_and_month(day)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Byddwn yn ateb erbyn %(day)s.", "erbyn dydd Gwener 12 Mehefin 2026."), ("%(day)s y cawsom hi.", "Dydd Gwener 12 Mehefin 2026 y cawsom hi."),
        ("Cam 1. %(day)s y cawsom hi.", "1. Dydd Gwener"), ("Mae’n hwyr (ers %(day)s).", "ers dydd Gwener"),
    ],
)
def test_item_57_a_welsh_day_has_a_capital_where_a_sentence_begins_and_nowhere_in_it(message: str, said: str) -> None:
    friday = date(2026, 6, 12)
    with i18n.speaking("cy"):
        marked = html.fromstring(f"<p>{template_words.said(message, day=template_words.day(friday))}</p>").text_content()
        assert said in i18n.gettext(message, day=i18n.day(friday)) and said in marked.replace("\xa0", " ")
        assert said in i18n.ngettext(message, message, 2, day=i18n.day(friday))
        assert i18n.day(friday).startswith("Dydd Gwener"), "As it stands by itself."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_of_each_language_gives_every_number_its_form_in_order(language: str) -> None:
    forms = plurals.forms_of(language)
    assert len(forms) == plurals.RULES[language][0]
    assert all(sum(n in form for form in forms) == 1 for n in plurals.TRIED)


def test_item_58_what_only_staff_read_is_needed_in_welsh_and_in_no_other_language() -> None:
    template = Catalog()
    template.add("Queue", locations=[("portal/staff/queue.py", 0), ("templates/staff/base.html", 0)])
    template.add("Save", locations=[("templates/resident/contact.html", 0), ("templates/staff/reach.html", 0)])
    assert [each.id for each in scope.needed(template, "pl")] == ["Save"]
    assert [each.id for each in scope.needed(template, "cy")] == ["Queue", "Save"]


def test_the_template_says_in_which_files_each_message_is() -> None:
    assert all(message.locations for message in template() if message.id)


SPEAKS_FOR_ITSELF = {
    "DateField", "DateTimeField", "DateTimeLocalField", "DecimalField", "FloatField", "IntegerField", "IntegerRangeField", "MonthField", "TimeField", "WeekField",
}  # fmt: skip
"""The fields of the form library that say in its own words what is wrong with what was typed."""
TOLD_NOT_TO = {"RadioField", "SelectField", "SelectMultipleField"}
"""Those that would too, unless they are told to leave it to us."""


@pytest.mark.parametrize("module", [each for each in house.modules() if any("wtforms" in name for name in each.imports())], ids=lambda each: each.name)
def test_no_validator_of_a_library_says_anything_in_its_own_words(module: house.Module) -> None:
    names = {name for name in module.imports() if name.startswith("wtforms")}
    assert not {name for name in names if name.startswith("wtforms.validators")}
    assert not {name.rpartition(".")[2] for name in names} & SPEAKS_FOR_ITSELF
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & TOLD_NOT_TO:
            made = [each for each in ast.walk(node) if isinstance(each, ast.Call) and ast.unparse(each.func) == "super().__init__"]
            assert made, f"{node.name} is made as the library makes it."
            assert all(leaves_it_to_us(each) for each in made), node.name
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in TOLD_NOT_TO:
            assert leaves_it_to_us(node), ast.unparse(node)


def leaves_it_to_us(call: ast.Call) -> bool:
    """Whether a field is told not to check its choices, which it would do in its own words."""
    return any(word.arg == "validate_choice" and ast.unparse(word.value) == "False" for word in call.keywords)
