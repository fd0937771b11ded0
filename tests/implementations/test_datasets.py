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
    assert set(checksums) == shipped
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


def test_the_restaurants_are_as_sparsely_rated_as_uci_says():
    ratings, restaurants = datasets.load_restaurant_ratings()
    # counts of the data set's own page: 1161 ratings, 138 consumers, 130 restaurants
    assert ratings.shape == (138, 130)
    assert (~np.isnan(ratings)).sum() == 1161
    assert set(ratings[~np.isnan(ratings)]) == {0, 1, 2}
    assert (~np.isnan(ratings)).any(axis=0).all()
    assert (~np.isnan(ratings)).any(axis=1).all()
    assert len(set(restaurants)) == 130


def test_the_survey_is_of_fourteen_characters_and_holds_nothing_else():
    ratings, characters = datasets.load_star_wars_survey()
    assert ratings.shape == (836, 14)
    assert (~np.isnan(ratings)).all(axis=1).sum() == 514
    assert set(ratings[~np.isnan(ratings)]) == {1, 2, 3, 4, 5}
    means = dict(zip(characters, np.nanmean(ratings, axis=0), strict=True))
    assert min(means, key=means.get) == "Jar Jar Binks"
    assert means["Yoda"] > 4.5


def test_the_horse_kicks_are_those_that_textbooks_print():
    kicks = datasets.load_horse_kicks()
    assert np.bincount(kicks.deaths[kicks.classic]).tolist() == [109, 65, 22, 3, 1]
    assert (len(kicks.deaths), len(set(kicks.corps)), set(kicks.year)) == (
        280,
        14,
        set(range(1875, 1895)),
    )
    assert set(kicks.corps[~kicks.classic]) == {"G", "I", "VI", "XI"}


def test_the_gaps_between_disasters_are_the_differences_of_their_dates():
    years, gaps = datasets.load_coal_disasters()
    assert (len(years), len(gaps)) == (191, 190)
    np.testing.assert_allclose(np.diff(years) * 365.25, gaps, atol=1e-4)
    assert (gaps == np.round(gaps)).all()
    assert gaps.min() == 0


def test_the_weather_is_that_of_four_years_day_by_day():
    weather = datasets.load_seattle_weather()
    assert (np.diff(weather.dates) == np.timedelta64(1, "D")).all()
    assert (str(weather.dates[0]), str(weather.dates[-1])) == ("2012-01-01", "2015-12-31")
    rain, high, low = weather.measurements.T
    assert (rain > 0).sum() == 623
    assert (high >= low).all()
    assert len(weather.names) == len(weather.units) == 3


# --- what is refused: loaders have nothing to choose

BAD = [
    *[(load, (1,), {}, TypeError, load.__name__, "0 positional") for load in LOADERS],
    (datasets.count_words, ("one text",), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, ([1, 2],), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, (["a"],), {"words": "a"}, TypeError, "words", "list of strings"),
    (datasets.count_words, (["a"],), {"at_least": 0}, ValueError, "at_least", "at least 1"),
    (datasets.count_words, (["rare"],), {}, ValueError, "texts", "no word"),
    (datasets.count_words, ([],), {}, ValueError, "texts", "no word"),
]
