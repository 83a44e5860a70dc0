"""The parts of a workbook as they are to be written: those that change, and the rest byte for byte.

A part that is not changed is copied; nothing is made again by a library, which would drop what it does not know.
"""

import io
import zipfile
from collections.abc import Iterator
from posixpath import dirname, relpath

from breakeven.workbook.workbook_parts import (
    Relationship,
    WorkbookPart,
    relationships,
    relationships_part,
    workbook_part,
)
from breakeven.workbook.xml_text import Document, UnsafeError, quoted

_CONTENT_TYPES = "[Content_Types].xml"


class Package:
    """A workbook's zip, held in memory. It has passed the preflight."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._infos = {info.filename: info for info in archive.infolist()}
            self._parts = {name: archive.read(name) for name in self._infos}
            self._comment = archive.comment
        self._names = {name.casefold(): name for name in self._parts}
        related = relationships(self.read("_rels/.rels"), "")
        self.main = next((r.target for r in related.values() if r.kind == "officeDocument"), "xl/workbook.xml")

    # ------------------------------------------------------------------ parts
    @property
    def names(self) -> tuple[str, ...]:
        """Every part there is."""
        return tuple(self._parts)

    def has(self, name: str) -> bool:
        """Whether there is such a part; names are compared without case."""
        return name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError."""
        return self._parts[self._names[name.casefold()]]

    def document(self, name: str) -> Document:
        """A part as XML that can be changed; put it back with ``put``."""
        return Document(self.read(name))

    def put(self, name: str, document: Document) -> None:
        """Take a part with its changes; where it has none, it stays byte for byte."""
        if document.is_changed:
            self._parts[self._names[name.casefold()]] = document.data()

    def put_bytes(self, name: str, data: bytes) -> None:
        """Take a part that is not handled as XML."""
        self._parts[self._names[name.casefold()]] = data

    def related(self, of: str) -> dict[str, Relationship]:
        """What a part is related to, by id."""
        beside = relationships_part(of)
        return relationships(self.read(beside), of) if self.has(beside) else {}

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part that is not there yet."""
        self._names[name.casefold()] = name
        self._parts[name] = data
        types = self.document(_CONTENT_TYPES)
        override = f'<{types.root.prefix}Override PartName="/{quoted(name)}" ContentType="{quoted(content_type)}"/>'
        types.append_inner(types.root, override)
        self.put(_CONTENT_TYPES, types)

    def relate(self, of: str, to: str, kind: str) -> str:
        """Say that a part is related to another; returns the id."""
        beside = relationships_part(of)
        said = self.document(beside)
        used = {child.said.get("Id", "") for child in said.root.children}
        number = next(n for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        target = relpath(f"/{to}", f"/{dirname(of)}")
        relation = f'<{said.root.prefix}Relationship Id="rId{number}" Type="{quoted(kind)}" Target="{quoted(target)}"/>'
        said.append_inner(said.root, relation)
        self.put(beside, said)
        return f"rId{number}"

    def drop_calculation_chain(self) -> None:
        """Take out the order in which Excel last worked the formulas out; it makes another."""
        chains = [(key, r.target) for key, r in self.related(self.main).items() if r.kind == "calcChain"]
        for relation_id, target in chains:
            beside = relationships_part(self.main)
            self._drop_child(beside, "Id", relation_id)
            self._drop_child(_CONTENT_TYPES, "PartName", f"/{target}")
            if name := self._names.pop(target.casefold(), None):
                del self._parts[name]

    def _drop_child(self, part: str, attribute: str, value: str) -> None:
        document = self.document(part)
        for child in document.root.children:
            if child.said.get(attribute, "").casefold() == value.casefold():
                document.replace(child.start, child.end, "")
        self.put(part, document)

    # ------------------------------------------------------------------ the workbook
    def workbook(self) -> WorkbookPart:
        """What workbook.xml says."""
        return workbook_part(self.read(self.main))

    def sheets(self) -> dict[str, str]:
        """The part of each worksheet, by the sheet's name, in the order of the tabs."""
        related = self.related(self.main)
        listed = ((sheet.name, related.get(sheet.relationship)) for sheet in self.workbook().sheets)
        return {name: found.target for name, found in listed if found and found.kind == "worksheet"}

    def sheet_part(self, sheet: str) -> str:
        """The part of a sheet. Raises UnsafeError where there is none."""
        found = next((part for name, part in self.sheets().items() if name.casefold() == sheet.casefold()), None)
        if found is None:
            raise UnsafeError(f"the workbook has no sheet {sheet!r}")
        return found

    def parts_of_kind(self, of: str, *kinds: str) -> Iterator[str]:
        """The parts of some kinds that a part is related to."""
        for relation in self.related(of).values():
            if relation.kind in kinds and not relation.external and self.has(relation.target):
                yield relation.target

    def leave_to_excel(self) -> None:
        """Have Excel work all formulas out when it opens the file."""
        if self.workbook().left_to_excel:
            return
        document = self.document(self.main)
        found = document.root.first("calcPr")
        if found:
            document.set_attribute(found, "fullCalcOnLoad", "1")
        else:
            # CT_Workbook is a sequence: calcPr stands after these, where they are there.
            before = ("definedNames", "externalReferences", "functionGroups", "sheets")
            after = next(node for name in before if (node := document.root.first(name)))
            document.insert(after.end, f'<{document.root.prefix}calcPr fullCalcOnLoad="1"/>')
        self.put(self.main, document)

    def data(self) -> bytes:
        """The zip, its parts in the order they had; a new part comes last."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in self._parts.items():
                info = self._infos.get(name)
                if info is None:
                    info = zipfile.ZipInfo(name)
                    info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(_header(info), content, info.compress_type)
            archive.comment = self._comment
        return out.getvalue()


def _header(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """What is kept of a part's header: its name, its date and how it is packed."""
    kept = zipfile.ZipInfo(info.filename, info.date_time)
    kept.compress_type, kept.external_attr, kept.create_system = (
        info.compress_type,
        info.external_attr,
        info.create_system,
    )
    return kept
