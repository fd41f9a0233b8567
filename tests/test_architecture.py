"""Imports point one way, under the installed names, and each thing is done in one place."""

import ast
import pkgutil
from collections.abc import Iterator
from importlib.resources import files

import pytest

import techsov.data
import techsov.graph
import techsov.ontology
import techsov.viz

# The reading order: each module may import only from those above it.
ORDER = [
    "graph.messages",
    "graph.errors",
    "graph.terms",
    "graph.records",
    "graph.names",
    "graph.writer",
    "graph.sharing",
    "graph.facts.schema",
    "graph.facts.tables",
    "graph.facts.identity",
    "graph.facts.cells",
    "graph.facts.lines",
    "graph.facts.iso3166",
    "graph.facts.frameworks",
    "graph.facts.files",
    "graph.facts.checks",
    "graph.facts.tours",
    "graph.facts.canonical",
    "graph.triples.build",
    "graph.triples.store",
    "graph.triples.shapes",
    "graph.triples.worker",
    "graph.triples.questions",
    "graph.analysis.standing",
    "graph.analysis.network.runs",
    "graph.analysis.network.view",
    "graph.analysis.network.centrality",
    "graph.analysis.network.paths",
    "graph.analysis.law.jurisdictions",
    "graph.analysis.law.places",
    "graph.analysis.failure.needs",
    "graph.analysis.conclusion",
    "graph.analysis.reach.grammar",
    "graph.analysis.reach.instruments",
    "graph.analysis.reach.links",
    "graph.analysis.reach.activity",
    "graph.analysis.reach.mitigation",
    "graph.analysis.reach.reaching",
    "graph.analysis.reach.severance",
    "graph.analysis.reach.exposure",
    "graph.analysis.ladder.framework",
    "graph.analysis.failure.circuit",
    "graph.analysis.failure.cutsets",
    "graph.analysis.network.dominators",
    "graph.analysis.failure.removal",
    "graph.analysis.failure.whatif",
    "graph.analysis.failure.chokepoints",
    "graph.analysis.ladder.grounds",
    "graph.analysis.ladder.criteria",
    "graph.analysis.ladder.hints",
    "graph.analysis.ladder.assessment",
    "graph.analysis.network.robustness",
    "graph.analysis.law.suppliers",
    "graph.analysis.network.stack",
    "graph.analysis.markets.concentration",
    "graph.analysis.markets.shares",
    "graph.analysis.markets.dependence",
    "graph.analysis.remedy.setcover",
    "graph.analysis.remedy.coalition",
    "graph.analysis.claims.bearing",
    "graph.analysis.claims.appraisal",
    "graph.analysis.claims.upstream",
    "graph.analysis.change",
    "graph.analysis.remedy.repair",
    "graph.analysis.remedy.obstacles",
    "graph.analysis.network.synthetic",
    "graph.flow",
    "graph.printing",
    "graph.answers",
    "graph.reasons",
    "graph.analyses",
    "graph.conclusions",
    "graph.export",
    "graph.dataset",
    "graph.rows",
    "graph.telling.whatif",
    "graph.telling.chokepoints",
    "graph.telling.reach",
    "graph.telling.repair",
    "graph.telling.claims",
    "graph.telling.upstream",
    "graph.telling.change",
    "graph.telling.score",
    "graph.telling.robustness",
    "graph.telling.concentration",
    "graph.telling.coalition",
    "viz.style",
    "viz.words",
    "viz.sentences",
    "viz.resting",
    "viz.gaps",
    "viz.picture",
    "viz.legend",
    "viz.untangling",
    "viz.layout",
    "viz.curves",
    "viz.arrangement",
    "viz.svg",
    "viz.layered",
    "viz.network",
    "viz.findings",
    "viz.telling",
    "viz.holds",
    "viz.markets",
    "viz.alliances",
    "viz.whatif",
    "viz.reach",
    "viz.ladder",
    "viz.payload",
    "viz.asking",
    "viz.atlas",
    "viz.strata",
    "viz.still_map",
    "viz.publication",
    "viz.chains",
    "viz.dossier",
    "viz.tours",
    "viz.timeline",
    "viz.signature",
    "viz.built",
    "viz.bundle",
    "viz.pages.frame",
    "viz.pages.rows",
    "viz.answered",
    "viz.pages.pictured",
    "viz.index",
    "viz.pages.home",
    "viz.pages.map",
    "viz.pages.actor",
    "viz.pages.whatif",
    "viz.pages.paths",
    "viz.pages.chokepoints",
    "viz.pages.concentration",
    "viz.pages.alliances",
    "viz.pages.reach",
    "viz.pages.ladder",
    "viz.pages.sources",
    "viz.pages.method",
    "viz.pages.timeline",
    "viz.pages.tour",
    "viz.pages.questions",
    "viz.site",
    "graph.publish",
    "graph.progress",
    "graph.helping",
    "graph.commands.common",
    "graph.commands.pages",
    "graph.commands.folder",
    "graph.commands.facts",
    "graph.commands.network",
    "graph.commands.failure",
    "graph.commands.framework",
    "graph.commands.repair",
    "graph.commands.law",
    "graph.commands.markets",
    "graph.commands.alliances",
    "graph.commands.claims",
    "graph.commands.change",
    "graph.cli",
]
FOLDERS = {"graph", "ontology", "data", "viz"}
PACKAGES = (techsov.data, techsov.graph, techsov.ontology, techsov.viz)
#: The only modules that know of pages.
SEE_PAGES = {"graph.publish", "graph.commands.pages"}
#: Calls that change what is on a disk; ``replace`` is left out, since texts have it too.
CHANGES = {
    "write_text",
    "write_bytes",
    "mkdir",
    "makedirs",
    "mkdtemp",
    "mkstemp",
    "unlink",
    "rmdir",
    "rmtree",
    "rename",
    "renameat2",
    "touch",
    "chmod",
    "symlink_to",
    "hardlink_to",
    "copy2",
    "copyfile",
    "copytree",
    "NamedTemporaryFile",
}
#: Not files: click's formatter of help has a method of that name.
NO_FILES = {("graph.helping", "write_text")}


