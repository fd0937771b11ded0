"use strict";
{ // The list of contents shows where the reader is: at the cell that crosses the upper part of the screen.
    const links = new Map([...document.querySelectorAll(".contents li a")].map(a => [a.hash.slice(1), a]));
    const sections = new Map(); // the link to the section of each cell
    let section;
    for (const cell of document.querySelectorAll("main > :is(.text, .cell)[id]")) {
        section = links.get(cell.id) ?? section;
        sections.set(cell, section);
    }
    const seen = new Set(), contents = document.querySelector(".contents");
    const observer = new IntersectionObserver(entries => {
        for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
        if (!seen.size) return; // between two cells: still where one was
        const here = sections.get([...sections.keys()].findLast(cell => seen.has(cell)));
        const before = contents.querySelector("[aria-current]");
        if (here === before) return;
        before?.removeAttribute("aria-current");
        here?.setAttribute("aria-current", "location");
        if (!here || contents.scrollHeight <= contents.clientHeight) return;
        contents.scrollTop += here.getBoundingClientRect().top - contents.getBoundingClientRect().top
            - contents.clientHeight / 2;
    }, { rootMargin: "0px 0px -75% 0px" });
    for (const cell of sections.keys()) observer.observe(cell);

    // From the address of a section, arrow keys lead to those of its cells, so that Tab need not.
    document.querySelector("main").addEventListener("keydown", event => {
        const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!way || !event.target.matches(".address")) return;
        const cells = [...sections.keys()], at = cells.indexOf(event.target.parentElement) + way;
        const next = cells[at]?.querySelector(":scope > .address");
        if (!next) return;
        event.preventDefault();
        next.style.display = "block"; // what is not shown cannot be focused
        next.focus();
        next.style.display = "";
        next.parentElement.scrollIntoView({ block: "nearest" });
    });
}
