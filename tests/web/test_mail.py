"""Mail of the console over a real SMTP socket: forgotten passwords, addresses, weekly summaries."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from edusync.app.console import accounts, letters
from edusync.app.console.mailer import Mailer
from edusync.app.console.weekly import Summaries, last_monday
from edusync.app.files.project_file import MailSettings, load_settings
from edusync.app.runner.teller import Teller
from edusync.app.runner.watch import Watch
from edusync.errors import FilesInvalid
from edusync.locale import Language, speaking
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.state import mails, visitors
from edusync.state.purge import purge_connector
from edusync.state.rename import rename_connector
from tests.web.conftest import ADDRESS, PASSWORD, SENDER, Site, Visit
from tests.web.test_actions import Live

HERS = "ada@school.example"
LINK = re.compile(r"http://127\.0\.0\.1:8550(/\S+)")
NEW = "another horse battery"


@dataclass
class Post:
    """A server of mail that keeps what it gets."""

    got: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - SMTP's
        if self.refuses:
            return "451 come again later"
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        assert message["To"] == ", ".join(envelope.rcpt_tos)
        self.got.append(message)
        return "250 OK"


class Server(Controller):
    """A server at any port that is free."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library has no types


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def port(post: Post) -> Iterator[int]:
    server = Server(post, hostname="127.0.0.1", port=0)
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def site(tmp_path: Path, registry: Registry, port: int) -> Iterator[Site]:
    site = Site(tmp_path, registry, smtp_port=port)
    with closing(site.store):
        yield site
        site.console.post.shutdown()
        site.console.jobs.close()


def sent(site: Site, post: Post) -> list[EmailMessage]:
    """Return what arrived once everything that was to be sent is."""
    site.console.post.submit(lambda: None).result(30)
    return post.got


def link_in(message: EmailMessage) -> str:
    found = LINK.search(message.get_content())
    assert found is not None
    return found[1]


def with_address(site: Site, visit: Visit, name: str) -> None:
    user = visitors.user_by(site.store, name=name)
    assert user is not None
    mails.save_address(site.store, user.id, HERS)


def test_an_address_counts_once_its_link_was_opened(site: Site, post: Post, school: Visit) -> None:
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    school.post("/account/address", address=HERS, password=PASSWORD)
    message = sent(site, post)[0]
    assert (message["To"], message["From"]) == (HERS, SENDER)
    assert mails.address_of(site.store, user.id) is None
    operator = site.visit("operator")
    operator.get(link_in(message))  # somebody else's
    assert mails.address_of(site.store, user.id) is None
    school.get(link_in(message))
    assert mails.address_of(site.store, user.id) == HERS
    assert HERS in school.get("/account").text
    school.post("/account/address")
    assert mails.address_of(site.store, user.id) is None


@pytest.mark.parametrize(
    ("address", "password", "words"),
    [
        (HERS, "wrong", "The password is wrong"),
        ("nobody", PASSWORD, "Write a whole"),
        ("a@b.example, c@d.example", PASSWORD, "Write a whole"),
        ("a@b.example\nBcc: c@d.example", PASSWORD, "Write a whole"),
    ],
)
def test_an_address_needs_the_password_and_is_one(
    site: Site, post: Post, school: Visit, address: str, password: str, words: str
) -> None:
    school.post("/account/address", address=address, password=password)
    assert words in school.get("/account").text
    assert sent(site, post) == []


def test_an_old_link_confirms_nothing(site: Site, post: Post, school: Visit) -> None:
    school.post("/account/address", address=HERS, password=PASSWORD)
    link = link_in(sent(site, post)[0])
    site.clock.later(hours=11)
    school.post("/sign-in", name="school", password=PASSWORD)
    site.clock.later(hours=14)
    again = site.stranger()
    again.post("/sign-in", name="school", password=PASSWORD)
    assert "too old" in again.client.get(link, follow_redirects=True).text
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    assert mails.address_of(site.store, user.id) is None


@pytest.mark.parametrize("who", ["school", " SCHOOL ", HERS, HERS.upper()])
def test_a_forgotten_password_is_chosen_anew_by_a_link(
    site: Site, post: Post, school: Visit, who: str
) -> None:
    with_address(site, school, "school")
    site.stranger().post("/forgotten", who=who)
    message = sent(site, post)[0]
    assert message["To"] == HERS
    visit = site.stranger()
    assert visit.post(link_in(message), password=NEW).status_code == 302
    assert visit.get("/connectors/hugo/").status_code == 200
    assert school.get("/connectors/hugo/").status_code == 302  # who had the old one is out
    assert site.stranger().post(link_in(message), password=NEW).status_code == 410


