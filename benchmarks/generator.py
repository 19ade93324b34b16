"""An ERP and an Edusign that cost nothing: prebuilt bytes over plain sockets, one thread a
connection.

python benchmarks/generator.py PORT COURSES DELAY_MS DAY
"""

from __future__ import annotations

import json
import socketserver
import sys
import time
from datetime import date, timedelta
from itertools import count

SIZE = 200
PORT, COURSES, DELAY = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000
DAY = date.fromisoformat(sys.argv[4])


def person(number: int, letter: str) -> dict:
    return {
        "id": number,
        "name": {"last": f"NOM{letter}{number}", "first": f"Prénom{number}"},
        "mail": {"pro": f"{letter}{number}@ecole.test", "perso": ""},
        "phone": "0639980000",
        "address": {"street": f"{number} rue des Tilleuls", "city": "Lille", "zip": "59000"},
        "active": True,
        "created": "2025-09-01T08:00:00Z",
        "tags": ["A", "B"],
    }


def course(number: int) -> dict:
    day = DAY + timedelta(days=1 + number % 14)
    return {
        "id": number,
        "subject": f"Matière {number % 60}",
        "kind": "TD" if number % 3 else "CM",
        "day": day.strftime("%d/%m/%Y"),
        "from": f"{8 + number % 9:02d}:30",
        "to": f"{9 + number % 9:02d}:45",
        "state": "cancelled" if number % 50 == 0 else "planned",
        "room": {"id": number % 80, "name": f"Salle {number % 80}"},
        "professors": [number % 600],
        "students": [(number * 7 + step * 11) % 8000 for step in range(15)],
        "groups": [number % 40],
        "comment": "x" * 120,
        "created": "2025-09-01T08:00:00Z",
    }


def trainee(number: int) -> dict:
    contacts = [
        {"kind": "home", "value": f"t{number}@maison.test"},
        {"kind": "school", "value": f"t{number}@ecole.test"},
    ]
    return {
        "id": number,
        "identity": {"last": f"Nom{number}", "first": f"Prénom{number}", "born": "2004-05-06"},
        "contacts": contacts[: number % 3],
        "phones": {"mobile": "0639980000" if number % 2 else None, "home": "0130000000"},
        "address": {"street": f"{number} rue des Tilleuls", "city": "Lille", "zip": "59000"},
        "created": "2025-09-01T08:00:00Z",
    }


def trainer(number: int) -> dict:
    return {**trainee(number), "login": f"p{number}", "domain": "ecole.test"}


STATES = ("confirmed", "confirmed", "confirmed", "waiting", "left")


def session(number: int) -> dict:
    """Return a session; one in fifty comes twice, as ERPs send what two pages share."""
    number -= number % 50 == 1
    day = DAY + timedelta(days=1 + number % 14)
    return {
        "id": number // 2,
        "part": number % 2,
        "kind": "draft" if number % 40 == 3 else "TD" if number % 3 else "CM",
        "module": {"code": f"M{number % 60:02d}", "label": f"Matière {number % 60}"},
        "group": {"id": number % 40, "name": f"Groupe {number % 40}"},
        "date": day.strftime("%d/%m/%Y"),
        "hours": {"from": f"{8 + number % 9:02d}:30", "to": f"{9 + number % 9:02d}:45"},
        "status": {"code": "cancelled" if number % 50 == 5 else "planned", "by": None},
        "room": {"code": f"S{number % 80}", "label": f"Salle {number % 80}" if number % 2 else ""},
        "site": {"name": "Lille"},
        "trainers": [
            {"id": number % 600, "role": "main"},
            {"id": (number + 7) % 600, "role": "observer"},
        ],
        "trainees": [
            {"id": (number * 7 + step * 11) % 8000, "registration": STATES[(number + step) % 5]}
            for step in range(18)
        ],
        "comment": "x" * 60,
        "created": "2025-09-01T08:00:00Z",
    }


def pages(rows: list[dict]) -> list[bytes]:
    found = []
    for start in range(0, len(rows), SIZE):
        body = json.dumps(
            {"page": start // SIZE + 1, "total": len(rows), "rows": rows[start : start + SIZE]}
        ).encode()
        found.append(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(body)
            + body
        )
    return found


BOOKS = {
    b"/courses": pages([course(number) for number in range(1, COURSES + 1)]),
    b"/students": pages([person(number, "s") for number in range(8000)]),
    b"/professors": pages([person(number, "p") for number in range(600)]),
    b"/rich/sessions": pages([session(number) for number in range(1, COURSES + 1)]),
    b"/rich/trainees": pages([trainee(number) for number in range(8000)]),
    b"/rich/trainers": pages([trainer(number) for number in range(600)]),
}
IDS = count(1)


def wrapped(body: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        % len(body)
        + body
    )


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                more = self.request.recv(65536)
                if not more:
                    return
                data += more
            head, _, data = data.partition(b"\r\n\r\n")
            verb, target, _ = head.split(b"\r\n", 1)[0].split(b" ")
            lower = head.lower()
            if b"content-length: " in lower:
                length = int(lower.partition(b"content-length: ")[2].partition(b"\r\n")[0])
                while len(data) < length:
                    data += self.request.recv(65536)
                data = data[length:]
            self.request.sendall(self.answer(verb, target))

    def answer(self, verb: bytes, target: bytes) -> bytes:
        path, _, query = target.partition(b"?")
        if path.startswith(b"/v1"):
            return self.edusign(verb, path)
        time.sleep(DELAY)
        page = int(query.partition(b"page=")[2].partition(b"&")[0] or 1)
        return BOOKS[path][page - 1]

    def edusign(self, verb: bytes, path: bytes) -> bytes:
        if verb == b"POST":
            return wrapped(b'{"status":"success","result":{"ID":"e%d"}}' % next(IDS))
        if path == b"/v1/school":
            return wrapped(b'{"status":"success","result":{"NAME":"Bench"}}')
        if path == b"/v1/course":
            return wrapped(b'{"status":"success","result":[]}')
        return wrapped(b'{"status":"error","message":"not found"}')


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    with Server(("127.0.0.1", PORT), Handler) as server:
        print("ready", flush=True)
        server.serve_forever()
