"""The house rules that can be read from the source: who imports whom, and what no view and no template may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, nodes

from portal import migrate
from portal.complaints import (
    arrived,
    challenges,
    equality,
    made_files,
    models,
    notices,
    own_browsers,
    papers,
    people,
    record,
    settings,
    typed_words,
)
from portal.db import Base
from tests import house
from tests.house import ROOT, TEMPLATES, Module

REGISTER = {"rules", "db", "clock", "keyring", "access", "letters"}
PAGES = REGISTER | {"accounts", "browser", "codes", "coming_back", "complaints", "display", "forms", "giving", "hard_words", "i18n", "letter_forms", "marked", "pace", "plain", "post", "proving", "reaching", "taking", "typed", "web"}
MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"commands"},
    "access": set(),
    "accounts": {"access", "clock", "complaints", "db", "keyring", "passwords"},
    "assets": set(),
    "browser": set(),
    "catalogues": {"i18n"},
    "clock": set(),
    "codes": {"access", "accounts", "clock", "complaints", "db", "keyring"},
    "coming_back": set(),
    "commands": REGISTER | {"accounts", "catalogues", "complaints", "config", "i18n", "log", "migrate", "passwords", "post"},
    "complaints": REGISTER,
    "config": {"access", "keyring"},
    "db": {"keyring"},
    "display": {"browser"},
    "errors": {"access", "accounts", "i18n", "log", "web"},
    "forms": {"i18n", "plain", "rules"},
    "giving": {"complaints", "db", "log"},
    "hard_words": set(),
    "headers": set(),
    "i18n": {"clock", "rules"},
    "keyring": set(),
    "letter_forms": {"complaints", "i18n"},
    "letters": {"catalogues", "rules", "i18n"},
    "log": set(),
    "marked": {"i18n", "letters"},
    "migrate": set(),
    "migrations": {"complaints", "db"},
    "pace": {"clock", "complaints"},
    "passwords": {"rules"},
    "plain": set(),
    "post": REGISTER | {"catalogues", "complaints", "config", "i18n", "log", "plain"},
    "proving": {"accounts", "clock", "codes", "complaints", "db", "keyring"},
    "public": PAGES | {"headers", "log"},
    "reaching": {"complaints", "forms", "i18n"},
    "resident": PAGES,
    "rules": set(),
    "run": {"commands", "complaints", "config", "db", "i18n", "keyring", "migrate"},
    "staff": PAGES | {"config", "db", "log", "passwords", "work_account"},
    "taking": {"complaints", "i18n", "pace", "plain"},
    "template_words": {"assets", "catalogues", "clock", "complaints", "i18n", "marked", "rules", "web"},
    "typed": {"access", "accounts", "coming_back", "complaints", "db"},
    "web": {"access", "accounts", "assets", "clock", "coming_back", "complaints", "db", "forms", "i18n", "log", "typed"},
    "work_account": {"clock", "config", "rules"},
}
"""Which part of the portal may import which; `portal/__init__` imports all of them, and nobody imports it."""

MAKES_PASSWORDS = {"complaints.demo": {"accounts", "i18n"}}
"""The demo gives its staff passwords; nothing that runs a real landlord's portal imports it but commands."""

KNOWS_FLASK = {
    "__init__", "accounts", "assembly", "browser", "coming_back", "commands", "display", "errors", "forms", "giving", "headers", "pace", "public", "reaching", "resident", "staff",
    "taking", "template_words", "typed", "web",
}  # fmt: skip
FLASK = ("flask", "flask_login", "flask_wtf", "htmx_flask", "werkzeug", "wtforms")
VIEWS = ("public", "resident", "staff")
CORE = "portal.complaints.operations, portal.letters.compose, portal.rules.history"
TABLES = (arrived, challenges, equality, made_files, models, notices, own_browsers, papers, people, record, settings, typed_words)
Thing = TypeVar("Thing")
ROWS = {mapper.class_.__name__ for mapper in Base.registry.mappers}
BANNED = ("style", "required", "placeholder", "maxlength", "pattern", "hx-boost", "autofocus")


