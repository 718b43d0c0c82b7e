"""Work that kills its process, for tests of what is lost then."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.claims import Plan

FLAG = "DETENTE_TEST_FLAG"


def square(block: int) -> int:
    return block * block


def die_once(block: int) -> int:
    """Square a number; the first time that it is 3, kill the process."""
    flag = Path(os.environ[FLAG])
    if block == 3 and not flag.exists():
        flag.write_text("", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return block * block


def die_always(block: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return block


def die_once_judging(plan: Plan, block: int) -> object:
    """Judge a block of a sweep; the first time that it is block 1, kill the process."""
    from detente.claims.blocks import judge_block

    flag = Path(os.environ[FLAG])
    if block == 1 and not flag.exists():
        flag.write_text("", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return judge_block(plan, block)
