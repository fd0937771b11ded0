"""Each helper beside the function of a library that one would use instead.

A rival is written for a helper by name, so that this file needs no change when a chapter is
absent, and a new helper fails a test until it has a rival or a reason to have none. Both are
timed on the same data, at the size of the course and with a hundred times as many numbers,
and must return the same.
"""

import importlib
import inspect
import math
import pkgutil

import numpy as np
import pytest
import scipy.differentiate
import scipy.optimize
import scipy.special
import scipy.stats

import mlmath_helpers
from mlmath_helpers.probability import Distribution

RIVALS = {}
NO_CHAPTER = {"source", "datasets", "explorers", "exercises"}


def beside(helper, library, *, sizes=(1, 100), rtol=1e-7):
    """Register ``prepare(function, scale, rng)``, which returns both calls, ours and theirs."""

    def register(prepare):
        RIVALS[helper, library] = (prepare, sizes, rtol)
        return prepare

    return register


def public_functions():
    """Return the functions and classes of all chapters, by the name ``chapter.function``.

    Without the distributions, whose methods the chapter's tests hold to scipy's.
    """
    found = {}
    for module in pkgutil.iter_modules(mlmath_helpers.__path__):
        if module.name.startswith("_") or module.name in NO_CHAPTER:
            continue
        chapter = importlib.import_module(f"mlmath_helpers.{module.name}")
        for name, thing in vars(chapter).items():
            own = callable(thing) and f"{getattr(thing, '__module__', None)}.".startswith(
                f"{chapter.__name__}."
            )
            distribution = inspect.isclass(thing) and issubclass(thing, Distribution)
            if own and not (name.startswith("_") or distribution or hasattr(thing, "_fields")):
                found[f"{module.name}.{name}"] = thing
    return found


# --- Linear algebra -----------------------------------------------------------------------


@beside("linear_algebra.norm", "numpy")
def _(norm, scale, rng):
    x = rng.normal(size=50 * scale)
    return lambda: norm(x), lambda: np.linalg.norm(x)


@beside("linear_algebra.cosine_similarity", "scipy")
def _(cosine_similarity, scale, rng):
    X, w = rng.normal(size=(20 * scale, 50)), rng.normal(size=50)
    cdist = scipy.spatial.distance.cdist
    return lambda: cosine_similarity(X, w), lambda: 1 - cdist(X, w[None], "cosine")[:, 0]


@beside("linear_algebra.project", "numpy lstsq")
def _(project, scale, rng):
    v, onto = rng.normal(size=(2, 50 * scale))
    return lambda: project(v, onto), lambda: onto * np.linalg.lstsq(onto[:, None], v)[0]


def _square(scale, rng):
    return rng.normal(size=(8 * math.isqrt(scale),) * 2)


@beside("linear_algebra.lu", "scipy")
def _(lu, scale, rng):
    A = _square(scale, rng)
    return lambda: lu(A)[2], lambda: scipy.linalg.lu(A)[2]


@beside("linear_algebra.solve", "numpy")
def _(solve, scale, rng):
    A, b = _square(scale, rng), rng.normal(size=8 * math.isqrt(scale))
    return lambda: solve(A, b), lambda: np.linalg.solve(A, b)


@beside("linear_algebra.determinant", "numpy")
def _(determinant, scale, rng):
    A = _square(scale, rng)
    return lambda: determinant(A), lambda: np.linalg.det(A)


@beside("linear_algebra.gram_schmidt", "numpy qr")
def _(gram_schmidt, scale, rng):
    A = rng.normal(size=(30 * math.isqrt(scale), 5 * math.isqrt(scale)))
    return lambda: gram_schmidt(A)[0] ** 2, lambda: np.linalg.qr(A)[0] ** 2


@beside("linear_algebra.least_squares", "numpy lstsq")
def _(least_squares, scale, rng):
    A = rng.normal(size=(30 * math.isqrt(scale), 5 * math.isqrt(scale)))
    b = rng.normal(size=len(A))
    return lambda: least_squares(A, b), lambda: np.linalg.lstsq(A, b)[0]


