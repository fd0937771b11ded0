"use strict";
// Take a new edition of a notebook into a reader's copy, and lose nothing of theirs.
// The rules and the cases stand in tests/merge_cases.json, for mlmath_helpers/_commands/merge_notebooks.py too.
const mergeNotebooks = (() => {
    const BOTH = {{ both | tojson }};
    const APART = {{ apart | tojson }};

    // The text of a cell, whatever the ends of its lines and the blanks there.
    function text(cell) {
        const joined = [cell.source].flat().join("").replace(/\r\n?/g, "\n");
        return joined.replace(/[ \t]+$/gm, "").replace(/^\n+|\n+$/g, "");
    }

    const same = (cell, other) =>
        cell.cell_type === other.cell_type && text(cell) === text(other) && text(cell) !== "";
    const sameName = (cell, other) => cell.id !== undefined && cell.id === other.id;
    const sameNameAndText = (cell, other) => sameName(cell, other) && same(cell, other);

    // For each cell the place among the others of the one that it is, or null. No two cells are
    // the same one. The first test is tried on all cells, then the next.
    function pair(cells, others, ...tests) {
        const places = cells.map(() => null), taken = new Set();
        for (const test of tests) {
            cells.forEach((cell, i) => {
                if (places[i] !== null) return;
                const j = others.findIndex((other, j) => !taken.has(j) && test(cell, other));
                if (j < 0) return;
                places[i] = j;
                taken.add(j);
            });
        }
        return places;
    }

    // Does a cell answer an exercise? It still has the line that checks it.
    const isAnswer = (cell, exercise) => text(exercise).includes("# your code here")
        && text(cell).includes(text(exercise).split("\n").at(-1));

    // Gives the reader's cells and the notes among them valid names that no other cell has.
    function namer(fresh, mine) {
        const used = new Set(fresh.map(cell => cell.id)); // the course's cells keep their names
        const taken = new Set([...used, ...mine.map(cell => cell.id)]);
        function name(stem) {
            for (let number = 1; ; number++) {
                if (taken.has(`${stem}-${number}`)) continue;
                taken.add(`${stem}-${number}`);
                return `${stem}-${number}`;
            }
        }
        return {
            own(cell) {
                const valid = /^[A-Za-z0-9_-]{1,64}$/.test(cell.id ?? "") && !used.has(cell.id);
                const id = valid ? cell.id : name("yours");
                used.add(id);
                return { ...cell, id };
            },
            note: words =>
                ({ cell_type: "markdown", id: name("note"), metadata: {}, source: words }),
        };
    }

    // The notebook `theirs` with what the reader made of `base` (null: not known) in `mine`, and
    // how many cells of the course came, how many are the reader's, and how many stand twice.
    function merge(base, mine, theirs) {
        const fresh = theirs.cells;
        if (JSON.stringify(base) === JSON.stringify(theirs)) {
            return { notebook: mine, arrived: 0, kept: 0, both: 0 };
        }
        let old = base ? base.cells : [];
        // The course may have given a cell another name: so its text comes first.
        let places = pair(old, fresh, sameNameAndText, same, sameName);
        const before = new Map();
        places.forEach((j, i) => { if (j !== null) before.set(j, old[i]); });
        const unknown = [...fresh.keys()].filter(j => !before.has(j)); // new, or of no known base
        old = [...old, ...unknown.map(j => fresh[j])];
        places = [...places, ...unknown];

        const had = new Map(), changed = new Map(), beside = new Map([[null, []]]);
        let anchor = null;
        pair(mine.cells, old, sameNameAndText, sameName, same).forEach((i, at) => {
            const cell = mine.cells[at], place = i === null ? null : places[i];
            const untouched = !text(cell) || (i !== null && same(cell, old[i]));
            if (place !== null) {
                had.set(place, cell);
                beside.set(place, []);
                anchor = place;
                if (!untouched && !same(cell, fresh[place])) changed.set(place, cell);
            } else if (!untouched) { // added by the reader, or changed and no longer in the course
                beside.get(anchor).push(cell);
            }
        });

        const names = namer(fresh, mine.cells), cells = beside.get(null).map(names.own);
        const apart = [];
        let arrived = 0, both = 0;
        fresh.forEach((cell, place) => {
            const yours = changed.get(place), was = before.get(place);
            const corrected = !was || !same(was, cell);
            if (!yours) {
                if (had.has(place) || corrected) { // else the reader has deleted it
                    cells.push(cell);
                    if (!had.has(place) || !same(had.get(place), cell)) arrived++;
                }
            } else if (!corrected || (!was && isAnswer(yours, cell))) {
                cells.push({ ...yours, id: cell.id });
            } else {
                cells.push(cell);
                arrived++;
                both++;
                if (base) cells.push(names.note(BOTH), names.own(yours));
                else apart.push(yours);
            }
            cells.push(...(beside.get(place) ?? []).map(names.own));
        });
        if (apart.length) cells.push(names.note(APART), ...apart.map(names.own));
        const kept = changed.size + [...beside.values()].flat().length;
        return { notebook: { ...theirs, cells }, arrived, kept, both };
    }

    // Do two notebooks have the same cells, whatever these have printed?
    merge.sameCells = (one, other) => one.cells.length === other.cells.length
        && one.cells.every((cell, i) => cell.id === other.cells[i].id
            && cell.cell_type === other.cells[i].cell_type && text(cell) === text(other.cells[i]));
    return merge;
})();
