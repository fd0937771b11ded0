"""The reading pages, one for each notebook, and the front page."""

import base64
import io
import pathlib
import re

import jinja2
import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image
from traitlets.config import Config

import answers
import drawings
import figures
import policy
from formulas import mathml
from mlmath_helpers import __version__
from mlmath_helpers._commands.sections import HEADING, asked
from mlmath_helpers.exercises._engine.prediction import predictions

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
TEMPLATES = HERE / "templates"
HERO = "01_linear_algebra", "linear_map"  # the figure that moves on the front page
FACES = {  # a figure of each chapter in a state that shows a result, and which of its panels
    "01_linear_algebra": ("image_compression", {"k": 20}, 0),
    "02_calculus": ("training", {"epoch": 60}, 0),
    "03_probability": ("base_rate", {}, 1),
    "04_statistics": ("p_value", {}, 1),
    "05_information_theory": ("tree_depth", {"depth": 3}, 0),
}
FOLD = "<details><summary>What you should have seen</summary>"
SHARED = (
    "*.css",
    "*.svg",
    "read.js",
    "figure.js",
    "figures.js",
    "guess.js",
    "contents.js",
    "search.js",
)


def build(site, notebooks):
    """Write the front page, a page for each notebook, and what they share, to ``site``.

    Returns what `drawings.draw` says of each figure, by notebook and cell.
    """
    assets = site / "assets"
    (assets / "pictures").mkdir(parents=True)
    (site / "read").mkdir()
    shared = [path for kind in SHARED for path in TEMPLATES.glob(kind)]
    for path in [*shared, *(HERE / "fonts").iterdir()]:
        (assets / path.name).write_bytes(path.read_bytes())
    books = {
        path.stem: nbformat.read(path, as_version=4) for path in sorted(notebooks.glob("*.ipynb"))
    }
    chapters = [{"stem": stem, "title": title(book)} for stem, book in books.items()]
    drawn = drawings.draw_all(
        site,
        [
            each
            for stem, book in books.items()
            for each in figures.tasks(stem, book, FACES.get(stem))
        ],
    )
    for stem, book in books.items():
        _take_out_pictures(book, stem, assets)
        _enter(book, drawn.get(stem, {}))
    _lead_on(books)
    exporter = _exporter()
    for number, (stem, book) in enumerate(books.items()):
        around = {
            "chapters": chapters,
            "here": chapters[number],
            "before": chapters[number - 1] if number else None,
            "after": chapters[number + 1] if number + 1 < len(chapters) else None,
            "sections": sections(book),
            "policy": policy.text(policy.READING),
            "guess": any(
                cell.prediction.of_a_number for cell in book.cells if "prediction" in cell
            ),
        }
        page, _ = exporter.from_notebook_node(book, resources={"mlmath": around})
        (site / "read" / f"{stem}.html").write_text(page, encoding="utf-8")
    (site / "index.html").write_text(_front_page(books, drawn), encoding="utf-8")
    return drawn


class Renderer(IPythonRenderer):
    """Markdown to HTML, with formulas as MathML and notebooks' links between pages."""

    def inline_math(self, body):
        """Set a formula in the line; a long one scrolls by itself where the line is shorter."""
        formula = mathml(body)
        signs = len(re.sub(r"<[^>]+>", "", formula))
        if signs <= 8:
            return formula
        reach = ' tabindex="0"' if signs > 22 else ""  # some phones are narrower than these
        return f'<span class="long"{reach}>{formula}</span>'

    def block_math(self, body):
        """Set a formula on its own lines, in a box that scrolls where it is too wide."""
        return f'<div class="formula" tabindex="0">{mathml(body.strip("$"), display=True)}</div>'

    multiline_math = block_math

    def link(self, text, url, title=None):
        """Lead to the page, and to the cell on it, where the notebook leads to that cell."""
        url = re.sub(r"^(\w+)\.ipynb", r"\1.html", url)
        url = re.sub(r"\.html#cell-id=opening-01$", ".html", url)  # the top, with the bar in sight
        return super().link(text, url.replace("#cell-id=", "#"), title)

    def block_code(self, code, info=None):
        """Let long lines scroll by the keyboard too."""
        return f'<div class="code" tabindex="0">{super().block_code(code, info)}</div>'


