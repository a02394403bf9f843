"""Letters as PDFs: every word comes out again, in every script and size; tagged, and never stopped by anything somebody wrote."""

import io
import time
import unicodedata
from datetime import date
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import i18n
from portal.letters.paper import printing, scripts
from portal.letters.paper.printing import SIZES, Paper, printed, printed_together
from tests.letters.read_again import (
    EXTRACTORS,
    bare,
    by_pdfium,
    by_pdfium_pages,
    by_poppler,
    drawn,
    seen,
    tags,
    words,
)
from tests.letters.written import ADDRESS, LETTERS, REFERENCE, lines_of

DAY = date(2026, 6, 3)
WHOLE, WORDS = "every line as it stands", "every word and number, some not in their order"
OUT = {language: dict.fromkeys(EXTRACTORS, WHOLE) for language in LETTERS}
OUT["ar"] |= {"PDFium": WORDS, "Poppler": WORDS, "pypdf": "fails: it gives the words of a line from left to right, and their last letters elsewhere"}
OUT["ur"] |= {"PDFium": WORDS, "Poppler": WORDS, "pypdf": "fails: as with Arabic"}
OUT["bn"] |= {"pypdf": "fails: it pays no heed to what the file says of joined letters, and gives other vowels"}
OUT["pa"] |= {"pypdf": "fails: as with Bengali"}
"""How the words of a letter come out again, by its language and by the program that takes them out. In a line of both directions PDFium and Poppler
guess which it has, and Poppler leaves out a space; both have every word and every number. PDFium doubles an Arabic letter that has a mark over it."""


def letter_with(*said: str) -> dict[str, Any]:
    """A letter in which somebody wrote this."""
    return LETTERS["en"] | {"blocks": [{"kind": "quoted", "text": each} for each in said]}


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("extractor", [each if each != "Poppler" else pytest.param(each, marks=pytest.mark.needs("pdftotext")) for each in EXTRACTORS])
def test_the_words_of_a_letter_come_out_of_its_file_again(language: str, extractor: str) -> None:
    body, said = LETTERS[language], OUT[language][extractor]
    found = EXTRACTORS[extractor](printed(body, language, 12, on=DAY))
    if said == WORDS:
        shown = seen(found)
        assert not (missing := {word for word in words("\n".join(lines_of(body))) if word not in shown}), missing
    else:
        missing = {line for line in lines_of(body) if bare(line) not in bare(found)}
        assert bool(missing) == (said != WHOLE), missing


@pytest.mark.needs("pdftotext")
def test_an_arabic_letter_with_a_mark_over_it_comes_out_of_poppler_once_and_of_pdfium_twice() -> None:
    file = printed(LETTERS["ar"] | {"blocks": [{"kind": "text", "text": "شكرًا لإخبارنا."}]}, "ar", 12, on=DAY)
    assert "شكرا" in seen(by_poppler(file)) and "شكررا" in seen(by_pdfium(file))


@pytest.mark.parametrize("language", LETTERS)
def test_the_words_are_the_same_at_every_size(language: str) -> None:
    for size in SIZES:
        found = seen(by_pdfium(printed(LETTERS[language], language, size, on=DAY)))
        assert not (missing := {word for word in words("\n".join(lines_of(LETTERS[language]))) if word not in found}), (size, missing)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LETTERS)
def test_nothing_is_smaller_than_the_size_that_was_asked(language: str, size: int) -> None:
    for posted in (False, True):
        file = printed(LETTERS[language], language, size, on=DAY, address=ADDRESS if posted else (), posted=posted)
        sheet = posted and not printing.as_data(Paper(LETTERS[language], language, size, DAY, ADDRESS, True))["window"]
        assert min(each.size for each in drawn(file) if each.page > 0 or not sheet) >= size


@pytest.mark.parametrize("language", LETTERS)
def test_a_file_says_what_each_piece_is_and_in_what_language(language: str) -> None:
    body = LETTERS[language]
    file = printed(body, language, 12, on=DAY)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.Root.Lang) == language and pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == body["title"] and pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert all(page.Tabs == "/S" for page in pdf.pages)
        assert pdf.Root.ViewerPreferences.get("/Direction") != "/R2L", "PDFium would read a reference back to front"
    kinds = [each.tag for each in tags(file)]
    assert kinds[3] == "/H1" and kinds.count("/H2") == 1 and kinds.count("/LBody") == 2 and kinds.count("/TH") == 3 and kinds.count("/TD") == 3


