"""The web service as a WSDL.

Tables of keys, texts and flags, a record for a session, one port a domain, in three flavours.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

NS = "http://www.index-education.example/frahtm/hpsvcw"
FLAVOURS = ("", "SansTypeSimple", "RpcEncoded")
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
XSD, WSDL, SOAP = (
    "http://www.w3.org/2001/XMLSchema",
    "http://schemas.xmlsoap.org/wsdl/",
    "http://schemas.xmlsoap.org/wsdl/soap/",
)
KEYS = (
    "Cours",
    "Etudiant",
    "Enseignant",
    "Salle",
    "Matiere",
    "Promotion",
    "Famille",
    "Rubrique",
    "MaitreDeStage",
    "AbsenceEtudiant",
)
TABLES = {f"Table{key}": f"THpSvcWCle{key}" for key in KEYS} | {
    "TableString": "string",
    "TableBoolean": "boolean",
    "TableSeance": "THpSvcWTypeSeance",
}
"""Tables, by the name of their type, with the name of the element that is repeated in them."""

OPERATIONS: dict[str, tuple[str, dict[str, str], str]] = {
    "Version": ("PortAdmin", {}, "string"),
    "DatePremierJourBase": ("PortAdmin", {}, "dateTime"),
    "TousLesCoursEntre2Dates": ("PortCours", {"ADate1": "date", "ADate2": "date"}, "TableCours"),
    "SontCoursNonPlaces": ("PortCours", {"ATableau": "TableCours"}, "TableBoolean"),
    "CoursEstUnCoursPere": ("PortCours", {"ACours": "Cours"}, "boolean"),
    "DetailDesSeancesPlaceesTableauDeCours": (
        "PortCours",
        {"ATableau": "TableCours"},
        "TableSeance",
    ),
    "EtudiantsDuCours": ("PortCours", {"ACours": "Cours"}, "TableEtudiant"),
    "PromotionsDuCours": ("PortCours", {"ACours": "Cours"}, "TablePromotion"),
    "RubriqueDuCoursDeFamille": (
        "PortCours",
        {"AFamille": "Famille", "ACours": "Cours"},
        "TableRubrique",
    ),
    "ModifierAppelTermineCours": (
        "PortCours",
        {"ACours": "Cours", "ASemaine": "int", "AAppelTermine": "boolean"},
        "boolean",
    ),
    "TousLesMotifs": ("PortAbsences", {}, "TableString"),
    "AbsencesEntre2Dates": (
        "PortAbsences",
        {"ADateHeureDebut": "dateTime", "ADateHeureFin": "dateTime"},
        "TableAbsenceEtudiant",
    ),
    "AbsencesEtudiantEntre2Dates": (
        "PortAbsences",
        {"AEtudiant": "Etudiant", "ADateHeureDebut": "dateTime", "ADateHeureFin": "dateTime"},
        "TableAbsenceEtudiant",
    ),
    "EtudiantAbsenceEtudiant": ("PortAbsences", {"AAbsence": "AbsenceEtudiant"}, "Etudiant"),
    "DateHeureDebutAbsenceEtudiant": ("PortAbsences", {"AAbsence": "AbsenceEtudiant"}, "dateTime"),
    "AjouterAbsenceEtudiant": (
        "PortAbsences",
        {
            "AEtudiant": "Etudiant",
            "ADateHeureDebut": "dateTime",
            "ADateHeureFin": "dateTime",
            "AJustifie": "boolean",
        },
        "boolean",
    ),
    "EnleverAbsenceEtudiant": (
        "PortAbsences",
        {"AEtudiant": "Etudiant", "ADateHeureDebut": "dateTime", "ADateHeureFin": "dateTime"},
        "boolean",
    ),
    "ModifierMotifAbsenceEtudiant": (
        "PortAbsences",
        {"AAbsence": "AbsenceEtudiant", "AMotif": "string"},
        "boolean",
    ),
    "RetardsEtudiantEntre2Dates": (
        "PortAbsences",
        {"AEtudiant": "Etudiant", "ADateHeureDebut": "dateTime", "ADateHeureFin": "dateTime"},
        "TableAbsenceEtudiant",
    ),
    "AbsenceEtudiantEstJustifiee": (
        "PortAbsences",
        {"AAbsence": "AbsenceEtudiant"},
        "boolean",
    ),
    "MotifAbsenceEtudiant": ("PortAbsences", {"AAbsence": "AbsenceEtudiant"}, "string"),
    "DateHeureRetardEtudiant": ("PortAbsences", {"ARetard": "AbsenceEtudiant"}, "dateTime"),
    "DureeRetardEtudiant": ("PortAbsences", {"ARetard": "AbsenceEtudiant"}, "double"),
    "CreerRetardEtudiant": (
        "PortAbsences",
        {
            "AEtudiant": "Etudiant",
            "ADateHeureDebut": "dateTime",
            "ADateHeureFin": "dateTime",
            "AJustifie": "boolean",
        },
        "boolean",
    ),
    "LibellesTableauDeMatieres": ("PortMatieres", {"ATableau": "TableMatiere"}, "TableString"),
    "NomsTableauDEtudiants": ("PortEtudiants", {"ATableau": "TableEtudiant"}, "TableString"),
    "PrenomsTableauDEtudiants": ("PortEtudiants", {"ATableau": "TableEtudiant"}, "TableString"),
    "EMailsTableauDEtudiants": ("PortEtudiants", {"ATableau": "TableEtudiant"}, "TableString"),
    "RubriqueDeLEtudiantDeFamille": (
        "PortEtudiants",
        {"AFamille": "Famille", "AEtudiant": "Etudiant"},
        "TableRubrique",
    ),
    "NomsTableauDEnseignants": ("PortEnseignants", {"ATableau": "TableEnseignant"}, "TableString"),
    "PrenomsTableauDEnseignants": (
        "PortEnseignants",
        {"ATableau": "TableEnseignant"},
        "TableString",
    ),
    "EMailsTableauDEnseignants": (
        "PortEnseignants",
        {"ATableau": "TableEnseignant"},
        "TableString",
    ),
    "NomsTableauDeSalles": ("PortSalles", {"ATableau": "TableSalle"}, "TableString"),
    "NomsTableauDePromotions": ("PortPromotions", {"ATableau": "TablePromotion"}, "TableString"),
    "EtudiantsDeLaPromotion": ("PortPromotions", {"APromotion": "Promotion"}, "TableEtudiant"),
    "ToutesLesFamillesDuGenre": ("PortFamilles", {"AGenre": "string"}, "TableFamille"),
    "LibellesTableauDeFamilles": ("PortFamilles", {"ATableau": "TableFamille"}, "TableString"),
    "ToutesLesRubriquesDeLaFamille": ("PortFamilles", {"AFamille": "Famille"}, "TableRubrique"),
    "LibellesTableauDeRubriques": ("PortFamilles", {"ATableau": "TableRubrique"}, "TableString"),
    "MaitresDeStageDeLEtudiant": ("PortStages", {"AEtudiant": "Etudiant"}, "TableMaitreDeStage"),
    "NomsTableauDeMaitresDeStage": (
        "PortStages",
        {"ATableau": "TableMaitreDeStage"},
        "TableString",
    ),
    "PrenomsTableauDeMaitresDeStage": (
        "PortStages",
        {"ATableau": "TableMaitreDeStage"},
        "TableString",
    ),
    "EMailsTableauDeMaitresDeStage": (
        "PortStages",
        {"ATableau": "TableMaitreDeStage"},
        "TableString",
    ),
}
"""Operation → port, parameters, result."""

_SEANCE = {
    "Cours": "Cours",
    "Matiere": "Matiere",
    "TypeCours": "string",
    "JourEtHeureDebut": "dateTime",
    "Duree": "double",
    "TableauSalle": "TableSalle",
    "TableauEnseignant": "TableEnseignant",
}


def describe(address: str, flavour: str) -> bytes:
    """Return the WSDL.

    Only the first flavour has simple types for its keys; RpcEncoded has encoded arrays and a part a
    parameter, as PHP wants them.
    """
    names = {None: WSDL, "xsd": XSD, "soap": SOAP, "t": NS, "enc": ENCODING}
    simple, encoded = flavour == "", flavour == "RpcEncoded"
    root = etree.Element(
        _q(WSDL, "definitions"),
        {"targetNamespace": NS, "name": "HpSvcWDonnees"},
        nsmap=names,  # type: ignore[arg-type]  # the default name space has no name
    )
    schema = etree.SubElement(
        etree.SubElement(root, _q(WSDL, "types")),
        _q(XSD, "schema"),
        {"targetNamespace": NS, **({} if encoded else {"elementFormDefault": "qualified"})},
    )
    for key in KEYS if simple else ():
        etree.SubElement(
            etree.SubElement(schema, _q(XSD, "simpleType"), name=f"THpSvcWCle{key}"),
            _q(XSD, "restriction"),
            base="xsd:unsignedInt",
        )
    for name, item in TABLES.items():
        inner = {
            "string": "xsd:string",
            "boolean": "xsd:boolean",
            "THpSvcWTypeSeance": "t:THpSvcWTypeSeance",
        }.get(item, f"t:{item}" if simple else "xsd:unsignedInt")
        if encoded:
            _array(schema, name, inner)
        else:
            _sequence(
                schema,
                name,
                [
                    {
                        "name": item,
                        "type": inner,
                        "minOccurs": "0",
                        "maxOccurs": "unbounded",
                        "nillable": "true",
                    }
                ],
            )
    _sequence(
        schema,
        "THpSvcWTypeSeance",
        [{"name": name, "type": _typed(kind, simple)} for name, kind in _SEANCE.items()],
    )
    for name, (_, parameters, result) in OPERATIONS.items():
        for suffix, parts in (("", parameters), ("Response", {"return": result})):
            message = etree.SubElement(
                root, _q(WSDL, "message"), name=f"{name}{suffix or 'Request'}"
            )
            if encoded:
                for word, kind in parts.items():
                    etree.SubElement(
                        message, _q(WSDL, "part"), name=word, type=_typed(kind, simple)
                    )
                continue
            etree.SubElement(
                message, _q(WSDL, "part"), name="parameters", element=f"t:{name}{suffix}"
            )
            _element(
                schema,
                f"{name}{suffix}",
                [
                    {
                        "name": word,
                        "type": _typed(kind, simple),
                        **({"minOccurs": "0"} if suffix else {}),
                    }
                    for word, kind in parts.items()
                ],
            )
    ports = sorted({port for port, _, _ in OPERATIONS.values()})
    for port in ports:
        _port(root, port, encoded=encoded)
    service = etree.SubElement(root, _q(WSDL, "service"), name="HpSvcWDonnees")
    for port in ports:
        found = etree.SubElement(service, _q(WSDL, "port"), name=port, binding=f"t:Binding{port}")
        etree.SubElement(
            found, _q(SOAP, "address"), location=f"{address}{'/rpc' if encoded else ''}/{port}"
        )
    document: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return document


def _port(root: Any, port: str, *, encoded: bool) -> None:
    own = [name for name, (where, _, _) in OPERATIONS.items() if where == port]
    kind = etree.SubElement(root, _q(WSDL, "portType"), name=f"I{port}")
    for name in own:
        operation = etree.SubElement(kind, _q(WSDL, "operation"), name=name)
        etree.SubElement(operation, _q(WSDL, "input"), message=f"t:{name}Request")
        etree.SubElement(operation, _q(WSDL, "output"), message=f"t:{name}Response")
    binding = etree.SubElement(root, _q(WSDL, "binding"), name=f"Binding{port}", type=f"t:I{port}")
    etree.SubElement(
        binding,
        _q(SOAP, "binding"),
        style="rpc" if encoded else "document",
        transport="http://schemas.xmlsoap.org/soap/http",
    )
    body = (
        {"use": "encoded", "encodingStyle": ENCODING, "namespace": NS}
        if encoded
        else {"use": "literal"}
    )
    for name in own:
        operation = etree.SubElement(binding, _q(WSDL, "operation"), name=name)
        etree.SubElement(operation, _q(SOAP, "operation"), soapAction=f"{NS}#{name}")
        for way in ("input", "output"):
            etree.SubElement(etree.SubElement(operation, _q(WSDL, way)), _q(SOAP, "body"), body)


def _array(schema: Any, name: str, inner: str) -> None:
    content = etree.SubElement(
        etree.SubElement(schema, _q(XSD, "complexType"), name=name), _q(XSD, "complexContent")
    )
    attribute = etree.SubElement(
        etree.SubElement(content, _q(XSD, "restriction"), base="enc:Array"),
        _q(XSD, "attribute"),
        ref="enc:arrayType",
    )
    attribute.set(_q(WSDL, "arrayType"), f"{inner}[]")


def _typed(kind: str, simple_types: bool) -> str:  # noqa: FBT001 - a private word
    if kind in KEYS:
        return f"t:THpSvcWCle{kind}" if simple_types else "xsd:unsignedInt"
    return f"t:{kind}" if kind in TABLES else f"xsd:{kind}"


def _sequence(schema: Any, name: str, elements: list[dict[str, str]]) -> None:
    sequence = etree.SubElement(
        etree.SubElement(schema, _q(XSD, "complexType"), name=name), _q(XSD, "sequence")
    )
    for element in elements:
        etree.SubElement(sequence, _q(XSD, "element"), element)


def _element(schema: Any, name: str, elements: list[dict[str, str]]) -> None:
    kind = etree.SubElement(
        etree.SubElement(schema, _q(XSD, "element"), name=name), _q(XSD, "complexType")
    )
    sequence = etree.SubElement(kind, _q(XSD, "sequence"))
    for element in elements:
        etree.SubElement(sequence, _q(XSD, "element"), element)


def _q(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
