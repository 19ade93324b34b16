"""What follows a round, beside the runner and not in its way: counters, alerts, a sign of life."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

from edusync.app.runner.alerts import Apprise, tell_changes, tell_digest
from edusync.app.runner.log import LOG
from edusync.app.runner.needs import needs
from edusync.errors import EdusyncError
from edusync.state.purge import purge_older

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.app.files.project_file import Settings
    from edusync.app.runner.alerts import Sender
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.watch import Watch
    from edusync.state.store import Store

_SECONDS = 10.0
_PURGED = "purged"


class Teller:
    """Looks after each round at what needs a person, and tells whom the project names."""

    def __init__(
        self,
        store: Store,
        fleet: Fleet,
        settings: Settings,
        watch: Watch,
        also: Callable[[], None] | None = None,
    ) -> None:
        self.store, self.fleet, self.settings, self.watch = store, fleet, settings, watch
        self.also = also
        """What else follows a round."""
        self.send: Sender | None = Apprise(settings.alert_urls) if settings.alert_urls else None

    def start(self) -> None:
        """Go on in a thread until the process ends."""
        Thread(target=self._forever, name="teller", daemon=True).start()

    def _forever(self) -> None:
        while True:
            self.watch.rounds.wait()
            self.watch.rounds.clear()
            try:
                self.tell()
            except EdusyncError as error:
                LOG.warning(error.message, extra={"code": error.code})
            except Exception as error:  # noqa: BLE001 - whoever tells may fail; runs go on
                LOG.warning("telling failed: %s", type(error).__name__)

    def tell(self) -> None:
        """Do what follows a round."""
        now = self.watch.now()
        names = self.fleet.files()
        found = needs(self.store, names, self.fleet.strays)
        metrics = self.watch.metrics
        metrics.connectors.set(len(names))
        metrics.needs.clear()
        for one in found:
            metrics.needs.labels(one.code).inc()
        if self.send is not None:
            if not tell_changes(self.store, found, self.send, now):
                LOG.warning("an alert did not arrive; it is sent again")
            if self.settings.digest is not None:
                tell_digest(self.store, found, len(names), self.send, now, self.settings.digest)
        self._purge()
        self._show_life()
        if self.also is not None:
            self.also()

    def _purge(self) -> None:
        now = self.watch.now()
        if self.store.setting(_PURGED) != str(now.date()):
            purge_older(self.store, now - timedelta(days=self.settings.keep_days))
            self.store.save_setting(_PURGED, str(now.date()))

    def _show_life(self) -> None:
        """Call the URL that waits for a sign of life; who does not hear it tells somebody."""
        if self.settings.alive_url is None:
            return
        import requests

        from edusync.transport.bounded import BoundedAdapter

        with requests.Session() as session:
            for scheme in ("http://", "https://"):
                session.mount(scheme, BoundedAdapter(_SECONDS, at_once=1))
            try:
                answer = session.get(self.settings.alive_url, timeout=_SECONDS, stream=True)
            except requests.RequestException as error:  # the URL may hold a secret
                LOG.warning("the sign of life did not arrive: %s", type(error).__name__)
                return
        if not answer.ok:
            LOG.warning("the sign of life was answered with %s", answer.status_code)
