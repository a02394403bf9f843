"""Everything that a resident reads in English is plain: short sentences, everyday words, nobody blamed (items 51, 52 and 66 of the bar)."""

from statistics import mean

import pytest

from portal.hard_words import sentences
from tests import plain


@pytest.mark.parametrize("place", sorted(plain.said()))
def test_items_51_52_and_66_what_a_file_says_is_plain(place: str) -> None:
    assert [found for each in plain.said()[place] for found in plain.hard(each)] == []


def test_item_51_sentences_are_short_on_average() -> None:
    lengths = {place: [len(each.split()) for words in messages for each in sentences(words)] for place, messages in plain.said().items()}
    assert {place: mean(counted) for place, counted in lengths.items() if mean(counted) > plain.MEAN} == {}


@pytest.mark.parametrize(
    "words",
    [
        "We will, after we have looked into each of the points that you made and asked everybody who was there on that day, write to you about it.",
        "Notification of the determination necessitates individual consideration of organisational accountability.",
        "Send it prior to Friday.",
        "Letters, calls, etc. are kept.",
        "You claim that nobody came.",
        "We are sorry if you were upset.",
        "Tell us about yourself and/or your neighbour.",
        "It was sent on 12/05/2026.",
        "Do NOT SEND it twice, EVER.",
    ],
)
def test_hard_words_are_found(words: str) -> None:
    assert list(plain.hard(words))


def test_plain_words_are_left_alone() -> None:
    assert list(plain.hard("We are sorry. We will ring you by Friday 12 June 2026, and write to you about every point.")) == []


def test_there_is_much_to_read_and_nothing_excused_that_is_gone() -> None:
    assert sum(map(len, plain.said().values())) > 2_000
    assert all((plain.ROOT / place).is_file() for place in plain.LAW)
