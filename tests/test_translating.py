"""Catalogues are brought up to date without guesses, a corrected file is checked before it is taken, and who approved what is kept."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner, Result

from portal import i18n
from portal.catalogues import approving, checking, plurals, scope, taking, updating
from portal.commands.translating import translations
from portal.complaints import wishes
from tests.catalogued import EVERYBODY, STAFF, Words, edited, forget, put, put_template, said_in, template_of

POINTS = ("%(n)s point", "%(n)s points")
MESSAGES: dict[str | tuple[str, ...], str] = {
    "Save": EVERYBODY, "Due on %(day)s": EVERYBODY, POINTS: EVERYBODY, "Queue": STAFF,
}  # fmt: skip
POLISH: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Save": "Zapisz", "Due on %(day)s": "Termin: %(day)s", POINTS: ("%(n)s punkt", "%(n)s punkty", "%(n)s punktów"),
}  # fmt: skip
TODAY = date(2026, 11, 28)
pytestmark = pytest.mark.usefixtures("catalogues")


@pytest.fixture(autouse=True)
def _template(catalogues: Path) -> None:
    put_template(template_of(MESSAGES))


def types(*words: str) -> Result:
    """Somebody types `flask translations ...`."""
    return CliRunner().invoke(translations, list(words))


def faults(language: str) -> list[str]:
    """What is wrong with the catalogue of a language."""
    return list(checking.faults(scope.catalogue(language), scope.template(), language))


def test_a_whole_catalogue_has_nothing_wrong() -> None:
    put("pl", POLISH)
    assert faults("pl") == []


@pytest.mark.parametrize(
    ("message", "said", "what"),
    [
        ("Save", "", "it is empty"),
        ("Due on %(day)s", "Termin", "it lost %(day)s"),
        ("Due on %(day)s", "Termin: %(day)s, %(who)s", "it has %(who)s"),
        ("Due on %(day)s", "Termin 100%: %(day)s", "a sign “%”"),
        ("Due on %(day)s", "Termin: <b>%(day)s", "a <, > or &"),
        ("Save", " Zapisz", "spaces at its ends"),
        ("Save", "Зaписz", "not of this language (cyrillic)"),
        (POINTS, ("%(n)s punkt", "%(n)s punkty"), "form 3 of 3 is empty"),
        (POINTS, ("", "", ""), "it is empty"),
        (POINTS, ("punkt", "punkty", "%(n)s punktów"), "it lost %(n)s"),
    ],
)
def test_a_wrong_translation_is_found_and_named(message: str | tuple[str, ...], said: str | tuple[str, ...], what: str) -> None:
    put("pl", POLISH | {message: said})
    found = faults("pl")
    assert len(found) == 1 and what in found[0]
    assert (message if isinstance(message, str) else message[0]) in found[0]


def test_an_answer_is_said_as_its_question_asks_it() -> None:
    made = Catalog(locale="cy", fuzzy=False)
    plurals.put_in(made, "cy")
    made.add("Yes", "Cewch", context="may we?")
    made.add("Yes", "Oes", context="is there anyone?")
    updating.write(made, "cy")
    forget()
    with i18n.speaking("cy"):
        assert [i18n.gettext(each["yes"]) for each in (wishes.MAY_WE, wishes.IS_THERE, wishes.IS_IT)] == ["Cewch", "Oes", "Yes"]
    assert str(i18n.Lazy(wishes.MAY_WE["no"])) == "No"


def test_a_form_of_one_number_alone_may_leave_the_number_out_and_no_other() -> None:
    put("pl", POLISH | {POINTS: ("jeden punkt", "%(n)s punkty", "%(n)s punktów")})
    assert faults("pl") == []
    put("ro", {"Save": "Salvează", "Due on %(day)s": "Termen: %(day)s", POINTS: ("un punct", "puncte", "%(n)s de puncte")})
    assert faults("ro") == ["“%(n)s point”: it lost %(n)s."]


@pytest.mark.parametrize(
    ("language", "said", "what"),
    [
        ("ro", "Salveaz\u0103 \u015f", "does not write"), ("ur", "Save", ""), ("bn", "সংরক্ষণ", ""), ("pa", "সংরক্ষণ", "bengali"), ("ar", "احفظ", ""), ("ur", "احفظ محفوظ كريں", "does not write"),
    ],
)
def test_each_language_has_its_own_letters(language: str, said: str, what: str) -> None:
    english = scope.by_key(scope.template())[("Save", None)]
    put(language, {"Save": said})
    found = list(checking.of_message(scope.by_key(scope.catalogue(language))[("Save", None)], english, language))
    assert [what in each for each in found] == ([True] if what else [])


def test_a_sentence_left_in_english_is_no_translation() -> None:
    put_template(template_of({"Ring us if you can.": EVERYBODY}))
    for language in ("pl", "ar"):
        put(language, {"Ring us if you can.": "Ring us if you can."})
        assert faults(language) == ["“Ring us if you can.”: it is not in this language."]


def test_what_is_missing_and_what_nobody_says_are_found() -> None:
    put("pl", {"Save": "Zapisz", "Old": "Stare"})
    assert faults("pl") == ["“Due on %(day)s”: it is missing.", "“%(n)s point”: it is missing.", "“Old”: nothing says this in this language."]


def test_bringing_up_to_date_adds_what_is_new_drops_what_is_gone_and_guesses_nothing() -> None:
    put("pl", {"Save": "Zapisz", "Due by %(day)s": "Termin: %(day)s", "Queue": "Kolejka"}, approved_by="Jan Nowak-Example")
    put("cy", {"Save": "Cadw", "Queue": "Ciw"})
    assert updating.bring_up_to_date() == ["cy", "pl"]
    assert said_in("pl") == {"Save": "Zapisz", "Due on %(day)s": "", "%(n)s point": ("", "", "")}
    assert said_in("cy") == {"Save": "Cadw", "Due on %(day)s": "", "%(n)s point": ("",) * 6, "Queue": "Ciw"}
    kept = scope.catalogue("pl")
    assert kept.last_translator == approving.DRAFTED
    assert approving.by_whom(kept) == {"Jan Nowak-Example": 1}
    assert not [message for message in kept if message.fuzzy]
    before = scope.path_of("pl").read_bytes()
    updating.bring_up_to_date()
    assert scope.path_of("pl").read_bytes() == before, "a second time changes nothing"


def test_the_report_says_how_far_each_language_is_and_who_approved_it(tmp_path: Path) -> None:
    put("pl", POLISH | {"Save": ""})
    types("take", str(edited(tmp_path / "pl.po", "pl", {"Due on %(day)s": "Termin: %(day)s"})), "--language", "pl", "--by", "Jan Nowak-Example")
    said = types().output.splitlines()
    assert "cy Cymraeg: no catalogue." in said
    assert "pl Polski: 3 needed, 2 translated, 1 missing, 0 fuzzy, 1 approved (Jan Nowak-Example 1)." in said
    assert len(said) == 9


def test_a_corrected_file_is_taken_in_and_approved() -> None:
    put("pl", POLISH)
    changed = edited(i18n.FOLDER / "sent.po", "pl", {"Save": "Zachowaj", "Due on %(day)s": ""})
    assert types("take", str(changed), "--language", "pl", "--by", " Jan  Nowak-Example ").exit_code == 0
    assert said_in("pl") == {"Save": "Zachowaj", "Due on %(day)s": "Termin: %(day)s", "%(n)s point": POLISH[POINTS]}
    assert approving.by_whom(scope.catalogue("pl")) == {"Jan Nowak-Example": 1}
    assert scope.catalogue("pl").last_translator == approving.DRAFTED
    with i18n.speaking("pl"):
        assert i18n.gettext("Save") == "Zachowaj"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"Save": "Zapisz", "Due on %(day)s": "Termin"}, "“Due on %(day)s”: it lost %(day)s."),
        ({"Queue": "Kolejka"}, "“Queue”: nothing says this in this language."),
        ({POINTS: ("%(n)s punkt", "%(n)s punktów")}, "“%(n)s point”: form 3 of 3 is empty."),
        ({}, "has no message with words"),
    ],
)
def test_of_a_wrong_file_nothing_is_taken_and_each_fault_names_its_message(words: dict[str | tuple[str, ...], str | tuple[str, ...]], what: str) -> None:
    put("pl", POLISH)
    before = scope.path_of("pl").read_bytes()
    done = types("take", str(edited(i18n.FOLDER / "sent.po", "pl", words)), "--language", "pl", "--by", "Jan Nowak-Example")
    assert done.exit_code == 1
    assert what in done.output and "Nothing was taken." in done.output
    assert scope.path_of("pl").read_bytes() == before


def test_what_is_marked_as_unsure_is_not_taken() -> None:
    put("pl", POLISH)
    with pytest.raises(taking.NotTaken, match="unsure"):
        taking.take(edited(i18n.FOLDER / "sent.po", "pl", {"Save": "Zapisz"}, fuzzy=True), "pl", by="Jan Nowak-Example", on=TODAY)


@pytest.mark.parametrize(("language", "by"), [("pl", " "), ("fr", "Jan Nowak-Example"), ("en", "Jan Nowak-Example"), ("../pl", "Jan Nowak-Example")])
def test_nobody_approves_without_a_name_nor_in_a_language_that_is_not_ours(language: str, by: str) -> None:
    put("pl", POLISH)
    with pytest.raises(taking.NotTaken):
        taking.take(edited(i18n.FOLDER / "sent.po", "pl", {"Save": "Zapisz"}), language, by=by, on=TODAY)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"msgid \"Save\nmsgstr", b"%PDF-1.7", b""])
def test_a_file_that_is_no_catalogue_is_an_error_in_words(content: bytes) -> None:
    put("pl", POLISH)
    path = i18n.FOLDER / "sent.po"
    path.write_bytes(content)
    done = types("take", str(path), "--language", "pl", "--by", "Jan Nowak-Example")
    assert done.exit_code == 1 and done.output.startswith("Error: ")


def test_item_55_a_language_is_approved_once_every_word_for_everybody_is() -> None:
    put("cy", {"Save": "Cadw", "Due on %(day)s": "Erbyn %(day)s", POINTS: tuple(f"%(n)s pwynt{n}" for n in "abcdef"), "Queue": "Ciw"})
    assert not approving.is_approved("cy")
    everybody: Words = {"Save": "Cadw", "Due on %(day)s": "Erbyn %(day)s", POINTS: tuple(f"%(n)s pwynt{n}" for n in "abcdef")}
    taking.take(edited(i18n.FOLDER / "sent.po", "cy", everybody), "cy", by="Siân Rhys-Example", on=TODAY)
    assert approving.is_approved("cy"), "what staff alone read stands in no letter"
    assert scope.catalogue("cy").last_translator == approving.DRAFTED
    taking.take(edited(i18n.FOLDER / "sent.po", "cy", {"Queue": "Ciw"}), "cy", by="Siân Rhys-Example", on=TODAY)
    assert scope.catalogue("cy").last_translator == "Approved by Siân Rhys-Example"


def test_item_55_no_file_that_somebody_takes_in_leaves_a_word_in_english() -> None:
    put("pl", POLISH)
    sent = edited(i18n.FOLDER / "sent.po", "pl", {"Save": "Zachowaj", "Due on %(day)s": " ", POINTS: ("", "", "")})
    assert types("take", str(sent), "--language", "pl", "--by", "Jan Nowak-Example").exit_code == 0
    sent.write_text(sent.read_text().split("msgid", 2)[0] + '\nmsgid "Save"\nmsgstr "Zapisz"\n')
    assert types("take", str(sent), "--language", "pl", "--by", "Jan Nowak-Example").exit_code == 0, "a file of one message alone"
    assert faults("pl") == [], "what a file leaves empty, or has not, stays as it was"
    for half in ("%(n)s punkt", "", ""), ("", "", "%(n)s punktów"):
        assert types("take", str(edited(sent, "pl", {POINTS: half})), "--language", "pl", "--by", "Jan Nowak-Example").exit_code == 1
    assert faults("pl") == []


def test_words_that_change_afterwards_are_approved_no_more() -> None:
    put("pl", POLISH, approved_by="Jan Nowak-Example")
    assert approving.is_approved("pl")
    path = scope.path_of("pl")
    path.write_text(path.read_text().replace('msgstr "Zapisz"', 'msgstr "Zachowaj"'))
    approving.forget()
    assert not approving.is_approved("pl")
    assert approving.by_whom(scope.catalogue("pl")) == {"Jan Nowak-Example": 2}


def test_a_new_message_takes_the_approval_of_the_whole_away() -> None:
    put("pl", POLISH, approved_by="Jan Nowak-Example")
    put_template(template_of(MESSAGES | {"Send": EVERYBODY}))
    approving.forget()
    assert not approving.is_approved("pl")


def test_english_needs_nobody_and_a_language_without_a_catalogue_is_not_approved() -> None:
    assert approving.is_approved("en") and approving.is_approved("en@pseudo")
    assert not approving.is_approved("so")


def test_a_file_that_somebody_broke_is_not_approved_and_stops_nothing() -> None:
    put("pl", POLISH, approved_by="Jan Nowak-Example")
    scope.path_of("pl").write_text('msgid "Save\nmsgstr')
    approving.forget()
    assert not approving.is_approved("pl")


def test_a_long_name_is_read_back_whole() -> None:
    name = "Ein ganz besonders langer erfundener Doppelname von Beispielhausen-Musterstadt"
    put("pl", POLISH, approved_by=name)
    assert approving.by_whom(scope.catalogue("pl")) == {name: 3}
    shutil.copy(scope.path_of("pl"), i18n.FOLDER / "again.po")
    taking.take(i18n.FOLDER / "again.po", "pl", by="Jan Nowak-Example", on=TODAY)
    assert approving.by_whom(scope.catalogue("pl")) == {"Jan Nowak-Example": 3}
