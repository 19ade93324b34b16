"""Templates written as Python: plain text, XML, and paths of URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.evaluate import Unreadable
from edusync.spec.language.nodes import NodeSource
from edusync.spec.language.written import MOST_TEXT, MOST_XML, as_segment, as_text, as_xml

if TYPE_CHECKING:
    from typing import NoReturn


class TextSource(NodeSource):
    """Write plain text."""

    most = MOST_TEXT

    def written(self, value: str) -> str:
        """Write a value as text."""
        text = self.source.bind(as_text, "as_text")
        return self.source.keep(f"{value} if type({value}) is str else {text}({value})")

    def hole(self, value: str) -> str:
        """Write what fills a hole."""
        return self.written(value)

    def text(self, body: list[Any]) -> str:
        """Write the nodes of a template; return the name of the text."""
        parts = [
            self.text_part(node)
            for piece in body
            for node in (piece.nodes if type(piece).__name__ == "Output" else [piece])
        ]
        joined = self.joined(parts)
        if parts:
            with self.source.block(f"if len({joined}) > {self.most}:"):
                self.source.line(f"{self.source.bind(too_long, 'too_long')}({self.most})")
        return joined

    def text_part(self, node: Any) -> str:
        """Write one node of a template."""
        kind = type(node).__name__
        if kind == "TemplateData":
            return self.source.constant(str(node.data))
        if kind == "If":
            return self.apart(lambda: self._choice(node))
        return self.hole(self.value(node))

    def _choice(self, node: Any) -> str:
        return self.chosen(
            self.value(node.test),
            lambda: self.text(node.body),
            lambda: self._choice(node.elif_[0]) if node.elif_ else self.text(node.else_),
        )


class LongText(TextSource):
    """Write a text of many lines."""

    most = MOST_XML


class XmlSource(TextSource):
    """Write XML: every value that is put in is escaped."""

    most = MOST_XML

    def joined(self, parts: list[str]) -> str:
        """Write what puts texts together; a hole alone is a text as well."""
        if len(parts) == 1:
            return self.source.keep(f"''.join(({parts[0]},))")
        return super().joined(parts)

    def hole(self, value: str) -> str:
        """Write what fills a hole, escaped."""
        return self.source.keep(f"{self.source.bind(as_xml, 'as_xml')}({value})")


class PathSegments(TextSource):
    """Write the path of a URL."""

    def text_part(self, node: Any) -> str:
        """Write one node of a template; texts that the spec itself writes stay as they are."""
        match type(node).__name__:
            case "TemplateData" | "If":
                return super().text_part(node)
            case "Const":
                return self.source.constant(as_text(node.value))
            case "CondExpr":
                return self.apart(lambda: self._either_part(node))
            case "Concat":
                return self.joined([self.text_part(part) for part in node.nodes])
        before, self.names = self.names, set()
        value = self.value(node)
        mine, self.names = self.names, self.names | before
        if mine and all(name[0] == "connection" for name in mine):
            return self.written(value)
        return self.source.keep(f"{self.source.bind(as_segment, 'as_segment')}({value})")

    def _either_part(self, node: Any) -> str:
        return self.chosen(
            self.value(node.test),
            lambda: self.text_part(node.expr1),
            lambda: self.text_part(node.expr2) if node.expr2 else "''",
        )


def too_long(most: int) -> NoReturn:
    """Refuse a text that is too long."""
    raise Unreadable(f"it makes more than {most} characters")
