// Comfort only: everything works without it.
"use strict";

// A page whose connector runs now looks again by itself, unless somebody is writing.
if (document.querySelector(".busy")) {
  setTimeout(() => {
    const writing = document.activeElement && document.activeElement.matches("input, select, textarea");
    if (!writing) location.reload();
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
