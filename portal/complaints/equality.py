"""What residents say of themselves, so that it shows whether some are treated worse (Equality Act 2010, section 149): counted, and kept of nobody.

One row holds every number of half a year, sealed: no row is one person's, and none tells which answers came together, from
whom, or on what day. That somebody would rather not say is not counted, so there is no total either to subtract from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock
from portal.complaints.figures import FEWEST
from portal.complaints.landlord import landlord_of
from portal.db import Base, Encrypted, Register
from portal.rules.data_asked import months_after
from portal.rules.words import N_, NP_

SPRING, AUTUMN, HALF_A_YEAR = 4, 10, 6
"""The months in which a half begins, so that two of them are a landlord's year, and how many months one has."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what is asked, and the answers that are counted, each by its name."""

    name: str
    asks: str
    answers: Mapping[str, str]


DO_YOU = {"yes": NP_("do you?", "Yes"), "no": NP_("do you?", "No")}

QUESTIONS = (
    Question("age", N_("How old are you?"), {"under_25": N_("Under 25"), "25_to_44": N_("25 to 44"), "45_to_64": N_("45 to 64"), "over_64": N_("65 or older")}),
    Question("disability", N_("Do you see yourself as disabled, or as having an illness or condition that lasts?"), DO_YOU),
    Question("sex", N_("Are you a woman, a man or neither of these?"), {"woman": N_("A woman"), "man": N_("A man"), "neither": N_("Neither of these")}),
    Question("ethnic_group", N_("Which ethnic group do you feel you belong to?"), {
        "arab": N_("Arab"), "asian": N_("Asian"), "black": N_("Black"), "traveller": N_("Gypsy, Roma or Traveller"), "white": N_("White"), "mixed": N_("More than one of these"),
        "other": N_("Another group"),
    }),
    Question("home_language", N_("Do you mostly speak English or Welsh at home?"), DO_YOU),
)  # fmt: skip
"""No more than shows who is treated worse: each says something of how a landlord answers, and none is about faith or whom somebody loves."""

Counts = dict[str, dict[str, int]]


class HalfYear(Base):
    """Half a year, by its first day, and how many gave each answer to each question in it."""

    __tablename__ = "equality_half_year"

    began_on: Mapped[date] = mapped_column(primary_key=True)
    counts: Mapped[Counts] = mapped_column(Encrypted("equality_half_year.counts"))

    @property
    def last_on(self) -> date:
        """Its last day."""
        return months_after(self.began_on, HALF_A_YEAR) - timedelta(days=1)

    @property
    def shown(self) -> Iterator[tuple[Question, list[tuple[str, int | None]]]]:
        """What may be shown of it to anybody: each question, and each answer in words with its number; None for a number under 5, 0 among them."""
        for question in QUESTIONS:
            counted = self.counts.get(question.name, {})
            yield question, [(words, _large(counted.get(name, 0))) for name, words in question.answers.items()]


def _large(number: int) -> int | None:
    return number if number >= FEWEST else None


def half_year_of(day: date) -> date:
    """The first day of the half-year that a day is in: 1 April, or 1 October."""
    if day.month < SPRING:
        return date(day.year - 1, AUTUMN, 1)
    return date(day.year, SPRING if day.month < AUTUMN else AUTUMN, 1)


def count_answers(register: Register, said: Mapping[str, str]) -> None:
    """Add one to each answer that somebody gave, by the question's name; what is no answer of ours is not counted. Nothing else of it is kept anywhere."""
    begins = half_year_of(clock.today())
    insert = postgresql_insert if register.get_bind().dialect.name == "postgresql" else sqlite_insert
    register.execute(insert(HalfYear).values(began_on=begins, counts={}).on_conflict_do_nothing())
    half = register.get_one(HalfYear, begins, with_for_update=True, populate_existing=True)
    half.counts = {
        question.name: {name: half.counts.get(question.name, {}).get(name, 0) + (said.get(question.name) == name) for name in question.answers}
        for question in QUESTIONS
    }
    register.flush()


def half_years_over(register: Register) -> list[HalfYear]:
    """Every half-year that is over, the newest first. The one that goes on is shown to nobody: two looks at it would tell what was said between them."""
    over = select(HalfYear).where(HalfYear.began_on < half_year_of(clock.today()))
    return list(register.scalars(over.order_by(HalfYear.began_on.desc())))


def forget_half_years(register: Register) -> None:
    """Delete the counts whose time is over: so many years after the half-year's end as the landlord set."""
    months = HALF_A_YEAR + 12 * landlord_of(register).keep_equality_years
    gone = [began for began in register.scalars(select(HalfYear.began_on)) if months_after(began, months) <= clock.today()]
    register.execute(delete(HalfYear).where(HalfYear.began_on.in_(gone)))
