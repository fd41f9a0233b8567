"""Reads the tables of a page as a reader would: rows by id, cells with their links and texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "path", "br"})


def passage_of(link: str) -> str:
    """The id of the passage to which a link leads, or nothing."""
    found = re.search(r"source/([^/#]+)\.html#([\w-]+)$", link)
    return f"{found[1]}-{found[2]}" if found else ""


@dataclass
class Node:
    """One element of a page."""

    tag: str
    attrs: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text, with single spaces."""
        parts = (each if isinstance(each, str) else each.text for each in self.children)
        return " ".join("".join(f"{part} " for part in parts).split())

    def all(self, tag: str = "", **attrs: str) -> Iterator["Node"]:
        """Every element below it of a tag, with these attributes."""
        for each in self.children:
            if isinstance(each, Node):
                wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
                if tag in ("", each.tag) and wanted.items() <= each.attrs.items():
                    yield each
                yield from each.all(tag, **attrs)

    def one(self, tag: str = "", **attrs: str) -> "Node":
        """The only such element."""
        (found,) = self.all(tag, **attrs)
        return found

    @property
    def classes(self) -> set[str]:
        """The words of its class."""
        return set(self.attrs.get("class", "").split())


class Tree(HTMLParser):
    """The elements of a page, each within the other."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(text)
        assert self.open == [self.root], [node.tag for node in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._end_paragraph()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag != "p":
            self._end_paragraph()
        if tag not in VOID:
            assert self.open.pop().tag == tag, tag

    def _end_paragraph(self) -> None:
        """A paragraph ends where another begins, or what it stands in ends."""
        if self.open[-1].tag == "p":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(text: str) -> Node:
    """Read a page; every element but a paragraph must be closed in its turn."""
    return Tree(text).root


def rows(page: Node, table: str) -> list[Node]:
    """The rows of a table below its head."""
    return [row for body in page.one("table", id=table).all("tbody") for row in body.all("tr")]
