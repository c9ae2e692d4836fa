"""Time by the wall and on the processor, and how it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the wall and on the processor; on a shared machine they differ."""

    wall: float
    cpu: float


class Clock:
    """Seconds since it was made or last asked."""

    def __init__(self) -> None:
        self.wall, self.cpu = perf_counter(), process_time()

    def lap(self) -> Spent:
        wall, cpu = perf_counter(), process_time()
        spent = Spent(wall - self.wall, cpu - self.cpu)
        self.wall, self.cpu = wall, cpu
        return spent


def timed(work: Callable[[], object]) -> Spent:
    clock = Clock()
    work()
    return clock.lap()


def say(what: str, spent: Spent, count: int) -> None:
    print(
        f"{what}: {count / spent.wall:,.0f} a second, "
        f"{count / spent.cpu:,.0f} a CPU second ({spent.wall:.1f} s)"
    )


def show(what: str, spent: Sequence[Spent]) -> None:
    wall = quantiles([one.wall for one in spent], n=100)
    cpu = quantiles([one.cpu for one in spent], n=100)
    print(
        f"{what}: p50 {1000 * wall[49]:.2f}, p95 {1000 * wall[94]:.2f}, "
        f"p99 {1000 * wall[98]:.2f} ms; CPU p50 {1000 * cpu[49]:.2f}, "
        f"p95 {1000 * cpu[94]:.2f}, p99 {1000 * cpu[98]:.2f} ms"
    )
