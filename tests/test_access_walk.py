"""The access walk: every route, as everybody, to every kind of complaint, compared with a table written by people."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Text, false, select

from portal import access, assembly, db, web
from portal.access import STAFF, Condition, Do, Role, always
from portal.complaints import queries
from portal.complaints.models import Complaint
from portal.db import Base, Encrypted
from tests import walk, walk_table
from tests.conftest import portal_on
from tests.town import Town
from tests.walk import Walk, Walked
from tests.walk_table import ROLE_OF, Row

HARMLESS = {"INSERT read_event", "UPDATE visit"}
MAKES_FILES = {"resident.all_of_it_file", "resident.letter_made", "resident.spoken_letter_made", "staff.letter_made"}
"""Where a letter is made into a file the first time that it is asked for, and kept."""

LEAVES = ("public.sign_out", "public.leave")
"""The one form without a token: leaving is never refused, and another site's post does not carry our cookie."""

WALLED = {(Do.FOLLOW_FOR, Role.REPRESENTATIVE), (Do.READ_EVERYTHING, Role.REPRESENTATIVE), (Do.READ_EVERYTHING, Role.PARTY), (Do.TAKE_EVERYTHING, Role.REPRESENTATIVE), (Do.TAKE_EVERYTHING, Role.PARTY), (Do.ASK_FOR_DATA, Role.PARTY), (Do.FOLLOW, Role.PARTY), (Do.ASK_STAGE_2, Role.PARTY), (Do.WITHDRAW, Role.PARTY), (Do.TAKE_UP, Role.PARTY), (Do.PROVE, Role.PARTY), (Do.MARK_BROWSER, Role.PARTY), (Do.CHANGE_CONTACT, Role.PARTY), (Do.CHOOSE_LANGUAGE, Role.PARTY), (Do.SAY_OF_SELF, Role.PARTY), (Do.GET_CODE, Role.PARTY), (Do.QUERY_MEANING, Role.PARTY), (Do.WRITE_TO_US, Role.PARTY), (Do.RAISE_ISSUE, Role.PARTY), (Do.ANSWER_OFFER, Role.PARTY), (Do.END_AUTHORITY, Role.PARTY), (Do.ALLOW_DISCLOSED, Role.PARTY), (Do.DISPUTE_ACTION, Role.PARTY), (Do.DISPUTE_RECEIPT, Role.PARTY), (Do.SAY_UNUSABLE, Role.PARTY), (Do.VOICE, Role.PARTY), (Do.READ_CASE, Role.COLLEAGUE)} | {
    (do, Role.COLLEAGUE) for do in (Do.RECORD_CONTACT, Do.WRITE_DATA_ASKED, Do.CHECK_PERSON, Do.CHANGE_FOR_THEM, Do.KEEP_DISCLOSED, Do.GIVE_CODE, Do.CORRECT_RECEIPT)
} | {(do, role) for do in Do for role in (Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR)}
"""Here visible() already shows nobody but the right person the complaint; these cells are tried with it taken away."""

UNFILLED = {
    "read_event.listed", "idempotency_key.answer", "event.details",
    "landlord_setting.source", "extra_holiday.name", "extra_holiday.source", "service.name", "staff.name",
    "staff.email", "staff.job_title", "staff.phone", "staff.password_hash", "staff.first_password", "staff.work_account", "account_change.because", "second_factor.secret", "draft.code", "draft.answers",
    "action.proof", "point.whose", "issue.form", "challenge.asked", "challenge.message", "challenge.code_hash", "notice.address",
    "made_file.said", "made_file.content", "contractor_question.message", "person.display", "staff.display", "equality_half_year.counts",
}  # fmt: skip
"""Columns of words that hold none of a complaint's, or that nothing in these journeys fills."""

MALFORMED = "malformed"
"""An address that no complaint can have: it is refused before anybody looks who asks, or by what, so it is asked for once."""

assert assembly, "Its import declares every route."