def test_the_link_holds_for_an_hour(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    site.stranger().post("/forgotten", who="school")
    link = link_in(sent(site, post)[0])
    site.clock.later(minutes=61)
    assert site.stranger().get(link).status_code == 410


def test_a_new_password_voids_every_other_link(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    for _ in range(2):
        site.stranger().post("/forgotten", who="school")
    first, second = map(link_in, sent(site, post))
    site.stranger().post(second, password=NEW)
    assert site.stranger().get(first).status_code == 410


def test_asking_for_a_link_voids_none_that_an_operator_made(
    site: Site, post: Post, school: Visit
) -> None:
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    made = accounts.let_choose_again(site.store, user, site.clock.now)
    with_address(site, school, "school")
    site.stranger().post("/forgotten", who="school")
    assert len(sent(site, post)) == 1
    assert site.stranger().get(f"/welcome/{made}").status_code == 200


def test_the_answer_does_not_say_whether_there_is_somebody(
    site: Site, post: Post, school: Visit
) -> None:
    """The same page, and nothing of it waits for the mail: somebody, nobody, and too often."""
    with_address(site, school, "school")
    visit = site.stranger()
    asked = [HERS, "school", "nobody", "nobody@school.example", *(["school"] * 5)]
    answers = [visit.post("/forgotten", who=who) for who in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(sent(site, post)) == letters.MOST_OF_A_NAME + 1  # by her name, and by her address


def test_nobody_fills_a_letter_box_from_one_place(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    visit = site.stranger()
    for number in range(letters.MOST_OF_AN_ADDRESS):
        visit.post("/forgotten", who=f"name {number}")
    visit.post("/forgotten", who="school")
    assert sent(site, post) == []
    site.clock.later(minutes=61)
    visit.post("/forgotten", who="school")
    assert len(sent(site, post)) == 1


def test_a_password_is_guessed_in_no_form_of_the_account(site: Site, school: Visit) -> None:
    for number in range(accounts.MOST_OF_A_NAME):
        school.post("/account/password", old=f"guess {number}", new=NEW)
    refused = school.post("/account/password", old=PASSWORD, new=NEW)
    assert "Too many tries" in refused.text
    school.post("/account/address", address=HERS, password=PASSWORD)
    assert "Too many tries" in school.get("/account").text


def test_letters_are_in_the_language_of_who_asks(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    visit = site.stranger()
    visit.get("/language/fr")
    visit.post("/forgotten", who="school")
    message = sent(site, post)[0]
    assert message["Subject"] == "Un nouveau mot de passe pour edusync"
    assert message["Auto-Submitted"] == "auto-generated"


def test_no_address_stands_in_the_log(
    site: Site, post: Post, school: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "edusync")
    with_address(site, school, "school")
    post.refuses = True
    site.stranger().post("/forgotten", who=HERS)
    assert sent(site, post) == []
    assert "a mail was not sent: SMTPDataError" in caplog.text
    assert HERS not in caplog.text


def test_without_a_server_of_mail_nothing_of_it_is_there(site: Site, school: Visit) -> None:
    object.__setattr__(site.console, "mailer", None)
    assert school.get("/forgotten").status_code == 404
    assert school.post("/connectors/hugo/weekly", wish="yes").status_code == 404
    assert "Weekly summary" not in school.get("/connectors/hugo/").text
    assert "forgotten" not in site.stranger().get("/sign-in").text


def test_a_server_elsewhere_has_to_encrypt(post: Post, port: int) -> None:
    """Nothing is sent in clear over a network; this machine's own server needs no certificate."""
    near = Mailer(MailSettings(f"smtp://127.0.0.1:{port}", SENDER))
    assert near.send(HERS, "hello", "body") is True
    far = Mailer(MailSettings(f"smtp://127.0.0.2:{port}", SENDER))
    assert far.send(HERS, "hello", "body") is False
    assert len(post.got) == 1


def test_a_server_that_is_not_there_is_no_error(site: Site) -> None:
    assert Mailer(MailSettings("smtps://127.0.0.1:9", SENDER)).send(HERS, "a", "b") is False


# weekly summaries


def summaries(site: Site, url: str = ADDRESS) -> Summaries:
    assert site.console.mailer is not None
    return Summaries(site.store, site.fleet, site.console.mailer, site.clock, url)


def test_a_summary_arrives_on_mondays_once(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    school.post("/connectors/hugo/weekly", wish="yes")
    sender = summaries(site)
    days = []
    for _ in range(15 * 4):
        before = len(post.got)
        sender.send_due()
        sender.send_due()
        days += [f"{site.clock.now.astimezone(PARIS):%a %H:%M}"] * (len(post.got) - before)
        site.clock.later(hours=6)
    assert days == ["Mon 09:00", "Mon 09:00"]
    school.post("/sign-in", name="school", password=PASSWORD)
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    mails.end_weekly(site.store, user.id, "hugo")
    site.clock.later(days=8)
    sender.send_due()
    assert len(post.got) == 2


def test_a_runner_sends_them_after_its_rounds(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    school.post("/connectors/hugo/weekly", wish="yes")
    settings, watch = site.fleet.project.settings, Watch(site.clock)
    teller = Teller(site.store, site.fleet, settings, watch, summaries(site).send_due)
    teller.tell()
    assert post.got == []
    site.clock.later(days=7)
    teller.tell()
    assert [message["To"] for message in post.got] == [HERS]


def test_two_processes_send_one_summary(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    school.post("/connectors/hugo/weekly", wish="yes")
    site.clock.later(days=7)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.send_due(), [summaries(site) for _ in range(4)]))
    assert len(post.got) == 1


def test_a_summary_that_was_refused_is_sent_later(site: Site, post: Post, school: Visit) -> None:
    with_address(site, school, "school")
    school.post("/connectors/hugo/weekly", wish="yes")
    site.clock.later(days=7)
    sender, post.refuses = summaries(site), True
    sender.send_due()
    post.refuses = False
    sender.send_due()  # not at once
    assert post.got == []
    site.clock.later(minutes=31)
    sender.send_due()
    assert len(post.got) == 1


def test_nobody_gets_a_summary_of_what_they_do_not_see(
    site: Site, post: Post, school: Visit
) -> None:
    with_address(site, school, "school")
    school.post("/connectors/hugo/weekly", wish="yes")
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    visitors.save_user(site.store, user._replace(connectors=["sand"]))
    site.clock.later(days=8)
    summaries(site).send_due()
    assert post.got == []


def test_who_has_no_address_is_led_to_give_one(site: Site, school: Visit) -> None:
    assert school.post("/connectors/hugo/weekly", wish="yes").location == "/account"


def test_what_is_kept_of_mail_goes_with_the_user_and_the_connector(
    site: Site, school: Visit
) -> None:
    with_address(site, school, "school")
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    for name in ("hugo", "sand"):
        mails.wish_weekly(site.store, user.id, name, "fr", site.clock.now)
        site.store.start_run(name, "down", site.clock.now)
    rename_connector_of(site, "hugo", "zola")
    assert mails.wants_weekly(site.store, user.id, "zola")
    purge_connector(site.store, "zola")
    assert not mails.wants_weekly(site.store, user.id, "zola")
    visitors.delete_user(site.store, user.id)
    assert mails.address_of(site.store, user.id) is None
    assert not mails.wants_weekly(site.store, user.id, "sand")


def rename_connector_of(site: Site, old: str, new: str) -> None:
    from sqlalchemy import insert

    from edusync.state.tables import link

    row = {
        "connector": old,
        "account": "main",
        "kind": "course",
        "source_id": "1",
        "edusign_id": "e",
        "created": True,
        "manual": False,
        "fingerprint": "f",
        "fields": {},
        "members": [],
        "carry": {},
        "updated_at": site.clock.now,
    }
    with site.store.writing() as connection:
        connection.execute(insert(link).values(row))
    rename_connector(site.store, old, new)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Runs: 2 (success 2)",
                "Sheets: 6 new",
                "People: 12 new",
                "3 left out",
                "/connectors/hugo/",
            ),
        ),
        ("fr", ("Exécutions\u00a0: 2 (réussie 2)", "Feuilles\u00a0: 6 ajout(s)", "3 de côté")),
    ],
)
def test_a_summary_says_what_was_done_and_names_nobody(
    tmp_path: Path, registry: Registry, language: Language, words: tuple[str, ...]
) -> None:
    from contextlib import ExitStack

    from edusync.app.console.weekly import summary

    with ExitStack() as stack:
        live = Live(tmp_path, registry, stack)
        stack.callback(live.store.close)
        live.visit("operator").post("/connectors/hugo/run")
        live.settle()
        user = visitors.user_by(live.store, name="operator")
        assert user is not None
        with speaking(language):
            _title, body = summary(live.store, live.fleet, user, "hugo", ADDRESS, live.clock.now)
        people = [*live.book.all("students"), *live.book.all("professors")]
        live.console.jobs.close()
    assert [one for one in words if one not in body] == [], body
    assert [row["LASTNAME"] for row in people if str(row["LASTNAME"]) in body] == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-16T06:59", "2026-03-09"),
        ("2026-03-16T07:00", "2026-03-16"),
        ("2026-03-22T23:59", "2026-03-16"),
    ],
)
def test_summaries_are_due_on_monday_at_seven(now: str, due: str) -> None:
    from datetime import datetime

    found = last_monday(datetime.fromisoformat(now).replace(tzinfo=PARIS))
    assert f"{found:%Y-%m-%dT%H:%M}" == f"{due}T07:00"


# settings


def test_the_server_is_a_secret_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP", "smtps://user:pass%40word@smtp.example")
    (tmp_path / "connectors").mkdir()
    file = tmp_path / "edusync.yaml"
    file.write_text('edusync: 1\nmail: {server: "${env:SMTP}", from: a@b.example}\n')
    assert load_settings(file).mail == MailSettings("${env:SMTP}", "a@b.example")
    found = load_settings(file, secrets=True).mail
    assert found == MailSettings("smtps://user:pass%40word@smtp.example", "a@b.example")
    monkeypatch.setenv("SMTP", "https://smtp.example")
    with pytest.raises(FilesInvalid) as invalid:
        load_settings(file, secrets=True)
    assert [one.code for one in invalid.value.diagnostics] == ["CONF_URL_INVALID"]