def named(module: Module) -> str:
    """How a failure calls a module."""
    return module.name


def every(things: Sequence[Thing], name: Callable[[Thing], str]) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """One test of a rule that is asked about each thing; it fails with all that break the rule, by name."""

    def asked(rule: Callable[[Thing], None]) -> Callable[[], None]:
        def test() -> None:
            broken = []
            for thing in things:
                try:
                    rule(thing)
                except AssertionError as fault:
                    broken.append(f"{name(thing)}: {fault}")
            assert not broken, "\n".join(broken)

        test.__name__ = rule.__name__
        return test

    return asked


every_module = every(house.modules(), named)
every_template = every(house.templates(), lambda path: str(path.relative_to(TEMPLATES)))
every_migration = every(sorted((migrate.FOLDER / "versions").glob("*.py")), lambda path: path.stem)


@every_module
def test_a_module_imports_only_what_its_part_may(module: Module) -> None:
    if module.name in ("__init__", "assembly"):
        return
    allowed = MAY_IMPORT[module.unit] | MAKES_PASSWORDS.get(module.name, set())
    assert house.units_imported(module) <= allowed


@every_module
def test_only_the_web_knows_flask(module: Module) -> None:
    if module.unit not in KNOWS_FLASK:
        assert not [name for name in module.imports() if name.split(".")[0] in FLASK]


@every_module
def test_every_message_stands_where_it_is_collected_for_translation(module: Module) -> None:
    assert list(module.said_where_nobody_collects_it()) == []


def test_the_core_loads_in_a_fresh_process_without_flask() -> None:
    script = f"import sys, {CORE}; print(sorted(set(sys.modules) & {set(FLASK)}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_the_rules_load_nothing_but_the_standard_library() -> None:
    imported = {name.split(".")[0] for each in house.modules() if each.unit == "rules" for name in each.imports()}
    assert imported - {"portal"} <= set(sys.stdlib_module_names)


@every_module
def test_a_view_asks_queries_and_tells_operations(module: Module) -> None:
    if module.unit not in VIEWS:
        return
    assert not [name for name in module.imports() if name.startswith("sqlalchemy")]
    made = [f"{call} in line {line}" for call, line in module.calls() if call.split(".")[-1] in ROWS | {"select"}]
    assert not made


@every_module
def test_only_the_clock_asks_what_time_it_is(module: Module) -> None:
    asks = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|func\.now)$")
    found = [f"{call} in line {line}" for call, line in module.calls() if asks.search(call)]
    assert module.name == "clock" or not found


@every_module
def test_one_module_alone_makes_markup(module: Module) -> None:
    found = [f"line {line}" for call, line in module.calls() if call.split(".")[-1] == "Markup"]
    assert module.name == "marked" or not found


@every_migration
def test_no_migration_puts_the_record_through_batch_mode(path: Path) -> None:
    text = path.read_text()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("batch_alter_table"):
            assert ast.literal_eval(node.args[0]) not in migrate.APPEND_ONLY


@every_template
def test_item_82_a_template_holds_nothing_that_browsers_or_residents_should_not_meet(path: Path) -> None:
    read = house.template_words(path)
    for tag, attributes in read.tags:
        for name, value in attributes.items():
            assert name not in BANNED, f"{name} on {tag}"
            assert not name.startswith(("on", "hx-on")), f"{name} on {tag}"
            assert not (name == "hx-vals" and "js:" in (value or "")), f"{value} on {tag}"
            assert not (name == "hx-trigger" and "[" in (value or "")), f"{value} on {tag}"
        assert tag != "style", "a style inside a template"


@every_template
def test_a_template_calls_nothing_safe(path: Path) -> None:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text())
    assert not [node.lineno for node in tree.find_all(nodes.Filter) if node.name == "safe"]
    assert not [node.lineno for node in tree.find_all(nodes.MarkSafe)]


@every_template
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert house.template_words(path).words == []


def test_every_table_is_known_to_the_migrations() -> None:
    assert {name for module in TABLES for name in vars(module) if name in ROWS} == ROWS
