"""Give a library back as Commons OS files: what nobody changed to the byte, the rest as valid newer-format files."""

from patterns.exporting.report import Report
from patterns.exporting.running import ExportError, export_library

__all__ = ["ExportError", "Report", "export_library"]
