// Offers the reader's own time zone where none was chosen; the form works without this.
"use strict";
const zone = document.querySelector("[data-zone]");
if (zone && (zone.value === "" || zone.value === "UTC")) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
