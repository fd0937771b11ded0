"""The data sets: what is shipped, where it comes from, and that nobody can damage it."""

import csv
import hashlib
import re
from importlib import resources

import numpy as np
import pytest

from mlmath_helpers import datasets

FILES = resources.files(datasets)
LOADERS = [getattr(datasets, name) for name in dir(datasets) if name.startswith("load_")]


def test_every_shipped_file_has_its_origin_and_its_checksum_on_record():
    record = (FILES / "PROVENANCE.md").read_text(encoding="utf-8")
    checksums = dict(re.findall(r"^\| `(\S+)` \| ([0-9a-f]{64}) \|$", record, re.MULTILINE))
    origins = set(re.findall(r"^\| `(\S+)` \| [^|]+ \| [^|]+ \| [^|]+ \| [^|]+ \|$", record, re.M))
    shipped = {
        file.name
        for file in FILES.iterdir()
        if file.is_file() and not file.name.endswith((".py", ".pyc", ".md"))
    }
    assert origins == shipped
    assert set(checksums) == shipped - {"course_links.csv"}  # which changes with the notebooks
    for name, checksum in checksums.items():
        assert hashlib.sha256((FILES / name).read_bytes()).hexdigest() == checksum, name


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_what_a_learner_does_to_the_data_does_not_reach_the_next_call(load):
    def arrays(answer):
        parts = answer if isinstance(answer, tuple) else (answer,)
        return [part for part in parts if isinstance(part, np.ndarray)]

    pristine = [array.copy() for array in arrays(load())]
    for array in arrays(load()):
        array[...] = array.flat[-1]
    for array, before in zip(arrays(load()), pristine, strict=True):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_the_docstring_of_a_loader_names_its_source(load):
    assert "References" in load.__doc__ or load is datasets.load_course_links


def test_the_portrait_is_a_photograph_in_256_greys():
    portrait = datasets.load_portrait()
    assert portrait.shape == (600, 512)
    assert portrait.dtype == np.uint8
    assert (portrait.min(), portrait.max()) == (0, 255)


def test_the_digits_are_all_ten_about_equally_often():
    digits = datasets.load_digits()
    assert digits.images.shape == (1797, 8, 8)
    assert (digits.images.min(), digits.images.max()) == (0, 16)
    # as in the data set's own description of its test part
    np.testing.assert_array_equal(
        np.bincount(digits.labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    )


def test_a_difference_of_digits_does_not_wrap_around():
    images = datasets.load_digits().images
    assert (images[0] - images[1]).min() < 0


def test_the_penguins_are_those_of_palmer_archipelago():
    penguins = datasets.load_penguins()
    assert penguins.measurements.shape == (344, 4)
    # counts of palmerpenguins' own description
    species, counts = np.unique(penguins.species, return_counts=True)
    assert dict(zip(species, counts, strict=True)) == {
        "Adelie": 152,
        "Chinstrap": 68,
        "Gentoo": 124,
    }
    assert np.isnan(penguins.measurements).any(axis=1).sum() == 2
    assert (penguins.sex == "").sum() == 11
    assert set(penguins.year) == {2007, 2008, 2009}
    assert len(penguins.names) == len(penguins.units) == 4
    lowest, highest = np.nanmin(penguins.measurements, 0), np.nanmax(penguins.measurements, 0)
    assert (lowest > [30, 10, 170, 2500]).all()
    assert (highest < [60, 22, 235, 6500]).all()


def test_the_messages_are_as_many_as_the_record_says():
    messages = datasets.load_messages()
    counts = {label: int((messages.labels == label).sum()) for label in ("ham", "spam")}
    record = (FILES / "PROVENANCE.md").read_text(encoding="utf-8")
    kept = re.search(r"Kept are (\d+) ham and (\d+) spam", record)
    left_out = re.search(r"(\d+) of the 4827 ham and (\d+) of the 747 spam", record)
    assert [*counts.values()] == [int(number) for number in kept.groups()]
    assert 4827 - counts["ham"] == int(left_out[1])
    assert 747 - counts["spam"] == int(left_out[2])
    assert len(messages.texts) == len(messages.labels) == sum(counts.values())
    assert f"{len(messages.texts)} text messages" in datasets.load_messages.__doc__
    assert f"({len(messages.labels)},)" in datasets.load_messages.__doc__
    assert f"{len(set(messages.texts))} of the {len(messages.texts)} are distinct" in record


def test_no_number_or_address_in_the_messages_can_reach_anyone():
    text = "\n".join(datasets.load_messages().texts)
    assert not re.search(r"\d{5}", text)
    assert not re.search(r"(?<!\d)(?:\+|0)\d(?:[ .\-]?\d){7,}", text)
    assert not re.search(r"[\w.+-]+@\w+\.(?:com|net|org|co|uk|us|in|edu)\b", text)


def test_no_message_is_empty_or_broken_in_two():
    texts = datasets.load_messages().texts
    assert all(text.strip() for text in texts)
    assert not any("\t" in text for text in texts)


def test_the_course_links_are_those_of_the_file():
    sections, links = datasets.load_course_links()
    with (FILES / "course_links.csv").open(encoding="utf-8", newline="") as file:
        pairs = {(row["from"], row["to"]) for row in csv.DictReader(file)}
    assert len(set(sections)) == len(sections)
    assert {(sections[i], sections[j]) for i, j in np.argwhere(links)} == pairs
    assert set(links.flat) <= {0, 1}
    assert all(re.fullmatch(r"\d\d_\w+#\S+", section) for section in sections)
