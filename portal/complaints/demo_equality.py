"""What some of the demo's residents said about themselves after they had complained, over the year."""

from datetime import timedelta

from portal import clock, db
from portal.complaints import operations
from portal.complaints.demo_year import COMPLAINTS
from portal.db import Register

A_YEAR = 365
LEFT_OUT = 3
"""Every third resident leaves the page, and of those who stay some leave out a question."""


OFTEN = {
    "age": ("45_to_64", "25_to_44", "over_64", "45_to_64", "25_to_44", "over_64", "45_to_64", "under_25"),
    "disability": ("no", "yes", "no", "yes", "no"),
    "sex": ("woman", "man", "woman", "woman", "man", "woman", "man"),
    "ethnic_group": ("white", "white", "black", "white", "asian", "white", "white", "asian", "white", "arab", "white", "mixed", "other"),
    "home_language": ("yes", "yes", "yes", "no", "yes"),
}
"""The answers to each question, more often those that more of them give."""


def tell(register: Register) -> None:
    """Two in three answered, day by day; the smallest numbers are too small to be shown, as they will be."""
    with db.transaction(register):
        for n in range(COMPLAINTS):
            if n % LEFT_OUT:
                with clock.at(clock.now() - timedelta(days=A_YEAR - n * A_YEAR // COMPLAINTS)):
                    operations.count_answers(register, _said(n))


def _said(n: int) -> dict[str, str]:
    """What one of them said, some questions left out."""
    turns = enumerate(OFTEN.items(), start=3)
    return {name: answers[n * turn % len(answers)] for turn, (name, answers) in turns if (n + turn) % 11}
