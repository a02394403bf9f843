"""`make bench`: each page against a bare page on the same server in one run; medians, p95, processor time, as ratios."""

import os
import platform
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.bench.asking import Measured
from tests.bench.installed import installed

SIZES = tuple(map(int, os.environ.get("PORTAL_BENCH_SIZES", "1000 1000000").split()))
ENGINES = os.environ.get("PORTAL_BENCH_ENGINES", "sqlite postgresql").split()
GROWS = ("resident", "queue", "with", "due", "search", "case", "raise")
"""The pages that read the complaints, by what their names begin with: an archive must not make them slower."""


def lines(found: dict[str, Measured]) -> Iterator[str]:
    """One table."""
    hello, one = found["bare hello"].each, found["one query, one template"].each
    yield "| Page | median ms | p95 ms | processor ms | against hello | against one query |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, each in found.items():
        yield (
            f"| {name} | {each.median:.1f} | {each.p95:.1f} | {each.each:.2f} | {each.each / hello:.1f} | {each.each / one:.1f} |"
        )


def growth(small: dict[str, Measured], large: dict[str, Measured]) -> Iterator[str]:
    """How many times the processor time, and the median, each page takes at the larger size."""
    yield "| Page | processor, times | median, times |"
    yield "|---|---:|---:|"
    for name in [name for name in large if name.startswith(GROWS)]:
        yield f"| {name} | {large[name].each / small[name].each:.2f} | {large[name].median / small[name].median:.2f} |"


def main() -> None:
    """Measure every engine at every size, and print the tables as docs/performance.md holds them."""
    print(f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for engine in ENGINES:
        tables = []
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder, installed(Path(folder), engine, size) as bench:
                requests, sent = bench.client.first_visit()
                tables.append(bench.run())
            print(f"\n### {engine}, {size:,} complaints\n")
            print(f"Made in {bench.took:.0f} s. A first visit: {requests} requests, {sent / 1000:.1f} KB.\n")
            print("\n".join(lines(tables[-1])), flush=True)
        if len(SIZES) > 1:
            print(f"\n### {engine}, {SIZES[-1]:,} against {SIZES[0]:,}\n")
            print("\n".join(growth(tables[0], tables[-1])), flush=True)


if __name__ == "__main__":
    main()
