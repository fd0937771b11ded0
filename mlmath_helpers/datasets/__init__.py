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


class HorseKicks(NamedTuple):
    """Deaths (n,) in one corps (n,) in one year (n,); ``classic`` (n,) marks the usual 200."""

    deaths: np.ndarray
    corps: np.ndarray
    year: np.ndarray
    classic: np.ndarray


class CoalDisasters(NamedTuple):
    """When the n disasters happened (n,), in years, and the n - 1 gaps between them, in days."""

    years: np.ndarray
    gaps: np.ndarray


class Weather(NamedTuple):
    """Days in rows: their ``dates`` (n,) and ``measurements`` (n, 3), with names and units."""

    dates: np.ndarray
    measurements: np.ndarray
    names: tuple
    units: tuple


class Sleep(NamedTuple):
    """Extra hours of sleep of ten patients, with one drug and with another, both (10,)."""

    drug1: np.ndarray
    drug2: np.ndarray


class Longley(NamedTuple):
    """A regression table, and NIST's weights for it: ``certified`` (d + 1,), intercept first."""

    X: np.ndarray
    y: np.ndarray
    names: tuple
    units: tuple
    certified: np.ndarray


class Cars(NamedTuple):
    """A regression table of cars, with the ``origin`` and ``model`` of each."""

    X: np.ndarray
    y: np.ndarray
    names: tuple
    units: tuple
    origin: np.ndarray
    model: np.ndarray


class Diabetes(NamedTuple):
    """A regression table of patients."""

    X: np.ndarray
    y: np.ndarray
    names: tuple
    units: tuple


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


class Ratings(NamedTuple):
    """A table with holes: ``ratings`` (n_people, n_items), nan where there is none, ``items``."""

    ratings: np.ndarray
    items: tuple


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


def load_horse_kicks():
    """Load how many soldiers a horse kicked to death, in 14 corps of the Prussian army, 1875-94.

    Returns
    -------
    deaths : array of int, shape (280,)
        Deaths in one corps in one year.
    corps : array of str, shape (280,)
        "G" for the guards, else a Roman number.
    year : array of int, shape (280,)
    classic : array of bool, shape (280,)
        True for the ten corps of similar size, 200 corps-years, that textbooks use.

    References
    ----------
    von Bortkiewicz (1898), Das Gesetz der kleinen Zahlen, Leipzig.

    Examples
    --------
    >>> kicks = load_horse_kicks()
    >>> np.bincount(kicks.deaths[kicks.classic])
    array([109,  65,  22,   3,   1])
    """
    rows = _rows("horse_kicks.csv")
    return HorseKicks(
        np.array([int(row["deaths"]) for row in rows]),
        np.array([row["corps"] for row in rows]),
        np.array([int(row["year"]) for row in rows]),
        np.array([row["in_classic_200"] == "yes" for row in rows]),
    )


def load_coal_disasters():
    """Load the dates of 191 explosions in British coal mines, each with ten deaths or more.

    Returns
    -------
    years : array of float, shape (191,)
        Date of each explosion, 1851.20 to 1962.22, in years and parts of a year.
    gaps : array of float, shape (190,)
        Days from each explosion to the next, ``gaps[i]`` ending at ``years[i + 1]``. One gap
        is 0: two explosions on one day.

    References
    ----------
    Jarrett (1979), A note on the intervals between coal-mining disasters, Biometrika 66;
    Hand et al. (1994), A Handbook of Small Data Sets.

    Examples
    --------
    >>> years, gaps = load_coal_disasters()
    >>> gaps[:3]
    array([157., 123.,   2.])
    """
    rows = _rows("coal_disasters.csv")
    return CoalDisasters(
        np.array([float(row["date_decimal_year"]) for row in rows]),
        np.array([float(row["days_since_previous"]) for row in rows[1:]]),
    )


