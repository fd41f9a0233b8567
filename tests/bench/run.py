"""One run of ratios: techsov beside what it is built on, and beside what others use.

Usage: run.py [--quick] [--data DIR]. The tables are printed, and written to out/bench.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from asked import Asked, answers_in_page
from builds import Builds, builds, size_rows, timed_rows
from pictures import SPEED_SIZES, Pictures, Speed, first_pictures, speeds
from rounds import geometric_mean, growth

from techsov.graph.facts.files import packaged_data
from techsov.graph.flow import know
from techsov.graph.writer import write_file

HERE = Path(__file__).parent
REPORT = HERE.parent.parent / "out" / "bench.md"
FACTORS = (1, 10, 100, 1000)
#: A larger size would not fit into the memory of a common machine.
MOST_FACTS = 500_000
#: A peer whose slowest step would take longer than this, in seconds, is left out of a size.
PEER_SECONDS = 20
ROUNDS = {1: 5, 10: 5, 100: 3, 1000: 1}
LIBRARIES = ("pyoxigraph", "rdflib", "pyvis", "networkx", "rustworkx", "scipy")
#: The arcs that a lifted graph should have, about.
ARCS = (10_000, 100_000, 1_000_000)
#: What is measured on lifted graphs, and by whom.
TASKS = ("legal reach", "what-if", "dominators")
GRAPH_PEERS = ("networkx", "rustworkx", "igraph", "scipy")
STEPS = ("read", "build", "load")
ANALYSES = ("dependency view", "rank by degree", "rank by reach", "rank by PageRank")
DASH = "–"

Size = dict[str, Any]
Cells = Sequence[str]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare techsov with its peers in one run.")
    parser.add_argument("--quick", action="store_true", help="two sizes, one round: a minute")
    parser.add_argument("--data", type=Path, default=packaged_data(), help="the folder of facts")
    given = parser.parse_args()
    start = time.monotonic()
    real = know(given.data)
    sizes = measured_sizes(given.data, len(real.records.facts), quick=given.quick)
    networks = measured_networks(given.data, quick=given.quick)
    pictures = first_pictures(real, 1 if given.quick else 3)
    speed = speeds(real, 1, SPEED_SIZES[:1]) if given.quick else speeds(real, 5)
    asked = answers_in_page(real, 1 if given.quick else 5)
    site = builds(given.data)
    minutes = (time.monotonic() - start) / 60
    report = "\n".join(told(sizes, networks, pictures, speed, asked, site, minutes)) + "\n"
    write_file(REPORT, report)
    print(report)


def measured_sizes(data: Path, facts: int, *, quick: bool) -> dict[int, Size]:
    """Measure each size that fits, in a process of its own."""
    sizes: dict[int, Size] = {}
    peers = ["rdflib"] if quick else ["rdflib", "kglab"]
    for factor in FACTORS[:2] if quick else FACTORS:
        if facts * factor > MOST_FACTS:
            break
        named = ["named"] if factor == 1 and not quick else []
        rounds = 1 if quick else ROUNDS[factor]
        print(f"bench: ×{factor}", file=sys.stderr, flush=True)
        sizes[factor] = size = _measured(str(data), str(factor), str(rounds), *peers, *named)
        slowest = max(
            (seconds for name, seconds in size["steps"].items() if name.endswith(PEERS)), default=0
        )
        if slowest * 10 > PEER_SECONDS:
            peers = []
    return sizes


def measured_networks(data: Path, *, quick: bool) -> list[Size]:
    """Measure the analyses on lifted graphs, each size in a process of its own."""
    arcs = _run("networks.py", str(data), "1", "1")["arcs"]
    rounds, others = ("1", []) if quick else ("5", ["igraph"])
    networks = []
    for wanted in ARCS[:2] if quick else ARCS:
        print(f"bench: {wanted:,} arcs", file=sys.stderr, flush=True)
        factor = round(wanted / arcs)
        networks.append(_run("networks.py", str(data), str(factor), rounds, *others))
    return networks


PEERS = ("rdflib", "rdflib, parsed", "rdflib, added", "kglab")


def _measured(*arguments: str) -> Size:
    return _run("size.py", *arguments)


def _run(script: str, *arguments: str) -> Size:
    # rdflib orders patterns by a hash: one seed makes two runs comparable.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [sys.executable, str(HERE / script), *arguments]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found: Size = json.loads(run.stdout)
    return found


def told(
    sizes: dict[int, Size],
    networks: list[Size],
    pictures: Pictures | None,
    speed: list[Speed],
    asked: list[Asked] | None,
    site: Builds,
    minutes: float,
) -> Iterator[str]:
    """Write the report, line by line."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield "# Benchmark"
    yield ""
    yield (
        "Read ratios, not times. Medians of interleaved rounds, every second one in the reverse "
        "order; what takes more than a few seconds rests on one or two. Seconds are of the "
        "processor, in all threads, so that other work on a shared machine adds none; those of "
        "the page are of the clock."
    )
    yield ""
    yield (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, {versions}. "
        f"The run took {minutes:.1f} minutes."
    )
    yield from _section(
        "Aims",
        ("what", "measured", "aim", "met"),
        [*_aims(sizes, pictures), *_network_aims(networks), *_asked_aims(asked or [])],
    )
    yield from _section(
        "The site: seconds by the clock and of all processors",
        ("build", "clock", "aim", "processor", "files made anew"),
        timed_rows(site),
    )
    yield from _section("The site: megabytes", ("folder", "size"), size_rows(site))
    yield from _section(
        "Build: records to N-Triples and Turtle",
        ("size", "facts", "triples", "ours", *(f"{peer} ÷ ours" for peer in BUILDERS.values())),
        [_build(factor, size) for factor, size in sizes.items()],
    )
    yield (
        "pyoxigraph parses our N-Triples and dumps both formats as a stream. rdflib parses them, "
        "or adds ready-made terms triple by triple, then writes both. kglab parses and writes. "
        + _left_out(sizes)
    )
    yield from _section(
        "Questions at real size",
        ("questions", "ours ÷ pyoxigraph", "rdflib ÷ ours", "kglab ÷ ours"),
        list(_questions(sizes[1])),
    )
    yield (
        "Geometric means. Ours is `InOxigraph.select`; pyoxigraph is `Store.query` and every term "
        "of every row. rdflib and kglab are not waited for beyond five seconds a question, and "
        "count as if they had answered then. The process under limits in which a question is "
        "answered comes on top, by the clock of the table below."
    )
    yield from _section(
        "Growth, in seconds",
        ("work", *(f"×{factor}" for factor in sizes), "exponent"),
        [_growth(name, pick, sizes) for name, pick in _works(sizes).items()],
    )
    yield (
        "The exponent is the slope of time over facts in logarithms: 1 is linear, 0 constant. "
        f"Copies of the real data, up to {MOST_FACTS:,} facts."
    )
    yield from _section(
        "Peak memory of the process, in megabytes",
        ("size", "facts", "triples", *(f"after {step}" for step in STEPS)),
        [_memory(factor, size) for factor, size in sizes.items()],
    )
    yield from _section(
        "Analyses on graphs of the real degrees",
        ("work", "arcs", "ours", *(f"{peer} ÷ ours" for peer in GRAPH_PEERS), "ours ÷ fastest"),
        [_task(task, network) for task in TASKS for network in networks],
    )
    yield (
        "All start from two arrays of numbers, and build from them what they need. The libraries "
        "do the part of the work that they can: plain search for legal reach (six steps) and "
        "what-if, whose needs here have one option each; the tree, and what hangs on each node, "
        "for dominators."
    )
    yield from _single_points(networks)
    yield from _picture(pictures)
    if speed:
        yield from _speed(speed)
    yield from _asked(asked)


