"use strict";
{ // A row that is wider than the screen begins at the chapter that is being read.
    const here = document.querySelector(".bar [aria-current]"), row = here.closest("ul");
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
for (const fold of document.querySelectorAll(".contents details")) fold.open = innerWidth >= 1100;
