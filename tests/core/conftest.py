"""What the tests of the ground share."""

import gc
import time
from collections.abc import Callable

import pytest

Linear = Callable[[Callable[[int], object], int, int], None]


def cost(run: Callable[[int], object], size: int, times: int = 2) -> float:
    """The least processor time of a few runs, so that a busy machine does not decide."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        run(size)
        best = min(best, time.process_time() - began)
    return best


@pytest.fixture
def linear() -> Linear:
    """Assert that the time for the larger size grows about as the size does, not as its square.

    Four times the text takes 4 times as long when it is linear, and 16 times when it is quadratic;
    10 lies between them on any machine. What takes no time to speak of is not measured.
    """

    def check(run: Callable[[int], object], small: int, large: int) -> None:
        run(small)
        little, much = cost(run, small), cost(run, large)
        limit = 2.5 * large / small
        assert much < 0.02 or much / max(little, 1e-4) < limit, f"{little:.3f} s → {much:.3f} s"

    return check
