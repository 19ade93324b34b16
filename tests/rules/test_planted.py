"""More than a hundred kinds of mistakes, each planted in a shipped spec, are found at the character
that is wrong, with a hint that names the remedy.

In what is planted, ‣ stands before the character that the finding has to point at. Where something
is taken out, or the finding points elsewhere, what is planted comes with the text around that
character.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.app.files.recordings import recorded
from edusync.codes import all_codes
from edusync.registry import Registry
from edusync.spec import load_spec

SPECS = Path(__file__).parents[2] / "specs"

PLANTED = [
    # YAML itself
    ("ypareo", "label: Yparéo\n", "label: Yparéo\n‣\tx: 1\n", "SPEC_UNREADABLE", "indentation"),
    ("ypareo", "label: Yparéo\n", "label: Yparéo\n‣label: Other\n", "SPEC_DUPLICATE_KEY", "line 6"),
    ("ypareo", "label: Yparéo\n", "label: ‣&name Yparéo\n", "SPEC_ALIAS", "write the value out"),
    ("ypareo", "label: Yparéo\n", "label: ‣!!str Yparéo\n", "SPEC_TAG", "plain data"),
    ("ypareo", "filters:\n", "filters:\n  ‣<<: {}\n", "SPEC_MERGE_KEY", "write the keys out"),
    ("adesoft", "detail: 9}", "detail: ‣09}", "SPEC_LEADING_ZERO", '"09"'),
    ("aurion", "window_days: 14", "window_days: ‣014", "SPEC_LEADING_ZERO", '"014"'),
    (
        "fca",
        "label: FCA Manager\n",
        "label: FCA Manager\nother: ‣*name\n",
        "SPEC_ALIAS",
        "write the value out",
    ),
    (
        "fca",
        "        items: RESULTATS\n",
        "        ‣optionnal: true\n        items: RESULTATS\n",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'optional'",
    ),
    (
        "fca",
        "        when: row.TEM_OK == 0",
        "        when: ‣row.TEM_KO == 0",
        "SPEC_PATH_NOT_RECORDED",
        "did you mean 'TEM_OK'",
    ),
    # words that no value is
    (
        "aurion",
        "row.statut == 'Annulé'",
        "‣row.statut == 'Annule'",
        "SPEC_VALUE_NOT_RECORDED",
        "nearly this",
    ),
    # failures that are read as done
    (
        "ammon",
        "when: answer.status == 404, then: refused, code: UP_COURSE_UNKNOWN_IN_ERP",
        "when: ‣answer.status >= 404, then: ok",
        "SPEC_FAILURE_TAKEN",
        "ask for words of the answer",
    ),
    # keys that nothing reads
    (
        "ypareo",
        "    get: /salles\n",
        "    get: /salles\n    ‣failing_call: skip\n",
        "SPEC_NO_EFFECT",
        "say what the list is asked for with",
    ),
    # keys
    (
        "ammon",
        "structures, key: idStructure",
        "structures, ‣kye: idStructure",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'key'",
    ),
    ("ammon", "  calls:\n", "  ‣call:\n", "SPEC_UNKNOWN_KEY", "did you mean 'calls'"),
    (
        "ammon",
        "    expires_in: expireDans",
        "    ‣expire_in: expireDans",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'expires_in'",
    ),
    (
        "ammon",
        "    per_account: true",
        "    ‣peraccount: true",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'per_account'",
    ),
    ("ammon", "drop_end: [/]", "‣dropend: [/]", "SPEC_UNKNOWN_KEY", "did you mean 'drop_end'"),
    (
        "adesoft",
        "limits: {connect: 10s, read",
        "limits: {‣conect: 10s, read",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'connect'",
    ),
    (
        "adesoft",
        "as: nom}\n    first_name",
        "‣az: nom}\n    first_name",
        "SPEC_UNKNOWN_KEY",
        "known here: again",
    ),
    (
        "adesoft",
        "again: sous_groupes, take: code",
        "‣agian: sous_groupes, take: code",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'again'",
    ),
    (
        "adesoft",
        "    also_known_as:",
        "    ‣also_known:",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'also_known_as'",
    ),
    ("fca", "  for_sheet:\n", "  ‣for_sheets:\n", "SPEC_UNKNOWN_KEY", "did you mean 'for_sheet'"),
    (
        "fca",
        "      in_doubt: repeat\n  then",
        "      ‣indoubt: repeat\n  then",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'in_doubt'",
    ),
    (
        "fca",
        "  then:\n    - when",
        "  ‣than:\n    - when",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'then'",
    ),
    (
        "ypareo",
        "label: Yparéo\n",
        ("", "‣# yaml-language-server"),
        "SPEC_MISSING_KEY",
        "add 'label",
    ),
    ("ypareo", "    from: tutorats\n", ("", "‣external:"), "SPEC_MISSING_KEY", "add 'from"),
    (
        "ypareo",
        "    from: apprenants\n    items",
        "    from: apprenants\n    ‣query: {a: 1}\n    items",
        "SPEC_UNKNOWN_KEY",
        "belongs to a call over HTTP",
    ),
    (
        "scform",
        "    values: {premier",
        "    ‣headers: {a: b}\n    values: {premier",
        "SPEC_UNKNOWN_KEY",
        "belongs to a call over HTTP",
    ),
    (
        "ypareo",
        "sites: {get: /sites",
        "sites: {get: /sites, ‣with: {a: 1}",
        "SPEC_UNKNOWN_KEY",
        "belongs to call",
    ),
    (
        "ypareo",
        "sites: {get: /sites",
        "sites: {get: /sites, ‣values: {a: 1}",
        "SPEC_UNKNOWN_KEY",
        "belongs to sql",
    ),
    (
        "fca",
        "      json: {TEM_VAL_SES: 1}\n",
        "      json: {TEM_VAL_SES: 1}\n      ‣csv: {a: 1}\n",
        "SPEC_UNKNOWN_KEY",
        "belongs to file",
    ),
    (
        "adesoft",
        "    - file: presences",
        "    - ‣json: {a: 1}\n      file: presences",
        "SPEC_UNKNOWN_KEY",
        "belongs to a call over HTTP",
    ),
    (
        "scform",
        'bases: {sql: "select CODE_BASE, LIBELLE_BASE from V_BASE"',
        "bases: {‣get: /bases",
        "SPEC_WRONG_VALUE",
        "say sql here",
    ),
    (
        "adesoft",
        '  transport: {kind: files, url: "{{ options.attendanceFolder }}"}\n',
        ("", "‣file: presences-"),
        "SPEC_WRONG_VALUE",
        "'kind: files' below 'transport'",
    ),
    (
        "hyperplanning",
        "motifs: {soap: PortAbsences.TousLesMotifs}",
        "motifs: {‣sql: select 1}",
        "SPEC_WRONG_VALUE",
        "say soap here",
    ),
    # kinds of values
    ("ypareo", "edusync: 1", "edusync: ‣2", "SPEC_VERSION", "write 1"),
    ("ypareo", "connector: ypareo", "connector: ‣Yparéo 2", "SPEC_WRONG_VALUE", "API_TYPE"),
    ("ypareo", "  kind: http", "  kind: ‣htpp", "SPEC_WRONG_VALUE", "http"),
    ("ammon", "type: choice", "type: ‣choise", "SPEC_WRONG_VALUE", "did you mean 'choice'"),
    (
        "ammon",
        "paging: {kind: number",
        "paging: {kind: ‣numbre",
        "SPEC_WRONG_VALUE",
        "did you mean 'number'",
    ),
    (
        "ammon",
        "until: {total: total}",
        "until: ‣empty",
        "SPEC_WRONG_VALUE",
        "did you mean 'empty_page'",
    ),
    ("ammon", "first: 1, size: 100", "first: 1, size: ‣many", "SPEC_WRONG_TYPE", None),
    (
        "ammon",
        "  heure: {kind: time",
        "  heure: {kind: ‣tiem",
        "SPEC_WRONG_VALUE",
        "did you mean 'time'",
    ),
    (
        "adesoft",
        '    get: ""\n    query:\n      function: getEvents',
        "    get: ‣[a]\n    query:\n      function: getEvents",
        "SPEC_WRONG_TYPE",
        "GET this path",
    ),
    (
        "adesoft",
        "then: sign_in_again",
        "then: ‣signin_again",
        "SPEC_WRONG_VALUE",
        "did you mean 'sign_in_again'",
    ),
    ("adesoft", "limits: {connect: 10s", "limits: {connect: ‣ten", "SPEC_WRONG_VALUE", None),
    (
        "fca",
        "late:\n      needs",
        "‣latte:\n      needs",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'late'",
    ),
    ("fca", "rest: stored", "rest: ‣kept", "SPEC_WRONG_VALUE", "stored"),
    ("ypareo", 'down: ["11:30-13:30"', 'down: [‣"11h30"', "SPEC_WRONG_VALUE", None),
    # names
    ("ypareo", "from: tutorats", "from: ‣tutorat", "SPEC_UNKNOWN_LIST", "did you mean 'tutorats'"),
    (
        "adesoft",
        "look_up_all: dossiers",
        "look_up_all: ‣dosiers",
        "SPEC_UNKNOWN_LIST",
        "did you mean 'dossiers'",
    ),
    (
        "adesoft",
        "for_each: {values: membres.eleves",
        "for_each: {values: ‣membre.eleves",
        "SPEC_UNKNOWN_LIST",
        "did you mean 'membres'",
    ),
    (
        "adesoft",
        "as: {date: jour,",
        "as: {date: ‣jours,",
        "SPEC_UNKNOWN_FORMAT",
        "did you mean 'jour'",
    ),
    (
        "adesoft",
        "{{ window.first | jour_us }}",
        "{{ window.first | ‣jour_uk }}",
        "SPEC_UNKNOWN_FORMAT",
        "did you mean 'jour_us'",
    ),
    (
        "adesoft",
        "filter_by: {groupsCodes",
        "filter_by: {‣groupCodes",
        "SPEC_UNKNOWN_FILTER",
        "did you mean 'groupsCodes'",
    ),
    (
        "ammon",
        "call: liste, get: /structures",
        "call: ‣list, get: /structures",
        "SPEC_UNKNOWN_CALL",
        "did you mean 'liste'",
    ),
    (
        "adesoft",
        "single: CONF_SEVERAL_ROOTS",
        "single: ‣CONF_SEVERAL_ROOT",
        "SPEC_UNKNOWN_CODE",
        "did you mean 'CONF_SEVERAL_ROOTS'",
    ),
    (
        "ammon",
        "reason: DOWN_COURSE_ACTION_FILTERED",
        "reason: ‣DOWN_COURSE_ACTION_FILTER",
        "SPEC_UNKNOWN_CODE",
        "did you mean 'DOWN_COURSE_ACTION_FILTERED'",
    ),
    (
        "adesoft",
        "row.category != options.studentCategory",
        "row.category != options.‣studentCategori",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'studentCategory'",
    ),
    (
        "ypareo",
        'base_url: "{{ connection.url }}/r/v1"',
        'base_url: "{{ ‣conection.url }}/r/v1"',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'connection'",
    ),
    (
        "fca",
        "    UP_COURSE_UNKNOWN_IN_ERP: not seance",
        "    UP_COURSE_UNKNOWN_IN_ERP: not ‣seence",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'seance'",
    ),
    (
        "fca",
        '"{{ person.source_id | number }}", TYP_PER: STA',
        '"{{ person.‣sourceid | number }}", TYP_PER: STA',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'source_id'",
    ),
    (
        "fca",
        "reasons:\n    from: motifs",
        "reasons:\n    from: ‣motif",
        "SPEC_UNKNOWN_LIST",
        "did you mean 'motifs'",
    ),
    (
        "ammon",
        "choices: {resource: structures",
        "choices: {resource: ‣structure",
        "SPEC_UNKNOWN_LIST",
        "did you mean 'structures'",
    ),
    (
        "ammon",
        "resource: motifs\n",
        "resource: ‣motif\n",
        "SPEC_UNKNOWN_LIST",
        "did you mean 'motifs'",
    ),
    (
        "adesoft",
        "csv: [activityId, repetition",
        "csv: [activityId, ‣repetion",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'repetition'",
    ),
    (
        "scform",
        "values: [societe, seance, eleve]",
        "values: [societe, ‣seances, eleve]",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'seance'",
    ),
    (
        "scform",
        "values: [societe, seance, eleve]",
        "values: [societe, seance, eleve, ‣jour]",
        "SPEC_BAD_STATEMENT",
        "known here: eleve",
    ),
    (
        "aurion",
        "      call: commande\n",
        "      call: ‣comande\n",
        "SPEC_UNKNOWN_CALL",
        "did you mean 'commande'",
    ),
    (
        "aurion",
        "      call: commande\n",
        "      call: ‣favori\n",
        "SPEC_WRONG_VALUE",
        "let one of them be whole",
    ),
    (
        "aurion",
        'id: "{{ options.favoriGroupes }}"',
        '‣ids: "{{ options.favoriGroupes }}"',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'id'",
    ),
    (
        "ammon",
        "structures, key: idStructure}",
        ("structures}", "{resource: ‣structures"),
        "SPEC_MISSING_KEY",
        "to 'structures'",
    ),
    (
        "hyperplanning",
        "zip: {non_place: PortCours.SontCoursNonPlaces}",
        "zip: {non_place: ‣SontCoursNonPlaces}",
        "SPEC_WRONG_VALUE",
        "Port.Operation",
    ),
    # notations
    (
        "ypareo",
        "last_name: tuteur.nomInterlocuteur",
        "last_name: tuteur.‣.nomInterlocuteur",
        "SPEC_BAD_PATH",
        "joined by dots",
    ),
    (
        "adesoft",
        '"resources.resource[].id"',
        '"resources.resource[‣.id"',
        "SPEC_BAD_PATH",
        "joined by dots",
    ),
    (
        "ypareo",
        '{X-Auth-Token: "{{ connection.apiKey }}"}',
        '{X-Auth-Token: "{{ connection.‣apiKey"}',
        "SPEC_BAD_TEMPLATE",
        None,
    ),
    (
        "adesoft",
        "ignore: row.category != options.rootType",
        "ignore: row.category ‣= options.rootType",
        "SPEC_BAD_EXPRESSION",
        None,
    ),
    (
        "adesoft",
        "ignore: row.category != options.rootType",
        'ignore: ‣"{{ row.category }}"',
        "SPEC_BAD_EXPRESSION",
        "without {{",
    ),
    (
        "adesoft",
        "ignore: row.category != options.rootType",
        "ignore: ‣row.category.lower() != options.rootType",
        "SPEC_FORBIDDEN_EXPRESSION",
        "use a filter",
    ),
    (
        "adesoft",
        "ignore: row.category != options.rootType",
        "ignore: row.‣__class__ != options.rootType",
        "SPEC_FORBIDDEN_EXPRESSION",
        None,
    ),
    (
        "ammon",
        '  heure: {kind: time, pattern: "%H:%M"}',
        '  heure: {kind: time, pattern: ‣"hh:mm"}',
        "SPEC_BAD_FORMAT",
        None,
    ),
    (
        "adesoft",
        "starts_at: {day: date, time: startHour}",
        "‣starts_at: {day: date}",
        "SPEC_MISSING_KEY",
        "add 'time",
    ),
    (
        "adesoft",
        "starts_at: {day: date, time: startHour}",
        "‣starts_at: {day: date, start: startHour}",
        "SPEC_WRONG_VALUE",
        "one of path",
    ),
    (
        "adesoft",
        "starts_at: {day: date, time: startHour}",
        "starts_at: {path: date, ‣time: startHour}",
        "SPEC_UNKNOWN_KEY",
        "belongs to 'day'",
    ),
    (
        "adesoft",
        "{look_up_all: membres, by: groupes, again: sous_groupes, take: eleves}",
        (
            "{look_up_all: membres, again: sous_groupes, take: eleves}",
            "‣students: {look_up_all: membres, again: sous_groupes, take: eleves}",
        ),
        "SPEC_MISSING_KEY",
        "add 'by",
    ),
    ("adesoft", "  heure: {kind", "  ‣lower: {kind", "SPEC_NAME_TAKEN", "another name"),
    # the whole
    (
        "ammon",
        'page: "{{ page.number }}"',
        ("page: 1", "‣structures: {call"),
        "SPEC_PAGE_UNUSED",
        "page.number",
    ),
    (
        "adesoft",
        'id: "{{ batch }}", detail: 13}',
        ("id: 5, detail: 13}", "    ‣for_each:\n      values: evenements.groupes"),
        "SPEC_PARENT_UNUSED",
        "{{ batch }}",
    ),
    (
        "ammon",
        "  motifs: {call: liste, get: /motifs-absence, key: idMotif}",
        "  ‣motifs: {call: liste, get: /salles, key: idMotif}",
        "SPEC_CALL_TWICE",
        "say 'from: salles'",
    ),
    (
        "adesoft",
        "filter_by: {groupsCodes: codes, folderId: dossier}",
        ("filter_by: {folderId: dossier}", "  ‣groupsCodes:"),
        "SPEC_FILTER_UNUSED",
        "filter_by",
    ),
    (
        "adesoft",
        "row.category != options.studentCategory",
        ("row.category == 'x'", "  ‣studentCategory:"),
        "SPEC_OPTION_UNUSED",
        "optional",
    ),
    (
        "adesoft",
        "  nom: {kind",
        "  ‣noms: {kind: text}\n  nom: {kind",
        "SPEC_FORMAT_UNUSED",
        "remove it",
    ),
    (
        "adesoft",
        "  dossiers:",
        '  ‣autres: {get: "/autres"}\n  dossiers:',
        "SPEC_LIST_UNUSED",
        "remove it",
    ),
    (
        "adesoft",
        "calls: {ressources",
        "calls: {‣autre: {get: /autre}, ressources",
        "SPEC_CALL_UNUSED",
        "remove it",
    ),
    (
        "adesoft",
        "row.category != options.studentCategory",
        "row.category != connection.‣password",
        "SPEC_SECRET_EXPOSED",
        None,
    ),
    (
        "ypareo",
        'base_url: "{{ connection.url }}/r/v1"',
        'base_url: ‣"https://erp.ecole.example/r/v1"',
        "SPEC_HOST_HARD_CODED",
        "connection",
    ),
    (
        "adesoft",
        "      function: getEvents\n",
        "      function: getEvents\n      projectId: ‣12\n",
        "SPEC_ID_HARD_CODED",
        "options",
    ),
    (
        "ypareo",
        '{X-Auth-Token: "{{ connection.apiKey }}"}',
        "{X-Auth-Token: ‣5f4dcc3b5aa765d6}",
        "SPEC_SECRET_IN_CLEAR",
        "type: secret",
    ),
    (
        "adesoft",
        "    name: name\n    starts_at",
        "    ‣name: {value: null}\n    starts_at",
        "SPEC_FIELD_NEVER_FILLED",
        "say where",
    ),
    (
        "adesoft",
        "filter_by: {groupsCodes: codes, folderId: dossier}",
        "as: {jour: jour}\n    filter_by: {groupsCodes: codes, folderId: ‣jour}",
        "SPEC_FILTER_NEVER_MATCHES",
        "holds the id",
    ),
    (
        "hyperplanning",
        (
            "    # edusync: ignore[SPEC_FAN_OUT_UNBOUNDED] the filter and the options name "
            "one or two "
            "families\n    for_each: {rows: [cours"
        ),
        "    ‣for_each: {rows: [cours",
        "SPEC_FAN_OUT_UNBOUNDED",
        "batches",
    ),
    (
        "adesoft",
        "    name: name\n",
        "    name: ‣nme\n",
        "SPEC_PATH_NOT_RECORDED",
        "did you mean 'name'",
    ),
    (
        "hyperplanning",
        "    ignore: row.non_place\n",
        "    ignore: ‣row.nonplace\n",
        "SPEC_UNKNOWN_NAME",
        "did you mean 'non_place'",
    ),
    (
        "adesoft",
        '    send: {query: {sessionId: "{{ auth.id }}"}}',
        '    send: {query: {sessionId: "{{ auth.‣idd }}"}}',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'id'",
    ),
    (
        "adesoft",
        "          - when: answer.root == 'error'\n",
        "          - when: answer.‣rot == 'error'\n",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'root'",
    ),
    (
        "ypareo",
        "headers: {Accept: application/json}",
        'headers: {X: "{{ connection.url ~ connection.apiKey | ‣digest }}"}',
        "SPEC_FILTER_MEANS_ELSE",
        "(a ~ b) | digest",
    ),
    (
        "aurion",
        "    as: {debut: instant, fin: instant}\n",
        ("", "‣starts_at: debut"),
        "SPEC_NO_MOMENT",
        "kind moment",
    ),
    (
        "adesoft",
        "    starts_at: {day: date, time: startHour}",
        "    ‣starts_at: startHour",
        "SPEC_NO_MOMENT",
        "kind moment",
    ),
    (
        "aurion",
        "nom: Libellé.Evenement",
        "nom: ‣Libelle.Evenement",
        "SPEC_PATH_NOT_RECORDED",
        "did you mean 'Libellé.Evenement'",
    ),
    (
        "ammon",
        'jour: {kind: date, pattern: "%d/%m/%Y"}',
        ('jour: {kind: date, pattern: "%Y-%m-%d"}', "as: {date: ‣jour,"),
        "SPEC_FORMAT_PARSES_NOTHING",
        "edusync try",
    ),
    # what had no plant of its own
    (
        "ammon",
        "default: professional",
        "default: ‣profesional",
        "SPEC_BAD_DEFAULT",
        None,
    ),
    (
        "adesoft",
        'down: ["11:00-13:00", "18:00-21:00"]',
        'down: ["11:00-13:00", ‣"21:00-18:00"]',
        "SPEC_BAD_SCHEDULE",
        None,
    ),
    (
        "fca",
        "add: {personne: {look_up: personnes, by: COD_PER, missing: ok}}",
        "add: {personne: {function: ‣finds_somebody, arguments: {}}}",
        "SPEC_UNKNOWN_FUNCTION",
        None,
    ),
    (
        "fca",
        "      action: {look_up: actions, by: COD_ACN}\n",
        "      action: {look_up: actions, by: COD_ACN}\n      ‣other: LIB_SES\n",
        "SPEC_NAME_UNUSED",
        None,
    ),
    (
        "fca",
        "actions: {call: liste, get: /actions, key: ID}",
        ("actions: {call: liste, get: /actions}", "{look_up: ‣actions, by"),
        "SPEC_KEY_NEEDED",
        "key",
    ),
    (
        "ammon",
        "      in_doubt: repeat\n",
        ("", "- ‣put: /seances/"),
        "SPEC_IN_DOUBT_MISSING",
        "in_doubt: repeat",
    ),
    (
        "fca",
        'HEU_DEP: "{{ attendance.left_at | heure }}"}\n      else: present\n',
        "HEU_DEP: 1}\n      else: ‣early_departure\n",
        "SPEC_STATE_UNSENT",
        "let one of them be sent",
    ),
    (
        "fca",
        "seances:\n    call: liste\n    get: /sessions\n",
        "‣seances:\n    from: inscriptions\n",
        "SPEC_LIST_CYCLE",
        None,
    ),
    # the words of this language at other places
    ("aimaira", "starts_at: Debut", "‣start_at: Debut", "SPEC_UNKNOWN_KEY", "'starts_at'"),
    ("fca", "key: ID_SES", "‣keys: ID_SES", "SPEC_UNKNOWN_KEY", "did you mean 'key'"),
    ("fca", "for_each: seances\n", "for_each: ‣seance\n", "SPEC_UNKNOWN_LIST", "'seances'"),
    ("fca", "batch: 100}", "batch: ‣none}", "SPEC_WRONG_TYPE", None),
    ("fca", "failing_call: skip", "failing_call: ‣ignore", "SPEC_WRONG_VALUE", "skip"),
    (
        "fca",
        "{{ window.first | jour }}",
        "{{ window.‣firts | jour }}",
        "SPEC_UNKNOWN_VARIABLE",
        None,
    ),
    (
        "fca",
        "/enseignements/{{ parent }}",
        "/enseignements/{{ ‣parents }}",
        "SPEC_UNKNOWN_VARIABLE",
        "'parent'",
    ),
    ("fca", '"{{ batch }}"', '"{{ ‣batches }}"', "SPEC_UNKNOWN_VARIABLE", "'batch'"),
]


@pytest.mark.parametrize(
    ("spec", "good", "bad", "code", "hint"),
    PLANTED,
    ids=lambda value: value if isinstance(value, str) and value.startswith("SPEC_") else "",
)
def test_planted_mistake_is_found_at_its_character(
    spec: str,
    good: str,
    bad: str | tuple[str, str],
    code: str,
    hint: str | None,
    registry: Registry,
) -> None:
    assert_found(spec, good, bad, code, hint, registry)


def assert_found(
    spec: str,
    good: str,
    bad: str | tuple[str, str],
    code: str,
    hint: str | None,
    registry: Registry,
) -> None:
    """Plant a mistake, and assert that it is found where it stands."""
    file = SPECS / f"{spec}.yaml"
    text = file.read_text(encoding="utf-8")
    assert good in text, good
    instead, around = (bad, None) if isinstance(bad, str) else bad
    planted = text.replace(good, instead, 1)
    if around is not None:
        assert around.replace("‣", "") in planted, around
        planted = planted.replace(around.replace("‣", ""), around, 1)
    at = planted.find("‣")
    assert at >= 0, "the place of the mistake"
    planted = planted.replace("‣", "", 1)
    _, document = load_spec(planted, file.name, registry.functions, recorded(file))
    found = [finding for finding in document.findings if finding.code == code]
    assert found, [
        (finding.code, str(finding.location), finding.message) for finding in document.findings
    ]
    place = (planted.count("\n", 0, at) + 1, at - (planted.rfind("\n", 0, at) + 1) + 1)
    assert place in [(finding.location.line, finding.location.column) for finding in found], [
        str(finding.location) for finding in found
    ]
    if hint is not None:
        assert any(hint in str(finding.hint) for finding in found), [
            finding.hint for finding in found
        ]


BY_A_RUN = {
    "SPEC_NOT_THE_LAST_PAGE",
    "SPEC_PATH_NEVER_SEEN",
    "SPEC_NAME_CLASH",
    "SPEC_INVALID",
    "SPEC_IGNORE_UNUSED",
}
"""What is found in rows, says that there are findings, or is about findings (`test_bench.py`)."""
TOO_LARGE_TO_PLANT = {"SPEC_TOO_LARGE"}
PLANTED_ELSEWHERE = {"SPEC_CODE_UNUSED"}
"""In `test_planted_lists.py`: no shipped spec has codes of its own."""


def test_there_are_a_hundred_kinds_of_mistakes_and_one_of_each_code() -> None:
    assert len({(code, bad) for _, _, bad, code, _ in PLANTED}) >= 100
    named = {code for code in all_codes() if code.startswith("SPEC_")}
    assert named - {code for *_, code, _ in PLANTED} == (
        BY_A_RUN | TOO_LARGE_TO_PLANT | PLANTED_ELSEWHERE
    )


def test_mistakes_stand_in_every_shipped_spec() -> None:
    assert {spec for spec, *_ in PLANTED} == {file.stem for file in SPECS.glob("*.yaml")}


def test_one_run_shows_every_mistake_of_a_file_and_no_consequence(registry: Registry) -> None:
    text = (SPECS / "adesoft.yaml").read_text(encoding="utf-8")
    for good, bad in (
        ("    also_known_as:", "    also_known:"),
        ("then: sign_in_again", "then: signin_again"),
        ("as: {date: jour,", "as: {date: jours,"),
        ("filter_by: {groupsCodes", "filter_by: {groupCodes"),
        ("from: membres\n    source_id: id", "from: membres\n    sourceid: id"),
        ("key: id, single", "kye: id, single"),
        ("row.category != options.studentCategory", "row.category != options.studentCategori"),
    ):
        assert good in text
        text = text.replace(good, bad, 1)
    found = [
        (finding.code, str(finding.hint).rpartition("did you mean ")[2].rstrip("?").strip("'"))
        for finding in load_spec(text, "adesoft.yaml", registry.functions)[1].findings
    ]
    assert sorted(one for one in found if not one[0].endswith("_UNUSED")) == [
        ("SPEC_UNKNOWN_FILTER", "groupsCodes"),
        ("SPEC_UNKNOWN_FORMAT", "jour"),
        ("SPEC_UNKNOWN_KEY", "also_known_as"),
        ("SPEC_UNKNOWN_KEY", "key"),
        ("SPEC_UNKNOWN_KEY", "source_id"),
        ("SPEC_UNKNOWN_VARIABLE", "studentCategory"),
        ("SPEC_WRONG_VALUE", "sign_in_again"),
    ]


def test_value_that_nobody_can_guess_hides_no_other_mistake(registry: Registry) -> None:
    text = (SPECS / "ypareo.yaml").read_text(encoding="utf-8")
    for good, bad in (
        ('down: ["11:30-13:30", "18:00-21:00"]', 'down: ["11h30", "18h"]'),
        ("get: /contrats", "get: [a]"),
        ("optional: true\n", "optional: perhaps\n"),
        ('pattern: "%d-%m-%Y"', 'pattern: "dd-mm"'),
        ("key: codeSite", "kye: codeSite"),
        ("from: tutorats", "from: tutorat"),
        ("same_key: first", "same_key: 7"),
    ):
        assert good in text
        text = text.replace(good, bad, 1)
    found = load_spec(text, "ypareo.yaml", registry.functions)[1].findings
    assert sorted((finding.code, finding.location.line) for finding in found) == sorted(
        (code, next(number for number, line in enumerate(text.splitlines(), 1) if wrong in line))
        for code, wrong in (
            ("SPEC_WRONG_VALUE", "11h30"),
            ("SPEC_WRONG_VALUE", "18h"),
            ("SPEC_WRONG_TYPE", "[a]"),
            ("SPEC_WRONG_TYPE", "perhaps"),
            ("SPEC_BAD_FORMAT", "dd-mm"),
            ("SPEC_UNKNOWN_KEY", "kye"),
            ("SPEC_UNKNOWN_LIST", "from: tutorat"),
            ("SPEC_WRONG_TYPE", "same_key: 7"),
        )
    )
