"use strict";
{ // A row that is wider than the screen begins at the chapter that is being read.
    const here = document.querySelector(".bar [aria-current]"), row = here.closest("ul");
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
if (innerWidth < 1100) document.querySelector(".contents details").open = false;
