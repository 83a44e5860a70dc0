"""XML as text with places: a part is changed by cutting and pasting, so that all else in it stays as it was.

Only for parts that the preflight has found sound: no DOCTYPE, and well-formed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?P<name>[^\s/>]+)(?P<said>(?:[^<>\"'/]++|/(?!>)|\"[^\"]*\"|'[^']*')*)(?P<empty>/?)>",
    re.DOTALL,
)
_SAID = re.compile(r"([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}
_NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]+)|(\d+));")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold, so that no cell can either."""


class UnsafeError(Exception):
    """A part holds something that cannot be changed without risk to what it says; the message is in plain words."""

    def __init__(self, message: str, ref: str = "", sheet: str = "") -> None:
        super().__init__(message)
        self.message, self.ref, self.sheet = message, ref, sheet


@dataclass(slots=True)
class Node:
    """One element and where it stands in the text: ``start`` to ``end``; what it holds ``inner`` to ``inner_end``."""

    tag: str
    """As written, with its prefix."""
    start: int
    inner: int
    said: dict[str, str]
    """Its attributes as written, with their prefixes, entities resolved."""
    inner_end: int = 0
    end: int = 0
    children: list["Node"] = field(default_factory=list["Node"])

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix of the tag with its colon, or nothing."""
        return self.tag[: -len(self.name)]

    def first(self, name: str) -> "Node | None":
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator["Node"]:
        """Every element of this name beneath, at any depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


class Document:
    """A part, and the changes that are to be made to it; the places of nodes are those before any change."""

    def __init__(self, data: bytes) -> None:
        declared = _ENCODING.match(data)
        is_utf8 = declared is None or declared[1].lower() in {b"utf-8", b"us-ascii"}
        if not is_utf8 or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise UnsafeError("a part of the workbook is in another encoding than UTF-8")
        self.text = data.decode("utf-8")
        self.root = _parsed(self.text)
        self._edits: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in place of what stands from ``start`` to ``end``. What is put at one place keeps its order."""
        self._edits.append((start, end, text))

    def insert(self, at: int, text: str) -> None:
        """Put ``text`` in at a place."""
        self.replace(at, at, text)

    def set_text(self, node: Node, text: str) -> None:
        """Put plain text in place of all that an element holds."""
        self.set_inner(node, escape(text))

    def set_inner(self, node: Node, xml: str) -> None:
        """Put XML in place of all that an element holds; ``<a/>`` becomes ``<a>...</a>``."""
        if node.inner == node.end:
            self.replace(node.inner - 2, node.inner, f">{xml}</{node.tag}>")
        else:
            self.replace(node.inner, node.inner_end, xml)

    def append_inner(self, node: Node, xml: str) -> None:
        """Put XML in as the last that an element holds."""
        if node.inner == node.end:
            self.set_inner(node, xml)
        else:
            self.insert(node.inner_end, xml)

    def set_attribute(self, node: Node, name: str, value: str) -> None:
        """Change an attribute, or add it."""
        tag = self.text[node.start : node.inner]
        for found in _SAID.finditer(tag):
            if found[1] == name:
                self.replace(node.start + found.start(2), node.start + found.end(2), f'"{quoted(value)}"')
                return
        self.insert(node.start + 1 + len(node.tag), f' {name}="{quoted(value)}"')

    def plain(self, node: Node) -> str:
        """The text that an element holds, its own and that of all beneath it."""
        return plain_text(self.text[node.inner : node.inner_end])

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._edits)

    def data(self) -> bytes:
        """The part with its changes."""
        pieces: list[str] = []
        at = 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[0]):
            if start < at:
                raise AssertionError("two changes to one place")
            pieces += [self.text[at:start], text]
            at = end
        return "".join([*pieces, self.text[at:]]).encode("utf-8")


def _parsed(text: str) -> Node:
    root = Node("", 0, 0, {}, len(text), len(text))
    open_nodes = [root]
    for token in _TOKEN.finditer(text):
        if token["name"] is None:
            continue
        if token["close"]:
            node = open_nodes.pop()
            node.inner_end, node.end = token.start(), token.end()
            continue
        node = Node(token["name"], token.start(), token.end(), attributes(token["said"]))
        open_nodes[-1].children.append(node)
        if token["empty"]:
            node.inner_end = node.end = token.end()
        else:
            open_nodes.append(node)
    if len(open_nodes) != 1 or len(root.children) != 1:
        raise UnsafeError("a part of the workbook is not sound XML")
    return root.children[0]


def attributes(said: str) -> dict[str, str]:
    """The attributes written in a tag."""
    return {name: _resolved(value[1:-1]) for name, value in _SAID.findall(said)}


def plain_text(xml: str) -> str:
    """The text in a piece of XML, without its tags."""
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(xml):
        pieces.append(_resolved(xml[at : token.start()]))
        if token[0].startswith("<![CDATA["):
            pieces.append(token[0][9:-3])
        at = token.end()
    return "".join([*pieces, _resolved(xml[at:])])


def _resolved(text: str) -> str:
    if "&" not in text:
        return text
    numbered = _NUMBERED.sub(lambda found: chr(int(found[1], 16) if found[1] else int(found[2])), text)
    return unescape(numbered, _ENTITIES)


def quoted(value: str) -> str:
    """Text as an attribute in double quotes holds it."""
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
