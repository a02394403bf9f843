"""Letters in braille: what is made comes back as it went, in lines and pages that a display and an embosser take."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import clock
from portal.access import Role
from portal.complaints.references import new_code
from portal.letters.paper import braille
from portal.letters.paper.braille import CELLS, LINES, TABLES, can_be_made, embossable
from tests.letters.felt import back, read_back
from tests.letters.written import LETTERS
from tests.town import Town

pytestmark = pytest.mark.needs("lou_translate")

@pytest.mark.parametrize("grade", [1, 2])
def test_a_letter_comes_back_from_braille_as_it_went(grade: int) -> None:
    read_back(LETTERS["en"], grade)


@pytest.mark.long
def test_every_letter_of_two_stages_and_more_comes_back_in_both_grades(town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint, refused = town.complains(), town.complains(name="Siobhán O’Neill-Smith", code=new_code())
        town.acknowledged(complaint)
        town.given_to(refused)
        town.triaged(refused)
        town.refused(refused)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 2))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 12))
    letters = [*complaint.letters, *refused.letters]
    assert {"receipt", "acknowledgement", "response", "refusal"} <= {letter.kind for letter in letters}
    for letter in letters:
        for grade in (1, 2):
            assert can_be_made(letter.body, "en", grade)
            read_back(letter.body, grade)


@pytest.mark.parametrize("grade", [1, 2])
def test_it_is_in_lines_of_40_cells_and_numbered_pages_of_25_lines(grade: int) -> None:
    body = LETTERS["en"] | {"blocks": [{"kind": "said", "text": "We looked at the roof and at what was written of it. " * 60}] * 3}
    pages = embossable(body, "en", grade).decode("ascii").split("\f")
    assert len(pages) > 8
    for number, page in enumerate(pages, 1):
        lines = page.split("\r\n")
        assert len(lines) == LINES + 1 and lines[-1] == "" and max(map(len, lines)) <= CELLS
        assert braille.run([braille.in_cells(lines[LINES - 1].strip())], TABLES["en", 1], "--backward") == [str(number)]


def test_a_picture_is_named_and_another_script_is_not_made() -> None:
    def said(words: str) -> dict[str, Any]:
        return LETTERS["en"] | {"blocks": [{"kind": "quoted", "text": words}]}

    assert can_be_made(said("I am cold 😡"), "en", 2)
    assert "I am cold (pouting face)" in back(embossable(said("I am cold 😡"), "en", 2), 2)
    assert not can_be_made(said("بارش"), "en", 2) and not can_be_made(said("Łucja"), "en", 1)


@pytest.mark.parametrize("language", sorted(set(LETTERS) - {"en"}))
def test_in_other_languages_none_is_made(language: str) -> None:
    assert not any(can_be_made(LETTERS[language], language, grade) for grade in (1, 2))


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=200))
@settings(max_examples=40, deadline=None)
def test_whatever_somebody_typed_makes_a_whole_file(words: str) -> None:
    file = embossable(LETTERS["en"] | {"blocks": [{"kind": "quoted", "text": words}]}, "en", 2)
    assert all(len(line) <= CELLS for page in file.decode("ascii").split("\f") for line in page.split("\r\n"))


def test_it_says_what_made_it() -> None:
    assert re.fullmatch(r"liblouis \d+\.\d+\.\d+", braille.made_with())
