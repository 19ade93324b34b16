"""How many requests a side takes in a time: one limit for everybody who asks the same side.

Within this process, and over all processes that share a store on a server: `share`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrate_limiter import Limiter, Rate

    Make = Callable[[str, Rate], Limiter]


def _own(_name: str, rate: Rate) -> Limiter:
    """Return a limiter of this process.

    What is too old to count is taken away with each request: left to itself, every limiter of the
    library has a thread with an event loop, three open files, until the process ends.
    """
    from pyrate_limiter import InMemoryBucket, Limiter, SingleBucketFactory

    class Own(Limiter):
        def try_acquire(self, *args: Any, **kwargs: Any) -> Any:
            now: Any = bucket.now()  # type: ignore[no-untyped-call]  # untyped there
            bucket.leak(now)
            return super().try_acquire(*args, **kwargs)

    bucket = InMemoryBucket([rate])
    return Own(SingleBucketFactory(bucket, schedule_leak=False))


_MAKE: list[Make] = [_own]


def share(make: Make | None) -> None:
    """Let limiters be made otherwise from now on; None for those of this process alone."""
    _MAKE[0] = make or _own
    limiter.cache_clear()


@cache
def limiter(name: str, requests: int, milliseconds: int) -> Limiter:
    """Return the limiter of a side that takes so many requests in so many milliseconds.

    The name may hold a secret: it is not kept anywhere.
    """
    from pyrate_limiter import Rate

    return _MAKE[0](f"{name} {requests} {milliseconds}", Rate(requests, milliseconds))
