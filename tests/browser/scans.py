"""Which pages were looked at, and in which state: at the end of a run that looked at all of them, a page that nobody looked at fails it.

states.csv beside this says in which states each page and form can be (items 1 and 84). A state that is seen and not there fails a run, and so
does one that `make slow`, which presses every button, has not seen. What a run saw is left in test-results/scans.csv, in the same form.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from tests import reached
from tests.crawl import Found
from tests.house import ROOT

FOLDER = ROOT / "test-results/scans"
KINDS = ("nobody", "complaining", "speaking", "resident", "those beside", "handler", "manager", "few outside", "few within")
"""Who a page is looked at as, each in a test of its own."""

FEW_COME = {
    "few outside": {
        "nobody": "public.not_mine public.question public.signed_out public.stopped", "asking": "public.type_code", "by mail": "resident.prove", "contractor": "public.answer_question",
        "complaining": "resident.alerted resident.check resident.later resident.upload", "representative": "resident.acting_in resident.spoken_letter",
        "resident": "resident.code resident.meaning resident.narrow_authority resident.not_done resident.withdraw",
    },
    "few within": {
        "half way": "staff.second_step", "colleague": "staff.own_action staff.set_up_factor", "lead": "staff.outside_reviewer",
        "manager": "staff.acknowledge_letter staff.acknowledge_together staff.ask_letter staff.authority staff.breach staff.danger staff.danger_alone staff.data_longer staff.data_refused "
        "staff.data_sent staff.end_question staff.gave_several staff.offer_letter staff.pause staff.refuse_letter staff.said staff.send_news_letter staff.sort_mail staff.tell_late_letter staff.translation",
        "handler": "staff.acknowledge_and_answer_letter staff.answer_letter staff.answer_part_letter staff.answer_together staff.correct_letter staff.extend_letter staff.meaning staff.revise_letter "
        "staff.settle staff.why",
    },
}  # fmt: skip
"""Pages that none of the others come to, by who does (tests/lived_in.py has them all)."""



def in_every_window(kind: str) -> str:
    """Where it is noted what was looked at as somebody by `make slow`."""
    return f"{kind} in every window"


def refused(kinds: Iterable[str]) -> str:
    """Where it is noted what forms said to these, that could not take what was sent."""
    return f"refused to {' '.join(kinds)}"


EVERY_WINDOW = (*map(in_every_window, KINDS), *map(refused, reached.IN_TURN))
"""Every note of `make slow`."""

LISTED = Path(__file__).with_name("states.csv")
STATES = ("empty", "filled", "error", "saved", "none found", "signed out")
ON_THE_WAY = {"staff.case", "staff.mail", "staff.own_actions", "staff.second_factor", "resident.case"}
"""Pages that lead to those."""

UNSEEN: dict[str, str] = {}
"""Pages that are not looked at yet, and why."""

MISSED = pytest.StashKey[list[str]]()


def state_of(found: Found) -> str:
    """How a page stands: the first of these that it shows."""
    page = found.page
    if found.status >= 400 or page.find_class("error-summary"):
        return "error"
    if page.find_class("done"):
        return "saved"
    if page.find_class("none"):
        return "none found"
    if found.what in ("GET /staff/sign-in", "GET /follow"):
        return "signed out"
    return "filled" if _is_filled(page) else "empty"


def _is_filled(page: html.HtmlElement) -> bool:
    typed = "//main//input[@value!=''][not(@type='hidden' or @type='radio' or @type='checkbox')]"
    return bool(page.xpath(f"{typed} | //main//input[@checked] | //main//textarea[normalize-space()]"))


def note(app: Flask, kind: str, pages: Iterable[Found]) -> None:
    """Write down that these pages were looked at as this kind of person."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = {(reached.endpoint(app, each.what.split(" ")[1], each.what.split(" ")[0]), state_of(each)) for each in pages}
    with (FOLDER / f"{kind}.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sorted(lines))


def seen() -> dict[str, set[str]] | None:
    """Each page or form and the states it was seen in; None where one kind of person was not asked."""
    files = [FOLDER / f"{kind}.csv" for kinds in (KINDS, EVERY_WINDOW) if asked_all(kinds) for kind in kinds]
    found: dict[str, set[str]] = defaultdict(set)
    for each in files:
        with each.open(newline="") as file:
            for endpoint, state in csv.reader(file):
                found[endpoint].add(state)
    return found if files else None


def asked_all(kinds: Iterable[str]) -> bool:
    """Whether every one of these kinds of people has been asked in this run."""
    return all((FOLDER / f"{kind}.csv").exists() for kind in kinds)


def listed() -> dict[str, set[str]]:
    """Each page or form, and the states it can be in."""
    with LISTED.open(newline="") as file:
        return {row.pop("page"): {state for state, said in row.items() if said} for row in csv.DictReader(file)}


def missed(found: dict[str, set[str]], can_be: dict[str, set[str]], *, whole: bool) -> list[str]:
    """What is a page and was not looked at in any state, what is excused and was, and where the list is wrong: by `whole`, in states nobody saw too."""
    unseen = {each for each in reached.everything(reached.PAGES) if not found.get(each)}
    wrong = [f"{each} was looked at by nobody" for each in sorted(unseen - set(UNSEEN))]
    wrong += [f"{each} is looked at: excuse it no longer" for each in sorted(set(UNSEEN) - unseen)]
    for each in sorted({*found, *can_be}):
        saw, said = found.get(each, set()), can_be.get(each, set())
        wrong += [f"{each} was seen as “{state}”, which {LISTED.name} does not say" for state in sorted(saw - said)]
        wrong += [f"{each} was not seen as “{state}”, which {LISTED.name} says" for state in sorted(said - saw) if whole]
    return wrong


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin with none; the workers of a run begin after this."""
    if not hasattr(session.config, "workerinput"):
        for each in FOLDER.glob("*.csv"):
            each.unlink()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput") or (found := seen()) is None:
        return
    with FOLDER.with_suffix(".csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("page", *STATES), *((each, *(state if state in states else "" for state in STATES)) for each, states in sorted(found.items()))])
    session.config.stash[MISSED] = missed(found, listed(), whole=asked_all(EVERY_WINDOW))
    if session.config.stash[MISSED]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if (found := config.stash.get(MISSED, None)) is not None:
        terminalreporter.section(f"axe and our own checks looked at every page: {len(found)} not as they should; test-results/scans.csv")
        for each in found:
            terminalreporter.write_line(each)
