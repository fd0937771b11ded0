// The picture of a figure, with its sentence and its handles. Python (picture.py) says in text
// what is to be seen; this file shows it, and tells Python where the reader pulls a handle.

const REST = 600; // milliseconds without a change before the new sentence is read out
const PATIENCE = 3000; // milliseconds without an answer before the reader is told
const NO_ANSWER =
    "Python has not answered yet: it is busy, or it was restarted and this cell has to run again.";
const ROOM = "words of it ".repeat(15); // the longest sentence: the page below does not move
const PLAYER = ["play or pause", "stop", "play again and again"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

// What ipywidgets draws beside the picture gets its label as the name that a screen reader reads.
function nameControls(box) {
    for (const control of box.querySelectorAll(".widget-inline-hbox")) {
        const label = control.querySelector(".widget-label")?.textContent;
        for (const part of control.querySelectorAll("[role=slider], [contenteditable], select"))
            part.ariaLabel = label;
        for (const readout of control.querySelectorAll("[contenteditable]")) readout.role = "textbox";
    }
    for (const player of box.querySelectorAll(".widget-play")) // its buttons have pictures alone
        player.querySelectorAll("button").forEach((button, i) => { button.ariaLabel = PLAYER[i]; });
}

function render({ model, el }) {
    const image = make("img", { class: "mlmath-picture", decoding: "sync" });
    const stage = make("div", { class: "mlmath-stage" }, image);
    const words = make("div", { class: "mlmath-caption" });
    const room = make("div", { class: "mlmath-room", "aria-hidden": "true" }, ROOM);
    const copy = make("button", { class: "mlmath-copy", type: "button" }, "copy this state");
    const copied = make("code", { class: "mlmath-call" });
    const heard = make("div", { class: "mlmath-heard", role: "status", "aria-live": "polite" });
    const all = make("div", {}, stage, make("div", { class: "mlmath-captions" }, words, room));
    el.append(all, copy, copied, heard);
    const handles = []; // an element for each
    let held = null; // what the reader holds: by which pointer, how far off the handle's middle
    let sent = 0, rest, patience, watch, gone = false;

    function send(change) {
        sent = Date.now() + Math.random(); // another view of this picture counts for itself
        model.set("pull", JSON.stringify({ ...change, id: sent }));
        model.save_changes(); // while Python is at work the newest waits, and the others go
        clearTimeout(patience);
        patience = setTimeout(() => say(NO_ANSWER), PATIENCE);
    }

    function say(sentence) {
        words.textContent = sentence;
        clearTimeout(rest);
        rest = setTimeout(() => { heard.textContent = sentence; }, REST);
    }

    function show() {
        if (image.src !== model.get("source")) image.src = model.get("source");
        image.alt = model.get("sentence");
        for (const side of ["width", "height"]) image.setAttribute(side, model.get(side));
        copy.hidden = !model.get("call");
        all.style.maxWidth = `${model.get("width")}px`;
        JSON.parse(model.get("handles")).forEach((mark, index) => {
            const handle = (handles[index] ??= add(index));
            handle.hidden = !mark.at;
            const [left, top] = mark.at ?? [0, 0]; // shares of the picture
            Object.assign(handle.style, { left: `${100 * left}%`, top: `${100 * top}%` });
            handle.title = handle.ariaLabel = mark.label;
            handle.ariaValueText = mark.text;
            handle.ariaValueNow = mark.now;
        });
    }

    function changed() {
        show();
        copied.textContent = "";
        say(model.get("trouble") || model.get("sentence"));
    }

    function answered() {
        if (model.get("answered") !== sent) return;
        clearTimeout(patience);
        if (words.textContent === NO_ANSWER) changed();
    }

    function add(index) {
        const handle = make("div", {
            class: "mlmath-handle", role: "slider", tabindex: "0",
            "data-lm-suppress-shortcuts": "true", // JupyterLab's arrows would leave the cell
        });
        const middle = () => {
            const { left, top, width, height } = handle.getBoundingClientRect();
            return [left + width / 2, top + height / 2];
        };
        handle.addEventListener("pointerdown", event => {
            if (held || event.button) return; // a second finger holds nothing
            event.preventDefault();
            handle.focus({ preventScroll: true });
            handle.setPointerCapture(event.pointerId);
            const [x, y] = middle();
            held = { id: event.pointerId, off: [event.clientX - x, event.clientY - y] };
        });
        handle.addEventListener("pointermove", event => {
            if (event.pointerId !== held?.id) return;
            const { left, top, width, height } = image.getBoundingClientRect();
            const x = (event.clientX - held.off[0] - left) / width;
            const y = (event.clientY - held.off[1] - top) / height;
            send({ handle: index, to: [x, y] });
        });
        const letGo = event => { if (event.pointerId === held?.id) held = null; };
        for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
            handle.addEventListener(end, letGo);
        handle.addEventListener("keydown", event => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            const way = ARROWS[event.key];
            if (way) send({ handle: index, by: way, far: event.shiftKey });
            else if (event.key !== "Escape") return;
            else if (held) held = null;
            else handle.blur();
            event.preventDefault();
            event.stopPropagation();
        });
        stage.append(handle);
        return handle;
    }

    copy.addEventListener("click", () => {
        const call = copied.textContent = model.get("call");
        getSelection().selectAllChildren(copied); // where a page may not copy, the reader can
        navigator.clipboard?.writeText(call).catch(() => {});
        heard.textContent = `Copied: ${call}`;
    });

    model.on("change:source change:sentence change:handles change:trouble", changed);
    model.on("change:answered", answered);
    show();
    words.textContent = model.get("trouble") || model.get("sentence");

    requestAnimationFrame(function inPlace() {
        const box = el.closest(".mlmath-explorer");
        if (!box) return el.isConnected || gone || requestAnimationFrame(inPlace);
        nameControls(box);
        watch = new MutationObserver(() => nameControls(box));
        watch.observe(box, { childList: true, subtree: true });
    });
    return () => { gone = true; watch?.disconnect(); clearTimeout(rest); clearTimeout(patience); };
}

export default { render };