@beside("linear_algebra.pseudoinverse", "numpy pinv")
def _(pseudoinverse, scale, rng):
    A = rng.normal(size=(8 * math.isqrt(scale), 5 * math.isqrt(scale)))
    return lambda: pseudoinverse(A), lambda: np.linalg.pinv(A)


@beside("linear_algebra.rank", "numpy matrix_rank")
def _(rank, scale, rng):
    A = _square(scale, rng)
    return lambda: rank(A), lambda: np.linalg.matrix_rank(A)


@beside("linear_algebra.null_space", "scipy")
def _(null_space, scale, rng):
    A = rng.normal(size=(4 * math.isqrt(scale), 6 * math.isqrt(scale)))

    def projection(basis):
        return basis @ basis.T

    return lambda: projection(null_space(A)), lambda: projection(scipy.linalg.null_space(A))


@beside("linear_algebra.power_iteration", "scipy eigsh")
def _(power_iteration, scale, rng):
    n = 10 * math.isqrt(scale)
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = Q * np.append(3.0, np.linspace(-1, 1, n - 1)) @ Q.T
    A = (A + A.T) / 2
    eigsh = scipy.sparse.linalg.eigsh
    start = np.ones(n)
    return lambda: power_iteration(A).eigenvalue, lambda: eigsh(A, 1, v0=start)[0]


@beside("linear_algebra.eigen_symmetric", "numpy eigh")
def _(eigen_symmetric, scale, rng):
    A = np.cov(rng.normal(size=(4 * math.isqrt(scale), 400)))
    return lambda: eigen_symmetric(A).eigenvalues, lambda: np.linalg.eigvalsh(A)[::-1]


@beside("linear_algebra.cholesky", "numpy cholesky")
def _(cholesky, scale, rng):
    B = rng.normal(size=(10 * math.isqrt(scale), 500))
    A = B @ B.T
    return lambda: cholesky(A), lambda: np.linalg.cholesky(A)


@beside("linear_algebra.pagerank", "numpy eig")
def _(pagerank, scale, rng):
    n = 15 * math.isqrt(scale)
    links = (rng.random((n, n)) < 0.3).astype(float)
    links[:, 0] = 1

    def by_eigenvectors():
        P = 0.85 * links / links.sum(axis=1, keepdims=True) + 0.15 / n
        values, vectors = np.linalg.eig(P.T)
        rank = vectors[:, np.argmax(values.real)].real
        return rank / rank.sum()

    return lambda: pagerank(links), by_eigenvectors


@beside("linear_algebra.low_rank", "scikit-learn TruncatedSVD")
def _(low_rank, scale, rng):
    from sklearn.decomposition import TruncatedSVD

    A = rng.normal(size=(30 * math.isqrt(scale), 20 * math.isqrt(scale)))

    def truncated():
        svd = TruncatedSVD(5, algorithm="arpack", random_state=0)
        return svd.inverse_transform(svd.fit_transform(A))

    return lambda: low_rank(A, 5), truncated


@beside("linear_algebra.pca", "scikit-learn PCA")
def _(pca, scale, rng):
    from sklearn.decomposition import PCA

    X = rng.normal(size=(342 * scale, 4)) * [4, 3, 2, 1]
    return lambda: np.abs(pca(X, 2).X_pca), lambda: np.abs(PCA(2).fit_transform(X))


@beside("linear_algebra.factorize_ratings", "scipy L-BFGS on the same sum", rtol=1e-4)
def _(factorize_ratings, scale, rng):
    m, n, k, penalty = 40 * scale, 12, 2, 3.0
    ratings = rng.normal(size=(m, k)) @ rng.normal(size=(k, n)) + rng.normal(size=(m, n))
    ratings[rng.random((m, n)) < 0.2] = np.nan
    known = ~np.isnan(ratings)
    left = np.where(known, ratings - factorize_ratings(ratings, 0, penalty).predictions, 0.0)
    start = rng.normal(size=(m + n) * k)

    def value_and_slope(x):
        U, V = x[: m * k].reshape(m, k), x[m * k :].reshape(n, k)
        error = np.where(known, U @ V.T - left, 0.0)
        slope = np.vstack([error @ V + penalty * U, error.T @ U + penalty * V])
        return ((error**2).sum() + penalty * (x**2).sum()) / 2, slope.ravel()

    def theirs():
        best = scipy.optimize.minimize(value_and_slope, start, jac=True, method="L-BFGS-B")
        return 2 * best.fun

    return lambda: factorize_ratings(ratings, k, penalty).objectives[-1], theirs


