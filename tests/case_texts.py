"""Case files in which everything that a case can say is said."""

from __future__ import annotations

from detente.case import CASE_FILE, catalogue

__all__ = ["ALL", "GRAPH", "LEVELS", "PAIRS", "REAL", "VIEWS"]

GRAPH = """\
detente: 1
title: "A graph"
states: {a: At peace, b: In talks, c: At war}
sources:
  s1: {title: A book, published: 1999, defects: [opinion]}
decision_makers:
  p:
    name: P
    moves: ["a -> b, c", "b -> a"]
    preferences: {rank: [b, [a, c]]}
    cite: {source: s1, at: p. 3, quote: "three words here"}
  q:
    moves: [c -> a]
    preferences:
      prioritise:
        - prefer: not c
          id: no_war
          cite: [s1 p2]
          standing: stated
        - a or b
outcomes:
  war: c
  calm: {when: not war, text: Calm}
status_quo: a
perspectives:
  q: {text: At war it sees no way back, unseen: [war], cite: s1}
results:
  - {concept: nash, dm: p, states: [b, c]}
"""

LEVELS = """\
detente: 1
title: Levels
question: |
  Several lines
  of text
decision_makers:
  us:
    options:
      talk: Talk
      terms: {text: Offer terms, levels: [none, some, all], ordered: "Y", change: only up}
    preferences:
      weigh: {talk: 1.5, us.terms: {some: -0.25, all: 2}, eu.block: -3}
  eu:
    options:
      block:
        text: Block
        change: both
    preferences:
      prioritise:
        - terms >= some and not eu.block
        - atleast(1, us.talk, eu.block)
  un: {}
rules:
  - never: us.terms == all and eu.block
    reason: preferential
  - exclusive: [us.talk, eu.block]
  - at_least_one: [us.talk, eu.block, us.terms == "none"]
  - requires: [us.terms == "all", us.talk]
  - always: true or us.talk
outcomes: {deal: us.terms == "all"}
status_quo: only()
"""

VIEWS = """\
detente: 1
title: Views
decision_makers:
  us:
    options: {talk: Talk, arm: {text: Arm, change: only on}}
    preferences:
      prioritise:
        - {prefer: us.talk and eu.talk, id: both}
        - {prefer: not us.arm, id: calm, maybe: open}
  eu:
    options: {talk: Talk}
    preferences: {weigh: {eu.talk: 1, us.arm: {between: [-2, -1], steps: 3}}}
readings:
  plain: {name: As written}
  hawk: {changes: [{drop: both}, {replace: calm, prefer: us.arm}], settle: {us.arm: -2}}
perspectives:
  us:
    text: It does not think of a day on which both arm.
    settle: {calm: absent}
    changes:
      - {preferences: {rank: [eu.talk, [YNN, NNN], "-YN"]}, for: eu}
      - {move: calm, before: both}
    unseen: [us.arm and not eu.talk, NYY]
    standing: assumed
    because: It is made up.
  eu: {as: hawk, changes: [{unavailable: us.talk}]}
status_quo: NNN
results:
  - {concept: nash, dm: us, states: [NNN], treatment: hypergame}
  - {concept: nash, states: ["-N-"], treatment: moves}
"""

PAIRS = """\
detente: 1
title: Pairs
sources:
  s1: {title: A book}
decision_makers:
  us:
    options: {talk: Talk, leave: Leave}
    preferences:
      prioritise:
        - prefer: eu.block
          greatly: "N"
        - prefer: us.talk
          greatly: Y   # what splits the list
      pairs:
        # what nobody knows
        - unknown: us.leave
          and: us.talk and not us.leave
          alike: Y
          cite: s1 p2
          standing: stated
  eu:
    options: {block: Block}
    preferences:
      pairs:
        - prefer: not eu.block
          to: eu.block and us.leave
          greatly: Y
          because: It says so.
        - {prefer: us.talk and not eu.block, alike: Y, to: not (us.talk or eu.block)}
      otherwise: unknown
      transitive: Y
  un:
    preferences: {otherwise: equal}
results:
  - {concept: nash, extension: bd, dm: un, states: ["true"]}
  - {concept: seq, degree: weak, dm: un, states: []}
"""

REAL = {
    name: (folder / CASE_FILE).read_text(encoding="utf-8") for name, folder in catalogue().items()
}

ALL = {**REAL, "graph": GRAPH, "levels": LEVELS, "pairs": PAIRS, "views": VIEWS}
