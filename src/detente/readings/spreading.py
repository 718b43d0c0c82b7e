"""Spread work over processes of this machine or of a cluster; lose nothing when one dies."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any, Generic, TypeVar

from detente.errors import DetenteError

__all__ = ["spread"]

_Result = TypeVar("_Result")

_AHEAD = 2
"""Groups of blocks in flight for each worker."""

_WHILE = 0.5
"""Seconds that a group of blocks should take, so that handing it over costs little beside it."""

_MOST_TOGETHER = 64

_MOST_DEATHS = 5
"""Deaths in a row, with no block finished in between, after which the work is given up."""


def spread(
    work: Callable[[int], _Result],
    blocks: Sequence[int],
    *,
    workers: int = 1,
    cluster: str | None = None,
    until: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, _Result]]:
    """Do a piece of work for each of many blocks, in no particular order.

    Parameters
    ----------
    work : callable
        Gives the result of a block; must be importable where it runs, and depend on nothing else.
    blocks : sequence of int
        Numbers of the blocks.
    workers : int
        Processes of this machine; 1 does the work in this one.
    cluster : str, optional
        Address of a Dask scheduler, such as ``tcp://127.0.0.1:8786``, to use instead.
    until : callable
        Is asked before blocks are handed out; once it says yes, only those under way are finished.

    Yields
    ------
    block : int
    result
        Of each block, once.

    Raises
    ------
    DetenteError
        If workers die again and again, or there is no such cluster.

    Notes
    -----
    Quick blocks are handed out several at a time, fewer towards the end, so that all workers finish
    together. Blocks whose worker dies are done again. On a cluster that is the scheduler's task;
    workers may join and leave.

    Examples
    --------
    >>> sorted(spread(abs, [3, 1]))
    [(1, 1), (3, 3)]
    """
    if cluster is None and workers == 1:
        for block in blocks:
            if until():
                return
            yield block, work(block)
        return
    groups = _Groups(work, blocks, until)
    if cluster is None:
        yield from _on_processes(groups, workers)
    else:
        yield from _on_cluster(groups, cluster)


_Group = tuple[int, ...]


class _Groups(Generic[_Result]):
    """Blocks that are handed out in groups, as many together as take a while."""

    def __init__(
        self,
        work: Callable[[int], _Result],
        blocks: Sequence[int],
        until: Callable[[], bool],
    ) -> None:
        self.work = work
        self._blocks, self._until = blocks, until
        self._next, self._together = 0, 1

    def more(self, n_in_flight: int, n_workers: int) -> Iterator[_Group]:
        """Hand out as many groups as should be in flight beside those that are."""
        for _ in range(_AHEAD * n_workers - n_in_flight):
            left = len(self._blocks) - self._next
            if left == 0 or self._until():
                return
            fair = max(-(-left // (_AHEAD * n_workers)), self._together // 8)
            first, self._next = self._next, self._next + min(self._together, fair, left)
            yield tuple(self._blocks[first : self._next])

    def results(
        self, group: _Group, found: tuple[list[_Result], float]
    ) -> Iterator[tuple[int, _Result]]:
        """Take a group's results, and learn how many blocks take a while."""
        results, seconds = found
        fitting = int(_WHILE * len(group) / max(seconds, 1e-9))
        self._together = max(1, min(fitting, _MOST_TOGETHER))
        return zip(group, results, strict=True)


def _do(work: Callable[[int], _Result], group: _Group) -> tuple[list[_Result], float]:
    """Do a group of blocks, and time it; this is what a worker does."""
    start = perf_counter()
    return [work(block) for block in group], perf_counter() - start


def _on_processes(groups: _Groups[_Result], workers: int) -> Iterator[tuple[int, _Result]]:
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    lost: list[_Group] = []
    deaths = 0
    while True:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_settle_in)
        in_flight: dict[Future[tuple[list[_Result], float]], _Group] = {}
        try:
            while True:
                again, lost = lost, []
                for group in (*again, *groups.more(len(in_flight) + len(again), workers)):
                    with _uninterrupted():
                        in_flight[pool.submit(_do, groups.work, group)] = group
                if not in_flight:
                    return
                for done in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    found = done.result()
                    deaths = 0
                    yield from groups.results(in_flight.pop(done), found)
        except BrokenProcessPool:
            deaths += 1
            lost.extend(in_flight.values())
            if deaths == _MOST_DEATHS:
                message = "the worker processes die again and again: use fewer, or more memory"
                raise DetenteError(message) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold interrupts back while processes start: those inherit it, and leave them to the parent.

    Without this an interrupt ends a process that is still importing, with a traceback.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle_in() -> None:
    """Leave interrupts to the parent, end when it ends, and keep to one processor."""
    import os
    from multiprocessing import parent_process
    from threading import Thread

    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()


def _on_cluster(groups: _Groups[_Result], address: str) -> Iterator[tuple[int, _Result]]:
    try:
        from distributed import Client, as_completed
        from distributed.comm import get_address_host_port
    except ImportError:
        message = "a cluster needs Dask: install détente with the extra “distributed”"
        raise DetenteError(message) from None
    try:
        get_address_host_port(address)  # a client that fails on a faulty address is slow to end
        client: Any = Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = f"there is no Dask scheduler at {address}: {str(error).splitlines()[0]}"
        raise DetenteError(message) from None
    with client:
        group_of: dict[str, _Group] = {}
        queue: Any = as_completed(with_results=True, loop=client.loop)
        n_workers, asked = 1, 0.0

        def submit() -> None:
            nonlocal n_workers, asked
            if perf_counter() > asked:  # asking takes as long as handing out a group
                n_workers = max(1, sum(client.nthreads().values()))
                asked = perf_counter() + _WHILE
            for group in groups.more(len(group_of), n_workers):
                future = client.submit(_do, groups.work, group, pure=False, retries=_MOST_DEATHS)
                group_of[future.key] = group
                queue.add(future)

        submit()
        for future, found in queue:
            results = groups.results(group_of.pop(future.key), found)
            future.release()
            submit()
            yield from results