def test_a_letter_is_read_in_the_order_in_which_it_was_written() -> None:
    body = LETTERS["en"]
    found = bare("".join(each.words for each in tags(printed(body, "en", 12, on=DAY, address=ADDRESS))))
    at = 0
    for line in [*body["sender"], *body["to"], *ADDRESS, body["date"], body["reference"], *lines_of(body)[7:]]:
        at = found.index(bare(line), at) + len(bare(line))


def test_a_line_that_ends_is_apart_from_the_next() -> None:
    assert tags(printed(LETTERS["en"], "en", 12, on=DAY))[0].words == "Alder Homes Alder House, Mill Street Thornby TH4 0ZZ"


def test_words_in_another_language_say_so() -> None:
    file = printed(letter_with("বৃষ্টির পানি", "المطر يدخل", "پانی ٹپک رہا ہے", "It leaks."), "en", 12, on=DAY)
    assert [each.language for each in tags(file) if each.tag == "/P"][3:7] == ["bn", "ar", "ur", "en"]


@pytest.mark.parametrize("said", [
    "I am cold 😡 👨‍👩‍👧 ❤️", "王小明 김철수 Дарья Ελένη ஸ்ரீ ગુજરાતી שלום ትግርኛ", "\ue000 \U0010fffd \ud7ff \u0378 \U00020000", "a\u0301\u0489 q\u0951\u0301 \u25cc\u0951", "\u202ereversed\u202c \u2066x",
    "#set page(width: 1pt) *bold* $x$ `raw` <label> @ref \\ = heading", "/* */ // ] } #panic()", "{{ page }} {number}", "x" * 3_000, "\t\u00ad\u200b",
])  # fmt: skip
def test_a_letter_goes_whatever_somebody_wrote(said: str) -> None:
    for size in (12, 28):
        assert printed(letter_with(said), "en", size, on=DAY).startswith(b"%PDF")
    assert printed(letter_with(said), "ar", 12, on=DAY).startswith(b"%PDF")


def test_what_no_font_has_is_named_and_markup_is_words() -> None:
    found = by_pdfium(printed(letter_with("It is \U0001fae8 and \ue000.", "#set page() *b* $x$"), "en", 12, on=DAY))
    assert bare("#set page() *b* $x$") in bare(found)
    assert all(each in bare(found) for each in (bare("[u+e000]"),))


def test_a_cluster_that_no_font_has_whole_stops_nothing_and_the_words_are_there() -> None:
    found = bare(by_pdfium(printed(letter_with("Before \u0628\u08ff after"), "en", 12, on=DAY)))
    assert "Before" in found and "after" in found and bare("[arabic letter beh]") in found


def test_what_is_not_seen_and_turns_other_words_round_is_left_out() -> None:
    found = by_pdfium(printed(letter_with("\u202eIt leaks.\u202c \u2066Truly.\u2069"), "en", 12, on=DAY))
    assert "It leaks. Truly." in " ".join(found.split()) and "override" not in found


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.sampled_from(sorted(LETTERS)))
@settings(max_examples=60, deadline=None)
def test_any_words_at_all_can_be_printed(said: list[str], language: str) -> None:
    clean = [each.encode(errors="replace").decode() for each in said]
    assert printed(letter_with(*clean), language, 12, on=DAY).startswith(b"%PDF")


@pytest.mark.parametrize(("language", "size", "address"), [("en", 12, ADDRESS), ("ar", 12, ADDRESS), ("bn", 12, ADDRESS), ("en", 16, ADDRESS[1:])])
def test_through_the_window_of_an_envelope_nothing_but_the_address_is_seen(language: str, size: int, address: list[str]) -> None:
    body = LETTERS[language]
    file = printed(body, language, size, on=DAY, address=address, posted=True)
    through = [each for each in drawn(file) if each.page == 0 and each.bottom > 52 and each.top < 92 and each.left < 115]
    assert sorted(bare("".join(each.character for each in through))) == sorted(bare("".join([*body["to"], *address])))
    assert all(each.left >= 22 and each.top >= 57 and each.bottom <= 90 for each in through), "it moves in the envelope, and shows all the same"


