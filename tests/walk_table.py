"""What the walk expects, read from access_table.csv, and a second table: whose words each person may meet."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.access import STAFF, Role

TABLE = Path(__file__).with_name("access_table.csv")
RULE_KEYS = ("endpoint", "method", "relation")

ALL = {"mine", "second", "theirs", "alone"}
SEES: dict[str, set[str]] = {
    "nobody": set(),
    "resident": {"mine"},
    "neighbour": {"theirs"},
    "colleague": {"mine"},
    "triage": ALL,
    "triage_of_stage_1": ALL,
    "handler": ALL,
    "handler_elsewhere": ALL,
    "senior": ALL,
    "senior_of_stage_1": ALL,
    "reviewer": ALL,
    "reviewer_of_stage_1": ALL,
    "manager": ALL | {"kept"},
    "manager_of_stage_1": ALL,
    "lead": ALL,
    "liaison": {"mine"},
    "governor": set(),
    "administrator": set(),
    "auditor": set(),
    "leaver": set(),
    "handler_off_it": {"second", "alone"},
    "handler_said_why": ALL,
}
"""Person -> the complaints whose words may stand in an answer to them; nothing is computed from the rules."""

ON_A_LIST = {"name", "words", "what", "owner", "remedy", "acting", "trouble"}
"""What a list says of another team's complaint to somebody who works on complaints: whose it is, how it begins, what was promised or offered, and what mail of it did not go."""

NOBODYS = {("theirs", "issue"), ("theirs", "post")}
"""Of the complaint that was made of an issue of `theirs`, which nobody has yet: its words, and where its letters go."""

ON_IT = {
    "mine": {"handler", "manager", "manager_of_stage_1", "lead"},
    "second": {"reviewer", "manager", "triage_of_stage_1", "senior_of_stage_1", "reviewer_of_stage_1", "manager_of_stage_1", "lead"},
    "kept": {"manager"},
    "theirs": {"senior", "manager", "manager_of_stage_1", "lead"},
}
"""Complaint -> who reads the statements kept with it: those on the case at any stage, managers, and the senior lead (ruling 9)."""

NOT_FOR_RESIDENTS = {
    "note", "statement", "evidence", "supplier", "call", "who", "companion", "triage", "interest", "danger", "trouble", "proof", "refused", "stored", "times", "saferead", "whynot", "reached", "opened",
    "asked", "firm", "firmmail", "replied", "replier",
}  # fmt: skip
"""What no resident is shown, even of their own complaint: working notes, what others said, and safe-contact answers."""

REPRESENTATIVES: dict[str, set[str]] = {
    "representative": set(),
    "representative_shown": {"name", "words", "when", "wanted", "point", "outcome", "whose", "unaccepted"},
    "representative_reads": {"name", "words", "point"},
    "representative_stopped": set(),
}
"""Somebody who acts for the resident of `mine`, their authority claimed, shown, shown for reading alone, or stopped -> what of the complaint they may read."""

THEIR_DOORS = {
    ("resident.spoken", "any"): ("ok", "ok", "ok", "ok"),
    ("resident.all_of_it", "any"): ("ok", "ok", "ok", "404"),
    ("resident.all_of_it_file", "any"): ("ok", "ok", "ok", "404"),
    ("resident.open_other_home", "any"): ("ok", "ok", "ok", "ok"),
    ("resident.open_other_home", "never"): ("ok", "ok", "ok", "ok"),
    ("resident.acting_in", "any"): ("ok", "ok", "ok", "ok"),
    ("resident.open_acting", "mine"): ("ok", "ok", "ok", "ok"),
    ("resident.open_acting", "stopped"): ("ok", "ok", "ok", "ok"),
    ("resident.open_acting", "never"): ("ok", "ok", "ok", "ok"),
    ("resident.spoken_letter", "mine"): ("404", "ok", "404", "404"),
    ("resident.spoken_letter", "never"): ("404", "404", "404", "404"),
    ("resident.spoken_letter_made", "mine"): ("404", "ok", "404", "404"),
    ("resident.spoken_letter_made", "never"): ("404", "404", "404", "404"),
    ("resident.spoken_file", "spoken"): ("404", "ok", "404", "404"),
    ("resident.spoken_file", "mine"): ("404", "404", "404", "404"),
    ("resident.spoken_file", "theirs"): ("404", "404", "404", "404"),
    ("resident.spoken_file", "never"): ("404", "404", "404", "404"),
    ("resident.messages", "any"): ("403", "ok", "403", "403"),
    ("resident.stage_2", "any"): ("403", "ok", "403", "403"),
    ("resident.take_back", "any"): ("403", "ok", "403", "403"),
    ("resident.contact", "any"): ("ok", "ok", "ok", "403"),
    ("resident.language", "any"): ("ok", "ok", "ok", "403"),
    ("resident.about_you", "any"): ("ok", "ok", "ok", "403"),
    ("resident.prove", "any"): ("ok", "ok", "ok", "403"),
    ("resident.send_proof", "any"): ("ok", "ok", "ok", "403"),
    ("resident.ask_call", "any"): ("ok", "ok", "ok", "403"),
}
"""Where they come in. A resident's own pages refuse them (403) but where their authority covers it, and everywhere else they are nobody in particular."""

