"""Weights and direct rankings as a tab shows them."""

from __future__ import annotations

from detente.case.rows import Sheet
from detente.case.tree import Path, Value
from detente.web.editor import Place, Weight
from detente.web.outline import list_of, mapping_of, text_of

__all__ = ["ranking", "weights"]


def weights(value: dict[str, Value], page: Sheet) -> list[Weight]:
    """Show a DM's weights: one for each option of the case, and for each of its levels.

    Parameters
    ----------
    value : dict
        A case file's values.
    page : Sheet
        The DM's preferences as a reading has them.

    Returns
    -------
    list of Weight
        Empty if the DM does not weigh options.
    """
    if page.kind != "weigh":
        return []
    given = page.given
    mine = mapping_of(mapping_of(value["decision_makers"]).get(page.dm))
    written = mapping_of(mapping_of(mine.get("preferences")).get("weigh")) if page.anew >= 0 else {}
    shown: list[Weight] = []
    for dm, party in mapping_of(value["decision_makers"]).items():
        for option, details in mapping_of(mapping_of(party).get("options")).items():
            name = f"{dm}.{option}" if f"{dm}.{option}" in given or option not in given else option
            levels = [text_of(level) for level in list_of(mapping_of(details).get("levels"))]
            for level in levels or [""]:
                path: Path = ("weigh", name, level) if level else ("weigh", name)
                now = _weight(given.get(name), level)
                was = _words(_weight(written.get(name), level)) if page.anew >= 0 else ""
                shown.append(_shown(f"{dm}.{option}", path, now, was))
    return shown


def ranking(value: dict[str, Value], page: Sheet) -> list[Place]:
    """Show a DM's direct ranking, the best first; empty if there is none."""
    if page.kind != "rank":
        return []
    preferences = _at(value, page.path)
    return [
        Place(states=_states(group), open=isinstance(group, dict)) for group in list_of(preferences)
    ]


def _at(value: object, path: Path) -> object:
    for step in path:
        value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
    return value


def _weight(given: object, level: str) -> object:
    return mapping_of(given).get(level) if level else given


def _words(given: object) -> str:
    bounds = [text_of(bound) for bound in list_of(mapping_of(given).get("between"))]
    return " to ".join(bounds) or text_of(given)


def _shown(option: str, path: Path, given: object, was: str) -> Weight:
    bounds = [text_of(bound) for bound in list_of(mapping_of(given).get("between"))]
    low, high = bounds if len(bounds) == 2 else ("", "")
    return Weight(
        option=option,
        level=text_of(path[2]) if len(path) == 3 else "",
        number=text_of(given),
        low=low,
        high=high,
        steps=text_of(mapping_of(given).get("steps")),
        path=list(path),
        was=was if was != _words(given) else "",
    )


def _states(group: object) -> list[str]:
    if isinstance(group, dict):
        return [" = ".join(_states(one)) for one in list_of(group.get("any_order"))]
    return [text_of(one) for one in group] if isinstance(group, list) else [text_of(group)]