BUILDERS = {
    "build pyoxigraph": "pyoxigraph",
    "build rdflib, parsed": "rdflib, parsed,",
    "build rdflib, added": "rdflib, added,",
    "build kglab": "kglab",
}


def _section(title: str, head: Cells, rows: Sequence[Cells]) -> Iterator[str]:
    yield from ("", f"## {title}", "", _line(head), _line(["---"] * len(head)))
    yield from map(_line, rows)
    yield ""


def _line(cells: Cells) -> str:
    return f"| {' | '.join(cells)} |"


def _aims(sizes: dict[int, Size], pictures: Pictures | None) -> list[Cells]:
    real = sizes[1]["questions"]
    asked = _named(real) or _probes(real)
    slopes = {name: _slope(pick, sizes) for name, pick in _works(sizes).items()}
    build = max(_ratio(size["steps"], "build", "build pyoxigraph") for size in sizes.values())
    load = max(_ratio(size["steps"], "load", "load pyoxigraph") for size in sizes.values())
    rows = [
        _most("build ÷ pyoxigraph, worst size", build, 3),
        _most("load ÷ pyoxigraph, worst size", load, 3),
        _most("questions ÷ pyoxigraph", _mean(asked, "ours", "pyoxigraph"), 1.3),
        _least("rdflib ÷ our questions", _mean(asked, "rdflib", "ours"), 10),
        *(_most(f"growth of {name}", slopes[name], 1.1) for name in (*STEPS, *ANALYSES)),
        _most(
            "growth of the worst kind of question", max(map(slopes.__getitem__, _kinds(sizes))), 1.1
        ),
    ]
    if pictures:
        rows.append(_least("pyvis ÷ our first stable picture", pictures.pyvis / pictures.ours, 15))
    return rows