@beside("linear_algebra.softmax", "scipy")
def _(softmax, scale, rng):
    scores = rng.normal(size=(32, 10 * scale))
    return lambda: softmax(scores), lambda: scipy.special.softmax(scores, axis=1)


@beside("linear_algebra.attention", "scipy softmax")
def _(attention, scale, rng):
    Q, K, V = (rng.normal(size=(8 * math.isqrt(scale), d)) for d in (16, 16, 4))

    def theirs():
        return scipy.special.softmax(Q @ K.T / math.sqrt(16), axis=1) @ V

    return lambda: attention(Q, K, V).output, theirs


# --- Calculus -----------------------------------------------------------------------------


@beside("calculus.derivative", "scipy", sizes=(1,))
def _(derivative, scale, rng):
    return lambda: derivative(np.sin, 1.0), lambda: scipy.differentiate.derivative(np.sin, 1.0).df


@beside("calculus.softmax_cross_entropy", "scikit-learn log_loss")
def _(softmax_cross_entropy, scale, rng):
    from sklearn.metrics import log_loss

    logits, labels = rng.normal(size=(32 * scale, 10)), rng.integers(0, 10, size=32 * scale)

    def theirs():
        return log_loss(labels, scipy.special.softmax(logits, axis=1), labels=range(10))

    return lambda: softmax_cross_entropy(logits, labels)[0], theirs


# --- Probability --------------------------------------------------------------------------


@beside("probability.posterior", "numpy")
def _(posterior, scale, rng):
    prior, likelihood = np.full(50 * scale, 1 / (50 * scale)), rng.random(50 * scale)
    return lambda: posterior(prior, likelihood), lambda: likelihood / likelihood.sum()


@beside("probability.mle_normal", "scipy norm.fit")
def _(mle_normal, scale, rng):
    data = rng.normal(size=100 * scale)
    return lambda: mle_normal(data), lambda: scipy.stats.norm.fit(data)


@beside("probability.mle_lognormal", "scipy lognorm.fit")
def _(mle_lognormal, scale, rng):
    data = rng.lognormal(size=100 * scale)

    def theirs():
        sigma, _, median = scipy.stats.lognorm.fit(data, floc=0)
        return math.log(median), sigma

    return lambda: mle_lognormal(data), theirs


@beside("probability.mle_exponential", "scipy expon.fit")
def _(mle_exponential, scale, rng):
    data = rng.exponential(size=100 * scale)
    return lambda: mle_exponential(data), lambda: scipy.stats.expon.fit(data, floc=0)[1]


# --- Statistics ---------------------------------------------------------------------------


@beside("statistics.confidence_interval", "scipy")
def _(confidence_interval, scale, rng):
    data = rng.normal(size=20 * scale)
    return lambda: confidence_interval(data), lambda: scipy.stats.ttest_1samp(
        data, 0
    ).confidence_interval()


@beside("statistics.proportion_interval", "statsmodels", sizes=(1,))
def _(proportion_interval, scale, rng):
    from statsmodels.stats.proportion import proportion_confint

    return lambda: proportion_interval(17, 40), lambda: proportion_confint(17, 40, method="wilson")


@beside("statistics.t_test", "scipy")
def _(t_test, scale, rng):
    a, b = rng.normal(size=(2, 20 * scale))
    return lambda: t_test(a, b)[:2], lambda: tuple(scipy.stats.ttest_ind(a, b))


@beside("statistics.power_t_test", "statsmodels", sizes=(1,), rtol=1e-4)
def _(power_t_test, scale, rng):
    from statsmodels.stats.power import TTestIndPower

    return lambda: power_t_test(0.5, 30), lambda: TTestIndPower().power(0.5, 30, 0.05)


