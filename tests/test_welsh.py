"""Welsh is never the worse: the same days, the same letters, and nothing that says that it takes longer (item 58)."""

import re
from datetime import date
from typing import Any

from portal import clock, i18n
from portal.catalogues import scope
from portal.complaints.recording import deadlines_of
from tests.town import Town

LONGER = re.compile(r"(?=.*\b(?:language|translat\w*|Welsh)\b)(?=.*\b(?:longer|later|delay\w*|slower|wait)\b)", re.IGNORECASE | re.DOTALL)


def test_item_58_a_complaint_in_welsh_has_the_days_and_the_letters_of_one_in_english(town: Town) -> None:
    found: dict[str, list[list[tuple[Any, ...]]]] = {}
    for language in ("en", "cy"):
        with clock.at(date(2026, 5, 11)):
            complaint = town.complains(language=language, code=language * 12)
            town.acknowledged(complaint)
        with clock.at(date(2026, 5, 20)):
            town.answered(complaint)
        assert {letter.language for letter in complaint.letters} == {language}, "the reply is in the language of the contact"
        found[language] = [
            [(each.step, each.stage, each.due_on, each.met_on) for each in deadlines_of(complaint)],
            [(letter.kind, letter.written_on, [(issue.channel, issue.state, issue.issued_on, issue.usable) for issue in letter.issues]) for letter in complaint.letters],
        ]  # fmt: skip
    assert found["cy"] == found["en"] and len(found["cy"][1]) == 3


def test_item_58_pages_on_both_sides_are_in_welsh_and_none_says_that_a_language_takes_longer() -> None:
    assert "cy" in i18n.offered() and "cy" in i18n.offered(to_staff=True)
    assert LONGER.search("A letter in your language may take us longer.")
    assert [found for message in scope.template() if message.id and LONGER.search(found := scope.key(message)[0])] == []
