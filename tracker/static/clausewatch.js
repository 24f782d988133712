// Next and previous change by keyboard, and links into another part of a long text; every page works without this.
"use strict";
document.documentElement.classList.add("scripted");
const CHANGES = "section.change, .law ins, .law del, .law .gone";
let reading = null; // the change a key led to, until the page is moved by hand

function step(by) {
  const changes = [...document.querySelectorAll(CHANGES)]; // anew each time: a long page may still be arriving
  const at = changes.indexOf(reading);
  const next = at < 0 ? nearest(changes, by) : at + by;
  if (next < 0 || next >= changes.length) return turn(by);
  reading = changes[next];
  reading.scrollIntoView({ block: "start" });
  if (reading.id) {
    history.replaceState(null, "", `#${encodeURIComponent(reading.id)}`);
    reading.focus({ preventScroll: true });
  }
}

function nearest(changes, by) {
  const tops = changes.map((change) => change.getBoundingClientRect().top);
  return by > 0 ? tops.findIndex((top) => top >= 0) : tops.findLastIndex((top) => top < 0);
}

function turn(by) {
  const link = document.querySelector(`.parts a[rel="${by > 0 ? "next" : "prev"}"]`);
  if (link) link.click();
}

function follow() {
  const parts = document.querySelector(".parts[data-at]");
  const name = location.hash.slice(1);
  if (!parts || !name || document.getElementById(decodeURIComponent(name))) return;
  const there = new URL(`${parts.dataset.at}at=${name}#${name}`, location.href);
  if (there.search !== location.search) location.replace(there);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  const by = { j: 1, k: -1 }[event.key];
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (by) step(by);
  else reading = null;
});
for (const hand of ["wheel", "touchmove", "pointerdown"]) {
  document.addEventListener(hand, () => (reading = null), { passive: true });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const words = document.getElementById(button.dataset.copy).textContent.trim();
  navigator.clipboard.writeText(words).then(() => (button.textContent = button.dataset.done), () => {});
});

function markNew() { // what is news since this browser last looked at Today
  const list = document.querySelector(".latest");
  if (!list) return;
  const times = [...list.querySelectorAll(".news > li > .what > time")];
  let last = "";
  try {
    last = localStorage.getItem("seen") || "";
    const newest = times.map((time) => time.dateTime).sort().pop();
    if (newest) localStorage.setItem("seen", newest);
  } catch { return; }
  if (last) for (const time of times) if (time.dateTime > last) time.closest("li").classList.add("fresh");
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", markNew);
else markNew();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", follow);
else follow();
window.addEventListener("hashchange", follow);