def _regression_data(scale, rng):
    X = rng.normal(size=(442 * scale, 10))
    return X, 1 + X @ np.arange(10.0) + rng.normal(size=442 * scale)


@beside("statistics.linear_regression", "scikit-learn")
def _(linear_regression, scale, rng):
    from sklearn.linear_model import LinearRegression

    X, y = _regression_data(scale, rng)

    def theirs():
        fit = LinearRegression().fit(X, y)
        return [fit.intercept_, *fit.coef_]

    return lambda: linear_regression(X, y), theirs


@beside("statistics.regression_summary", "statsmodels OLS")
def _(regression_summary, scale, rng):
    import statsmodels.api as sm

    X, y = _regression_data(scale, rng)
    return lambda: regression_summary(X, y)[0], lambda: sm.OLS(y, sm.add_constant(X)).fit().params


@beside("statistics.ridge_regression", "scikit-learn")
def _(ridge_regression, scale, rng):
    from sklearn.linear_model import Ridge

    X, y = _regression_data(scale, rng)

    def theirs():
        fit = Ridge(3.0).fit(X, y)
        return [fit.intercept_, *fit.coef_]

    return lambda: ridge_regression(X, y, 3.0), theirs


@beside("statistics.lasso_regression", "scikit-learn", rtol=1e-5)
def _(lasso_regression, scale, rng):
    from sklearn.linear_model import Lasso

    X, y = _regression_data(scale, rng)
    alpha = 0.1 * np.abs(X.T @ (y - y.mean())).max()

    def theirs():  # it divides the squares by n, and stops at tol |y|^2 / n; ours at tol |y|^2 / 2
        fit = Lasso(alpha / len(y), tol=1e-10, max_iter=100_000).fit(X, y)
        return [fit.intercept_, *fit.coef_]

    return lambda: lasso_regression(X, y, alpha, tol=1e-10), theirs


# --- Information theory -------------------------------------------------------------------


def _distributions(scale, rng):
    weights = rng.random((2, 20 * scale))
    return weights / weights.sum(axis=1, keepdims=True)


@beside("information_theory.surprise", "numpy")
def _(surprise, scale, rng):
    p, _ = _distributions(scale, rng)
    return lambda: surprise(p), lambda: -np.log2(p)


@beside("information_theory.entropy", "scipy")
def _(entropy, scale, rng):
    p, _ = _distributions(scale, rng)
    return lambda: entropy(p), lambda: scipy.stats.entropy(p, base=2)


@beside("information_theory.cross_entropy", "scipy")
def _(cross_entropy, scale, rng):
    p, q = _distributions(scale, rng)
    return lambda: cross_entropy(
        p, q
    ), lambda: scipy.stats.entropy(p, base=2) + scipy.stats.entropy(p, q, base=2)


@beside("information_theory.kl_divergence", "scipy")
def _(kl_divergence, scale, rng):
    p, q = _distributions(scale, rng)
    return lambda: kl_divergence(p, q), lambda: scipy.stats.entropy(p, q, base=2)


@beside("information_theory.js_divergence", "scipy")
def _(js_divergence, scale, rng):
    p, q = _distributions(scale, rng)
    root = scipy.spatial.distance.jensenshannon
    return lambda: js_divergence(p, q), lambda: root(p, q, base=2) ** 2


@beside("information_theory.gaussian_kl", "scipy quad", sizes=(1,))
def _(gaussian_kl, scale, rng):
    p, q = scipy.stats.norm(1, 2), scipy.stats.norm()

    def theirs():
        return p.expect(lambda x: p.logpdf(x) - q.logpdf(x), lb=-30, ub=30) / math.log(2)

    return lambda: gaussian_kl(1, 2), theirs


@beside("information_theory.information_gain", "scikit-learn mutual_info_score")
def _(information_gain, scale, rng):
    from sklearn.metrics import mutual_info_score

    feature, labels = rng.integers(0, [[5], [2]], size=(2, 435 * scale))
    return lambda: information_gain(feature, labels, base=math.e), lambda: mutual_info_score(
        feature, labels
    )


