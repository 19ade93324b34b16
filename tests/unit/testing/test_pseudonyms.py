"""Nothing of a person, and no secret, survives a recording, however the wire writes it and whatever
stands inside of what.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.testing.meeting import log_ins
from edusync.testing.pseudonyms import Pseudonyms
from edusync.testing.replay import CANARY
from tests.support.search import examples

LETTERS = "abcdefghijklmnopqrstuvwxyzéèêëàâäîïôöûüçñ"
WORD = st.text(LETTERS, min_size=4, max_size=12).map(
    lambda word: f"zq{word}"
)  # zq begins no word that we invent
FEW = st.text("aé", min_size=2, max_size=6).map(lambda word: f"zq{word}")
"""Words of few letters, so that one stands inside of another again and again."""
NAME = st.builds("".join, st.tuples(WORD, st.sampled_from(["", "-", " ", "'"]), WORD)).map(
    lambda name: name.strip("-' ")
)
TIGHT = st.builds("".join, st.tuples(FEW, st.sampled_from(["", "-", " ", "'"]), FEW))
CASE = st.sampled_from([str.upper, str.title, str.lower])
TOKEN = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=24).map(
    lambda text: f"zq{text}"
)
TIGHT_TOKEN = st.text("aé&% 0", min_size=6, max_size=12).map(lambda text: f"zq{text.strip()}zq")
PHONE = st.integers(10_000_000, 89_999_999).map(lambda number: f"07{number}")
WIRES = (
    str,
    quote,
    quote_plus,
    escape,
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    lambda text: json.dumps(text)[1:-1],
    lambda text: quote(escape(text)),
    lambda text: f"M. {text}, merci",
)


def folded(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )


def forms(text: str) -> set[str]:
    return {
        folded(form)
        for form in (text, quote(text), quote_plus(text), escape(text), json.dumps(text)[1:-1])
    } | {base64.b64encode(text.encode()).decode().casefold()}


@examples(200)
@given(
    last=NAME | TIGHT,
    first=NAME | TIGHT,
    write=CASE,
    token=TOKEN | TIGHT_TOKEN,
    password=TOKEN | TIGHT_TOKEN,
    phone=PHONE,
)
def test_nothing_of_a_person_survives(
    last: str, first: str, write: object, token: str, password: str, phone: str
) -> None:
    last, first = write(last), write(first)  # type: ignore[operator]  # one of three methods of str
    email = f"{folded(first)}.{folded(last)}@school.example".replace(" ", "").replace("'", "")
    people = Pseudonyms([token, password])
    people.person(last, first, email, phone)
    whole = (last, first, email, phone, token, password, f"{last} {first}", f"{first} {last}")
    texts = [people.text(wire(value)) for wire in WIRES for value in whole]
    texts += [people.named(last), people.named(first), people.handled(email), people.handled(phone)]
    found = "\n".join(texts)
    plain = folded(found)
    for original in (last, first, email, phone, token, password):
        assert not [
            form for form in forms(original) if form in plain or form in found.casefold()
        ], (original, found)
    assert CANARY in found


STRANGE = st.text("þøłđ", min_size=3, max_size=5)
"""Words of letters that stand in nothing that we put in."""
PIECES = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["", " ", ", ", "-", "&", "%", "/"])),
    min_size=1,
    max_size=6,
)


@examples(400)
@given(
    names=st.lists(STRANGE, min_size=3, max_size=3, unique=True),
    hidden=st.lists(STRANGE, min_size=3, max_size=3),
    cut=st.integers(1, 2),
    pieces=PIECES,
)
def test_no_piece_of_a_secret_stays_beside_a_name_nor_of_a_name_beside_a_secret(
    names: list[str], hidden: list[str], cut: int, pieces: list[tuple[int, str]]
) -> None:
    last, first, other = names
    across = last[cut:] + "".join(hidden)  # begins within a name
    before = "".join(hidden) + first[:cut]  # ends within one
    people = Pseudonyms([across + "0" * 8, before + "0" * 8, "".join(names) * 2])
    people.person(last, first)
    people.person(other, f"{first}-{last}")
    known = [
        last,
        first,
        other,
        last[:cut] + across + "0" * 8,
        before + "0" * 8,
        "".join(names) * 2,
    ]
    text, after = "", ""
    for at, (which, sign) in enumerate(pieces):
        is_name = which < 3
        glued = at and not after and (is_name or text[-1:] != "0")
        text += (" " if glued else "") + known[which] + sign
        after = sign
    found = people.text(text)
    assert [letter for letter in found.casefold() if letter in "þøłđ"] == [], (text, found)


def test_secret_inside_of_a_name_and_the_other_way_round() -> None:
    people = Pseudonyms(["zqaaaaaaaa", "le-Martin-2026", "dupont99887766"])
    people.person("Martin", "Zqaaaaaaaazqaaaaaaaa")
    people.person("Dupont", "Marie")
    assert people.text("Zqaaaaaaaazqaaaaaaaa") == people.named("Zqaaaaaaaazqaaaaaaaa")
    assert people.text("le-Martin-2026") == CANARY
    assert people.text("zqaaaaaaaa") == CANARY
    assert people.text("Jean dupont99887766") == f"Jean {CANARY}"
    assert people.text("Marie dupont99887766").endswith(f" {CANARY}")


@given(last=NAME, first=NAME)
def test_the_same_person_has_the_same_name_everywhere(last: str, first: str) -> None:
    people = Pseudonyms()
    people.person(last, first, "one@school.example")
    assert people.text(last) == people.named(last)
    assert people.text(last.upper()) == people.named(last).upper()
    assert (
        people.text("one@school.example").casefold() == people.text("ONE@school.example").casefold()
    )
    assert people.text(f"Cours de {first.title()}") == f"Cours de {people.named(first.title())}"


SHAPES = (
    "DUPONT Jean",
    "Dupont, Jean-Pierre",
    "DE LA TOUR Anne",
    "N'DIAYE Aïcha",
    "Mme LE GOFF Zoé",
    "Jean Dupont",
)


@pytest.mark.parametrize("name", SHAPES)
def test_invented_name_has_the_shape_of_the_real_one(name: str) -> None:
    people = Pseudonyms()
    made = people.named(name)

    def shape(text: str) -> list[tuple[bool, bool]]:
        return [(word == word.upper(), word.endswith(",")) for word in text.split()]

    assert shape(made) == shape(name)
    assert len(made.split("-")) == len(name.split("-"))
    words = [word for word in name.replace("-", " ").replace("'", " ").split() if len(word) > 3]
    assert [word for word in words if folded(word) in folded(made)] == []


def test_what_a_template_makes_of_a_name_is_made_of_the_invented_one() -> None:
    people = Pseudonyms(spec_texts=["@school.example"])
    people.person("DUPONT", "Zoé", "zoe.dupont@school.example")
    last, first = people.text("DUPONT"), people.text("Zoé")
    assert people.text("zoe.dupont@school.example") == folded(f"{first}.{last}@school.example")
    assert people.text("z.dupont@school.example") == folded(f"{first[0]}.{last}@school.example")
    assert people.text("zdupont") == folded(f"{first[0]}{last}")


def test_log_ins_of_names_are_known_as_words() -> None:
    people = Pseudonyms()
    people.person("Morvandieu", "Jean Pierre")
    made = log_ins(("morvandieu",), ("jean", "pierre"))
    assert [form for form in made if folded(people.text(f"({form})")) == f"({form})"] == []


def test_nobody_gets_the_name_of_somebody_who_is_real() -> None:
    people = Pseudonyms()
    for name in ("Leroux", "Bonnet", "Martin", "Durand"):
        people.person(name, "Paul")
    made = {people.text(name) for name in ("Leroux", "Bonnet", "Martin", "Durand")}
    assert (len(made), made & {"Leroux", "Bonnet", "Martin", "Durand"}) == (4, set())


def test_four_thousand_people_have_four_thousand_names() -> None:
    people = Pseudonyms()
    words = [
        f"Zq{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(4000)
    ]
    for word in words:
        people.person(word, "Ana")
    assert len(set(people.text(" ".join(words)).split())) == 4000


def test_ids_numbers_and_words_stay() -> None:
    people = Pseudonyms(["pw"], spec_texts=["Petit"])
    people.person("Droit", "Ana", "x@y.fr", None, "7")
    people.person("Petit", "Li")
    kept = [
        "A00401",
        "42",
        "2026-03-17T09:00:00",
        "17-03-2026 09:00",
        "B 102",
        "spwn",
        "Petit",
        "le 7",
    ]
    assert [people.text(text) for text in kept] == kept
    assert people.text("Li") != "Li"


def test_room_stays_unless_somebody_bears_its_name() -> None:
    people = Pseudonyms()
    people.person("Martin", "Ana")
    assert people.text("Salle Pasteur") == "Salle Pasteur"
    assert people.text("Salle Martin") == f"Salle {people.text('Martin')}"


@pytest.mark.parametrize(
    ("phone", "shape"),
    [
        ("06 12 34 56 78", "06 39 98 dd dd"),
        ("06.12.34.56.78", "06.39.98.dd.dd"),
        ("+33612345678", "+3363998dddd"),
        ("+33 (0)6 12 34 56 78", "+33 (0)6 39 98 dd dd"),
        ("appelez le 0612345678.", "appelez le 063998dddd."),
        ("+32 475 12 34 56", "+33 6 39 98 dd dd"),
    ],
)
def test_phone_becomes_one_of_fiction_written_alike(phone: str, shape: str) -> None:
    found = Pseudonyms().text(phone)
    assert len(found) == len(shape)
    assert [
        a for a, b in zip(found, shape, strict=True) if a != b and not (b == "d" and a.isdigit())
    ] == []
