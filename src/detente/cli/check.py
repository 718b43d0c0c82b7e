"""`detente check`: a test run for arguments."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from detente.cli.choices import case_argument, doubt_option, drawing_options, json_option
from detente.cli.output import emit_json, fitting, heading, plain, print_table, say, table
from detente.cli.ranked import load_ranked

if TYPE_CHECKING:
    from fractions import Fraction

    from detente.case import Doubt
    from detente.claims import Checked, Hinge, Judged, Reading, Verdict

__all__ = ["check"]

_MOST_SHOWN = 6
_MOST_PAIRS = 2


@click.command()
@case_argument
@click.option("--claim", "claims", multiple=True, help="Judge only this claim; may be repeated.")
@click.option(
    "--reading", "readings", multiple=True, help="Consider only this reading; may be repeated."
)
@doubt_option
@drawing_options
@click.option("--expect", is_flag=True, help="Exit with 1 if a verdict is not the expected one.")
@json_option
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    claims: tuple[str, ...],
    readings: tuple[str, ...],
    doubt: Doubt | None,
    limit: int,
    draws: int,
    seed: int,
    expect: bool,
    as_json: bool,
) -> None:
    """Judge the claims of CASE in all its readings, and say what the verdicts hinge on."""
    from detente.claims import Options
    from detente.claims import check as judge

    checked = judge(
        load_ranked(case),
        Options(limit, draws, seed, doubt=doubt),
        readings=list(readings) or None,
        claims=list(claims) or None,
    )
    if as_json:
        from detente.cli.verdicts import record

        emit_json(record(checked))
    else:
        _show(checked)
    if expect and checked.unexpected():
        raise click.exceptions.Exit(1)


def _show(checked: Checked) -> None:
    heading(checked.case.title)
    if checked.case.question:
        click.echo(plain(checked.case.question))
    if checked.options.doubt is not None:
        from detente.case import DOUBTED

        say(f"Doubted: {DOUBTED[checked.options.doubt]}, in every reading.")
    _show_readings(checked)
    _show_table(checked)
    for key in checked.claims:
        if checked.overall(key).word == "depends" or len(checked.claims) == 1:
            _show_claim(checked, key)
    _show_worth(checked)
    _show_summary(checked)


def _show_readings(checked: Checked) -> None:
    heading("\nReadings")
    made = table([("reading", False), ("", True), ("combinations", False), ("open", True)])
    rows = []
    for reading in checked.readings:
        doubts = ", ".join(doubt.id for doubt in reading.uncertainties)
        if any(doubt.continuous for doubt in reading.uncertainties):
            size = "continuous"
        else:
            size = f"{reading.size:,}" if reading.size < 10**9 else f"{reading.size:.3g}"
        rows.append([reading.id, reading.name, size, doubts or "nothing"])
    print_table(made, rows)
    drawn = [r for r in checked.readings if any(not j.verdict.exact for j in r.judged.values())]
    if drawn:
        names = ", ".join(reading.id for reading in drawn)
        options = checked.options
        say(
            f"Too many to enumerate: {options.n_drawn:,} drawn for {names} (seed {options.seed}); "
            f"their shares are estimates, with intervals at {options.level:.0%}. A verdict with ? "
            "rests on those drawn."
        )


def _show_table(checked: Checked) -> None:
    heading("\nVerdicts")
    made = table([("claim", True)])
    width = max(map(len, checked.claims))
    for name in fitting([r.id for r in checked.readings], width + 10):
        made.add_column(name, header_style="bold", no_wrap=True, min_width=6)
    made.add_column("over all", header_style="bold", no_wrap=True)
    rows = []
    for key in checked.claims:
        cells = [_cell(reading.judged[key].verdict) for reading in checked.readings]
        rows.append([key, *cells, _word(checked.overall(key))])
    print_table(made, rows)
    click.echo("A share: it depends on what is open. ■ decided by states and moves alone.")


def _word(verdict: Verdict) -> str:
    mark = " ■" if verdict.structural else "" if verdict.exact else " ?"
    return verdict.word.upper() + mark


def _cell(verdict: Verdict) -> str:
    return _word(verdict) if verdict.word != "depends" else _share(verdict)


def _share(verdict: Verdict) -> str:
    if verdict.interval is not None:
        from detente.claims import per_cent

        return f"{per_cent(verdict.interval)}%"
    return _fraction(verdict.share)


def _fraction(share: Fraction, exact: bool = True) -> str:
    return str(share) if exact and share.denominator <= 512 else f"{float(share):.1%}"


def _show_claim(checked: Checked, key: str) -> None:
    claim, verdict = checked.case.claims[key], checked.overall(key)
    heading(f"\n{key}: {_word(verdict)}")
    cited = ", ".join(map(str, claim.evidence.cite))
    said = [claim.text, claim.clause.text] if claim.text else [claim.clause.text]
    said[0] += f" [{cited}]" if cited else ""
    for words in said:
        say(words, 2)
    for reading in checked.readings:
        judged = reading.judged[key]
        word = "holds" if judged.base else "fails"
        say(f"{reading.id}: {_sentence(reading, judged)}; as written it {word}", 2)
        _show_hinges(reading, judged)


def _sentence(reading: Reading, judged: Judged) -> str:
    verdict = judged.verdict
    why = " by states and moves alone" if verdict.structural else ""
    if verdict.word != "depends":
        among = "" if verdict.exact else f" in all {verdict.counted:,} drawn"
        if not verdict.exact and verdict.word == "fails":
            among = f" in all {verdict.counted:,} drawn"
        return f"{verdict.word}{why}{among}"
    weighed = any(doubt.probabilities is not None for doubt in reading.uncertainties)
    combinations = "of its combinations" + ", weighed by probability" * weighed
    among = combinations if verdict.exact else "of all, as drawn"
    return f"depends: it holds in {_share(verdict)} {among}"


def _show_hinges(reading: Reading, judged: Judged) -> None:
    if judged.verdict.word != "depends":
        return
    pivotal = sorted((h for h in judged.hinges if h.pivotal), key=lambda h: (-h.effect, h.factor))
    for hinge in pivotal[:_MOST_SHOWN]:
        say(_hinge(reading, hinge, judged.verdict.exact), 4)
    if len(pivotal) > _MOST_SHOWN:
        say(f"… {len(pivotal) - _MOST_SHOWN} more: --json lists all", 4)
    for pair in judged.pairs[:_MOST_PAIRS]:
        first, second = (reading.uncertainties[f].id for f in pair.factors)
        say(f"{first} and {second} together move the share by {_fraction(pair.effect)}", 4)
    if len(judged.pairs) > _MOST_PAIRS:
        say(f"… {len(judged.pairs) - _MOST_PAIRS} more pairs: --json lists all", 4)
    shown = []
    for turn in judged.turns[:3]:
        changes = (
            f"{reading.uncertainties[f].id} = {reading.uncertainties[f].label(a)}"
            for f, a in turn.answers
        )
        shown.append(" and ".join(changes))
    if shown:
        more = f" (or {len(judged.turns) - 3} more)" if len(judged.turns) > 3 else ""
        say(f"fewest changes that turn it: {'; or '.join(shown)}{more}", 4)


def _hinge(reading: Reading, hinge: Hinge, exact: bool) -> str:
    doubt = reading.uncertainties[hinge.factor]
    words = f"{doubt.id}: moves the share by {_fraction(hinge.effect, exact)}"
    known = [(i, share) for i, share in enumerate(hinge.shares) if share is not None]
    if len(known) <= 4 and doubt.labels:
        answers = (f"{doubt.label(i)} {_fraction(share, exact)}" for i, share in known)
        words += f" ({', '.join(answers)})"
    if hinge.settles == 1:
        return f"{words}; finding it out settles the claim{'' if exact else ', as far as drawn'}"
    if hinge.value > 0:
        return f"{words}; finding it out is worth {_fraction(hinge.value, exact)}"
    return words


def _show_worth(checked: Checked) -> None:
    from detente.claims import worth_finding_out

    ranked = [one for one in worth_finding_out(checked) if one.value > 0]
    if not ranked:
        return
    heading("\nWhat to find out first")
    exact = all(checked.overall(key).exact for key in checked.claims)
    made = table([("open", True), ("worth", False), ("for", True)])
    shown = ranked[:_MOST_SHOWN]
    rows = []
    for worth in shown:
        value = str(worth.value) if exact else f"{float(worth.value):.2f}"
        rows.append([worth.doubt.id, value, ", ".join(worth.claims)])
    print_table(made, rows)
    if len(ranked) > len(shown):
        click.echo(f"… {len(ranked) - len(shown)} more: --json lists all")
    click.echo(
        "Worth: how many claims fewer one would judge wrongly, on average, going by the shares."
    )


def _show_summary(checked: Checked) -> None:
    words: Counter[str] = Counter(checked.overall(key).word for key in checked.claims)
    counts = ", ".join(
        f"{words[word]} {word if words[word] == 1 else word[:-1]}"
        for word in ("holds", "fails", "depends")
        if words[word]
    )
    n_claims = len(checked.claims)
    heading(f"\n{n_claims} claim{'s' if n_claims > 1 else ''}: {counts}.")
    unexpected = checked.unexpected()
    for claim, where, expected, found in unexpected:
        place = f"{checked.case.file}:{claim.place.line}"
        click.echo(plain(f"{place}: {claim.id} ({where}): expected {expected}, found {found}"))
    if checked.expected() and not unexpected:
        drawn = any(not checked.overall(key).exact for key in checked.claims)
        far = ", as far as was drawn" if drawn else ""
        click.echo(f"Every verdict that the case expects is met{far}.")