@beside("information_theory.DecisionTree", "scikit-learn", sizes=(1, 100))
def _(DecisionTree, scale, rng):
    from sklearn.tree import DecisionTreeClassifier

    X = rng.normal(size=(342 * scale, 4)).astype(np.float32)  # what scikit-learn computes in
    y = (X[:, 0] + X[:, 1] ** 2 + 0.3 * rng.normal(size=len(X)) > 0.7).astype(int)

    def theirs():
        tree = DecisionTreeClassifier(criterion="entropy", max_depth=2, random_state=0)
        return tree.fit(X, y).predict(X)

    return lambda: DecisionTree(max_depth=2).fit(X, y).predict(X), theirs


NO_RIVAL = {
    "calculus.check_gradient": "compares, and computes nothing of its own",
    "calculus.gradient_descent": "a method is compared by its path, in the chapter's tests",
    "calculus.steepest_descent": "as gradient_descent",
    "calculus.momentum": "as gradient_descent",
    "calculus.nesterov": "as gradient_descent",
    "calculus.adagrad": "as gradient_descent",
    "calculus.rmsprop": "as gradient_descent",
    "calculus.adam": "as gradient_descent",
    "calculus.newton": "as gradient_descent",
    "calculus.rosenbrock": "a formula, to be walked on",
    "calculus.saddle": "as rosenbrock",
    "calculus.bowl": "as rosenbrock",
    "calculus.minibatches": "a gradient from a gradient",
    "calculus.DivergenceError": "an error",
    "calculus.LinearLayer": "one matrix product; PyTorch is no dependency",
    "calculus.ReLU": "one comparison",
    "calculus.Network": "PyTorch is no dependency, even for development",
    "calculus.train": "as Network",
    "probability.bayesian_update": "one product and one quotient",
    "probability.to_odds": "one quotient",
    "probability.from_odds": "one quotient",
    "probability.log_likelihood": "the sum of a distribution's own logarithms",
    "probability.mle_bernoulli": "a mean",
    "probability.mle_poisson": "a mean",
    "probability.map_bernoulli": "a quotient of counts",
    "probability.map_normal_mean": "a weighted mean",
    "statistics.difference_interval": "the interval of t_test",
    "statistics.t_density": "the integrand of power_t_test",
    "statistics.lasso_path": "lasso_regression, repeated",
    "statistics.shrink": "one line",
    "statistics.duality_gap": "what lasso_regression stops on",
    "statistics.correct_digits": "one logarithm",
}

FUNCTIONS = public_functions()
ROWS = [
    pytest.param(helper, library, scale, id=f"{helper}-{library}-{scale}")
    for (helper, library), (_, sizes, _) in RIVALS.items()
    if helper in FUNCTIONS
    for scale in sizes
]


def test_every_helper_has_a_rival_or_a_reason_to_have_none():
    has_rival = {helper for helper, _ in RIVALS}
    assert not has_rival & NO_RIVAL.keys()
    assert FUNCTIONS.keys() - has_rival - NO_RIVAL.keys() == set()


@pytest.mark.parametrize("who", ["course", "library"])
@pytest.mark.parametrize(("helper", "library", "scale"), ROWS)
def test_a_helper_beside_a_library(helper, library, scale, who, benchmark):
    prepare, _, rtol = RIVALS[helper, library]
    ours, theirs = prepare(FUNCTIONS[helper], scale, np.random.default_rng(0))
    np.testing.assert_allclose(ours(), theirs(), rtol=rtol, atol=1e-9)
    name = helper.split(".")[1] + (f", {scale} times the size" if scale > 1 else "")
    benchmark.extra_info.update(row=("helper", name), beside="" if who == "course" else library)
    benchmark(ours if who == "course" else theirs)


def test_signatures_are_looked_up_in_the_package_itself():
    assert all(
        inspect.getmodule(thing).__name__.startswith("mlmath_helpers.")
        for thing in FUNCTIONS.values()
    )
