"""Whatever Edusign says on whatever route: nobody is named in events, store and errors."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest

from edusync.errors import EdusyncError
from edusync.sandbox.edusign.faults import Fault
from edusync.words import folded, name_words, redacted
from tests.conftest import World

LAST, FIRST = "ZQÉMARTÍNEZ-ZQDÜRAND", "Zqzoé"
EMAIL, PHONE = "zqzoe.zq@ecole.test", "06 98 76 54 32"
FORMS = {
    "plain": f"{FIRST} {LAST}",
    "small": f"{FIRST} {LAST}".casefold(),
    "apart": unicodedata.normalize("NFD", f"{FIRST} {LAST}"),
    "without accents": folded(f"{FIRST} {LAST}"),
    "joined": f"{FIRST}_{LAST}.pdf",
    "in a URL": quote(f"{FIRST} {LAST} <{EMAIL}>"),
    "twice in a URL": quote(quote(f"{FIRST} {LAST} <{EMAIL}>")),
    "as HTML": f"{FIRST}&#32;&lt;{EMAIL.replace('@', '&#64;')}&gt;",
    "e-mail": EMAIL,
    "phone": f"tel. {PHONE}",
    "phone abroad": "+33 (0)6.98.76.54.32",
    "phone, joined": "0698765432",
}
PIECES = ("zqe", "zqz", "zqd", "martinez", "durand", "zq@", "987654", "98 76", "98.76")
ROUTES = [
    ("GET", "/school"),
    ("GET", "/course"),
    ("GET", "/course/get-id"),
    ("GET", "/student/get-id"),
    ("GET", "/student/by-email"),
    ("GET", "/professor/by-email"),
    ("GET", "/group/get-id"),
    ("POST", "/student"),
    ("POST", "/professor"),
    ("POST", "/group"),
    ("POST", "/course"),
]
FRAMES = ("L'apprenant {} n'est pas accepté.", "Too many requests for {}", "{} not found")


def named(text: str) -> list[str]:
    return [piece for piece in PIECES if piece in folded(text)]


@pytest.mark.parametrize("form", FORMS)
def test_nobody_stays_in_words(form: str) -> None:
    hidden = name_words([FIRST, LAST])
    for frame in FRAMES:
        words = frame.format(FORMS[form])
        assert [named(redacted(words, hidden)), named(redacted(words, None))] == [[], []]


def test_words_that_name_nobody_are_kept() -> None:
    for words in ("Too many requests", "E17", "the sheet 7712001 is locked since 2026-03-17 08:00"):
        assert redacted(words, name_words([FIRST])) == words
    assert redacted("Too many requests for Zqzoé Zqmartin", None) == "Too many requests for …"
    assert redacted("E17: school locked", None) == "E17: school locked"


@pytest.mark.parametrize(("verb", "route"), ROUTES)
def test_nobody_named_by_a_refusal_is_kept(
    make_world: Callable[..., World], verb: str, route: str
) -> None:
    world = make_world(grace="1ms")
    world.simulation.seed.students[90211].update({"nomApprenant": LAST, "prenomApprenant": FIRST})
    words = ", ".join(FORMS.values())
    frames = FRAMES if verb == "GET" else FRAMES[:1]
    kept = ""
    for frame in frames:
        world.faults.active[:] = [
            Fault("refused", verb=verb, path=route, times=99, message=frame.format(words))
        ]
        try:
            result = world.sync()
        except EdusyncError as error:
            kept += f"{error.message} {error.hint}"
        else:
            assert result.status != "success"
            kept += " ".join(str(outcome) for outcome in result.outcomes)
    for file in world.folder.glob("state.db*"):
        kept += file.read_bytes().decode(errors="ignore")
    assert named(kept) == []


@pytest.mark.parametrize("route", ["/school", "/course", "/justified-absence", "/course/"])
def test_nobody_named_by_a_refusal_on_the_way_up_is_kept(world: World, route: str) -> None:
    world.simulation.seed.students[90211].update({"nomApprenant": LAST, "prenomApprenant": FIRST})
    world.write(options=dict(world.simulation.answers(world.erp_url)["options"]))
    world.sync()
    world.to_evening()
    world.play("7712001")
    words = FRAMES[0].format(", ".join(FORMS.values()))
    path = f"/course/{world.course('7712002')['ID']}" if route == "/course/" else route
    world.faults.active.append(Fault("refused", verb="GET", path=path, times=99, message=words))
    kept = ""
    try:
        kept += " ".join(str(outcome) for outcome in world.write_back().outcomes)
    except EdusyncError as error:
        kept += f"{error.message} {error.hint}"
    for file in world.folder.glob("state.db*"):
        kept += file.read_bytes().decode(errors="ignore")
    assert named(kept) == []
