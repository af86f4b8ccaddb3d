// What moves on the pages beside htmx. Every page works without this file.
"use strict";

const field = document.getElementById("q");
const found = document.getElementById("found");

function closeFound() {
  found.replaceChildren();
}

// "/" goes to the search field, the arrow keys through what was found, Escape back
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "Escape" && found.childElementCount) {
    event.preventDefault(); // it would empty the field
    closeFound();
    field.focus();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest(".find")) {
    const links = [...found.querySelectorAll("a")];
    if (!links.length) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (at < 0 ? field : links[Math.min(at, links.length - 1)]).focus();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".find")) closeFound();
});
document.querySelector(".find").addEventListener("focusout", (event) => {
  if (event.relatedTarget && !event.relatedTarget.closest(".find")) closeFound();
});

// in an article, all pieces of a statement light up together, with its line in the list beside
function light(event) {
  const piece = event.target.closest && event.target.closest("[data-s]");
  for (const lit of document.querySelectorAll("[data-s].on")) lit.classList.remove("on");
  if (!piece || event.type === "mouseout") return;
  const link = piece.getAttribute("href");
  const own = link && link.startsWith("/statements/") ? [link.slice(12)] : piece.dataset.s.split(" ");
  for (const other of document.querySelectorAll("[data-s]")) {
    const ids = other.dataset.s.split(" ");
    if (own.some((id) => ids.includes(id))) other.classList.add("on");
  }
}
if (document.querySelector("[data-s]")) {
  for (const kind of ["mouseover", "mouseout", "focusin"]) document.addEventListener(kind, light);
}

// files dropped anywhere on the form are chosen
const drop = document.querySelector("[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over-it");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("over-it"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the text and copy it";
    }
  });
}
