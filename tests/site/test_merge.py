"""Taking a new edition in the browser: the same cases as for the course's command."""

import json

import jinja2
import pytest

from commands import test_merge_notebooks as by_command
from mlmath_helpers._commands import merge_notebooks
from static_site import ROOT

TEMPLATE = ROOT / ".ci" / "site" / "templates" / "merge.js"
TABLE = json.loads((ROOT / "tests" / "merge_cases.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(visit):
    page = visit()
    text = jinja2.Template(TEMPLATE.read_text(encoding="utf-8")).render(
        both=merge_notebooks.BOTH, apart=merge_notebooks.APART
    )
    page.add_script_tag(content=text)
    return page


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_case_of_the_table(case, page):
    three = [by_command.notebook(case[which]) for which in ("base", "mine", "theirs")]
    merged = page.evaluate("three => mergeNotebooks(...three)", three)
    expected = by_command.notebook(case["expected"])["cells"]
    assert merged["notebook"]["cells"] == expected
    counts = {name: case[name] for name in ("arrived", "kept", "both")}
    assert {name: merged[name] for name in counts} == counts
