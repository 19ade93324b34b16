"""How many requests a side takes in a time: one limit for everybody who asks the same side.

Within this process, and over all processes that share a store on a server: `share`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrate_limiter import Limiter, Rate

    Make = Callable[[str, Rate], Limiter]


def _own(_name: str, rate: Rate) -> Limiter:
    from pyrate_limiter import Limiter

    return Limiter(rate)


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
