"""What an answer says in the ERP's own words."""

from __future__ import annotations

import pytest

from edusync.transport.judging import fault_text
from edusync.transport.message import Answer

ONE = "http://schemas.xmlsoap.org/soap/envelope/"
TWO = "http://www.w3.org/2003/05/soap-envelope"


def fault(version: str, inner: str) -> Answer:
    body = (
        f'<s:Envelope xmlns:s="{version}"><s:Body><s:Fault>{inner}</s:Fault></s:Body></s:Envelope>'
    )
    return Answer(500, {}, body.encode(), None, "fault")


@pytest.mark.parametrize(
    ("version", "inner", "said"),
    [
        (ONE, "<faultstring>Session over</faultstring>", "Session over"),
        (ONE, "<faultstring>Room B&amp;C\n is  taken</faultstring>", "Room B&C is taken"),
        (ONE, "<faultstring><![CDATA[a < b]]></faultstring>", "a < b"),
        (ONE, "<faultstring><!-- none -->Closed</faultstring>", "Closed"),
        (ONE, "<faultstring/><detail>17</detail>", "no reason given"),
        (TWO, '<s:Reason><s:Text xml:lang="fr">Clos</s:Text></s:Reason>', "Clos"),
        (ONE, "<faultstring>cut off", "cut off"),
    ],
)
def test_fault_says_its_reason(version: str, inner: str, said: str) -> None:
    assert fault_text(fault(version, inner)) == said


def test_what_is_no_xml_gives_no_reason() -> None:
    assert fault_text(Answer(500, {}, b"", None, "fault")) == "no reason given"
