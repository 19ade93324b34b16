"""Send a mail by SMTP, encrypted. Neither addresses nor words of it stand in a log."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from smtplib import SMTP, SMTP_SSL, SMTPException
from ssl import create_default_context
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from edusync.app.runner.log import LOG
from edusync.app.runner.web import is_own_machine

if TYPE_CHECKING:
    from ssl import SSLContext

    from edusync.app.files.project_file import MailSettings

_SECONDS = 20.0


class Unencrypted(Exception):
    """The server of mail offers no encryption, and is not on this machine."""


class Mailer:
    """Sends mail as a project says."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, to: str, title: str, body: str) -> bool:
        """Send a mail; whether the server took it."""
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = title, self._settings.sender, to
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="edusync.invalid")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        try:
            with self._opened() as server:
                server.send_message(message)
        except (SMTPException, OSError, Unencrypted) as error:  # its words name the address
            LOG.warning("a mail was not sent: %s", type(error).__name__)
            return False
        return True

    def _opened(self) -> SMTP:
        url = urlsplit(self._settings.server)
        host, context = url.hostname or "", create_default_context()
        server: SMTP
        if url.scheme == "smtps":
            server = SMTP_SSL(host, url.port or 465, timeout=_SECONDS, context=context)
        else:
            server = SMTP(host, url.port or 587, timeout=_SECONDS)
        try:
            if url.scheme == "smtp":
                self._encrypt(server, context)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: SMTP, context: SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif not is_own_machine(self._settings.server):
            raise Unencrypted