@pytest.mark.parametrize("language", ["en", "ar", "bn"])
def test_before_a_letter_too_large_for_a_window_lies_a_sheet_with_the_name_and_the_address_alone(language: str) -> None:
    body = LETTERS[language]
    file = printed(body, language, 28, on=DAY, address=ADDRESS, posted=True)
    sheet = [each for each in drawn(file) if each.page == 0]
    assert sorted(bare("".join(each.character for each in sheet))) == sorted(bare("".join([*body["to"], *ADDRESS])))
    assert all(each.left >= 22 and each.left < 115 and each.top >= 57 and each.bottom <= 90 for each in sheet), "it shows whole in a window"
    assert {each.page for each in drawn(file)} >= {0, 2} and 1 not in {each.page for each in drawn(file)}, "nothing is on its back"
    for size, posted in ((12, True), (28, False)):
        first = by_pdfium_pages(printed(body, language, size, on=DAY, address=ADDRESS if posted else (), posted=posted))[0]
        assert bare("".join(lines_of(body)[0])) in bare(first), "none lies before an ordinary letter, or before one that is not posted"


def test_words_that_somebody_wrote_into_a_letter_say_in_whose_language_they_are() -> None:
    typed = {"blocks": [{"kind": "text", "text": "Nasza."}, {"kind": "said", "text": "We fix it."}, {"kind": "actions", "rows": [{"what": "Fix it", "by": "Jutro", "who": "Roofer"}]}]}
    found = {each.words: each.language for language in ("pl", "cy") for each in tags(printed(LETTERS["pl"] | typed, language, 12, on=DAY)) if language == "pl" or "We fix" in each.words}
    assert {words: found[words] for words in ("Nasza.", "Fix it", "Jutro", "Roofer")} == {"Nasza.": "pl", "Fix it": "en", "Jutro": "pl", "Roofer": "en"}
    assert found["We fix it."] == "cy", "Welsh is a language that staff write in"
    quoted = {"blocks": [{"kind": "quoted", "text": "Cieknie."}, {"kind": "quoted", "text": "It leaks.", "part": "definition"}, {"kind": "text", "text": "Ours."}]}
    both = LETTERS["pl"] | quoted | {"in_english": LETTERS["en"] | quoted}
    said = [(each.words, each.language) for each in tags(printed(both, "pl", 12, on=DAY)) if each.words in ("Cieknie.", "It leaks.", "Ours.")]
    assert said == [("Cieknie.", "pl"), ("It leaks.", "en"), ("Ours.", "pl"), ("Cieknie.", "pl"), ("It leaks.", "en"), ("Ours.", "en")]


def test_an_address_that_does_not_fit_a_window_is_printed_whole() -> None:
    long = [f"Staircase {number} of the old brewery" for number in range(9)]
    for size in (12, 28):
        found = by_pdfium(printed(LETTERS["en"], "en", size, on=DAY, address=long, posted=True))
        assert all(bare(line) in bare(found) for line in long)


