"""Which hosts of an ERP may be asked.

Its own, whatever letters it writes itself with, and those that a spec names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_USUAL = {"http": 80, "https": 443}

Place = tuple[str, int | None]
"""A host in small letters and its port, None for the usual one of either scheme."""


class Hosts:
    """The hosts of one ERP.

    `further` are asked as they are. `inner` are names that the ERP gives itself and that are known
    inside the school only: what stands there is asked of the ERP's own host.
    """

    def __init__(
        self, base_url: str, further: Iterable[str] = (), inner: Iterable[str] = ()
    ) -> None:
        self.base = urlsplit(base_url)
        self.own = {_place(self.base), *map(_named, inner)}
        self.further = set(map(_named, further))

    def reach(self, url: str) -> str | None:
        """Return the URL by which something is asked for, None when its host is a stranger.

        A path stays as it is. What the ERP calls http is asked over https where its own address
        says so, and credentials for https never go over http.
        """
        try:
            parts = urlsplit(url)
            place = _place(parts)
        except ValueError:
            return None
        if not parts.netloc:
            return None if parts.scheme else url
        if parts.scheme not in _USUAL:
            return None
        if place in self.own:
            return urlunsplit((self.base.scheme, self.base.netloc, parts.path, parts.query, ""))
        plain = parts.scheme == "http" and self.base.scheme == "https"
        return url if place in self.further and not plain else None


def _place(parts: SplitResult) -> Place:
    port = parts.port
    host = (parts.hostname or "").rstrip(".")
    return host, None if port == _USUAL.get(parts.scheme) else port


def _named(host: str) -> Place:
    """Return the place of a host that is written alone, with its port, or as a URL."""
    try:
        return _place(urlsplit(host if "://" in host else f"//{host}"))
    except ValueError:
        return "", None
