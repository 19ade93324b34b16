"""Nothing of a person, and no secret, survives a recording, however the wire writes it."""

from __future__ import annotations

import base64
import json
import unicodedata
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from edusync.testing.pseudonyms import Pseudonyms
from edusync.testing.replay import CANARY
from tests.support.search import examples

LETTERS = "abcdefghijklmnopqrstuvwxyzéèêëàâäîïôöûüçñ"
WORD = st.text(LETTERS, min_size=4, max_size=12).map(
    lambda word: f"zq{word}"
)  # zq begins no word that we invent
NAME = st.builds("".join, st.tuples(WORD, st.sampled_from(["", "-", " ", "'"]), WORD)).map(
    lambda name: name.strip("-' ")
)
CASE = st.sampled_from([str.upper, str.title, str.lower])
TOKEN = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=24).map(
    lambda text: f"zq{text}"
)
PHONE = st.integers(10_000_000, 89_999_999).map(lambda number: f"07{number}")
BIRTHDAY = st.dates().map(lambda day: f"{day:%d/%m/}{day.year:04d}")
WIRES = (
    str,
    quote,
    quote_plus,
    escape,
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: json.dumps(text)[1:-1],
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
    last=NAME, first=NAME, write=CASE, token=TOKEN, password=TOKEN, phone=PHONE, birthday=BIRTHDAY
)
def test_nothing_of_a_person_survives(
    last: str, first: str, write: object, token: str, password: str, phone: str, birthday: str
) -> None:
    last, first = write(last), write(first)  # type: ignore[operator]  # one of three methods of str
    email = f"{folded(first)}.{folded(last)}@school.example".replace(" ", "").replace("'", "")
    people = Pseudonyms([token, password])
    people.keys = {"nom": "last", "prenom": "first"}
    people.person(last, first, email, phone)
    row = {
        "nom": last,
        "prenom": first,
        "mail": email,
        "tel": phone,
        "naissance": birthday,
        "id": 7,
        "texts": [
            wire(value) for wire in WIRES for value in (last, first, email, phone, token, password)
        ],
        "both": f"{last} {first}",
    }
    found = json.dumps(people.value(row, lambda key: key != "naissance"), ensure_ascii=False)
    plain = folded(found)
    for original in (last, first, email, phone, token, password, birthday):
        assert not [
            form for form in forms(original) if form in plain or form in found.casefold()
        ], (original, found)
    assert json.loads(found)["id"] == 7
    assert CANARY in found


@given(last=NAME, first=NAME)
def test_the_same_person_has_the_same_name_everywhere(last: str, first: str) -> None:
    people = Pseudonyms()
    people.person(last, first, "one@school.example")
    assert people.text(last) == people.text(last)
    assert people.text(last.upper()) == people.text(last).upper()
    assert people.text("one@school.example") == people.text("ONE@school.example")
    assert (
        people.text(f"Cours de {first.title()}") == f"Cours de {people.text(first.title())}"
        or " " in first
        or "-" in first
        or "'" in first
    )


def test_nobody_gets_the_name_of_somebody_who_is_real() -> None:
    people = Pseudonyms(real=["Leroux", "Bonnet"])
    people.person("Martin", "Paul")
    people.person("Durand", "Luc")
    assert {people.text("Martin"), people.text("Durand")}.isdisjoint({"Leroux", "Bonnet"})
    assert people.text("Martin") != people.text("Durand")


def test_ids_numbers_and_words_stay() -> None:
    people = Pseudonyms(["pw"])
    people.person("Droit", "Ana")
    kept = {
        "id": "A00401",
        "code": 42,
        "when": "2026-03-17T09:00:00",
        "room": "B 102",
        "pwd": "spwn",
    }
    assert people.value(kept, lambda _key: True) == kept
