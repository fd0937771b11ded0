"use strict";
// Figures that move without Python. Each state was drawn when the site was built: the page holds
// one, and a script of the folder frames/ what the others put in its place. It is fetched when the
// reader first touches a control; until it is there, or if it never comes, the still stands.
const mlmathFrames = {}; // address: what the script there holds, which enters itself

const REST = 600; // milliseconds without a change before the new sentence is read out
const KEPT = 12; // pictures that stay decoded
const NOT_FETCHED = "The moving pictures could not be fetched, so this one stands still. "
    + "They are asked for again when you next touch the control.";

const fetched = {};
function fetchFrames(address) {
    return fetched[address] ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.onload = () => address in mlmathFrames ? resolve(mlmathFrames[address]) : reject();
        script.onerror = reject;
        script.src = address;
        document.head.append(script);
    }).catch(error => {
        delete fetched[address];
        throw error;
    });
}

async function decode(packed) { // nothing where a state is as the ground is
    if (!packed) return null;
    const [x, y, text] = packed, bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
    return { x, y, bitmap: await createImageBitmap(new Blob([bytes])) };
}

// Make a canvas show a picture, and a patch over it: part by part where the picture is cut.
function cover(canvas, picture, patch, cuts) {
    const width = picture.naturalWidth ?? picture.width, height = picture.naturalHeight ?? picture.height;
    const pen = Object.assign(canvas, { width, height }).getContext("2d");
    pen.drawImage(picture, 0, 0);
    for (const [left, top, w, h, x, y] of patch ? cuts : []) {
        pen.save();
        pen.beginPath();
        pen.rect(x, y, w, h);
        pen.clip();
        pen.drawImage(patch.bitmap, patch.x - left + x, patch.y - top + y);
        pen.restore();
    }
    return canvas;
}

class Moving {
    decoded = new Map();

    constructor(figure) {
        const one = selector => figure.querySelector(selector);
        [this.image, this.narrow, this.stage] = ["img", "source", ".stage"].map(one);
        [this.said, this.trouble, this.heard] = [".sentence", ".trouble", "[role=status]"].map(one);
        this.inputs = [...figure.querySelectorAll("input[type=range]")];
        this.shown = this.inputs.reduceRight((n, i) => n * (+i.max + 1) + +i.defaultValue, 0);
        this.image.addEventListener("load", () => this.turn());
    }

    get wanted() { // the number of the state that the controls stand for
        return this.inputs.reduceRight((n, input) => n * (+input.max + 1) + +input.value, 0);
    }

    get view() { // of the stills for wide and narrow screens the one that is shown
        const { narrow, image } = this;
        const isNarrow = narrow && image.currentSrc === new URL(narrow.srcset, document.baseURI).href;
        return (isNarrow ? narrow : image).dataset;
    }

    // Get what the reader is about to need.
    async touch() {
        this.playing = this.failed = false;
        await this.prepare().then(ready => this.near(ready, this.wanted)).catch(() => this.fail());
    }

    move() {
        if (this.failed) return this.fail();
        this.name();
        return this.follow();
    }

    name() {
        for (const input of this.inputs)
            input.ariaValueText = input.nextElementSibling.textContent =
                JSON.parse(input.dataset.words)[input.value];
    }

    // Show what the controls stand for, then what they stand for by then.
    async follow() {
        if (this.busy) return;
        this.busy = true;
        try {
            while (this.shown !== this.wanted) {
                const state = this.wanted;
                this.say(await this.draw(state));
                this.shown = state;
            }
        } catch {
            this.fail();
        }
        this.busy = false;
    }

    // Draw what a state puts on the ground, and return its sentence.
    async draw(state) {
        const ready = await this.prepare();
        this.canvas ??= document.createElement("canvas");
        cover(this.canvas, this.ground, await this.patch(ready, state), ready.cuts);
        if (!this.canvas.isConnected) this.stage.append(this.canvas);
        this.near(ready, state);
        return ready.sentences[state];
    }

    async prepare() {
        const { image } = this;
        image.loading = "eager";
        if (!(image.complete && image.naturalWidth)) await image.decode();
        const { frames, crops } = this.view, cuts = JSON.parse(crops), source = image.currentSrc;
        const held = await fetchFrames(frames);
        if (this.source !== source) { // a first time, or on another screen
            const ground = await decode(held.ground);
            this.ground = cover(document.createElement("canvas"), image, ground, cuts);
            this.source = source;
        }
        return { ...held, frames, cuts };
    }

    near(ready, state) {
        for (const far of [1, -1, 2, -2]) this.patch(ready, state + far);
    }

    patch({ frames, patches }, state) {
        const key = `${frames} ${state}`, made = this.decoded.get(key) ?? decode(patches[state]);
        this.decoded.delete(key);
        this.decoded.set(key, made);
        if (this.decoded.size > KEPT) this.decoded.delete(this.decoded.keys().next().value);
        return made;
    }

    say(sentence) {
        this.said.textContent = this.image.alt = sentence;
        this.trouble.textContent = "";
        clearTimeout(this.rest);
        if (!this.playing) this.rest = setTimeout(() => { this.heard.textContent = sentence; }, REST);
    }

    // The controls go back to what is seen, and the caption says why.
    fail() {
        this.failed = true;
        let state = this.shown ?? this.wanted;
        for (const input of this.inputs) {
            input.value = state % (+input.max + 1);
            state = Math.floor(state / (+input.max + 1));
        }
        this.name();
        this.trouble.textContent = this.heard.textContent = NOT_FETCHED;
    }

    // The screen has become narrow, or wide: another still, and all that is drawn over it.
    turn() {
        if (!this.canvas) return;
        this.canvas.remove();
        this.shown = null;
        this.follow();
    }
}
