"""The one way Markdown becomes HTML on this site: what anyone wrote is hostile until it came through here."""

from patterns.rendering.document import VERSION, Rendered, render
from patterns.rendering.remarks import remark
from patterns.rendering.stored import revision_html

__all__ = ["VERSION", "Rendered", "remark", "render", "revision_html"]