def everything() -> list[pkgutil.ModuleInfo]:
    return [
        module
        for package in PACKAGES
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def tree_of(module: str) -> ast.Module:
    *folders, name = module.split(".")
    path = files(".".join(["techsov", *folders])) / f"{name}.py"
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[str]:
    """Every import, those inside functions and those for type checkers too."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports in full"
            parent = node.module or ""
            below = {f"{parent}.{alias.name}" for alias in node.names}
            modules = {name for name in below if name.removeprefix("techsov.") in ORDER}
            yield from modules or {parent}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def calls(module: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr, node
            elif isinstance(function, ast.Name):
                yield function.id, node


@pytest.mark.parametrize("module", ORDER)
def test_imports_point_up(module: str) -> None:
    ours = {name.removeprefix("techsov.") for name in imported(module) if "techsov" in name}
    assert ours <= set(ORDER[: ORDER.index(module)])


@pytest.mark.parametrize("module", ORDER)
def test_no_bare_folder_name_is_imported(module: str) -> None:
    assert not {name.split(".")[0] for name in imported(module)} & FOLDERS


@pytest.mark.parametrize("module", [name for name in ORDER if name.startswith("graph.")])
def test_pages_are_seen_by_two_modules_only(module: str) -> None:
    sees = any(name.startswith("techsov.viz") for name in imported(module))
    assert sees == (module in SEE_PAGES)


def test_every_module_has_its_place() -> None:
    present = {module.name.removeprefix("techsov.") for module in everything() if not module.ispkg}
    assert present == set(ORDER)
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("module", [name for name in ORDER if name != "graph.writer"])
def test_only_the_writer_changes_files(module: str) -> None:
    changing = {name for name, _ in calls(module) if name in CHANGES}
    assert {(module, name) for name in changing} <= NO_FILES


def opened_for_writing(name: str, call: ast.Call) -> bool:
    """Whether ``open`` may write; a descriptor of the null device or of a pipe is no file."""
    arguments = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    words = [node.value for node in arguments if isinstance(node, ast.Constant)]
    modes = [word for word in words if isinstance(word, str) and len(word) <= 3]
    flags = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    to_null = "devnull" in flags
    writing = any(set(mode) & set("wax+") for mode in modes)
    flagged = bool(flags & {"O_WRONLY", "O_RDWR", "O_CREAT"})
    return name == "open" and (writing or flagged) and not to_null


@pytest.mark.parametrize("module", ORDER)
def test_only_the_writer_opens_a_file_for_writing(module: str) -> None:
    writes = any(opened_for_writing(name, call) for name, call in calls(module))
    assert writes == (module == "graph.writer")


@pytest.mark.parametrize("module", ORDER)
def test_only_the_command_line_prints(module: str) -> None:
    printing = [call for name, call in calls(module) if name == "print"]
    assert not [call for call in printing if isinstance(call.func, ast.Name)]
    echoes = any(name == "echo" for name, _ in calls(module))
    assert not echoes or module == "graph.cli" or module.startswith("graph.commands.")


@pytest.mark.parametrize("module", ORDER)
def test_no_assertion_stands_in_for_an_error(module: str) -> None:
    assert not [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("module", ORDER)
def test_every_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(tree_of(module))


PACKAGE_NAMES = [package.__name__ for package in PACKAGES] + [
    module.name for module in everything() if module.ispkg
]


@pytest.mark.parametrize("package", PACKAGE_NAMES)
def test_importing_a_package_does_nothing(package: str) -> None:
    tree = tree_of(f"{package.removeprefix('techsov.')}.__init__")
    assert len(tree.body) == 1, "an __init__.py holds one docstring and nothing else"
    assert ast.get_docstring(tree)
