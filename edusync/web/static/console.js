// Comfort only: everything works without it.
"use strict";

// A page that waits for something looks again by itself, unless somebody is writing or has written.
if (document.querySelector(".busy")) {
  let written = false;
  document.addEventListener("input", () => { written = true; });
  setInterval(() => {
    const writing = document.activeElement && document.activeElement.matches("input, select, textarea");
    if (!writing && !written) location.reload();
  }, 3000);
}

// A choice in a filter is shown at once.
for (const choice of document.querySelectorAll(".filters select")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

// An open menu closes with Escape, or a click beside it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A long list gets shorter while somebody types.
for (const field of document.querySelectorAll("input.narrow")) {
  field.hidden = false;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  field.addEventListener("input", () => {
    for (const label of document.getElementById(field.dataset.narrows).children) {
      label.hidden = !plain(label.textContent).includes(plain(field.value));
    }
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
