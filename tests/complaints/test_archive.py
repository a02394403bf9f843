"""The archive is searched alike whether a word is met on the way or looked up in the index, and never read to its end."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy import event as sqlalchemy_event

from portal.access import Role
from portal.complaints import archive, ended, operations, searching
from portal.complaints.models import Complaint
from portal.complaints.references import new_code
from tests.town import Town

WORDS = ("rain", "rain again", "a giraffe", "rain and a giraffe", "rain, thunder", "thunder")
QUESTIONS = ("rain", "giraffe", "rain giraffe", "thunder rain", "thunder giraffe", "haddad", "haddad giraffe", "gir haddad ra")


@pytest.fixture
def kept(town: Town) -> list[int]:
    """Complaints that are withdrawn, the newest first."""
    made = [town.complains(words, code=new_code()) for words in WORDS]
    for complaint in made:
        with town.writing():
            operations.withdraw(complaint, by=town.resident(complaint))
    town.register.rollback()
    return [complaint.id for complaint in reversed(made)]


@pytest.mark.parametrize("near", [1, 2, 4, 500])
@pytest.mark.parametrize("page", [1, 2, 25])
def test_it_makes_no_difference_how_far_is_read_before_the_index_is_asked(
    town: Town, kept: list[int], near: int, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "NEAR", near)
    for module in (archive, ended):
        monkeypatch.setattr(module, "MOST_COUNTED", page)
    monkeypatch.setattr(archive, "PAGE_SIZE", page)
    monkeypatch.setattr("portal.complaints.choosing.PAGE_SIZE", page)
    viewer = town.viewer(Role.MANAGER)
    texts = {row.id: row.search_text.split() for row in town.register.execute(select(Complaint.id, Complaint.search_text))}
    for question in QUESTIONS:
        words = searching.asked(question)
        holding = [each for each in kept if all(any(word.startswith(one) for word in texts[each]) for one in words)]
        assert searching.how_many(town.register, viewer, words, is_open=False) == min(len(holding), page + 1), question
        seen, after = list[int](), None
        while True:
            found = searching.find_ended(town.register, viewer, words, after=after)
            seen += [row.id for row in found.rows]
            if not found.has_later:
                break
            after = seen[-1]
        assert seen == holding, question
        if len(holding) > page:
            before = searching.find_ended(town.register, viewer, words, before=holding[page])
            assert [row.id for row in before.rows] == holding[:page], question


@pytest.mark.usefixtures("kept")
def test_no_question_to_the_archive_reads_every_complaint(town: Town, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("how PostgreSQL goes about it rests on what it knows of the tables")
    asked: list[tuple[str, Any]] = []
    sqlalchemy_event.listen(engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    for words in (["rain"], ["rain", "giraffe"], ["nothing"]):
        searching.find_ended(town.register, town.viewer(Role.MANAGER), words, after=5)
        searching.how_many(town.register, town.viewer(Role.MANAGER), words, is_open=False)
    town.register.rollback()
    with engine.connect() as connection:
        for statement, given in [each for each in asked if "search_text" in each[0]]:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
            assert "SCAN complaint" not in plan, (statement, plan)
