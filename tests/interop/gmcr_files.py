"""Files of GMCR+ in every generation, written for these tests from facts about known conflicts."""

from __future__ import annotations

from typing import Any

__all__ = ["BAN", "CUBA", "ELMIRA", "OLD_RANKING", "OLD_STATEMENTS", "SYRIA_IRAQ", "pattern"]


def pattern(text: str) -> list[list[int | str]]:
    """Write ``Y-N`` as the file does: ``[[0, "Y"], [2, "N"]]``."""
    return [[i, value] for i, value in enumerate(text) if value != "-"]


def statement(texts: str) -> Any:
    """Write patterns joined by “|” as a statement."""
    patterns = [pattern(text) for text in texts.split("|")]
    return patterns[0] if len(patterns) == 1 else {"compound": True, "members": patterns}


def option(name: str, direction: str = "both") -> dict[str, str]:
    return {"name": name, "permittedDirection": direction}


# Without a version; the Prisoner's Dilemma by statements.
OLD_STATEMENTS: dict[str, Any] = {
    "program": "gmcr-py",
    "options": [option("Keep silent"), option("Keep silent")],
    "decisionMakers": [
        {"name": "Prisoner", "options": [0], "preferences": [pattern("-Y"), pattern("N-")]},
        {"name": "prisoner", "options": [1], "preferences": [pattern("Y-"), pattern("-N")]},
    ],
    "infeasibles": [],
    "useManualPreferenceVectors": False,
}

# Without a version; by preference vectors with ties, a party without any interest.
OLD_RANKING: dict[str, Any] = {
    "options": [option("Build"), option("Sue"), option("Advise for"), option("Advise against")],
    "decisionMakers": [
        {"name": "Builder", "options": [0], "preferences": [], "preferenceVector": [2, [1, 3], 4]},
        {"name": "Citizens", "options": [1], "preferences": [], "preferenceVector": [[1, 3], 4, 2]},
        {"name": "Board", "options": [2, 3], "preferences": [], "preferenceVector": [[1, 2, 3, 4]]},
    ],
    "infeasibles": [
        pattern("--YY"),
        pattern("--NN"),
        pattern("-Y-N"),
        pattern("-N-Y"),
    ],
    "useManualPreferenceVectors": True,
    "program": "gmcr-py",
}

# 0.3.1: compound statements, and an option that goes one way.
CUBA: dict[str, Any] = {
    "version": "0.3.1",
    "program": "gmcr-py",
    "useManualPreferenceVectors": False,
    "options": [
        option("Air Strike", "fwd"),
        option("Blockade"),
        option("Withdraw"),
        option("Escalate"),
    ],
    "decisionMakers": [
        {
            "name": "US",
            "options": [0, 1],
            "preferences": [
                *map(statement, ["--Y-", "---N", "N-Y-", "-NY-", "Y--Y", "-Y-Y"]),
                *map(statement, ["Y-N-|-Y-N|Y--N|-YN-", "N-NN", "-NNN"]),
            ],
        },
        {
            "name": "USSR",
            "options": [2, 3],
            "preferences": [
                *map(statement, ["---N", "Y--Y|N--N|Y--N", "-Y-Y|-N-N|-Y-N", "N--N"]),
                *map(statement, ["-N-N", "-YY-|-NN-|Y-Y-", "-YNN", "YNYN"]),
            ],
        },
    ],
    "infeasibles": [pattern("--YY")],
}

# 0.3.6: rankings that count, statements that do not, coalitions of one party each.
ELMIRA: dict[str, Any] = {
    "version": "0.3.6",
    "program": "gmcr-py",
    "useManualPreferenceRanking": True,
    "options": [
        option("Modify", "fwd"),
        option("Delay", "back"),
        option("Accept"),
        option("Abandon", "fwd"),
        option("Insist"),
    ],
    "decisionMakers": [
        {
            "name": "MoE",
            "options": [0],
            "preferences": [statement("--Y--"), statement("N---Y|Y---N")],
            "preferenceRanking": [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
        },
        {
            "name": "Uniroyal",
            "options": [1, 2, 3],
            "preferences": [],
            "preferenceRanking": [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
        },
        {
            "name": "Local Government",
            "options": [4],
            "preferences": [],
            "preferenceRanking": [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]],
        },
    ],
    "infeasibles": [pattern("-YY--"), pattern("-Y-Y-"), pattern("--YY-"), pattern("-NNN-")],
    "coalitions": [0, 1, 2],
    "coalitionsFull": [],
}

# 0.3.12: payoffs, and states that a party does not perceive.
SYRIA_IRAQ: dict[str, Any] = {
    "version": "0.3.12",
    "program": "gmcr-py",
    "useManualPreferenceRanking": False,
    "options": [option("Release Water"), option("Escalate"), option("Attack")],
    "decisionMakers": [
        {
            "name": "Syria",
            "options": [0, 1],
            "preferences": [*map(statement, ["NNN", "-Y-", "--N", "N--"])],
            "payoffs": [6, 3, 5, 2, 1, 4],
            "misperceptions": [pattern("YN-")],
        },
        {
            "name": "Iraq",
            "options": [2],
            "preferences": [*map(statement, ["YNN", "NNY", "NYY", "NNN", "YNY"])],
            "payoffs": [3, 6, 1, 5, 2, 4],
            "misperceptions": [pattern("NN-")],
        },
    ],
    "infeasibles": [pattern("YY-")],
    "coalitions": [0, 1],
    "coalitionsFull": [],
}

# Names that are hard to make ids of; options not in the order of the parties.
BAN: dict[str, Any] = {
    "useManualPreferenceRanking": True,
    "options": [option("Not"), option("1st: lift \u001b[31mban"), option("no"), option("")],
    "decisionMakers": [
        {
            "name": "Ünion",
            "options": [1, 3],
            "preferenceRanking": [2, 1, [3, 4], [5, 6, 7, 8], *range(9, 17)],
        },
        {"name": "yes", "options": [2], "preferenceRanking": [[*range(1, 17)]]},
        {"name": "yes", "options": [0], "preferences": [], "preferenceRanking": [*range(1, 17)]},
    ],
    "infeasibles": [],
}
