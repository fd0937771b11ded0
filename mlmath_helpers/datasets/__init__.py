"""Small real data sets, shipped with the course: no download, no account, no network.

Each loader reads its file afresh, so whatever you do to an array, the next call returns
the original. Where each file comes from, under which licence, and what was changed is
told in PROVENANCE.md beside the files.
"""

import csv
import gzip
import re
from collections import Counter
from importlib import resources
from typing import NamedTuple

import numpy as np

from mlmath_helpers._arguments import whole_number


class Digits(NamedTuple):
    """Handwritten digits: ``images`` (n, 8, 8), from 0 to 16, and ``labels`` (n,), 0 to 9."""

    images: np.ndarray
    labels: np.ndarray


class Penguins(NamedTuple):
    """Penguins in rows: ``measurements`` (n, 4), with ``names`` and ``units`` of its columns."""

    measurements: np.ndarray
    names: tuple
    units: tuple
    species: np.ndarray
    island: np.ndarray
    sex: np.ndarray
    year: np.ndarray


class Messages(NamedTuple):
    """Text messages: ``texts``, n strings, and ``labels`` (n,), each "ham" or "spam"."""

    texts: tuple
    labels: np.ndarray


class WordCounts(NamedTuple):
    """How often each of the ``words``, a tuple, occurs in each text: ``counts`` (n, n_words)."""

    counts: np.ndarray
    words: tuple


class CourseLinks(NamedTuple):
    """The course as a web: ``sections``, n names, and ``links`` (n, n), 1 where i links to j."""

    sections: tuple
    links: np.ndarray


class PlayTennis(NamedTuple):
    """Fourteen days: ``weather``, four columns of words by name, and ``play`` (14,), yes or no."""

    weather: dict
    play: np.ndarray


class Mushrooms(NamedTuple):
    """Mushrooms: ``features``, 22 columns of words by name; ``kinds`` (n,), edible or poisonous."""

    features: dict
    kinds: np.ndarray


class HouseVotes(NamedTuple):
    """A parliament: ``votes``, 16 columns of y, n or ? by name, and ``party`` (n,)."""

    votes: dict
    party: np.ndarray


def load_portrait():
    """Load a grey photograph, the official portrait of Rear Admiral Grace Hopper.

    Returns
    -------
    array of uint8, shape (600, 512)
        Grey levels from 0, black, to 255, white. Differences of uint8 wrap around at 0:
        ``astype(float)`` before you subtract.

    References
    ----------
    US Navy photograph, public domain.

    Examples
    --------
    >>> load_portrait().shape
    (600, 512)
    """
    with _open("grace_hopper_gray.npz") as file:
        return np.load(file)["image"]


def load_digits():
    """Load 1797 handwritten digits, each of 8 x 8 pixels.

    Returns
    -------
    images : array of float, shape (1797, 8, 8)
        How many of the 16 dots that a pixel covers are ink: 0 is paper, 16 is full ink.
    labels : array of int, shape (1797,)
        The digit that was meant, 0 to 9.

    References
    ----------
    Alpaydin & Kaynak (1998), Optical recognition of handwritten digits, UCI Machine
    Learning Repository, CC BY 4.0 (its test part).

    Examples
    --------
    >>> images, labels = load_digits()
    >>> images.shape, labels[:5]
    ((1797, 8, 8), array([0, 1, 2, 3, 4]))
    """
    with _open("digits.npz") as file:
        content = np.load(file)
        return Digits(content["images"].astype(np.float64), content["labels"].astype(np.int64))


def load_penguins():
    """Load body measurements of 344 penguins of three species, Palmer Archipelago, 2007-09.

    Returns
    -------
    measurements : array of float, shape (344, 4)
        Two penguins were not measured: their rows are nan.
    names, units : tuples of str
        Of the four columns: bill length, bill depth and flipper length in mm, body mass in g.
    species, island, sex : arrays of str, shape (344,)
        ``sex`` is "" where it is not known.
    year : array of int, shape (344,)

    References
    ----------
    Horst, Hill & Gorman (2020), palmerpenguins, CC0; Gorman, Williams & Fraser (2014),
    PLoS ONE 9(3) e90081.

    Examples
    --------
    >>> penguins = load_penguins()
    >>> measured = ~np.isnan(penguins.measurements).any(axis=1)
    >>> measured.sum()
    np.int64(342)
    """
    rows = [
        {name: "" if value == "NA" else value for name, value in row.items()}
        for row in _rows("penguins.csv")
    ]
    columns = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    return Penguins(
        np.array([[float(row[column] or "nan") for column in columns] for row in rows]),
        ("bill length", "bill depth", "flipper length", "body mass"),
        ("mm", "mm", "mm", "g"),
        np.array([row["species"] for row in rows]),
        np.array([row["island"] for row in rows]),
        np.array([row["sex"] for row in rows]),
        np.array([int(row["year"]) for row in rows]),
    )


def load_messages():
    """Load 5168 text messages of the years 2003 to 2011, ham or spam.

    Numbers that could reach someone are masked by #, e-mail addresses by &lt;EMAIL&gt;, and
    406 messages with slurs, strong language or sexual content are left out. Many messages
    occur more than once: drop repetitions before you split into training and test.

    Returns
    -------
    texts : tuple of str
    labels : array of str, shape (5168,)
        "ham" for a message that was wanted, "spam" for one that was not.

    References
    ----------
    Almeida, Gomez Hidalgo & Yamakami (2011), Contributions to the study of SMS spam
    filtering, ACM DocEng; SMS Spam Collection, UCI Machine Learning Repository, CC BY 4.0.

    Examples
    --------
    >>> messages = load_messages()
    >>> messages.labels[1], messages.texts[1]
    (np.str_('ham'), 'Ok lar... Joking wif u oni...')
    """
    with _open("sms_spam.tsv.gz") as file:
        lines = gzip.decompress(file.read()).decode("utf-8").split("\n")[1:-1]
    labels, texts = zip(*(line.split("\t", 1) for line in lines), strict=True)
    return Messages(texts, np.array(labels))


