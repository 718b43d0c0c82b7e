"""The table of stabilities, one row a state, for spreadsheets and statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from detente.errors import DetenteError
from detente.stability import Analysis

__all__ = ["csv_table", "parquet_table"]

_Column: TypeAlias = Sequence[str] | Sequence[int] | Sequence[bool]


def csv_table(analysis: Analysis) -> str:
    r"""Write ranks and stabilities as comma-separated values.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    str
        One row a state: ``state``, ``pattern``, one column an option in the signs of patterns,
        ``rank.DM`` (higher is better), ``CONCEPT.DM`` (stable for the DM) and ``CONCEPT`` (an
        equilibrium), the last two ``true`` or ``false``.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.stability import analyze
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> print(*csv_table(analyze(prisoners, ["seq"])).splitlines()[:2], sep="\n")
    state,pattern,dm1.o1,dm2.o2,rank.dm1,rank.dm2,seq.dm1,seq.dm2,seq
    s1,NN,N,N,1,1,true,true,true
    """
    columns = _columns(analysis)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*columns.values(), strict=True):
        writer.writerow(str(v).lower() if isinstance(v, bool) else v for v in row)
    return stream.getvalue()


def parquet_table(analysis: Analysis) -> bytes:
    """Write ranks and stabilities as Parquet.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    bytes
        The columns of `csv_table`, with their types; the conflict's fingerprint and the
        conventions are in the metadata.

    Raises
    ------
    DetenteError
        If the extra ``parquet`` is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        message = "Parquet needs the extra “parquet”: pip install 'detente[parquet]'"
        raise DetenteError(message) from None
    conventions = analysis.conventions
    metadata = {
        "conflict": analysis.conflict.hash,
        "opponents": conventions.opponents,
        "status_quo_sanctions": str(conventions.status_quo_sanctions).lower(),
    }
    table = pa.table(dict(_columns(analysis))).replace_schema_metadata(metadata)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue().to_pybytes())


def _columns(analysis: Analysis) -> Mapping[str, _Column]:
    conflict = analysis.conflict
    states = range(conflict.n_states)
    patterns = [conflict.pattern(state) for state in states]
    columns: dict[str, _Column] = {
        "state": [conflict.state_id(state) for state in states],
        "pattern": patterns,
    }
    for index, option in enumerate(conflict.options):
        columns[option.name] = [pattern[index] for pattern in patterns]
    for dm, name in enumerate(conflict.decision_makers):
        columns[f"rank.{name}"] = conflict.ranks[dm].tolist()
    for concept in analysis.concepts:
        table = analysis.stable(concept)
        for dm, name in enumerate(conflict.decision_makers):
            columns[f"{concept}.{name}"] = table[dm].tolist()
        equilibria = set(analysis.equilibria(concept).tolist())
        columns[concept] = [state in equilibria for state in states]
    return columns