table = pytest.mark.parametrize("row", walk_table.rows(), ids=str)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Walk]:
    """The town of the walk, made once; nothing that is sent may change it."""
    folder = tmp_path_factory.mktemp("walk")
    (folder / "portal.db").write_bytes(empty_database.read_bytes())
    app = portal_on(f"sqlite:///{folder / 'portal.db'}", folder / "files")
    app.test_client_class = FlaskClient
    with db.sessions(app.extensions["engine"])() as register:
        yield walk.build(app, Town(register))


@table
def test_everybody_gets_the_answer_the_table_says_and_no_word_that_is_not_theirs(there: Walk, row: Row) -> None:
    assert wrong(there, row, everyday(row), htmx=False) == []
    assert wrong(there, row, once_by_htmx(row), htmx=True) == []


@pytest.mark.slow
@table
@pytest.mark.parametrize("htmx", [False, True])
def test_everybody_gets_it_at_every_door_and_by_htmx_too(there: Walk, row: Row, htmx: bool) -> None:
    assert wrong(there, row, row.answers, htmx=htmx) == []


def everyday(row: Row) -> list[tuple[str, str]]:
    """Everybody; but of those who come no further than the door, or who ask for what never was, one of each kind.

    Whose role may not come through a door at all is refused there once, whatever complaint they ask for.
    """
    is_nothing = row.relation.endswith(("never", MALFORMED))
    asked = [(person, answer) for person, answer in row.answers if answer != "403" or refused_first()[row.endpoint, row.method, person] == row.relation]
    return list({(kind(person) if is_nothing or answer == "door" else person, answer): (person, answer) for person, answer in asked}.values())


@cache
def refused_first() -> dict[tuple[str, str, str], str]:
    """Endpoint, method and who -> the first line of the table where their role is refused."""
    return {(row.endpoint, row.method, person): row.relation for row in reversed(walk_table.rows()) for person, answer in row.answers if answer == "403"}


def kind(person: str) -> str:
    """What somebody is to us: nobody, a party, a representative, a contractor, or staff."""
    if ROLE_OF[person] in STAFF:
        return "staff"
    return "contractor" if person in walk_table.CONTRACTORS else str(ROLE_OF[person])


@cache
def by_htmx() -> dict[tuple[str, str, str], tuple[str, str]]:
    """One person for each answer that a door gives, and the line where they get it: endpoint, method and answer -> relation and who; `make slow` has everybody."""
    return {
        (row.endpoint, row.method, answer): (row.relation, person)
        for row in reversed(walk_table.rows()) if row.relation != MALFORMED
        for person, answer in row.answers
    }  # fmt: skip


def once_by_htmx(row: Row) -> list[tuple[str, str]]:
    """Those who come by htmx to one line of the table."""
    return [(person, answer) for person, answer in row.answers if by_htmx().get((row.endpoint, row.method, answer)) == (row.relation, person)]


def wrong(there: Walk, row: Row, answers: Iterable[tuple[str, str]], *, htmx: bool) -> list[str]:
    """What is wrong with the answers to one address, and with whose."""
    return [
        f"{person}: {fault}"
        for person, expected in answers
        for fault in faults(there, row, person, expected, there.send(person, row.endpoint, row.method, row.relation, htmx=htmx))
    ]


def faults(there: Walk, row: Row, person: str, expected: str, came: Walked) -> Iterator[str]:
    """What is wrong with one answer: another than the table's, a foreign word, something written, a read not noted."""
    if came.answer != expected:
        yield f"{came.answer}, not {expected}"
    if foreign := {each for each in came.canaries if not walk_table.may_see(person, *each)}:
        yield f"shows {sorted(foreign)}"
    allowed = HARMLESS | ({"INSERT made_file"} if row.endpoint in MAKES_FILES else set()) if expected == "ok" else set()
    if row.endpoint not in LEAVES and not set(came.written) <= allowed:
        yield f"writes {came.written}"
    if ROLE_OF[person] in STAFF and person != "leaver":
        yield from footprints(there, row, person, came)


