"""Tables as they are set: narrow columns must not tear apart what is read in one breath."""

import re

import pytest

import save_notebooks

PATHS = sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_number_and_its_unit_stay_on_one_line_of_a_table(path):
    for cell in save_notebooks.read(path).cells:
        if cell.cell_type == "markdown":
            rows = "\n".join(line for line in cell.source.splitlines() if line.startswith("|"))
            torn = re.findall(r"\d (?:minutes?|hours?)\b", rows)
            assert not torn, f"{cell.id}: write a no-break space, U+00A0, in {torn}"
