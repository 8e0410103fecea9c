"use strict";
// Filters combine, and stay in the URL so that a view can be sent to a colleague.
const selects = [...document.querySelectorAll("select[data-filter]")];
const chosen = () => Object.fromEntries(selects.map((s) => [s.dataset.filter, s.value]));
const matches = (node, want) =>
  (!want.programme || node.dataset.programme === want.programme) &&
  (node.dataset.room === undefined || !want.room || node.dataset.room.split(";").includes(want.room)) &&
  (node.dataset.staff === undefined || !want.staff || node.dataset.staff.split(";").includes(want.staff));
function show() {
  const want = chosen();
  for (const node of document.querySelectorAll("[data-programme]")) {
    node.classList.toggle("hidden", !matches(node, want));
  }
  const kept = Object.entries(want).filter(([, value]) => value);
  history.replaceState(null, "", kept.length ? "#" + new URLSearchParams(kept) : location.pathname + location.search);
}
const asked = new URLSearchParams(location.hash.slice(1));
for (const select of selects) {
  const value = asked.get(select.dataset.filter);
  if ([...select.options].some((option) => option.value === value)) select.value = value;
  select.addEventListener("change", show);
}
if (selects.some((select) => select.value)) show();