def footprints(there: Walk, row: Row, person: str, came: Walked) -> Iterator[str]:
    """What is missing of the trace that staff leave: of each complaint they read words of, and of each refusal (W5)."""
    if shown := {case for case, _what in came.canaries} - {"alone"}:
        if len(came.reads) != 1:
            yield f"was read, and that was written down {len(came.reads)} times"
            return
        staff_id, role, complaint_id, listed, route, reason = came.reads[0]
        if (staff_id, role, route) != (*there.ids[person], row.endpoint):
            yield f"was read by somebody else, or elsewhere: {came.reads[0]}"
        if not all(there.numbers[case] & (listed | {complaint_id}) for case in shown):
            yield f"shows {shown}, and it is written down that {complaint_id} and {sorted(listed)} were read"
        if reason != walk_table.why(person, row.relation, row.endpoint):
            yield f"was read because {reason}"
    is_route = row.endpoint.startswith("staff.") and "malformed" not in row.relation
    if is_route and came.answer in ("403", "404", "why"):
        lines = [line for line in came.logged if f'"actor": "staff:{there.ids[person][0]}"' in line and f'"route": "{row.endpoint}"' in line]
        if len(lines) != 1:
            yield f"was refused, and that was logged {len(lines)} times"


def test_every_route_is_in_the_table_and_every_line_is_a_route(there: Walk) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in there.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(row.endpoint, row.method) for row in walk_table.rows()} == routes


def test_every_rule_is_used_by_somebody_who_may_and_every_route_refuses_somebody() -> None:
    used = {
        (web.DECLARED[row.endpoint], ROLE_OF[person])
        for row in walk_table.rows()
        for person, answer in row.answers
        if answer == "ok"
    }
    assert {cell for cell in reachable() if cell[1] in access.RULES[cell[0]]} <= used
    open_to_all = {do for do, roles in access.RULES.items() if set(roles) == set(Role)}
    for endpoint, do in web.DECLARED.items():
        answers = {a for row in walk_table.rows() if row.endpoint == endpoint for _, a in row.answers}
        assert "ok" in answers, endpoint
        assert do in open_to_all or answers & {"door", "403", "404"}, endpoint


def test_every_column_of_words_holds_a_canary(there: Walk) -> None:
    columns = {
        f"{column.table.name}.{column.name}": column
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if isinstance(column.type, Text | Encrypted)
    }
    empty = {name for name, column in columns.items() if not holds_a_canary(there, column)}
    there.town.register.rollback()
    assert empty - UNFILLED == set()


def holds_a_canary(there: Walk, column: Any) -> bool:
    """Whether any row of a column does."""
    values: list[Any] = list(there.town.register.scalars(select(column)))
    return any(walk.CANARY.search(str(value)) for value in values)


def reachable() -> list[tuple[Do, Role]]:
    """Every cell of the rules that a request can come to: no resident comes in at the staff's door, and no staff at theirs."""
    cells = set()
    for endpoint, do in web.DECLARED.items():
        comers = STAFF if endpoint.startswith("staff.") else (Role.PARTY, Role.REPRESENTATIVE)
        cells |= {(do, role) for role in (Role.NOBODY, *comers)}
    return sorted(cells, key=str)


def is_noticed(there: Walk, do: Do, role: Role) -> bool:
    """Whether any line about this action, as a person of this role, is answered otherwise than the table says."""
    for row in walk_table.rows():
        if web.DECLARED.get(row.endpoint) is not do:
            continue
        for person, expected in row.answers:
            if ROLE_OF[person] is role and (role is not Role.NOBODY or person == "nobody"):
                came = there.send(person, row.endpoint, row.method, row.relation, htmx=False)
                foreign = {each for each in came.canaries if not walk_table.may_see(person, *each)}
                if came.answer != expected or foreign:
                    return True
    return False


