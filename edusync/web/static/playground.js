// The playground while somebody types. Without it the button "Play" does the same.
"use strict";

const form = document.getElementById("play");
const text = document.getElementById("text");
const gutter = form.querySelector(".gutter");
const shown = document.getElementById("shown");
const state = document.getElementById("state");
const PAUSE = 350;
const closed = new Set();
let timer = null;
let asking = false;
let again = false;
let lit = 0; // the line, 0 for none

// Numbers of lines, with how each stands; a line that is lit, and one with a finding.
function draw() {
  const count = text.value.split("\n").length;
  const lines = [...shown.querySelectorAll(".listing li")];
  const found = new Map();
  for (const one of shown.querySelectorAll(".card:first-of-type .finding")) {
    const line = one.querySelector("[data-line]");
    if (line && !found.has(line.dataset.line)) found.set(line.dataset.line, one.classList[1]);
  }
  const drawn = document.createDocumentFragment();
  for (let number = 1; number <= count; number += 1) {
    const row = document.createElement("div");
    const same = lines[number - 1];
    row.className = same ? same.className : "is-plain";
    if (found.has(String(number))) row.classList.add("has-finding", found.get(String(number)));
    row.classList.toggle("lit", number === lit);
    row.textContent = number;
    drawn.append(row);
  }
  gutter.replaceChildren(drawn);
  follow();
}

function follow() {
  gutter.style.transform = `translateY(${-text.scrollTop}px)`;
}

// A line and all that it made are lit together.
function light(number, scroll) {
  lit = number;
  for (const row of gutter.children) row.classList.toggle("lit", row.textContent === String(number));
  for (const one of shown.querySelectorAll("[data-lines]")) {
    one.classList.toggle("lit", one.dataset.lines.split(" ").includes(String(number)));
  }
  if (scroll && gutter.children[number - 1]) {
    const row = gutter.children[number - 1];
    text.scrollTop = row.offsetTop - text.clientHeight / 2;
    follow();
  }
}

async function look() {
  if (asking) { again = true; return; }
  asking = true;
  state.textContent = form.dataset.busy;
  const asked = new FormData(form);
  asked.set("do", "look");
  asked.set("part", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: asked, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.body.childNodes);
    for (const part of shown.querySelectorAll("details[data-part]")) {
      if (closed.has(part.dataset.part)) part.open = false;
    }
    state.textContent = "";
    draw();
    light(lit, false);
  } catch {
    state.textContent = form.dataset.failed;
  }
  asking = false;
  if (again) { again = false; look(); }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

form.addEventListener("input", (event) => {
  if (event.target === text) draw();
  if (!["name", "new_case", "body"].includes(event.target.name)) soon();
});
text.addEventListener("scroll", follow);
for (const event of ["click", "keyup"]) {
  text.addEventListener(event, () => {
    light(text.value.slice(0, text.selectionStart).split("\n").length, false);
  });
}
shown.addEventListener("click", (event) => {
  const one = event.target.closest("[data-line]");
  if (!one) return;
  event.preventDefault();
  light(Number(one.dataset.line), true);
});
shown.addEventListener("toggle", (event) => {
  const part = event.target.dataset.part;
  if (part) closed[event.target.open ? "delete" : "add"](part);
}, true);

document.body.classList.add("typing");
draw();
look();
