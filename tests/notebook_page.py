"""What the browser tests ask of a notebook's page, in JupyterLab and in the browser edition.

Only what is in view is on the page; the rest is asked of the application that shows it.
"""

CELLS = "[...jupyterapp.shell.currentWidget.content.model.cells].map(cell => cell.toJSON())"

# Scroll to the cell of this name until it is in view; then return [its place among the cells].
BRING = """id => {
    window.dispatchEvent(new WheelEvent('wheel')); // as a reader who scrolls on
    const content = jupyterapp.shell.currentWidget.content;
    const index = content.widgets.findIndex(cell => cell.model.id === id);
    const cell = content.widgets[index].node;
    const view = content.node.querySelector('.jp-WindowedPanel-outer');
    const at = cell.getBoundingClientRect(), all = view.getBoundingClientRect();
    if (cell.clientHeight && at.top < all.bottom && at.bottom > all.top) return [index];
    content.activeCellIndex = index;
    content.scrollToItem(index, 'start', 0).catch(() => {});
    return null;
}"""

# Where the heading with these words is, in parts of the view's height from its top.
LANDED = """words => {
    const panel = window.jupyterapp?.shell.currentWidget?.node;
    const view = panel?.querySelector('.jp-WindowedPanel-outer')?.getBoundingClientRect();
    const heading = view && [...panel.querySelectorAll('h1, h2, h3')]
        .find(heading => heading.innerText.includes(words) && heading.clientHeight);
    return heading ? (heading.getBoundingClientRect().top - view.top) / view.height : null;
}"""

ALL_RAN = f"""() => {{
    const code = {CELLS}.filter(cell => cell.cell_type === 'code');
    const wrong = output => output.output_type === 'error';
    return code.every(cell => cell.execution_count)
        || code.some(cell => cell.outputs.some(wrong));
}}"""


def bring(frame, cell_id):
    """Bring a cell into view, and return it."""
    (index,) = frame.wait_for_function(BRING, arg=cell_id, polling=200).json_value()
    panel = ".jp-NotebookPanel:not(.lm-mod-hidden)"
    return frame.locator(f"{panel} [data-windowed-list-index='{index}']")


# What a reader would tell who came to rest elsewhere.
WHERE = """() => {
    const app = window.jupyterapp, panel = app?.shell.currentWidget;
    const cells = panel?.content.widgets ?? [];
    const view = panel?.content.node.querySelector('.jp-WindowedPanel-outer');
    return {
        shown: panel?.context?.path, active: panel?.content?.activeCell?.model.id,
        scrolled: view?.scrollTop, of: view?.scrollHeight, cells: cells.length,
        missing: cells.filter(cell => cell.isPlaceholder()).length,
        focus: document.activeElement?.outerHTML.slice(0, 100), address: location.href,
    };
}"""


def landed(frame, words):
    """Wait until the heading with these words has come to rest in the upper fifth of the view.

    While cells above it are being put in place it may be pushed away for a moment.
    """
    from playwright.sync_api import TimeoutError  # not where the other tests are collected

    there = (
        f"words => {{ const at = ({LANDED})(words); return at !== null && at >= 0 && at < 0.2; }}"
    )
    for _ in range(10):
        try:
            frame.wait_for_function(there, arg=words)
        except TimeoutError:
            break
        frame.wait_for_timeout(1500)
        at = frame.evaluate(LANDED, words)
        if at is not None and 0 <= at < 0.2:
            return
    at, where = frame.evaluate(LANDED, words), frame.evaluate(WHERE)
    raise AssertionError(f"{words}: {at} of the view from its top, or not at rest: {where}")


def wrong_outputs(frame):
    """Return all errors and warnings among the outputs."""
    outputs = [output for cell in frame.evaluate(CELLS) for output in cell.get("outputs", [])]
    wrong = [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
    return [output.get("evalue", output.get("text")) for output in wrong]