BY_MAIL = "resident_by_mail"
"""The resident of `mine`, who came in with a code that was sent to their mailbox, and has shown nothing else."""

PROOF_FIRST = {"resident.contact", "resident.withdraw", "resident.code", "resident.all_of_it_file"}
"""Where they are asked for more before anything is shown or done; everywhere else they are the resident."""

CONTRACTORS: dict[str, set[str]] = {"contractor_live": {"asked", "home"}, "contractor_used": set()}
"""Somebody who was asked about `mine` by a link, before and after they answered -> what of it they may read: the question, and what it tells."""

OF_NO_TEAM = {Role.COLLEAGUE: "404", Role.LIAISON: "ok", Role.MANAGER: "ok", Role.LEAD: "ok"} | dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.SENIOR, Role.REVIEWER), "why")
"""What somebody of each role is answered who is of no team and asks for `mine`, which has been weighed and given out: who answers complaints says first why (I1)."""

NOT_FOR_ANYBODY = {"stored", "storedletter"}
ROLE_OF = {person: next((role for role in STAFF if person.startswith(role)), Role.MANAGER) for person in SEES}
ROLE_OF |= dict.fromkeys(REPRESENTATIVES, Role.REPRESENTATIVE)
ROLE_OF |= dict.fromkeys(CONTRACTORS, Role.NOBODY)
ROLE_OF |= {"nobody": Role.NOBODY, "resident": Role.PARTY, "neighbour": Role.PARTY, BY_MAIL: Role.PARTY}


@dataclass(frozen=True)
class Row:
    """One line of the table: an address, and the answer each person is owed."""

    endpoint: str
    method: str
    relation: str
    answers: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} {self.relation}"


@cache
def rows() -> tuple[Row, ...]:
    """Every line, in the order written."""
    with TABLE.open(newline="") as file:
        return tuple(
            Row(line["endpoint"], line["method"], line["relation"], (*((each, line[each]) for each in SEES), *_for_representatives(line), _by_mail(line), *((each, line["nobody"]) for each in CONTRACTORS)))
            for line in csv.DictReader(file)
        )


def _for_representatives(line: dict[str, str]) -> list[tuple[str, str]]:
    refused = "403" if line["nobody"] == "door" and line["endpoint"].startswith("resident.") else line["nobody"]
    return list(zip(REPRESENTATIVES, THEIR_DOORS.get((line["endpoint"], line["relation"]), (refused,) * len(REPRESENTATIVES)), strict=True))


def _by_mail(line: dict[str, str]) -> tuple[str, str]:
    is_asked = line["resident"] == "ok" and line["endpoint"] in PROOF_FIRST
    return BY_MAIL, "proof" if is_asked else line["resident"]


def may_see(person: str, case: str, what: str) -> bool:
    """Whether a canary of that complaint and kind may stand in an answer to that person."""
    person = "resident" if person == BY_MAIL else person
    if person in CONTRACTORS:
        return case == "mine" and what in CONTRACTORS[person]
    if person in REPRESENTATIVES:
        return case == "mine" and what in REPRESENTATIVES[person]
    if person == "handler_off_it" and case in ("mine", "theirs"):
        return what in ON_A_LIST or (case, what) in NOBODYS
    resident = person in ("resident", "neighbour")
    if what == "statement":
        return person in ON_IT[case]
    return case in SEES[person] and what not in NOT_FOR_ANYBODY and not (resident and what in NOT_FOR_RESIDENTS)


def why(person: str, relation: str, endpoint: str) -> str | None:
    """The reason that stands with what somebody reads: one that they wrote of that very complaint, and nothing anywhere else."""
    case = relation.partition("/")[0]
    is_asked = person == "handler_said_why" and case in ("mine", "theirs") and endpoint != "staff.why"
    return f"zz{case}qopenedq" if is_asked else None
