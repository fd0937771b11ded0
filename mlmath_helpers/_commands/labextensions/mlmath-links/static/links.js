"use strict";
// A click on a link to a cell (#cell-id=..., in this notebook or in another) brings the top of
// that cell to the top of the view, and keeps it there until all cells above have their heights.
// JupyterLab itself brings it to the middle, or nowhere while a notebook is still being opened.
// No build step: JupyterLab loads this file as it is (package.json names it).
(() => {
    const PATIENCE = 120_000; // milliseconds for a notebook to open on a very busy machine
    const LOOK = 50; // milliseconds from one look to the next
    const SETTLED = 30; // looks without a shift, once all cells are in place: a busy page is slow
    const GUESS = 150; // pixels: the height of a cell of which JupyterLab knows none
    const READERS_OWN = ["wheel", "touchmove", "keydown", "pointerdown"]; // ends our scrolling
    let clicks = 0;
    // For a page around the notebook (the browser edition has one): it may lead to a cell, be
    // told where a click has led, and take over what leads to another notebook.
    const page = { lead: null, led: null, elsewhere: null };

    function notebooks(app) {
        return [...app.shell.widgets("main")].filter(widget => widget.content?.model?.cells);
    }

    // Where a link leads to: the path of a notebook, and the id of a cell.
    function target(app, link) {
        const here = link && notebooks(app).find(panel => panel.node.contains(link));
        if (!here) return null;
        const [address, id] = link.getAttribute("href").split("#cell-id=");
        const file = decodeURIComponent(address.split("?")[0].split("/").pop());
        const path = here.context.path;
        const there = file ? path.replace(/[^/]*$/, () => file) : path;
        return { id, path: there, elsewhere: there !== path };
    }

    async function lead(app, { path, id }) {
        const click = ++clicks;
        let stopped = false;
        const stop = () => { stopped = true; };
        READERS_OWN.forEach(event => addEventListener(event, stop, { capture: true, passive: true }));
        const began = performance.now();
        let settled = 0;
        const open = notebooks(app).find(panel => panel.context.path === path && panel.isVisible);
        if (!open) app.commands.execute("docmanager:open", { path });
        while (!stopped && click === clicks && settled < SETTLED) {
            settled = there(app, path, id) ? settled + 1 : 0;
            if (performance.now() - began > PATIENCE) break;
            await new Promise(resolve => setTimeout(resolve, LOOK));
        }
        READERS_OWN.forEach(event => removeEventListener(event, stop, { capture: true }));
    }

    // A notebook that is still being put together may refuse: the next look asks again.
    function there(app, path, id) {
        try {
            return bring(app, path, id);
        } catch (error) {
            console.debug("mlmath-links:", error);
            return false;
        }
    }

    // Scroll to the cell; tell whether it was at the top already, and will stay there.
    function bring(app, path, id) {
        const panel = notebooks(app).find(panel => panel.context.path === path);
        const cells = panel?.isVisible ? panel.content.widgets : [];
        const index = cells.findIndex(cell => cell.model.id === id);
        if (index < 0) return false;
        const node = cells[index].node;
        const view = panel.content.node.querySelector(".jp-WindowedPanel-outer");
        const gap = node.getBoundingClientRect().top - view.getBoundingClientRect().top;
        if (panel.content.activeCellIndex !== index) {
            panel.content.activeCellIndex = index;
            app.shell.activateById(panel.id); // so that the keyboard goes on from there
        }
        if (node.isConnected && node.clientHeight && Math.abs(gap) < view.clientHeight) {
            const before = view.scrollTop;
            view.scrollTop += gap; // JupyterLab's own way ends where the last cell ends
            const still = Math.abs(view.scrollTop - before) < 2;
            return still && !cells.some(cell => cell.isPlaceholder());
        }
        if (cells[index].isHidden) cells.slice(0, index).forEach(unfold);
        giveHeights(panel.content);
        panel.content.scrollToItem(index, "start", 0).catch(() => {});
        return false;
    }

    // While a notebook is being put together JupyterLab may take the height of a cell that it does
    // not show for 0, and keep it. All such cells begin at the same place, and of these it shows
    // the last, whichever is asked for. With any height they are told apart, and measured when seen.
    function giveHeights({ viewModel, widgets }) {
        const flat = widgets.map((cell, index) => ({ index, size: GUESS, hidden: cell.isHidden }))
            .filter(({ index, hidden }) => !hidden && viewModel.getSpan(index, index)[1] === 0);
        if (flat.length) viewModel.setWidgetSize(flat);
    }

    function unfold(cell) {
        if (cell.headingCollapsed) cell.headingCollapsed = false;
    }

    const plugin = {
        id: "mlmath-links:plugin",
        description: "Leads a click on a link to the cell that it names.",
        autoStart: true,
        activate(app) {
            globalThis.mlmathLinks = page;
            page.lead = (path, id) => lead(app, { path, id });
            const take = click => {
                const link = click.target.closest?.("a[href*='#cell-id=']");
                const where = target(app, link);
                if (!where || click.ctrlKey || click.metaKey || click.shiftKey) return;
                click.preventDefault();
                click.stopImmediatePropagation();
                if (where.elsewhere && page.elsewhere) return page.elsewhere(where.path, where.id);
                lead(app, where);
                page.led?.(where.id);
            };
            addEventListener("click", take, { capture: true });
        },
    };

    // What a bundler would write around it: JupyterLab asks this object for the plugin.
    (globalThis._JUPYTERLAB ??= {})["mlmath-links"] = {
        init() {},
        get: async () => () => ({ __esModule: true, default: plugin }),
    };
})();