def _network_aims(networks: list[Size]) -> list[Cells]:
    arcs = [network["arcs"] for network in networks]
    rows = []
    for task in TASKS:
        ours = [network["seconds"][f"{task} ours"] for network in networks]
        rows.append(
            _most(
                f"{task} ÷ the fastest library, largest graph", _to_fastest(task, networks[-1]), 1.2
            )
        )
        slowest = min(_peer(task, "networkx", network) or 0 for network in networks)
        rows.append(_least(f"networkx ÷ our {task}, smallest ratio", slowest, 1))
        rows.append(_most(f"growth of {task}", growth(arcs, ours), 1.1))
    first = networks[0]["seconds"]
    removals = first["removals networkx"] / first["dominators ours"]
    rows.append(_least("networkx, each removed in turn ÷ our dominators", removals, 1000))
    points = [network for network in networks if "single points ours" in network["seconds"]][-1]
    gigabytes = points["peak"] / 2**30
    rows.append(
        _most(f"peak memory of all single points at {points['arcs']:,} arcs, GiB", gigabytes, 2)
    )
    return rows


def _peer(task: str, peer: str, network: Size) -> float | None:
    """Say how many times as long a library takes for a task as we do."""
    seconds = network["seconds"]
    name = f"{task} {peer}"
    return float(seconds[name] / seconds[f"{task} ours"]) if name in seconds else None


def _to_fastest(task: str, network: Size) -> float:
    return 1 / min(filter(None, (_peer(task, peer, network) for peer in GRAPH_PEERS)))


def _task(task: str, network: Size) -> Cells:
    ratios = [_peer(task, peer, network) for peer in GRAPH_PEERS]
    return (
        task,
        f"{network['arcs']:,}",
        f"{network['seconds'][f'{task} ours']:.2g} s",
        *(DASH if ratio is None else f"{ratio:.2g}" for ratio in ratios),
        f"{_to_fastest(task, network):.2f}",
    )


def _single_points(networks: list[Size]) -> Iterator[str]:
    rows = [
        (
            f"{network['arcs']:,}",
            f"{network['nodes']:,}",
            f"{network['seconds']['single points ours']:.2g} s",
            f"{network['peak'] / 1e6:,.0f}",
        )
        for network in networks
        if "single points ours" in network["seconds"]
    ]
    head = ("arcs", "nodes", "seconds", "peak memory of the process, megabytes")
    yield from _section("All single points of failure at once", head, rows)


def _most(what: str, value: float, aim: float) -> Cells:
    return what, f"{value:.2f}", f"≤ {aim:g}", "yes" if value <= aim else "**no**"


def _least(what: str, value: float, aim: float) -> Cells:
    return what, f"{value:.1f}", f"≥ {aim:g}", "yes" if value >= aim else "**no**"


def _ratio(seconds: dict[str, float], above: str, below: str) -> float:
    return seconds[above] / seconds[below]


def _build(factor: int, size: Size) -> Cells:
    steps = size["steps"]
    return (
        f"×{factor}",
        f"{size['facts']:,}",
        f"{size['triples']:,}",
        f"{steps['build']:.2f} s",
        *(f"{_ratio(steps, name, 'build'):.1f}" if name in steps else DASH for name in BUILDERS),
    )


def _left_out(sizes: dict[int, Size]) -> str:
    missing = "" if sizes[1]["kglab"] else " kglab was left out, or could not be imported."
    return f"{DASH}: the slowest would take more than {PEER_SECONDS} s.{missing}"


def _named(questions: dict[str, dict[str, float]]) -> list[dict[str, float]]:
    return [each for name, each in questions.items() if name.startswith("named ")]


def _probes(questions: dict[str, dict[str, float]]) -> list[dict[str, float]]:
    return [questions[name] for name in _kinds({1: {"questions": questions}})]


def _kinds(sizes: dict[int, Size]) -> list[str]:
    return [
        name
        for name, each in sizes[1]["questions"].items()
        if "ours" in each and not name.startswith("named ")
    ]


def _mean(asked: list[dict[str, float]], above: str, below: str) -> float:
    return geometric_mean([each[above] / each[below] for each in asked])


def _questions(size: Size) -> Iterator[Cells]:
    groups = {"of one kind each": _probes(size["questions"]), "named": _named(size["questions"])}
    for name, asked in groups.items():
        if asked:
            kglab = f"{_mean(asked, 'kglab', 'ours'):.0f}" if "kglab" in asked[0] else DASH
            yield (
                f"{len(asked)} {name}",
                f"{_mean(asked, 'ours', 'pyoxigraph'):.2f}",
                f"{_mean(asked, 'rdflib', 'ours'):.0f}",
                kglab,
            )


