// The studio gains from scripts: several files at once, news of videos being made, rows and places without a detour.

import { arrange } from "./studio/places.js";
import { moreRows } from "./studio/rows.js";
import { suggestAddress } from "./studio/address.js";
import { takeFiles } from "./studio/uploads.js";
import { watch } from "./studio/watching.js";

for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
for (const form of document.querySelectorAll("[data-drop]")) takeFiles(form);
for (const table of document.querySelectorAll("[data-rows]")) moreRows(table);
for (const goods of document.querySelectorAll("[data-places]")) arrange(goods);
for (const form of document.querySelectorAll("[data-opening]")) suggestAddress(form);
watch();