def markdown(source):
    """Return markdown with formulas as HTML."""
    html = MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(
        source
    )
    stops = r"([.,;:!?)]+)"  # stay in the line of the formula that they follow
    html = re.sub(rf"</math></span>{stops}", r"</math>\1</span>", html)
    html = re.sub(
        rf"(<math\b(?:(?!</math>).)*</math>{stops})",
        r'<span class="whole">\1</span>',
        html,
        flags=re.S,
    )
    html = html.replace("<table>", '<div class="table" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    return re.sub(r"<th>\s*</th>", "<td></td>", html)


def _exporter():
    config = Config()
    config.NbConvertBase.display_data_priority = ["image/png", "text/markdown", "text/plain"]
    exporter = HTMLExporter(
        config=config,
        extra_template_basedirs=[str(HERE)],
        template_name="templates",
        template_file="chapter.html.j2",
        filters={"markdown": markdown, "is_explorer": _is_explorer},
    )
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    return exporter


def _is_explorer(source):
    return bool(re.search(r"^explorers\.\w+\(", source, re.M))


def title(book):
    """Return the title of a notebook."""
    return book.cells[0].source.splitlines()[0].lstrip("# ")


def sections(book):
    """Return the address and the heading of each section."""
    starts = [(cell.id, HEADING.match(cell.source)) for cell in book.cells]
    return [(cell, start[2]) for cell, start in starts if start]


def _enter(book, drawn):
    """Note at each cell the figure or the question that it shows, and what is worth seeing."""
    first = next(iter(drawn), None)
    for cell, after in zip(book.cells, [*book.cells[1:], None], strict=True):
        asks = re.search(r'^predict\("(\w+)"\)', cell.source, re.M)
        if asks and cell.cell_type == "code":
            if asks[1] not in predictions:
                raise figures.NotDrawn(f"cell {cell.id} asks {asks[1]!r}, which no chapter does")
            cell.prediction = predictions[asks[1]]
        if cell.cell_type == "code" and (names := asked(cell.source)):
            cell.answers = answers.of(names[0])
            cell.outputs = []  # that it is not written yet
        if cell.id in drawn:
            cell.figure = drawn[cell.id] | {"first": cell.id == first}
            holder = after if after and after.source.startswith(FOLD) else cell
            holder.stills = cell.figure


def _lead_on(books):
    """Note at the first cell of each section that it is that, at the last what is around."""
    headings = [
        (stem, cell, heading) for stem, book in books.items() for cell, heading in sections(book)
    ]
    around = {}
    for at, (stem, cell, _) in enumerate(headings):
        before, after = headings[at - 1 : at] or [None], headings[at + 1 : at + 2] or [None]
        around[stem, cell] = {
            "before": _way(stem, *before, books),
            "after": _way(stem, *after, books),
        }
    for stem, book in books.items():
        here = None
        for cell, after in zip(book.cells, [*book.cells[1:], None], strict=True):
            cell.begins = (stem, cell.id) in around
            here = (stem, cell.id) if cell.begins else here
            if here and (after is None or (stem, after.id) in around):
                cell.around = around[here]


def _way(stem, there, books):
    """Return a section's address and heading, with its chapter's name if that is another."""
    if there is None:
        return None
    chapter, cell, heading = there
    if chapter == stem:
        return f"#{cell}", heading
    return f"{chapter}.html#{cell}", f"{title(books[chapter])}: {heading}"


def _take_out_pictures(book, stem, assets):
    """Write each stored picture that is no figure's to a file; note its place in the output."""
    for cell in book.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" not in data or figures.called(cell.source):
                continue
            file = f"pictures/{stem}-{cell.id}.png"
            picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
            picture.save(assets / file, optimize=True)
            stored = output.metadata["image/png"]
            output.picture = {
                "file": f"assets/{file}",
                "alt": stored["alt"],
                "width": stored["width"],
                "height": round(picture.height * stored["width"] / picture.width),
            }


def _front_page(books, drawn):
    """Fill the front page from the README and the map in the opening notebook."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    opening = "\n".join(cell.source for cell in books["00_start_here"].cells)
    row = r"\| \[\d\.\s([^\]]+)\]\((\w+)\.ipynb[^)]*\)" + 3 * r" \| ([^|]+)" + r" \|"
    today = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", readme, re.M))
    named = {
        stem: {figure["name"]: figure for figure in found.values()} for stem, found in drawn.items()
    }
    hero_book, hero = HERO
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    different = re.search(r"## What is different here\n\n(.+?)\n\n", readme, re.S)[1]
    different = re.sub(r" \(\[[^\]]+\]\(#[^)]+\)\)", "", different)
    return environment.get_template("index.html").render(
        policy=policy.text(policy.READING),
        version=__version__,
        hero=named[hero_book][hero],
        hero_stem=hero_book,
        chapters=[
            {
                "title": title,
                "stem": stem,
                "able": able,
                "need": need,
                "time": time,
                "today": _today(today[stem], books[stem]),
                "picture": named[stem][FACES[stem][0]]["face"],
            }
            for title, stem, able, need, time in re.findall(row, opening)
        ],
        different=markdown(different),
    )


def _today(word, book):
    """Say how much of a chapter is there, from the README's word for it."""
    numbered = [heading for _, heading in sections(book) if heading[0].isdigit()]  # no summary
    return f"Complete: {len(numbered)} sections" if word == "complete" else f"{word} so far"
