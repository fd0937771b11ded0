"use strict";
// What the reader does with the figures of a page (figure.js): touch, enlarge, print, leave alone.
document.documentElement.classList.add("js"); // what needs these scripts is seen from here on
const PACE = 60; // milliseconds a picture, where a figure plays by itself

const figures = new WeakMap();
function figureOf(element) {
    const figure = element.closest("figure.moving");
    if (!figures.has(figure)) figures.set(figure, new Moving(figure));
    return figures.get(figure);
}

for (const kind of ["pointerdown", "focusin", "keydown", "input"])
    document.addEventListener(kind, ({ target }) => {
        if (!target.matches?.("figure.moving input")) return;
        if (kind === "input") figureOf(target).move();
        else figureOf(target).touch();
    });

// Walk once from the start to the last stop, to the first, and back, unless the reader interferes.
async function play(figure) {
    const [input] = figure.inputs, start = +input.value, last = +input.max;
    await figure.touch();
    figure.playing = !figure.failed;
    for (let step = 1; step <= 2 * last && figure.playing; step++) {
        input.value = last - Math.abs(last - (start + step) % (2 * last));
        const shown = figure.move();
        await new Promise(resolve => setTimeout(resolve, PACE));
        await shown;
    }
    figure.playing = false;
}

function enlarge({ canvas, image }) {
    const dialog = document.querySelector("dialog"), large = dialog.querySelector("canvas");
    const picture = canvas?.isConnected ? canvas : image;
    large.width = picture.naturalWidth ?? picture.width;
    large.height = picture.naturalHeight ?? picture.height;
    large.ariaLabel = image.alt;
    if (large.width) large.getContext("2d").drawImage(picture, 0, 0);
    dialog.showModal();
}

document.addEventListener("click", ({ target }) => {
    if (target.closest("figure.moving :is(.stage, .enlarge)")) enlarge(figureOf(target));
    else if (target.matches("dialog, dialog button")) target.closest("dialog").close();
});

// Where the style alone cannot open the folds that are printed open (print.css), they are opened.
// Of folds that share a name only one is ever open: they lose it meanwhile.
const opened = new Map();
addEventListener("beforeprint", () => {
    if (CSS.supports("selector(::details-content)")) return;
    const all = document.querySelector("#unfold")?.checked;
    for (const fold of document.querySelectorAll(`details:not([open])${all ? "" : ":has(.stills)"}`)) {
        opened.set(fold, fold.name);
        fold.removeAttribute("name");
        fold.open = true;
    }
});
addEventListener("afterprint", () => {
    for (const [fold, name] of opened) {
        fold.open = false;
        if (name) fold.name = name;
    }
    opened.clear();
});

addEventListener("load", () => {
    const moves = matchMedia("(prefers-reduced-motion: no-preference)").matches;
    const first = document.querySelector("[data-plays]");
    const begin = () => moves ? play(figureOf(first)) : figureOf(first).touch();
    if (first) (globalThis.requestIdleCallback ?? setTimeout)(begin);
    // Whoever keeps the site in this browser can move the figures of this page offline too.
    const { keep } = document.body.dataset, worker = navigator.serviceWorker?.controller;
    if (keep && !navigator.connection?.saveData) worker?.postMessage({ keep: [keep] });
});
