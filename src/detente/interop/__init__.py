"""Other programs' formats: read GMCR+ files; write them, state graphs, tables and games."""

from detente.interop.dot import dot
from detente.interop.gambit import nfg
from detente.interop.gmcr_export import Exported, export_gmcr
from detente.interop.gmcr_import import Imported, import_gmcr
from detente.interop.gmcr_reading import MAX_BYTES
from detente.interop.graphml import graphml
from detente.interop.tables import csv_table, parquet_table

__all__ = [
    "MAX_BYTES",
    "Exported",
    "Imported",
    "csv_table",
    "dot",
    "export_gmcr",
    "graphml",
    "import_gmcr",
    "nfg",
    "parquet_table",
]
