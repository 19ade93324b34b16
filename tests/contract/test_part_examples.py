"""Each example of the reference stands together in one spec, and every key has one."""

from __future__ import annotations

from edusync.app.authoring.key_examples import example_specs, key_examples
from edusync.app.authoring.part_examples import examples_of
from edusync.app.authoring.uses import parts


def test_every_key_is_shown_and_each_example_is_of_one_spec() -> None:
    of: dict[str, list[str]] = {}
    for part, key, _ in parts():
        of.setdefault(part, []).append(str(key))
    files, blocks, missed = {one.name for one in example_specs()}, 0, []
    for part, keys in of.items():
        shown = list(examples_of(part, keys))
        blocks += len(shown)
        assert {spec for spec, _ in shown} <= files
        text = "\n" + "\n".join(line for _, lines in shown for line in lines)
        wanted = [key for key in keys if (part, key) in key_examples()]
        missed += [(part, key) for key in wanted if f"\n{key}:" not in text]
    assert missed == []
    assert (len(of) > 60, blocks > 150) == (True, True), (len(of), blocks)


def test_message_of_a_verdict_stands_beside_its_own_code() -> None:
    shown = list(examples_of("$verdict", ["then", "when", "code", "message"]))
    assert [spec for spec, _ in shown] == ["adesoft.yaml"]
    assert "code: CONF_YEAR_MISMATCH" in shown[0][1]
    assert any("does not have the project" in line for line in shown[0][1])
