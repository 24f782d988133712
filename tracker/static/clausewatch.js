// Next and previous change by keyboard; every page works without this.
"use strict";
const changes = [...document.querySelectorAll("section.change, .law ins, .law del")];
const keys = document.querySelector(".keys");
if (keys && changes.length) keys.hidden = false;

function step(by) {
  const line = 8; // a change that stands at the top is the one being read
  const tops = changes.map((change) => change.getBoundingClientRect().top);
  const next = by > 0 ? tops.findIndex((top) => top > line) : tops.findLastIndex((top) => top < -line);
  if (next < 0) return;
  changes[next].scrollIntoView({ block: "start" });
  if (changes[next].id) {
    history.replaceState(null, "", `#${encodeURIComponent(changes[next].id)}`);
    changes[next].focus({ preventScroll: true });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