def test_a_telephone_number_and_a_reference_stay_on_one_line() -> None:
    for size in SIZES:
        lines = by_pdfium(printed(LETTERS["en"], "en", size, on=DAY)).replace("\u00a0", " ").splitlines()
        for whole in ("0808 157 0192", REFERENCE):
            assert any(whole in line for line in lines), (whole, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("long", ["x" * 300, "W" * 40, "https://www.housing-ombudsman.org.uk/residents/understanding-complaints/how-we-investigate-them"])
def test_a_word_that_is_longer_than_a_line_goes_on_on_the_next_and_no_other_is_split(long: str, size: int) -> None:
    file = printed(letter_with(f"See {long} and www.housing-ombudsman.org.uk too."), "en", size, on=DAY)
    assert max(each.left for each in drawn(file)) < 200
    assert bare(long) in bare("".join(each.words for each in tags(file)))
    assert any("www.housing-ombudsman.org.uk" in line for line in by_pdfium(file).splitlines())


@pytest.mark.parametrize("long", ["word " * 4_000, "x" * 20_000, "a" + "\u0301" * 20_000, "المطر يدخل " * 1_800, "\n" * 10_000 + "a", "a\n\n" * 6_600, "👨\u200d" * 6_000, "(" * 20_000])
def test_H2_the_longest_words_there_can_be_are_drawn_in_seconds(long: str) -> None:
    began = time.perf_counter()
    for language in ("en", "ur"):
        assert printed(letter_with(long), language, 28, on=DAY, posted=True).startswith(b"%PDF")
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("said", ['#import "@preview/cetz:0.3.1"', '#read("/etc/passwd")', '#image("http://127.0.0.1:9/x.png")', '"}); #plugin("x") ({"'])
def test_H1_what_makes_a_pdf_fetches_nothing_and_takes_words_for_words(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went somewhere"))
    assert bare(said) in bare(by_pdfium(printed(letter_with(said), "en", 12, on=DAY)))


def test_numbers_that_stand_together_in_a_line_from_right_to_left_keep_their_order() -> None:
    file = printed(LETTERS["ar"] | {"blocks": [{"kind": "text", "text": "الرمز 27 19 هنا"}]}, "ar", 12, on=DAY)
    rows: dict[int, list[tuple[float, str]]] = {}
    for each in drawn(file):
        rows.setdefault(round(each.top), []).append((each.left, each.character))
    assert any("2719" in "".join(character for _left, character in sorted(row)) for row in rows.values())


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_in_a_line_from_right_to_left_a_number_keeps_its_own_way(language: str) -> None:
    file = printed(LETTERS[language], language, 12, on=DAY)
    line = [each for each in drawn(file) if each.character in "0123456789"]
    rows = {round(each.top): "" for each in line}
    for each in sorted(line, key=lambda one: one.left):
        rows[round(each.top)] += each.character
    assert any("08081570192" in row for row in rows.values()), rows


def test_the_same_letter_is_the_same_file() -> None:
    assert printed(LETTERS["en"], "en", 18, on=DAY) == printed(LETTERS["en"], "en", 18, on=DAY)


def test_letters_that_are_printed_together_each_begin_on_a_sheet_of_their_own() -> None:
    long = LETTERS["en"] | {"blocks": [{"kind": "said", "text": "We looked at the roof. " * 200}]}
    file = printed_together([Paper(LETTERS["ar"], "ar", 12, DAY, ADDRESS, True), Paper(long, "en", 28, DAY), Paper(LETTERS["en"], "en", 16, DAY)], "Letters to post")
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Letters to post"
    pages = [bare(each) for each in by_pdfium_pages(file)]
    first = [0, *(number for number, each in enumerate(pages) if bare("Page 1 of") in each)]
    assert "Page" not in pages[0], "its pages are numbered in its own language"
    assert len(first) == 3 and all(number % 2 == 0 for number in first)
    assert bare(f"Page 1 of {first[2] - first[1] - (pages[first[2] - 1] == '')}") in pages[first[1]]
    assert min(each.size for each in drawn(file) if first[1] <= each.page < first[2]) >= 28


def test_a_size_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="13 points"):
        printed(LETTERS["en"], "en", 13, on=DAY)


def test_a_subheading_without_a_heading_before_it_is_a_heading() -> None:
    body = LETTERS["en"] | {"blocks": [{"kind": "subheading", "text": "What we got wrong"}, {"kind": "text", "text": "All of it."}]}
    assert [each.tag for each in tags(printed(body, "en", 12, on=DAY)) if each.tag.startswith("/H")] == ["/H1", "/H2"]


def test_every_letter_and_sign_of_our_languages_is_drawn_in_a_font_we_ship() -> None:
    said = {each for body in LETTERS.values() for line in lines_of(body) for each in line}
    said |= {each for language in i18n.installed() for message in getattr(i18n.catalogue(language), "_catalog", {}).values() for each in str(message)}
    missing = {each for each in said if unicodedata.category(each) not in ("Cc", "Cf", "Zs", "Zl", "Zp") and not scripts.is_drawn(each)}
    assert missing == set()


def test_a_letter_is_made_in_a_moment() -> None:
    printed(LETTERS["en"], "en", 12, on=DAY)
    took = []
    for number in range(8):
        began = time.perf_counter()
        printed(letter_with(f"Words {number}. " * 40), "en", 12, on=DAY)
        took.append(time.perf_counter() - began)
    print(f"a letter as PDF: {min(took) * 1000:.0f} ms")
    assert min(took) < 0.1


def test_the_version_of_what_made_it_is_said() -> None:
    assert printing.made_with().startswith("typst 0.")