def named(cell: object) -> str:
    """How a test calls a cell."""
    return f"{cell.name if isinstance(cell, Do) else cell}"


@pytest.mark.parametrize(("do", "role"), reachable(), ids=named)
def test_a_rule_taken_away_or_widened_is_noticed(
    there: Walk, monkeypatch: pytest.MonkeyPatch, do: Do, role: Role
) -> None:
    condition = access.RULES[do].get(role)
    for mutant in mutants(condition):
        with monkeypatch.context() as changed:
            changed.setitem(access.RULES, do, changed_cell(do, role, mutant))
            if mutant and (do, role) in WALLED:
                changed.setattr(queries, "visible", lambda viewer: select(Complaint))
                changed.setattr(queries, "find", find_any)
            assert is_noticed(there, do, role), f"{do} for {role}: {condition} -> {mutant}"


def find_any(register: db.Register, viewer: access.Viewer, reference: str | None) -> Complaint | None:
    """A door without visible(): any complaint, for anybody."""
    wanted = Complaint.reference == reference if reference else Complaint.id < (viewer.complaint_id or 0)
    return register.scalar(select(Complaint).where(wanted).limit(1))


def mutants(condition: Condition | None) -> list[Condition | None]:
    """What a careless change could make of a cell: nothing at all, or anybody in the role."""
    if condition is None:
        return [always]
    return [None] if condition is always else [None, always]


def changed_cell(do: Do, role: Role, mutant: Condition | None) -> dict[Role, Condition]:
    """The action's rules with one cell changed."""
    kept: dict[Role, Condition] = {each: rule for each, rule in access.RULES[do].items() if each is not role}
    return kept | ({role: mutant} if mutant else {})


@pytest.mark.parametrize("role", access.OPENS, ids=named)
def test_who_opens_a_complaint_without_a_reason_widened_or_taken_away_is_noticed(there: Walk, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    assert not opens_otherwise(there, role)
    for mutant in mutants(access.OPENS[role]):
        with monkeypatch.context() as changed:
            others = {each: rule for each, rule in access.OPENS.items() if each is not role}
            changed.setattr(access, "OPENS", others | ({role: mutant} if mutant else {}))
            assert opens_otherwise(there, role), f"{role}: {mutant}"


def opens_otherwise(there: Walk, role: Role) -> bool:
    """Whether somebody of this role opens a complaint otherwise than the table says, or somebody of it who is of no team does."""
    answered = there.send(f"{role}_of_no_team", "staff.case", "GET", "mine", htmx=False).answer
    return answered != walk_table.OF_NO_TEAM[role] or is_noticed(there, Do.READ_CASE, role)


@pytest.mark.parametrize("do", sorted({do for endpoint, do in web.DECLARED.items() if endpoint.startswith("resident.") and Role.PARTY in access.RULES[do]}), ids=named)
def test_what_needs_a_second_proof_taken_away_or_added_to_is_noticed(there: Walk, monkeypatch: pytest.MonkeyPatch, do: Do) -> None:
    monkeypatch.setattr(access, "NEEDS_PROOF", access.NEEDS_PROOF ^ {do})
    assert is_noticed(there, do, Role.PARTY)


@pytest.mark.parametrize(("role", "do"), [(Role.PARTY, Do.FOLLOW), (Role.COLLEAGUE, Do.READ_CASE)])
@pytest.mark.parametrize("sees", [lambda viewer: select(Complaint), lambda viewer: select(Complaint).where(false())])
def test_what_can_be_seen_widened_or_narrowed_is_noticed(
    there: Walk, monkeypatch: pytest.MonkeyPatch, role: Role, do: Do, sees: Callable[[object], object]
) -> None:
    monkeypatch.setattr(queries, "visible", sees)
    if role is Role.PARTY:
        monkeypatch.setattr(queries, "find", find_any)
    assert is_noticed(there, do, role)
