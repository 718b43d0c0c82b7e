"""Slips in a call that click would take without a word, or with one that does not help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["refuse_slips"]


def refuse_slips(ctx: click.Context, args: Sequence[str]) -> None:
    """Refuse what is given twice, too many words, lists in one word, and a CASE that comes second.

    Parameters
    ----------
    ctx : Context
        Of the command that is called.
    args : sequence of str
        Its arguments.

    Raises
    ------
    UsageError
        With what would be right.
    """
    values, extra, given = ctx.command.make_parser(ctx).parse_args(list(args))
    if ctx.command.get_help_option(ctx) in given:
        return
    options = [one for one in given if isinstance(one, click.Option)]
    for option in options:
        _refuse_repeated(ctx, option, options.count(option))
        _refuse_list(ctx, option, values.get(option.name or ""))
    if extra and not isinstance(ctx.command, click.Group):
        message = f"{extra[0]!r} is one too many here: a list has commas between, and no blanks"
        raise click.UsageError(message, ctx)
    _refuse_case_second(ctx, values)


def _refuse_repeated(ctx: click.Context, option: click.Option, times: int) -> None:
    """Refuse an option that is given twice but counts once: the first would go without a word."""
    if times > 1 and not option.multiple and not option.is_flag:
        several = " with commas between" if "…" in (option.metavar or "") else ""
        message = f"{option.opts[-1]} is given {times} times: give it once"
        raise click.UsageError(message + several, ctx)


def _refuse_list(ctx: click.Context, option: click.Option, words: object) -> None:
    """Refuse “--concept nash,seq” where the option is to be given again for each."""
    if not (option.multiple and isinstance(option.type, click.Choice) and isinstance(words, list)):
        return
    for word in words:
        if "," in word:
            each = " ".join(f"{option.opts[-1]} {one.strip()}" for one in word.split(","))
            raise click.UsageError(f"{option.opts[-1]} takes one at a time: {each}", ctx)


def _refuse_case_second(ctx: click.Context, values: Mapping[str, Any]) -> None:
    names = [one.name for one in ctx.command.params if isinstance(one, click.Argument)]
    if len(names) < 2 or names[0] != "case":
        return
    case, other = (values.get(name or "") for name in names[:2])
    if not isinstance(case, str) or not isinstance(other, str):
        return
    if _is_case(other) and not _is_case(case):
        raise click.UsageError(f"The case comes first: {ctx.command_path} {other} {case}", ctx)


def _is_case(name: str) -> bool:
    from detente.case import find_case

    try:
        find_case(name)
    except DetenteError:
        return False
    return True
