"use strict";
// The search over all pages. Everything it needs is loaded at its first use.
{
    const dialog = document.querySelector("dialog.search"), { root } = dialog.dataset;
    const [input, status, list] = ["input", "[role=status]", "ol"].map(part => dialog.querySelector(part));
    const SHOWN = 8, TERMS = 3, BEFORE = 70, AFTER = 150; // results, and signs around what was found
    const GREEK = ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        + " sigma sigma tau upsilon phi chi psi omega").split(" ");
    let ready; // a promise of the search

    const load = name => new Promise((resolve, reject) => {
        const script = document.createElement("script");
        Object.assign(script, { src: `${root}assets/search/${name}.js`, onload: resolve, onerror: reject });
        document.head.append(script);
    });

    // As folded.py and words.py do with the pages: letters alone, formulas by their names.
    const fold = text => text.replace(/ᵀ|⊤|\.T\b|\^T\b/g, " transpose ").replace(/⁻¹/g, " inverse ")
        .replace(/ß/g, "ss").normalize("NFKD").replace(/\u0304/g, " bar ").toLowerCase()
        .replace(/\p{M}/gu, "").replace(/['’]s\b/g, "")
        .replace(/[α-ω]/g, letter => ` ${GREEK[letter.charCodeAt(0) - 0x3b1]} `);
    const american = word => word.replace(/(?<=\w\w\w)is(?=(e|es|ed|er|ers|ing|ation|ations)$)/, "iz")
        .replace(/(?<=\w\w\w)our(?=s?$|hood)/, "or");
    const wordsOf = text => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(american);

    class Search {
        constructor({ words, vectors, common, sections, terms, version, fields }) {
            this.words = words.split(" ");
            this.common = new Set(common.split(" "));
            Object.assign(this, { sections, terms });
            this.stems = new Map(this.words.map(word => [word, this.stem(word)]));
            const empty = () => Object.fromEntries(fields.map(field => [field, {}]));
            const invertedIndex = this.words.map((word, _index) => [word, { _index, ...empty() }]);
            const fieldVectors = vectors.map(([name, steps, weights]) => {
                const [field, section] = name.split("/");
                let at = 0;
                return [name, steps.flatMap((step, i) => {
                    invertedIndex[at += step][1][field][section] = {};
                    return [at, weights[i]];
                })];
            });
            this.index = lunr.Index.load({ version, fields, fieldVectors, invertedIndex, pipeline: [] });
        }

        stem(word) {
            return lunr.stemmer(new lunr.Token(word)).toString();
        }

        // Words of the pages that are like this one, and how much: {word: weight}. Where none is, its
        // beginning is taken for it, as long as that is most of the word.
        alike(asked) {
            const found = new Map(), stem = this.stem(asked);
            for (let n = asked.length; !found.size && n >= Math.max(2, 0.6 * asked.length); n--)
                for (const word of this.words) {
                    if (word === asked) found.set(word, 8);
                    else if (this.stems.get(word) === stem) found.set(word, 6);
                    else if (n > 1 && word.startsWith(asked.slice(0, n))) found.set(word, 1);
                }
            if (asked.length === 1 && this.words.includes(asked)) found.set(asked, 8);
            return found;
        }

        // {section: score} of all sections that say one of these words.
        saying(words) {
            if (!words.size) return new Map();
            const results = this.index.query(query => {
                for (const [word, boost] of words) query.term(word, { boost, usePipeline: false });
            });
            return new Map(results.map(({ ref, score }) => [+ref, score]));
        }

        // The sections that say all of these words, best first, and the words that were meant.
        sectionsFor(asked) {
            const rare = asked.filter(word => !this.common.has(word));
            const meant = (rare.length ? rare : asked).map(word => this.alike(word));
            const joined = asked.slice(1).map((word, i) => asked[i] + word)
                .filter(word => this.stems.has(word)).map(word => new Map([[word, 8]]));
            const [first, ...rest] = meant.map(words => this.saying(words));
            const scores = new Map([...first].filter(([section]) => rest.every(other => other.has(section))));
            for (const other of rest) for (const [section, score] of other)
                if (scores.has(section)) scores.set(section, scores.get(section) + score);
            for (const words of joined) for (const [section, score] of this.saying(words))
                scores.set(section, (scores.get(section) ?? 0) + 2 * score);
            const homes = new Map(this.terms.map(([name, section]) => [wordsOf(name).join(""), section]));
            const home = homes.get(asked.join("")); // of the term that is asked for, if it is one
            const sections = [...scores].sort(([a, x], [b, y]) => (b === home) - (a === home) || y - x)
                .map(([section]) => section);
            return { sections, hits: new Set([...meant, ...joined].flatMap(words => [...words.keys()])) };
        }

        // The terms that these words name, or whose first letters they are.
        termsFor(asked) {
            const whole = asked.join(""), stems = asked.map(this.stem);
            const rank = name => {
                const words = wordsOf(name), letters = words.map(word => word[0]).join("");
                if (words.join("") === whole || letters.length > 2 && letters === whole) return 0;
                const named = asked.every((ask, i) => words.some(
                    word => ask.length > 1 && word.startsWith(ask) || word === ask || this.stem(word) === stems[i]));
                return named ? words.length : Infinity;
            };
            return this.terms.map(term => [rank(term[0]), term]).filter(([at]) => at < Infinity)
                .sort(([a], [b]) => a - b).slice(0, TERMS).map(([, term]) => term);
        }
    }

    const prepare = () => ready ??= Promise.all([load("lunr.min"), load("index")])
        .then(() => new Search(searchIndex))
        .catch(() => {
            ready = undefined;
            throw new Error("The search could not be loaded. Without a network it works once it has been used.");
        });

    const pathOf = (address, cell) => `${root}read/${address.replace(/#.*/, "")}#${cell}`;

    function item(address, text, where) {
        const li = document.createElement("li"), a = document.createElement("a"), span = document.createElement("span");
        a.setAttribute("href", address);
        a.textContent = text;
        span.textContent = where;
        li.append(a, " ", span);
        return li;
    }

    const isHit = (word, hits) => hits.has(american(fold(word).replace(/\s/g, "")));

    // Write the piece of a section's text in which most of the words stand, and lead to its cell.
    async function excerpt(li, [file, address], hits) {
        const p = document.createElement("p");
        li.append(p);
        if (!globalThis.searchTexts?.[file]) await load(file);
        let best, most = 0;
        for (const [cell, text] of searchTexts[file]) {
            const found = new Set((text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).filter(word => isHit(word, hits)).map(fold));
            if (!best || found.size > most) [best, most] = [{ cell, text }, found.size];
        }
        if (!best) return;
        if (most) li.querySelector("a").setAttribute("href", pathOf(address, best.cell));
        const pieces = best.text.split(/([\p{L}\p{N}\p{M}]+)/u), from = pieces.findIndex(word => isHit(word, hits));
        const before = pieces.slice(0, Math.max(from, 0)).join(""), after = pieces.slice(Math.max(from, 0)).join("");
        const start = before.length > BEFORE ? `… ${before.slice(-BEFORE).replace(/^\S*\s/, "")}` : before;
        const end = after.length > AFTER ? `${after.slice(0, AFTER).replace(/\s\S*$/, "")} …` : after;
        for (const piece of (start + end).split(/([\p{L}\p{N}\p{M}]+)/u)) {
            const mark = isHit(piece, hits) && document.createElement("mark");
            if (mark) mark.textContent = piece;
            p.append(mark || piece);
        }
    }

    async function answer() {
        const asked = wordsOf(input.value), typed = input.value;
        const search = await prepare().catch(error => { status.textContent = error.message; });
        if (!search || typed !== input.value) return;
        if (!asked.length) {
            list.replaceChildren();
            status.textContent = "Words, names and signs will do: eigenvalue, Bayes, x bar, p-value.";
            return;
        }
        const terms = search.termsFor(asked), { sections, hits } = search.sectionsFor(asked);
        const shown = sections.slice(0, SHOWN), more = sections.length > SHOWN ? `, of which the best ${SHOWN} are shown` : "";
        const count = (number, what) => `${number || "No"} ${what}${number === 1 ? "" : "s"}`;
        const defined = terms.map(([name, at, cell]) => {
            const [, address, heading, chapter] = search.sections[at];
            return item(pathOf(address, cell), name, `defined in ${chapter}, ${heading}`);
        });
        const found = shown.map(at => {
            const [, address, ...words] = search.sections[at];
            return item(`${root}read/${address}`, ...words);
        });
        list.replaceChildren(...defined, ...found);
        const named = terms.length ? `${count(terms.length, "term")}, ` : "";
        status.textContent = `${named}${count(sections.length, "section")}${more}.`;
        await Promise.all(shown.map((at, i) => excerpt(found[i], search.sections[at], hits).catch(() => {})));
    }

    function open() {
        if (!dialog.open) dialog.showModal();
        input.select();
        answer();
    }

    for (const button of document.querySelectorAll(".find")) button.addEventListener("click", open);
    addEventListener("keydown", event => {
        if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault();
        open();
    });
    input.addEventListener("input", answer);
    dialog.querySelector("form").addEventListener("submit", event => {
        event.preventDefault();
        list.querySelector("a")?.click();
    });
    dialog.addEventListener("click", event => {
        if (event.target.closest("a")) dialog.close();
    });
    dialog.addEventListener("keydown", event => {
        const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!way) return;
        const stops = [input, ...list.querySelectorAll("a")], next = stops[stops.indexOf(document.activeElement) + way];
        if (!next) return;
        event.preventDefault();
        next.focus();
    });
}
