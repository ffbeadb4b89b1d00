"""What the tests of the ground share."""

import gc
import time
from collections.abc import Callable

import pytest

Linear = Callable[[Callable[[int], object], int, int], None]


TIMES = 3  # a busy machine does not decide: the least of a few runs counts


def cost(run: Callable[[int], object], size: int) -> float:
    """Processor time in seconds."""
    gc.collect()
    began = time.process_time()
    run(size)
    return time.process_time() - began


@pytest.fixture
def linear() -> Linear:
    """Assert that the time for the larger size grows about as the size does, not as its square.

    Four times the text takes 4 times as long when it is linear, and 16 times when it is quadratic;
    10 lies between them on any machine. What takes no time to speak of is not measured.
    """

    def check(run: Callable[[int], object], small: int, large: int) -> None:
        run(small)
        run(small)
        little, much, limit = cost(run, small), cost(run, large), 2.5 * large / small
        for _ in range(1, TIMES):
            if much < 0.02 or much / max(little, 1e-4) < limit:
                return
            little, much = min(little, cost(run, small)), min(much, cost(run, large))
        assert much < 0.02 or much / max(little, 1e-4) < limit, f"{little:.3f} s → {much:.3f} s"

    return check
