"""05_information_theory.ipynb as readers run it."""

from notebooks import as_readers

ran = as_readers.runs_of("05_information_theory")
test_a_section_runs_alone = as_readers.test_a_section_runs_after_the_opening_of_its_chapter_alone
test_a_cell_runs_again = as_readers.test_a_cell_that_is_run_again_after_its_section_shows_the_same