Pick = Callable[[Size], float]


def _works(sizes: dict[int, Size]) -> dict[str, Pick]:
    """Say where to find the seconds of each work that grows."""
    steps = {name: _step(name) for name in (*STEPS, *ANALYSES)}
    worker: dict[str, Pick] = {
        "question under limits, fixed": lambda size: float(size["questions"]["worker"]["worker"])
    }
    return steps | {name: _question(name) for name in _kinds(sizes)} | worker


def _step(name: str) -> Pick:
    return lambda size: float(size["steps"][name])


def _question(name: str) -> Pick:
    return lambda size: float(size["questions"][name]["ours"])


def _slope(pick: Pick, sizes: dict[int, Size]) -> float:
    return growth([size["facts"] for size in sizes.values()], list(map(pick, sizes.values())))


def _growth(name: str, pick: Pick, sizes: dict[int, Size]) -> Cells:
    return (
        name,
        *(f"{pick(size):.2g}" for size in sizes.values()),
        f"{_slope(pick, sizes):.2f}",
    )


def _memory(factor: int, size: Size) -> Cells:
    peaks = (f"{size['peaks'][step] / 1e6:,.0f}" for step in STEPS)
    return f"×{factor}", f"{size['facts']:,}", f"{size['triples']:,}", *peaks


def _picture(pictures: Pictures | None) -> Iterator[str]:
    if pictures is None:
        yield "The page was not measured: there is no Chromium."
        return
    yield from _section(
        f"First stable picture: {pictures.marks} marks, {pictures.lines} lines",
        ("ours", "pyvis as shipped", "pyvis ÷ ours"),
        [
            (
                f"{pictures.ours:.2f} s",
                f"{pictures.pyvis:.2f} s",
                f"{pictures.pyvis / pictures.ours:.0f}",
            )
        ],
    )
    yield (
        "From navigation until the pixels of the canvas have not changed for half a second. pyvis "
        "carries its scripts inside, lays out by physics, and is cut off after a minute; what it "
        "asks of other hosts is refused at once."
    )


def _speed(speed: list[Speed]) -> Iterator[str]:
    yield from _section(
        "Pictures of several sizes, beside vis-network alone with 100 marks",
        ("marks", "lines", "first picture ÷ lean", "drag ÷ lean", "focus or filter"),
        [
            (
                f"{row.marks:,}",
                f"{row.lines:,}",
                f"{row.first:.1f}",
                f"{row.drag:.1f}",
                f"{row.change:.0f} ms",
            )
            for row in speed
        ],
    )
    yield (
        "The first is the map as it is published, with most of its marks in groups. A focus or "
        "filter is counted with its drawing, in time of the processor. The pages show 150 marks at "
        "most; larger pictures are made for this table only, with every fact in the table below."
    )


#: What a machine takes for the page of calibration when nothing else runs, in milliseconds: the
#: aims for the page of questions are given in seconds of such a machine.
QUIET = 720
#: The most milliseconds until the engine is ready, at each size.
READY = (1_000, 3_000)


def _asked_aims(asked: list[Asked]) -> Iterator[Cells]:
    for at, each in enumerate(asked):
        pace = QUIET / each.calibration
        size = f"{each.triples:,} triples"
        yield _most(f"engine in the page ready, ms, {size}", each.ready * pace, READY[at])
        yield _most(f"named questions in the page, p95, ms, {size}", each.p95 * pace, 200)
        yield _most(f"longest task of the page, ms, {size}", each.longest_task * pace, 100)
    if asked:
        yield _most("a page of a question loads, MB", asked[0].weight / 1e6, 3.5)


def _asked(asked: list[Asked] | None) -> Iterator[str]:
    if asked is None:
        yield "The page of questions was not measured: there is no Chromium, or no engine is built."
        return
    yield from _section(
        "Questions answered in the page, in milliseconds of the clock",
        ("triples", "ready", "p95", "slowest", "which", "longest task", "calibration", "MB"),
        [
            (
                f"{each.triples:,}",
                f"{each.ready:.0f}",
                f"{each.p95:.0f}",
                f"{each.slowest:.0f}",
                each.name,
                f"{each.longest_task:.0f}",
                f"{each.calibration:.0f}",
                f"{each.weight / 1e6:.2f}",
            )
            for each in asked
        ],
    )
    yield (
        "The aims are met by the times here, divided by those of a page of calibration in the same "
        f"run and multiplied by {QUIET} ms, its time on a quiet machine."
    )


if __name__ == "__main__":
    main()
