"""The rules stand alone: the standard library only, no clock, and no edition known by its name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

RULES = Path(__file__).parents[2] / "portal" / "rules"
MODULES = sorted(RULES.rglob("*.py"))
CLOCKS = {"today", "now", "utcnow", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
# What would let a rule reach a clock, or anything else outside it.
OUTSIDE = {"time", "random", "os", "socket", "subprocess", "pathlib", "io", "sqlite3", "urllib", "importlib"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a tree imports, whole name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "a relative import"


def faults(source: str) -> list[str]:
    """What a module of the rules may not have: foreign imports, clocks, files."""
    tree = ast.parse(source)
    found = []
    for name in imported(tree):
        root = name.split(".")[0]
        ours = name == "portal.rules" or name.startswith("portal.rules.")
        if not ours and (root not in sys.stdlib_module_names or root in OUTSIDE):
            found.append(f"imports {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            found.append(f"reads a clock: {node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "input", "__import__"}
        ):
            found.append(f"calls {node.func.id}")
    return found


def test_the_rules_import_only_the_standard_library_and_read_no_clock() -> None:
    assert len(MODULES) > 12
    assert {str(path.relative_to(RULES)): faults(path.read_text()) for path in MODULES} == {
        str(path.relative_to(RULES)): [] for path in MODULES
    }


def test_the_check_sees_a_clock_a_library_and_an_open_file() -> None:
    assert faults("from datetime import date\nx = date.today()") == ["reads a clock: today"]
    assert faults("import holidays") == ["imports holidays"]
    assert faults("import time") == ["imports time"]
    assert faults("from portal.clock import now") == ["imports portal.clock"]
    assert faults("open('x')") == ["calls open"]


def test_no_rule_asks_which_edition_it_is_given() -> None:
    for path in MODULES:
        if path.parent.name == "editions":
            continue
        tree = ast.parse(path.read_text())
        compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
        assert not [
            ast.unparse(one)
            for one in compared
            if "edition.id" in ast.unparse(one) or "ombudsman-" in ast.unparse(one)
        ]
        assert not [name for name in imported(tree) if "housing_ombudsman" in name], path


def test_no_rule_holds_a_number_of_working_days_or_a_provision_of_its_own() -> None:
    allowed = {0, 1, 2, 5, 6, 7, 12}
    for name in (
        "order.py",
        "contents.py",
        "considering.py",
        "answers.py",
        "refusals.py",
        "promised.py",
        "table.py",
        "reading.py",
        "letters.py",
        "history.py",
        "standing.py",
    ):
        constants = [
            node.value
            for node in ast.walk(ast.parse((RULES / name).read_text()))
            if isinstance(node, ast.Constant)
        ]
        assert not [one for one in constants if type(one) is int and one not in allowed], name
        provisions = [
            one
            for one in constants
            if isinstance(one, str) and one.replace(".", "", 1).isdigit() and "." in one
        ]
        assert not provisions, name