def count_words(texts, *, at_least=5, words=None):
    """Turn texts into rows of word counts, their *bag of words*.

    A word is a run of letters and apostrophes, in lower case.

    Parameters
    ----------
    texts : sequence of str
    at_least : int
        Keep the words that all texts together hold this often.
    words : sequence of str, optional
        Count these words, in this order, whatever their number: those of earlier texts.

    Returns
    -------
    counts : array of float, shape (n, n_words)
    words : tuple of str
        In alphabetical order, unless given.

    Raises
    ------
    TypeError, ValueError
        If ``texts`` is one string or holds anything else than strings, or no word is left.

    Examples
    --------
    >>> count_words(["to be or not to be", "Be!"], at_least=2)
    WordCounts(counts=array([[2., 2.],
           [1., 0.]]), words=('be', 'to'))
    """
    for name, strings in (("texts", texts), ("words", words or ())):
        if isinstance(strings, str) or not all(isinstance(text, str) for text in strings):
            raise TypeError(f"{name} must be a list of strings, even for a single one")
    at_least = whole_number(at_least, "at_least", at_least=1)
    bags = [Counter(re.findall(r"[a-z']+", text.lower())) for text in texts]
    if words is None:
        totals = Counter(word for bag in bags for word in bag.elements())
        words = sorted(word for word, total in totals.items() if total >= at_least)
    if not words:
        raise ValueError(f"texts hold no word at least {at_least} times; give more texts, or words")
    counts = np.zeros((len(bags), len(words)))
    column = {word: j for j, word in enumerate(words)}
    for row, bag in zip(counts, bags, strict=True):
        for word, count in bag.items():
            if word in column:
                row[column[word]] = count
    return WordCounts(counts, tuple(words))


def load_course_links():
    """Load the links between the sections of this course, as its notebooks contain them.

    Returns
    -------
    sections : tuple of str
        Such as "01_linear_algebra#eigenvectors", in the order in which the file names them.
    links : array of float, shape (n, n)
        ``links[i, j]`` is 1 if section i links to section j, else 0.

    Examples
    --------
    >>> sections, links = load_course_links()
    >>> links.shape == (len(sections), len(sections))
    True
    """
    pairs = [(row["from"], row["to"]) for row in _rows("course_links.csv")]
    sections = tuple(dict.fromkeys(section for pair in pairs for section in pair))
    links = np.zeros((len(sections), len(sections)))
    for source, target in pairs:
        links[sections.index(source), sections.index(target)] = 1.0
    return CourseLinks(sections, links)


def load_play_tennis():
    """Load the fourteen made-up days on which decision trees are taught by hand.

    Returns
    -------
    weather : dict of str to array of str, shape (14,)
        ``outlook``, ``temperature``, ``humidity``, ``windy``.
    play : array of str, shape (14,)
        "yes" or "no".

    References
    ----------
    Quinlan (1986), Induction of decision trees, Machine Learning 1, 81-106.

    Examples
    --------
    >>> weather, play = load_play_tennis()
    >>> weather["outlook"][:3], (play == "yes").sum()
    (array(['sunny', 'sunny', 'overcast'], dtype='<U8'), np.int64(9))
    """
    columns = _columns(_rows("play_tennis.csv"))
    play = columns.pop("play")
    del columns["day"]
    return PlayTennis(columns, play)


def load_mushrooms():
    """Load 8124 descriptions of mushrooms of 23 species, edible or poisonous.

    Made up from a field guide, not collected. "poisonous" includes what the guide calls
    unknown or not recommended. Never decide on a meal by it.

    Returns
    -------
    features : dict of str to array of str, shape (8124,)
        22 properties in words. "?" in ``stalk_root`` says that it is not known.
    kinds : array of str, shape (8124,)
        "edible" (4208) or "poisonous" (3916).

    References
    ----------
    Schlimmer (1987), Mushroom, UCI Machine Learning Repository, CC BY 4.0; after the
    Audubon Society Field Guide to North American Mushrooms (1981).

    Examples
    --------
    >>> features, kinds = load_mushrooms()
    >>> len(features), features["odor"][0], kinds[0]
    (22, np.str_('pungent'), np.str_('poisonous'))
    """
    with _open("mushroom.csv.gz") as file:
        lines = gzip.decompress(file.read()).decode("utf-8").splitlines()
    columns = _columns(list(csv.DictReader(lines)))
    return Mushrooms(columns, columns.pop("class"))


def load_house_votes():
    """Load 16 votes of the 435 members of the US House of Representatives in 1984.

    Returns
    -------
    votes : dict of str to array of str, shape (435,)
        "y" (for), "n" (against), or "?": neither, which is a choice of its own and not a gap.
    party : array of str, shape (435,)
        "democrat" (267) or "republican" (168).

    References
    ----------
    Schlimmer (1987), Congressional Voting Records, UCI Machine Learning Repository,
    CC BY 4.0; roll calls from the Congressional Quarterly Almanac 1984.

    Examples
    --------
    >>> votes, party = load_house_votes()
    >>> len(votes), votes["immigration"][:3], party[0]
    (16, array(['y', 'n', 'n'], dtype='<U1'), np.str_('republican'))
    """
    columns = _columns(_rows("house_votes_1984.csv"))
    return HouseVotes(columns, columns.pop("party"))


def _columns(rows):
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _open(name):
    return (resources.files(__name__) / name).open("rb")


def _rows(name):
    with (resources.files(__name__) / name).open("r", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
