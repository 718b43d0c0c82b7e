"""Spread work over processes of this machine or of a cluster; lose nothing when one dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from detente.errors import DetenteError

__all__ = ["spread"]

_Result = TypeVar("_Result")

_AHEAD = 2
"""Blocks in flight for each worker."""

_MOST_DEATHS = 5
"""Deaths in a row, with no block finished in between, after which the work is given up."""


def spread(
    work: Callable[[int], _Result],
    blocks: Iterable[int],
    *,
    workers: int = 1,
    cluster: str | None = None,
) -> Iterator[tuple[int, _Result]]:
    """Do a piece of work for each of many blocks, in no particular order.

    Parameters
    ----------
    work : callable
        Gives the result of a block; must be importable where it runs, and depend on nothing else.
    blocks : iterable of int
        Numbers of the blocks; taken as they are needed.
    workers : int
        Processes of this machine; 1 does the work in this one.
    cluster : str, optional
        Address of a Dask scheduler, such as ``tcp://127.0.0.1:8786``, to use instead.

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
    Blocks whose worker dies are done again. On a cluster that is the scheduler's task; workers may
    join and leave.

    Examples
    --------
    >>> sorted(spread(abs, [3, 1]))
    [(1, 1), (3, 3)]
    """
    if cluster is not None:
        yield from _on_cluster(work, iter(blocks), cluster)
    elif workers == 1:
        for block in blocks:
            yield block, work(block)
    else:
        yield from _on_processes(work, iter(blocks), workers)


def _on_processes(
    work: Callable[[int], _Result], blocks: Iterator[int], workers: int
) -> Iterator[tuple[int, _Result]]:
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    lost: list[int] = []
    deaths = 0
    while True:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_settle_in)
        in_flight: dict[Future[_Result], int] = {}
        try:
            while True:
                room = _AHEAD * workers - len(in_flight)
                again, lost = lost[:room], lost[room:]
                for block in (*again, *islice(blocks, room - len(again))):
                    in_flight[pool.submit(work, block)] = block
                if not in_flight:
                    return
                for done in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    result = done.result()
                    deaths = 0
                    yield in_flight.pop(done), result
        except BrokenProcessPool:
            deaths += 1
            lost.extend(in_flight.values())
            if deaths == _MOST_DEATHS:
                message = "the worker processes die again and again: use fewer, or more memory"
                raise DetenteError(message) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _settle_in() -> None:
    """Leave interrupts to the parent, end when it ends, and keep to one processor."""
    import os
    import signal
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


def _on_cluster(
    work: Callable[[int], _Result], blocks: Iterator[int], address: str
) -> Iterator[tuple[int, _Result]]:
    try:
        from distributed import Client, as_completed
    except ImportError:
        message = "a cluster needs Dask: install détente with the extra “distributed”"
        raise DetenteError(message) from None
    try:
        client: Any = Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = f"there is no Dask scheduler at {address}: {str(error).splitlines()[0]}"
        raise DetenteError(message) from None
    with client:
        block_of: dict[str, int] = {}
        queue: Any = as_completed(with_results=True, loop=client.loop)

        def submit() -> None:
            n_threads = sum(client.nthreads().values())
            room = max(_AHEAD, _AHEAD * n_threads) - len(block_of)
            for block in islice(blocks, max(0, room)):
                future = client.submit(work, block, pure=False, retries=_MOST_DEATHS)
                block_of[future.key] = block
                queue.add(future)

        submit()
        for future, result in queue:
            block = block_of.pop(future.key)
            future.release()
            yield block, result
            submit()
