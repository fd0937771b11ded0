"""The course as PDF: each chapter and all of it, printed by Chromium from the reading pages.

`make pdf` runs it after `make site`, with .ci on Python's path: pdf.py SITE [CHAPTER]. It writes
SITE/pdf/, and links on the pages to what it has made.
"""

import contextlib
import functools
import http.server
import pathlib
import re
import sys
import threading
import time

from playwright.sync_api import sync_playwright

import chromium
import offline

CHAPTERS = "[0-9]*.html"  # the pages that are printed
COURSE = "mlmath"  # the name of the PDF of all chapters
PLACE = r"<!--pdf-->.*?<!--/pdf-->"  # where a page has its link
MARGINS = {"top": "16mm", "bottom": "18mm", "left": "17mm", "right": "17mm"}
SMALL = "width: 100%; font: 8px sans-serif; color: #555; padding: 0 17mm;"
FOOTER = (
    f'<div style="{SMALL} display: flex; justify-content: space-between"><span class="title">'
    '</span><span><span class="pageNumber"></span> of <span class="totalPages"></span></span></div>'
)

# Put the chapters one after the other into the page of the first. A name within a page (of a cell,
# of choices that belong together) is made one of the course by the name of its chapter.
JOIN = """chapters => {
    const own = (stem, name) => `${stem}--${name}`, main = document.querySelector("main");
    main.replaceChildren();
    document.querySelector(".bar").remove();
    for (const [stem, text] of chapters) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const chapter = document.createElement("section");
        chapter.append(...page.querySelector("main").childNodes);
        chapter.id = stem;
        chapter.className = "chapter";
        for (const name of ["id", "name", "for", "aria-labelledby"])
            for (const element of chapter.querySelectorAll(`[${name}]`))
                element.setAttribute(name, own(stem, element.getAttribute(name)));
        for (const link of chapter.querySelectorAll("a[href]")) {
            const href = link.getAttribute("href");
            const [, other, cell] = href.match(/^(?:(\\w+)\\.html)?(?:#(.+))?$/) ?? [];
            if (cell) link.setAttribute("href", `#${own(other ?? stem, cell)}`);
            else if (other) link.setAttribute("href", `#${other}`);
        }
        main.append(chapter);
    }
    document.title = "The mathematics of machine learning";
}"""

# All folds open, all pictures here, and no link to the address of this machine: what is not on
# these pages is named by its words.
PREPARE = """async () => {
    const unfold = document.createElement("input");
    Object.assign(unfold, {type: "checkbox", id: "unfold", checked: true, className: "live"});
    document.querySelector("#unfold")?.remove();
    document.body.append(unfold);
    for (const link of document.querySelectorAll("a[href]"))
        if (!/^(#|https?:)/.test(link.getAttribute("href"))) link.removeAttribute("href");
    const pictures = [...document.querySelectorAll("main img")];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all([document.fonts.ready, ...pictures.map(picture => picture.decode())]);
}"""


def main(site, only=None):
    """Print the pages of the folder ``site``; ``only`` names one chapter, such as calculus."""
    site = pathlib.Path(site)
    stems = [path.stem for path in sorted((site / "read").glob(CHAPTERS))]
    if not stems:
        raise SystemExit(f"mlmath: {site} has no pages to print: run make site")
    wanted = [stem for stem in stems if only in (None, stem, stem[3:])]
    if not wanted:
        chapters = ", ".join(stem[3:] for stem in stems)
        raise SystemExit(f"mlmath: CHAPTER must be one of {chapters}, not {only!r}")
    (site / "pdf").mkdir(exist_ok=True)
    with _served(site) as address, _browser() as browser:
        for stem in wanted:
            _print(browser, address, site, stem, [stem])
        if only is None:
            _print(browser, address, site, COURSE, stems)
    link(site)
    offline.write(site)


def _print(browser, address, site, name, stems):
    """Print the chapters ``stems`` as one PDF; say what it weighs and how long that took."""
    began = time.monotonic()
    file = site / "pdf" / f"{name}.pdf"
    with browser.new_page(color_scheme="light", reduced_motion="reduce") as page:
        page.goto(f"{address}/read/{stems[0]}.html")
        if len(stems) > 1:  # as one page: put together afterwards, PDFs may lose their tags
            page.evaluate(JOIN, [[stem, _text(site / "read" / f"{stem}.html")] for stem in stems])
        page.emulate_media(media="print")
        page.evaluate(PREPARE)
        page.pdf(
            path=file,
            format="A4",
            margin=MARGINS,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            outline=True,
            tagged=True,
        )
    seconds, size = time.monotonic() - began, file.stat().st_size / 1e6
    print(f"mlmath: {file}: {size:.1f} MB in {seconds:.0f} s")


def link(site):
    """Write links to the PDFs that are there onto the pages, and take those away that are not."""
    course = _link(site / "pdf" / f"{COURSE}.pdf", "../pdf/", "The whole course as PDF")
    for page in (site / "read").glob(CHAPTERS):
        chapter = _link(site / "pdf" / f"{page.stem}.pdf", "../pdf/", "This chapter as PDF")
        _put(page, " · ".join(filter(None, (chapter, course))))
    front = course.replace("../pdf/", "pdf/")
    _put(site / "index.html", f"<p>To print, or to read on paper: {front}.</p>" if front else "")


def _link(file, folder, words):
    if not file.is_file():
        return ""
    return f'<a href="{folder}{file.name}">{words}</a> ({file.stat().st_size / 1e6:.1f} MB)'


def _put(page, links):
    marked = f"<!--pdf-->{links}<!--/pdf-->"
    text, n_places = re.subn(PLACE, lambda _: marked, _text(page), flags=re.S)
    if n_places != 1:
        raise SystemExit(f"mlmath: {page} has {n_places} places for its link to a PDF, not one")
    page.write_text(text, encoding="utf-8")


def _text(page):
    return page.read_text(encoding="utf-8")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def _served(site):
    """Serve the site on this machine alone, and give its address."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextlib.contextmanager
def _browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_args())
        yield browser
        browser.close()


if __name__ == "__main__":
    main(*(argument for argument in sys.argv[1:] if argument))