def load_seattle_weather():
    """Load the weather of 1461 days in Seattle, 2012 to 2015.

    Returns
    -------
    dates : array of datetime64[D], shape (1461,)
    measurements : array of float, shape (1461, 3)
    names, units : tuples of str
        Of the three columns: precipitation in mm, highest and lowest temperature in degrees
        Celsius. On 838 days precipitation is 0.

    References
    ----------
    NOAA National Centers for Environmental Information, public domain.

    Examples
    --------
    >>> weather = load_seattle_weather()
    >>> rain = weather.measurements[:, 0]
    >>> len(rain), (rain > 0).sum()
    (1461, np.int64(623))
    """
    rows = _rows("seattle_weather.csv")
    columns = ("precipitation", "temp_max", "temp_min")
    return Weather(
        np.array([row["date"].replace("/", "-") for row in rows], dtype="datetime64[D]"),
        np.array([[float(row[column]) for column in columns] for row in rows]),
        ("precipitation", "highest temperature", "lowest temperature"),
        ("mm", "°C", "°C"),
    )


def load_course_links():
    """Load the links between the sections of this course, as of the morning of 30 November 2026.

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


def load_sleep():
    """Load the extra sleep of ten patients with each of two drugs, Student's own example.

    Returns
    -------
    drug1, drug2 : arrays of float, shape (10,)
        Hours more than without a drug. Entry i of both belongs to patient i.

    References
    ----------
    Cushny & Peebles (1905), J. Physiology 32; Student (1908), Biometrika 6. Public domain.

    Examples
    --------
    >>> drug1, drug2 = load_sleep()
    >>> round(float((drug2 - drug1).mean()), 2)
    1.58
    """
    rows = _rows("sleep.csv")
    columns = [[float(row["extra_hours"]) for row in rows if row["drug"] == d] for d in "12"]
    return Sleep(*map(np.array, columns))


def load_longley():
    """Load sixteen years of US economy, 1947-62, whose columns nearly repeat each other.

    Returns
    -------
    X : array of float, shape (16, 6)
    y : array of float, shape (16,)
        People employed, in thousands.
    names, units : tuples of str
        Of the columns of X.
    certified : array of float, shape (7,)
        The weights of least squares, intercept first, to 15 digits.

    References
    ----------
    Longley (1967), J. American Statistical Association 62; NIST Statistical Reference
    Datasets, public domain.

    Examples
    --------
    >>> longley = load_longley()
    >>> longley.X.shape, float(longley.y[0])
    ((16, 6), 60323.0)
    """
    X, y = _regression("longley.csv", "employed")
    return Longley(
        X,
        y,
        ("price deflator", "national product", "unemployed", "armed forces", "population", "year"),
        ("1954 = 100", "million $", "thousand", "thousand", "thousand", "year"),
        np.array(
            [
                -3482258.63459582,
                15.0618722713733,
                -0.0358191792925910,
                -2.02022980381683,
                -1.03322686717359,
                -0.0511041056535807,
                1829.15146461355,
            ]
        ),
    )


def load_auto_mpg():
    """Load the petrol mileage of 398 cars of the years 1970-82.

    Returns
    -------
    X : array of float, shape (398, 6)
        The horsepower of six cars is not known: nan.
    y : array of float, shape (398,)
        Miles per US gallon.
    names, units : tuples of str
        Of the columns of X.
    origin : array of str, shape (398,)
        "US", "Europe" or "Japan".
    model : array of str, shape (398,)

    References
    ----------
    Quinlan (1993), Combining instance-based and model-based learning; StatLib; Auto MPG,
    UCI Machine Learning Repository, CC BY 4.0.

    Examples
    --------
    >>> cars = load_auto_mpg()
    >>> print(cars.model[0], cars.y[0])
    chevrolet chevelle malibu 18.0
    """
    X, y = _regression("auto_mpg.csv", "mpg", leave_out=("origin", "name"))
    rows = _rows("auto_mpg.csv")
    return Cars(
        X,
        y,
        ("cylinders", "displacement", "horsepower", "weight", "acceleration", "model year"),
        ("", "cubic inch", "hp", "lb", "s to 60 mph", "year - 1900"),
        np.array([("US", "Europe", "Japan")[int(row["origin"]) - 1] for row in rows]),
        np.array([row["name"] for row in rows]),
    )


def load_diabetes():
    """Load ten measurements of 442 diabetes patients, and how far the disease got in a year.

    Returns
    -------
    X : array of float, shape (442, 10)
        Unscaled. ``sex`` is coded 1 and 2; the source does not say which is which.
    y : array of float, shape (442,)
        A score of the progression one year later, 25 to 346.
    names, units : tuples of str
        Of the columns of X. The last six are of the blood serum.

    References
    ----------
    Efron, Hastie, Johnstone & Tibshirani (2004), Least angle regression, Annals of
    Statistics 32. As in scikit-learn; the original page names no licence.

    Examples
    --------
    >>> diabetes = load_diabetes()
    >>> diabetes.X.shape, float(diabetes.y[0])
    ((442, 10), 151.0)
    """
    X, y = _regression("diabetes.csv", "target")
    return Diabetes(
        X,
        y,
        (
            *("age", "sex", "body mass index", "blood pressure", "cholesterol", "LDL", "HDL"),
            *("cholesterol / HDL", "log triglycerides", "glucose"),
        ),
        ("years", "1 or 2", "kg/m²", "mm Hg", "mg/dl", "mg/dl", "mg/dl", "", "", "mg/dl"),
    )


def _regression(name, target, leave_out=()):
    """Return the columns of a file as X and y; what is missing is nan."""
    rows = _rows(name)
    columns = [column for column in rows[0] if column not in (target, *leave_out)]
    X = np.array([[float(row[column] or "nan") for column in columns] for row in rows])
    return X, np.array([float(row[target]) for row in rows])


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


def load_restaurant_ratings():
    """Load what 138 guests in Mexico thought of 130 restaurants; most pairs were never rated.

    Returns
    -------
    ratings : array, shape (138, 130)
        0 (bad), 1 or 2 (good), and nan for all but 1161 of the 17,940 pairs.
    items : tuple of str
        The numbers by which the restaurants are known.

    References
    ----------
    Vargas-Govea, González-Serna & Ponce-Medellín (2011), UCI data set 232, CC BY 4.0.

    Examples
    --------
    >>> ratings, restaurants = load_restaurant_ratings()
    >>> ratings.shape, f"{np.isnan(ratings).mean():.1%}"
    ((138, 130), '93.5%')
    """
    rows = _rows("restaurant_ratings.csv")
    restaurants = sorted({row["restaurant"] for row in rows})
    ratings = np.full((max(int(row["guest"]) for row in rows), len(restaurants)), np.nan)
    for row in rows:
        ratings[int(row["guest"]) - 1, restaurants.index(row["restaurant"])] = float(row["rating"])
    return Ratings(ratings, tuple(restaurants))


def load_star_wars_survey():
    """Load what 836 people think of 14 characters of the Star Wars films.

    Returns
    -------
    ratings : array, shape (836, 14)
        From 1 (very unfavourable) to 5 (very favourable), and nan for one answer in eleven: the
        person did not know the character, or did not say.
    items : tuple of str
        The names of the characters.

    References
    ----------
    FiveThirtyEight (2014), America's Favorite 'Star Wars' Movies, CC BY 4.0.

    Examples
    --------
    >>> ratings, characters = load_star_wars_survey()
    >>> ratings.shape, characters[-1], np.nanmean(ratings[:, -1]).round(2)
    ((836, 14), 'Yoda', np.float64(4.63))
    """
    columns = _columns(_rows("star_wars_survey.csv"))
    answers = [[float(answer or "nan") for answer in column] for column in columns.values()]
    return Ratings(np.array(answers).T, tuple(columns))


def _columns(rows):
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _open(name):
    return (resources.files(__name__) / name).open("rb")


def _rows(name):
    with (resources.files(__name__) / name).open("r", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
