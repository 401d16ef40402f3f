"""Bring a library of Commons OS files into the site: every file imported or reported, none in the way of the rest."""

from patterns.importing.libraries import Mode, NeedsModeError
from patterns.importing.report import Remark, Report
from patterns.importing.running import BusyError, import_library
from patterns.importing.scanning import NoLibraryError
from patterns.importing.sources import SourceError

__all__ = [
    "BusyError",
    "Mode",
    "NeedsModeError",
    "NoLibraryError",
    "Remark",
    "Report",
    "SourceError",
    "import_library",
]
