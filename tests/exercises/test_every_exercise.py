"""Every exercise of the course: its reference, cases, hints and mistakes hold together."""

import ast
import inspect
import itertools
import json
import subprocess
import sys
import textwrap
import types
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from mlmath_helpers import linear_algebra as course
from mlmath_helpers import neural_network, optimizers
from mlmath_helpers.exercises import (
    calculus,
    check,
    information_theory,
    linear_algebra,
    probability,
    session,
    start_here,
    statistics,
)
from mlmath_helpers.exercises._engine.verdict import verdict
from mlmath_helpers.information_theory import information_gain

CHAPTERS = dict(session.chapters)
EXERCISES = {name: e for exercises in CHAPTERS.values() for name, e in exercises.items()}
NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def renamed(function, name):
    """Return the function as a learner's function of that name."""
    copy = types.FunctionType(
        function.__code__, function.__globals__, name, function.__defaults__, function.__closure__
    )
    copy.__doc__ = function.__doc__
    return copy


def stub(exercise):
    """Return the stub that the notebook shows, as source."""
    return (
        f"def {exercise.name}{inspect.signature(exercise.reference)}:\n"
        f'    """{exercise.reference.__doc__}"""\n'
        f"    ...                                # your code here\n"
    )


def defined(source, name):
    """Run the source as a cell of its own and return one of its names."""
    namespace = {"np": np, "information_gain": information_gain}  # as in the notebook
    exec(compile(source, f"<cell of {name}>", "exec"), namespace)
    return namespace[name]


def said(capsys, function):
    check(function)
    return capsys.readouterr().out


# --- the parts -------------------------------------------------------------------------------


def test_each_name_belongs_to_one_exercise_of_the_course():
    names = list(itertools.chain(*CHAPTERS.values()))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "module",
    [start_here, linear_algebra, calculus, probability, statistics, information_theory],
    ids=lambda m: m.__name__,
)
def test_a_chapter_lists_its_exercises_by_the_name_of_the_reference(module):
    assert all(name == e.reference.__name__ for name, e in module.EXERCISES.items())
    assert module.EXERCISES in CHAPTERS.values()


@every_exercise
def test_the_reference_passes_its_own_check(exercise, capsys):
    text = said(capsys, exercise.reference)
    assert text == f"{exercise.name}: passed, {len(exercise.cases)} checks.\n"


@every_exercise
def test_the_stub_is_not_written_yet(exercise, capsys):
    written = defined(stub(exercise), exercise.name)
    assert said(capsys, written) == f"{exercise.name}: not written yet.\n"


@every_exercise
def test_each_mistake_fails_and_is_told_its_own_sentence(exercise, capsys):
    assert len(exercise.mistakes) >= 2
    for mistake in exercise.mistakes:
        text = said(capsys, renamed(mistake.function, exercise.name))
        assert mistake.sentence in text
        others = [m.sentence for m in exercise.mistakes if m.sentence != mistake.sentence]
        assert not any(sentence in text for sentence in others)


@every_exercise
def test_hints_lead_to_the_answer_in_two_or_three_steps(exercise):
    assert 2 <= len(exercise.hints) <= 3
    assert exercise.hints[0].endswith("?")


def test_no_sentence_is_said_twice():
    sentences = [
        sentence.strip().lower()
        for e in EXERCISES.values()
        for sentence in (*e.hints, *(m.sentence for m in e.mistakes))
    ]
    assert all(sentences)
    assert len(sentences) == len(set(sentences))


@every_exercise
def test_the_solution_is_short_and_has_one_line_of_docstring(exercise):
    source = inspect.getsource(exercise.reference)
    (function,) = ast.parse(textwrap.dedent(source)).body
    docstring = ast.get_docstring(function)
    assert "\n" not in docstring
    assert docstring.endswith(".")
    assert len(function.body) <= 5
    assert defined(source, exercise.name)  # it needs numpy as np, and nothing else


@every_exercise
def test_the_solution_runs_on_numpy_alone(exercise, capsys):
    alone = defined(inspect.getsource(exercise.reference), exercise.name)
    assert "passed" in said(capsys, alone)


@every_exercise
def test_a_check_changes_none_of_the_cases(exercise):
    def spoil(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 17
        return 17

    before = [[np.array(a) for a in arguments] for arguments in exercise.cases]
    passed, _ = verdict(exercise, lambda *arguments: spoil(*arguments))
    assert not passed
    for old, arguments in zip(before, exercise.cases, strict=True):
        for o, a in zip(old, arguments, strict=True):
            np.testing.assert_array_equal(o, a)  # nan, for what is not known, as well


@every_exercise
def test_cases_are_short_to_read(exercise):
    assert all(np.size(argument) <= 40 for arguments in exercise.cases for argument in arguments)


def test_cases_are_the_same_in_every_session():
    code = (
        "from mlmath_helpers.exercises._engine.session import _chapters\n"
        "print([(n, e.cases) for es in _chapters.values() for n, e in es.items()])"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str([(name, e.cases) for name, e in EXERCISES.items()])


@every_exercise
def test_cases_hold_one_element_whole_numbers_and_gaps_in_memory(exercise):
    arrays = [a for case in exercise.cases for a in case if isinstance(a, np.ndarray)]
    numbers = [a for case in exercise.cases for a in case if not isinstance(a, np.ndarray)]
    if not arrays:
        assert any(isinstance(n, int) for n in numbers)
        return
    assert any(a.dtype.kind == "i" for a in arrays)
    no_single_element = ("null_vector", "stationary_distribution", "eigenvalues_2x2")
    no_single_element += ("t_interval", "coverage_share", "t_statistic", "r_squared")
    no_single_element += ("kernel_features",)  # of points of the plane
    if exercise.name not in no_single_element:
        assert any(a.size == 1 for a in arrays)
        assert any(not a.flags.forc for a in arrays)


# --- the answers, against an independent way to find them ------------------------------------


def cases(name):
    return EXERCISES[name].cases


def answers(name):
    return [(EXERCISES[name].reference(*arguments), arguments) for arguments in cases(name)]


def test_a_combination_is_a_product_of_matrix_and_coefficients():
    for total, (coefficients, A) in answers("combine"):
        assert total == pytest.approx(A @ coefficients, abs=1e-12)


def test_columns_are_independent_if_no_singular_value_is_zero_for_as_many_as_there_are():
    said_yes = []
    for yes, (A,) in answers("is_independent"):
        sizes = np.linalg.svd(A, compute_uv=False)
        n_left = (sizes > 1e-12 * sizes.max(initial=0)).sum()
        assert yes is bool(n_left == A.shape[1])
        said_yes.append(yes)
    assert 0.3 < np.mean(said_yes) < 0.7


def test_coordinates_lead_from_the_origin_to_the_point():
    for c, (point, origin, B) in answers("coordinates_in_basis"):
        assert origin + B @ c == pytest.approx(point, abs=1e-12)
        assert np.linalg.cond(B) < 100


def test_the_matrix_in_a_basis_does_to_coordinates_what_the_map_does_to_vectors():
    for M, (A, B) in answers("matrix_in_basis"):
        c = np.arange(1.0, len(B) + 1)
        assert B @ (M @ c) == pytest.approx(A @ (B @ c), abs=1e-10)
        assert np.trace(M) == pytest.approx(np.trace(A), abs=1e-10)
        assert np.linalg.cond(B) < 100


def test_cosine_has_no_zero_vector_among_its_cases():
    assert all(v.any() and w.any() for v, w in cases("cosine"))


def test_a_projection_leaves_a_remainder_orthogonal_to_the_line():
    for shadow, (v, onto) in answers("projection"):
        assert abs((v - shadow) @ onto) < 1e-12 * (1 + np.abs(v).max()) * np.abs(onto).max() * 10
        assert np.linalg.matrix_rank(np.array([shadow, onto])) == 1


def test_no_point_of_the_line_is_nearer_than_the_distance():
    for distance, (point, start, direction) in answers("distance_to_line"):
        design = direction[:, np.newaxis].astype(float)
        t = np.linalg.lstsq(design, point - start)[0]
        nearest = start + design @ t
        assert distance == pytest.approx(np.linalg.norm(point - nearest), abs=1e-12)


def test_a_rotation_is_a_product_of_complex_numbers():
    for R, (angle,) in answers("rotation_matrix"):
        turned = np.exp(1j * angle) * (2 + 3j)
        assert np.allclose(R @ [2, 3], [turned.real, turned.imag])


def test_the_product_by_columns_is_the_product():
    for AB, (A, B) in answers("product_by_columns"):
        assert np.allclose(AB, A @ B)


def test_a_null_vector_is_sent_to_zero_by_matrices_of_rank_1():
    for v, (A,) in answers("null_vector"):
        assert np.linalg.matrix_rank(A) == 1
        assert v.any()
        assert np.abs(A @ v).max() < 1e-12


def test_eigenvalues_are_real_and_agree_with_numpy():
    for values, (A,) in answers("eigenvalues_2x2"):
        assert values == pytest.approx(np.sort(np.linalg.eigvals(A).real)[::-1], abs=1e-7)
        assert (A[0, 0] - A[1, 1]) ** 2 + 4 * A[0, 1] * A[1, 0] >= 0


def test_a_power_step_has_length_1_and_the_direction_of_the_image():
    for w, (A, v) in answers("power_step"):
        assert np.linalg.norm(w) == pytest.approx(1)
        assert w @ (A @ v) == pytest.approx(np.linalg.norm(A @ v))


def test_a_stationary_distribution_solves_its_linear_system():
    for p, (P,) in answers("stationary_distribution"):
        n = len(P)
        assert P.sum(axis=1) == pytest.approx(np.ones(n))
        system = np.vstack([P.T - np.eye(n), np.ones(n)])
        assert p == pytest.approx(np.linalg.lstsq(system, np.append(np.zeros(n), 1))[0], abs=1e-12)


def test_every_chain_forgets_its_start_within_a_hundred_steps():
    for (P,) in cases("stationary_distribution"):
        assert sorted(np.abs(np.linalg.eigvals(P)))[-2] < 0.75


def test_the_rank_k_approximation_is_unique_and_its_error_is_what_eckart_and_young_say():
    for Ak, (A, k) in answers("rank_k_approximation"):
        s = np.append(np.linalg.svd(A, compute_uv=False), 0)
        assert s[k - 1] > s[k] + 1e-3 or s[k - 1] == 0
        assert np.linalg.norm(A - Ak) == pytest.approx(np.sqrt((s[k:] ** 2).sum()), abs=1e-10)
        assert np.linalg.matrix_rank(Ak) <= k


def test_the_storage_saved_can_be_negative():
    shares = [share for share, _ in answers("storage_saved")]
    assert min(shares) < 0 < max(shares) <= 1


def test_components_are_orthonormal_columns():
    for Z, (X, components) in answers("centre_and_project"):
        d, k = components.shape
        assert components.T @ components == pytest.approx(np.eye(k), abs=1e-12)
        assert Z.shape == (len(X), k)
        assert Z.sum(axis=0) == pytest.approx(np.zeros(k), abs=1e-9)
        assert X.shape[1] == d


def test_explained_shares_sum_to_one_and_fall():
    for shares, _ in answers("explained_variance_ratio"):
        assert shares.sum() == pytest.approx(1)
        assert (np.diff(shares) <= 0).all()


def test_a_predicted_rating_is_an_entry_of_the_table_of_all():
    for rating, (i, j, means, offsets, U, V) in answers("predict_rating"):
        assert rating == pytest.approx((np.add.outer(means, offsets) + U @ V.T)[i, j], abs=1e-12)


def test_a_step_of_a_user_leaves_no_slope():
    for u, (row, V, penalty) in answers("user_step"):
        errors = np.where(np.isnan(row), 0.0, V @ u - np.nan_to_num(row))
        assert V.T @ errors + penalty * u == pytest.approx(np.zeros(len(u)), abs=1e-12)


def test_attention_weights_are_those_of_the_course():
    for weights, (Q, K) in answers("attention_weights"):
        expected = course.attention(Q, K, np.ones((len(K), 1))).weights
        assert weights == pytest.approx(expected, abs=1e-14)


def test_causal_weights_are_as_if_the_text_ended_at_each_word():
    for weights, (scores,) in answers("causal_weights"):
        for i, row in enumerate(weights):
            assert row[: i + 1] == pytest.approx(special.softmax(scores[i, : i + 1]), abs=1e-14)
            assert not row[i + 1 :].any()


def test_the_derivative_matrix_differentiates_as_numpy_does():
    for D, (n,) in answers("derivative_matrix"):
        coordinates = np.arange(2.0, n + 3) ** 2
        derivative = np.polynomial.Polynomial(coordinates).deriv().coef
        assert D @ coordinates == pytest.approx(np.append(derivative, np.zeros(n))[: n + 1])


def test_orthogonal_coefficients_are_those_of_least_squares():
    for c, (f, Q) in answers("orthogonal_coefficients"):
        gram = Q.T @ Q
        assert gram == pytest.approx(np.diag(np.diag(gram)), abs=1e-12)
        assert c == pytest.approx(np.linalg.lstsq(Q, f)[0], abs=1e-12)


def test_the_dots_of_the_features_are_the_kernel():
    for F, (X,) in answers("kernel_features"):
        kernel = [[(1 + x[0] * z[0] + x[1] * z[1]) ** 2 for z in X] for x in X]
        np.testing.assert_allclose(F @ F.T, kernel, atol=1e-13)


def test_a_central_difference_is_near_the_slope_found_by_hand():
    slopes = {"square": lambda x: 2 * x, "sin": np.cos, "exp": np.exp, "cos": lambda x: -np.sin(x)}
    for slope, (f, x, h) in answers("central_difference"):
        if f.__name__ in slopes:
            assert slope == pytest.approx(slopes[f.__name__](x), abs=h**2)


def test_no_other_step_has_a_smaller_bound_on_its_error():
    for h, (error, third) in answers("best_step"):
        bound = [error / step + third * step**2 / 6 for step in (0.99 * h, h, 1.01 * h)]
        assert min(bound) == bound[1]


def test_a_descent_step_is_that_of_the_course():
    for after, (x, slope, rate) in answers("descent_step"):
        path = optimizers.steepest_descent(lambda _, g=slope: g, x, learning_rate=rate, n_steps=1)
        assert path[1] == pytest.approx(after)


def test_below_the_largest_stable_rate_descent_shrinks_and_above_it_grows():
    for limit, (A,) in answers("largest_stable_rate"):
        assert np.array_equal(A, A.T)
        for share, shrinks in ((0.99, True), (1.01, False)):
            step = np.eye(len(A)) - share * limit * A
            assert (np.abs(np.linalg.eigvalsh(step)).max() < 1) == shrinks


def test_a_momentum_step_is_that_of_the_course_when_it_starts_at_rest():
    for _, (x, _, slope, rate, beta) in answers("momentum_step"):
        first = EXERCISES["momentum_step"].reference(x, 0 * x, slope, rate, beta)
        second = EXERCISES["momentum_step"].reference(*first, slope, rate, beta)
        path = optimizers.momentum(
            lambda _, g=slope: g, x, learning_rate=rate, n_steps=2, beta=beta
        )
        assert path[1] == pytest.approx(first[0])
        assert path[2] == pytest.approx(second[0])


def test_adam_steps_are_those_of_the_course_when_they_start_at_rest():
    for _, (x, slope, _, _, _, rate) in answers("adam_step"):
        step = EXERCISES["adam_step"].reference
        first = step(x, slope, 0 * x, 0 * x, 1, rate)
        second = step(first[0], slope, *first[1:], 2, rate)
        path = optimizers.adam(lambda _, g=slope: g, x, learning_rate=rate, n_steps=2)
        assert path[1] == pytest.approx(first[0])
        assert path[2] == pytest.approx(second[0])


def test_after_a_newton_step_the_linear_model_of_the_gradient_is_zero():
    for after, (x, slope, hessian) in answers("newton_step"):
        assert slope + hessian @ (after - x) == pytest.approx(np.zeros(len(x)), abs=1e-12)


def test_the_backward_passes_are_those_of_the_layers():
    for dX, (X, dY) in answers("relu_backward"):
        relu = neural_network.ReLU()
        relu.forward(X)
        assert np.array_equal(relu.backward(dY), dX)
    for dW, (X, dY) in answers("weight_gradient"):
        layer = neural_network.LinearLayer(X.shape[1], dY.shape[1], rng=0)
        layer.forward(X)
        layer.backward(dY)
        assert layer.dW == pytest.approx(dW)
    for dX, (W, dY) in answers("input_gradient"):
        layer = neural_network.LinearLayer(*W.shape, rng=0)
        layer.W = W
        layer.forward(np.ones((len(dY), len(W))))
        assert layer.backward(dY) == pytest.approx(dX)


def test_the_broken_entry_is_furthest_from_the_gradient_by_hand():
    for index, (X, y, w, claimed) in answers("broken_entry"):
        gaps = np.abs(claimed - 2 * X.T @ (X @ w - y) / len(y))
        assert index == gaps.argmax()
        assert np.sum(gaps > gaps.max() - 0.1) == 1


# --- other right answers ---------------------------------------------------------------------

OTHER_WAYS = {
    "distance": [
        "return np.linalg.norm(v - w)",
        "import math\nreturn math.dist(v, w)",
        "return sum((a - b) ** 2 for a, b in zip(v, w)) ** 0.5",
        "return np.sqrt(np.sum((w - v) ** 2))[()]",
        "return np.array(np.linalg.norm(v - w))",
    ],
    "combine": [
        "return A @ coefficients",
        "return (A * coefficients).sum(axis=1)",
        "return sum(c * column for c, column in zip(coefficients, A.T))",
        "return [sum(c * entry for c, entry in zip(coefficients, row)) for row in A]",
    ],
    "is_independent": [
        "return np.linalg.matrix_rank(A) == A.shape[1]",
        "return 1 if np.linalg.matrix_rank(A.T) == len(A.T) else 0",
        "d, k = A.shape\nif k > d:\n    return False\n"
        "s = np.linalg.svd(A)[1]\nreturn s[-1] > 1e-10 * s[0]",
    ],
    "coordinates_in_basis": [
        "return np.linalg.inv(B) @ (point - origin)",
        "return np.linalg.lstsq(B, point - origin, rcond=None)[0]",
        "v = point - origin\nreturn [np.linalg.det(np.column_stack([*B.T[:j], v, *B.T[j + 1 :]])) "
        "/ np.linalg.det(B) for j in range(len(v))]",
    ],
    "matrix_in_basis": [
        "return np.linalg.inv(B) @ A @ B",
        "return np.column_stack([np.linalg.solve(B, A @ b) for b in B.T])",
        "return np.linalg.solve(B, A) @ B",
    ],
    "cosine": [
        "return np.dot(v, w) / np.sqrt(np.dot(v, v) * np.dot(w, w))",
        "v = v / np.linalg.norm(v)\nw = w / np.linalg.norm(w)\nreturn sum(v * w)",
    ],
    "projection": [
        "u = onto / np.linalg.norm(onto)\nreturn np.dot(v, u) * u",
        "return np.outer(onto, onto) @ v / (onto @ onto)",
        "return [float(x) for x in (v @ onto) / (onto @ onto) * onto]",
    ],
    "distance_to_line": [
        "v = point - start\nt = v @ direction / (direction @ direction)\n"
        "return np.linalg.norm(start + t * direction - point)",
        "v = point - start\nalong = v @ direction / np.linalg.norm(direction)\n"
        "return max(0, v @ v - along**2) ** 0.5",
    ],
    "rotation_matrix": [
        "import math\nc, s = math.cos(angle), math.sin(angle)\nreturn [[c, -s], [s, c]]",
        "z = np.exp(1j * angle)\nreturn np.array([[z.real, -z.imag], [z.imag, z.real]])",
        "c, s = np.cos(angle), np.sin(angle)\nreturn np.column_stack([(c, s), (-s, c)])",
    ],
    "product_by_columns": [
        "return A @ B",
        "return np.array([A @ B[:, j] for j in range(B.shape[1])]).T",
        "AB = np.zeros((len(A), B.shape[1]))\nfor j in range(B.shape[1]):\n"
        "    AB[:, j] = A @ B[:, j]\nreturn AB",
        "return [[sum(a * b for a, b in zip(row, column)) for column in B.T] for row in A]",
    ],
    "null_vector": [
        "return np.linalg.svd(A)[2][-1]",
        "row = A[0] if A[0].any() else A[1]\nreturn [-row[1], row[0]]",
        "row = A[0] if A[0].any() else A[1]\nreturn 1e-9 * np.array([-row[1], row[0]])",
        "row = A[0] if A[0].any() else A[1]\nreturn 1e9 * np.array([row[1], -row[0]])",
    ],
    "eigenvalues_2x2": [
        "t, d = np.trace(A), np.linalg.det(A)\nr = np.sqrt(max(t**2 - 4 * d, 0))\n"
        "return (t + r) / 2, (t - r) / 2",
        "return sorted(np.linalg.eigvals(A))[::-1]",
        "return np.sort(np.linalg.eigvals(A))[::-1]",
    ],
    "power_step": [
        "w = A.dot(v)\nreturn w / np.sqrt(w @ w)",
        "w = [sum(a * x for a, x in zip(row, v)) for row in A]\n"
        "return np.array(w) / sum(x**2 for x in w) ** 0.5",
    ],
    "stationary_distribution": [
        "values, vectors = np.linalg.eig(P.T)\np = vectors[:, np.argmax(values.real)].real\n"
        "return p / p.sum()",
        "return np.linalg.matrix_power(P, 100)[0]",
        "n = len(P)\nreturn np.linalg.lstsq(np.vstack([P.T - np.eye(n), np.ones(n)]), "
        "[0] * n + [1], rcond=None)[0]",
        "p = np.eye(len(P))[0]\nwhile True:\n    old, p = p, p @ P\n"
        "    if np.abs(p - old).max() < 1e-12:\n        return p",
    ],
    "is_positive_definite": [
        "return np.allclose(A, A.T) and np.linalg.eigvals(A).min() > 0",
        "if (A != A.T).any():\n    return 0\ntry:\n    np.linalg.cholesky(A)\n"
        "except np.linalg.LinAlgError:\n    return False\nreturn True",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return 1 if (A == A.T).all() and min(minors) > 0 else 0",
    ],
    "rayleigh_quotient": [
        "u = x / np.linalg.norm(x)\nreturn u @ A @ u",
        "return np.dot(x, np.dot(A, x)) / np.linalg.norm(x) ** 2",
        "n = len(x)\ntop = sum(A[i, j] * x[i] * x[j] for i in range(n) for j in range(n))\n"
        "return top / sum(x**2)",
    ],
    "rank_k_approximation": [
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:, :k] @ np.diag(s[:k]) @ Vt[:k, :]",
        "U, s, Vt = np.linalg.svd(A)\n"
        "return sum(s[i] * np.outer(U[:, i], Vt[i]) for i in range(k))",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False)\ns[k:] = 0\nreturn U * s @ Vt",
    ],
    "storage_saved": [
        "return (m * n - k * m - k * n - k) / (m * n)",
        "return np.float32(1 - k * (m + n + 1) / (m * n))",
    ],
    "centre_and_project": [
        "return X @ components - X.mean(axis=0) @ components",
        "X = X.astype(float)\nX -= np.mean(X, axis=0)\nreturn np.dot(X, components)",
        "return ((X - X.mean(axis=0)) @ components).tolist()",
    ],
    "explained_variance_ratio": [
        "return [x / sum(eigenvalues) for x in eigenvalues]",
        "total = np.sum(eigenvalues)\nreturn tuple(eigenvalues / total)",
    ],
    "central_difference": [
        "return (f(x + h) - f(x - h)) / 2 / h",
        "left, right = x - h, x + h\nreturn (f(right) - f(left)) / (right - left)",
        "return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2",
    ],
    "best_step": [
        "return (3 * error / third) ** (1 / 3)",
        "h = np.geomspace(1e-3, 1e3, 100)\nfor _ in range(60):\n"
        "    i = np.clip(np.argmin(error / h + third * h**2 / 6), 1, len(h) - 2)\n"
        "    h = np.geomspace(h[i - 1], h[i + 1], 100)\n    if h[-1] / h[0] < 1 + 1e-7:\n"
        "        break\nreturn h[50]",
    ],
    "descent_step": [
        "return [a - learning_rate * g for a, g in zip(x, slope)]",
        "x = x.astype(float)\nx -= learning_rate * slope\nreturn x",
    ],
    "largest_stable_rate": [
        "return 2 / np.linalg.norm(A, 2)",
        "return 2 / max(np.linalg.eigvals(A).real)",
        "return min(2 / a for a in np.linalg.eigvalsh(A))",
    ],
    "momentum_step": [
        "v = beta * velocity + slope\nreturn [x - learning_rate * v, v]",
        "v = beta * velocity + slope\nreturn np.array([x - learning_rate * v, v])",
    ],
    "adam_step": [
        "b1, b2 = 0.9, 0.999\nm = m * b1 + (1 - b1) * slope\n"
        "s = s * b2 + (1 - b2) * slope * slope\nfix = np.sqrt(1 - b2**t)\n"
        "rate = learning_rate * fix / (1 - b1**t)\n"
        "return x - rate * m / (np.sqrt(s) + 1e-8 * fix), m, s",
    ],
    "newton_step": [
        "return x + np.linalg.solve(hessian, -slope)",
        "return x - np.linalg.inv(hessian) @ slope",
    ],
    "relu_backward": [
        "return dY * (X > 0)",
        "dX = dY.copy()\ndX[X <= 0] = 0\nreturn dX",
        "return [[d if x > 0 else 0 for x, d in zip(*rows)] for rows in zip(X, dY)]",
    ],
    "weight_gradient": [
        "return (dY.T @ X).T",
        "return sum(np.outer(x, d) for x, d in zip(X, dY))",
        "return np.einsum('ki,kj->ij', X, dY)",
    ],
    "input_gradient": [
        "return (W @ dY.T).T",
        "return [W @ d for d in dY]",
    ],
    "broken_entry": [
        "truth = 2 * X.T @ (X @ w - y) / len(y)\nreturn int(np.argmax((claimed - truth) ** 2))",
        "worst, index = -1, 0\nfor i in range(len(w)):\n    up = w.astype(float)\n"
        "    up[i] += 1e-6\n"
        "    slope = (np.mean((X @ up - y) ** 2) - np.mean((X @ w - y) ** 2)) / 1e-6\n"
        "    if abs(claimed[i] - slope) > worst:\n"
        "        worst, index = abs(claimed[i] - slope), i\nreturn index",
    ],
}


OTHER_WAYS |= {  # linear systems and right angles
    "back_substitution": [
        "return np.linalg.solve(U, b)",
        "x = list(b)\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - sum(U[i, j] * x[j] for j in range(i + 1, len(b)))) / U[i, i]\nreturn x",
    ],
    "elimination_step": [
        "B = A.astype(float)\nB[k + 1:] -= np.outer(B[k + 1:, k] / B[k, k], B[k])\nreturn B",
        "return [[A[i, j] - A[i, k] / A[k, k] * A[k, j] if i > k else A[i, j] "
        "for j in range(A.shape[1])] for i in range(len(A))]",
    ],
    "gram_schmidt_step": [
        "v = a - sum((q @ a) * q for q in Q.T)\nreturn v / np.sqrt(v @ v)",
        "v = a.astype(float)\nfor q in Q.T:\n    v = v - (q @ v) * q\nreturn v / np.linalg.norm(v)",
    ],
    "projection_matrix": [
        "Q = np.linalg.qr(A)[0]\nreturn Q @ Q.T",
        "return A @ np.linalg.inv(A.T @ A) @ A.T",
        "return A @ np.linalg.pinv(A)",
    ],
}
OTHER_WAYS |= {  # ratings
    "predict_rating": [
        "return (means[:, None] + offsets + U @ V.T)[i, j]",
        "return means[i] + offsets[j] + sum(u * v for u, v in zip(U[i], V[j]))",
        "return np.dot([means[i], 1.0, *U[i]], [1.0, offsets[j], *V[j]])",
    ],
    "user_step": [
        "F, r = V[~np.isnan(row)], row[~np.isnan(row)]\nk = V.shape[1]\n"
        "A = np.vstack([F, np.sqrt(penalty) * np.eye(k)])\n"
        "return np.linalg.lstsq(A, np.append(r, np.zeros(k)), rcond=None)[0]",
        "known = np.isfinite(row)\nr = np.where(known, row, 0.0)\nF = V * known[:, None]\n"
        "return np.linalg.inv(F.T @ F + penalty * np.eye(V.shape[1])) @ F.T @ r",
    ],
}
OTHER_WAYS |= {  # attention
    "attention_weights": [
        "scores = Q @ K.T / Q.shape[1] ** 0.5\n"
        "e = np.exp(scores - np.max(scores, axis=1)[:, None])\n"
        "return (e.T / e.sum(axis=1)).T",
        "rows = []\nfor q in Q:\n    s = K @ q / np.sqrt(len(q))\n"
        "    e = np.exp(s - max(s))\n    rows.append(e / sum(e))\nreturn rows",
        "from scipy.special import softmax\nreturn softmax(Q @ K.T / np.sqrt(K.shape[1]), axis=1)",
    ],
    "causal_weights": [
        "n = len(scores)\nW = np.zeros((n, n))\nfor i in range(n):\n"
        "    e = np.exp(scores[i, : i + 1] - scores[i, : i + 1].max())\n"
        "    W[i, : i + 1] = e / e.sum()\nreturn W",
        "from scipy.special import softmax\n"
        "return softmax(scores + np.triu(np.full(scores.shape, -np.inf), 1), axis=1)",
        "S = scores.astype(float)\nS[np.triu_indices(len(S), 1)] = -np.inf\n"
        "E = np.exp(S - S.max(axis=1)[:, None])\nreturn E / E.sum(axis=1)[:, None]",
    ],
}
OTHER_WAYS |= {  # functions
    "derivative_matrix": [
        "D = np.zeros((n + 1, n + 1))\nfor k in range(1, n + 1):\n    D[k - 1, k] = k\nreturn D",
        "return np.eye(n + 1, k=1) * np.arange(n + 1)",
        "return [[j if j == i + 1 else 0 for j in range(n + 1)] for i in range(n + 1)]",
    ],
    "orthogonal_coefficients": [
        "return [f @ q / (q @ q) for q in Q.T]",
        "return np.linalg.lstsq(Q, f, rcond=None)[0]",
        "return np.linalg.solve(Q.T @ Q, Q.T @ f)",
        "lengths = np.linalg.norm(Q, axis=0)\nreturn (Q / lengths).T @ f / lengths",
    ],
    "kernel_features": [
        "s = 2**0.5\nreturn [[1, s * a, s * b, a * a, b * b, s * a * b] for a, b in X]",
        "a, b = X[:, 0], X[:, 1]\ns = -np.sqrt(2)\n"
        "return np.array([s * a * b, a**2, b**2, -np.ones(len(X)), s * a, s * b]).T",
        "a, b = X.T\ns = np.sqrt(2)\nF = np.column_stack([a**0, s*a, s*b, a**2, b**2, s*a*b])\n"
        "return F @ np.linalg.qr(np.random.default_rng(0).normal(size=(6, 6)))[0]",
    ],
}
OTHER_WAYS |= {  # probability
    "interval_probability": [
        "return (1 - np.exp(-high / scale)) - (1 - np.exp(-low / scale))",
        "return -np.expm1(-high / scale) + np.expm1(-low / scale)",
        "import math\nreturn math.exp(-low / scale) * (1 - math.exp(-(high - low) / scale))",
        "return np.exp(-np.array([low, high]) / scale) @ [1, -1]",
    ],
    "ramp_cdf": [
        "return np.where(x < 0, 0, np.where(x > 2, 1, x**2 / 4))",
        "return [0 if t < 0 else 1 if t > 2 else t * t / 4 for t in x]",
        "return np.minimum(np.maximum(x, 0) / 2, 1) ** 2",
        "return np.interp(np.clip(x, 0, 2) ** 2, [0, 4], [0, 1])",
    ],
    "ill_given_positive": [
        "odds = prevalence * sensitivity\n"
        "return odds / (odds + (1 - specificity) * (1 - prevalence))",
        "p = np.array([prevalence * sensitivity, (1 - prevalence) * (1 - specificity)])\n"
        "return (p / p.sum())[0]",
        "return 1 - (1 - prevalence) * (1 - specificity) / (\n"
        "    prevalence * sensitivity + (1 - prevalence) * (1 - specificity))",
    ],
    "ill_given_two_positives": [
        "for _ in range(2):\n"
        "    true = prevalence * sensitivity\n"
        "    prevalence = true / (true + (1 - prevalence) * (1 - specificity))\n"
        "return prevalence",
        "p = np.array([prevalence, 1 - prevalence])\n"
        "p = p * np.array([sensitivity, 1 - specificity]) ** 2\n"
        "return p[0] / sum(p)",
    ],
    "normal_log_likelihood": [
        "n = len(data)\nreturn (-np.sum((data - mu) ** 2) / (2 * sigma**2)\n"
        "        - n * np.log(sigma) - n / 2 * np.log(2 * np.pi))",
        "import math\nreturn sum(-((x - mu) / sigma) ** 2 / 2"
        " - math.log(sigma * math.sqrt(2 * math.pi)) for x in data)",
        "from scipy import stats\nreturn stats.norm(mu, sigma).logpdf(data).sum()",
    ],
    "event_rate": [
        "return 1 / np.mean(gaps)",
        "return gaps.size / gaps.sum()",
        "return len(list(gaps)) / sum(gaps)",
    ],
    "t_interval": [
        "n = len(data)\nm = sum(data) / n\ns = (sum((x - m) ** 2 for x in data) / (n - 1)) ** 0.5\n"
        "return [m - t_star * s / n**0.5, m + t_star * s / n**0.5]",
        "error = np.sqrt(np.var(data, ddof=1) / data.size)\n"
        "return data.mean() + t_star * error * np.array([-1, 1])",
    ],
    "coverage_share": [
        "n = samples.shape[1]\nhits = 0\nfor row in samples:\n"
        "    margin = t_star * np.std(row, ddof=1) / n**0.5\n"
        "    hits += row.mean() - margin <= mean <= row.mean() + margin\n"
        "return hits / len(samples)",
    ],
    "t_statistic": [
        "squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()\n"
        "error = (squares / (len(a) + len(b) - 2) * (1 / len(a) + 1 / len(b))) ** 0.5\n"
        "return (a.mean() - b.mean()) / error",
    ],
    "smallest_n": [
        "n = 2\nwhile powers[n - 2] < wanted:\n    n += 1\nreturn n",
        "return int(np.sum(powers < wanted)) + 2",
        "return np.searchsorted(powers, wanted) + 2",
    ],
    "r_squared": [
        "return 1 - np.mean((y - fitted) ** 2) / np.var(y)",
        "r, z = y - fitted, y - np.mean(y)\nreturn 1 - r @ r / (z @ z)",
    ],
    "residual_dots": [
        "A = np.column_stack([np.ones(len(X)), X])\nreturn A.T @ (y - A @ weights)",
        "r = y - (weights[0] + X @ weights[1:])\nreturn [sum(r)] + [r @ column for column in X.T]",
    ],
    "soft_threshold": [
        "return np.maximum(z - alpha, 0) - np.maximum(-z - alpha, 0)",
        "return z - np.clip(z, -alpha, alpha)",
        "return [x - alpha if x > alpha else x + alpha if x < -alpha else 0 for x in z]",
    ],
    "ridge_closed_form": [
        "return np.linalg.inv(X.T @ X + alpha * np.identity(X.shape[1])) @ X.T @ y",
        "n, d = X.shape\nA = np.vstack([X, np.sqrt(alpha) * np.eye(d)])\n"
        "return np.linalg.lstsq(A, np.append(y, np.zeros(d)), rcond=None)[0]",
    ],
}

OTHER_WAYS |= {  # information theory
    "die_entropy": [
        "from scipy import stats\nreturn stats.entropy(counts, base=2)",
        "import math\nn = sum(counts)\n"
        "return sum(c / n * math.log2(n / c) for c in counts if c > 0)",
        "p = counts / counts.sum()\nreturn np.sum(p * np.log2(1 / np.where(p > 0, p, 1)))",
    ],
    "twenty_questions": [
        "return (n - 1).bit_length()",
        "import math\nreturn math.ceil(math.log2(n))",
        "return np.ceil(np.log2(n))",
        "return 0 if n == 1 else 1 + twenty_questions((n + 1) // 2)",
    ],
    "kl_of_coins": [
        "from scipy.special import rel_entr\n"
        "return (rel_entr(p, q) + rel_entr(1 - p, 1 - q)) / np.log(2)",
        "import math\nreturn sum(a * math.log2(a / b) for a, b in [(p, q), (1 - p, 1 - q)] if a)",
    ],
    "impossible_outcomes": [
        "return np.flatnonzero((p > 0) & (q == 0))",
        "return [i for i in range(len(p)) if p[i] > 0 and q[i] == 0]",
        "return np.where(p * (q == 0))[0]",
    ],
    "gain_of_split": [
        "from scipy.stats import entropy\nboth = left + right\n"
        "rest = sum(x.sum() * entropy(x, base=2) for x in (left, right)) / both.sum()\n"
        "return entropy(both, base=2) - rest",
        "from scipy.special import rel_entr\n"
        "table = np.array([left, right]) / (left + right).sum()\n"
        "alone = np.outer(table.sum(axis=1), table.sum(axis=0))\n"
        "return rel_entr(table, alone).sum() / np.log(2)",
    ],
    "best_feature": [
        "best, most = 0, -1\nfor j, column in enumerate(X.T):\n"
        "    gain = information_gain(column, labels)\n"
        "    if gain > most:\n        best, most = j, gain\nreturn best",
        "return max(range(X.shape[1]), key=lambda j: information_gain(X[:, j], labels))",
    ],
}


def test_other_ways_are_tried_for_every_exercise():
    assert OTHER_WAYS.keys() == EXERCISES.keys()


@pytest.mark.parametrize(
    ("name", "body"), [(name, body) for name, bodies in OTHER_WAYS.items() for body in bodies]
)
def test_another_right_way_passes(name, body, capsys):
    signature = inspect.signature(EXERCISES[name].reference)
    other = defined(f"def {name}{signature}:\n" + textwrap.indent(body, "    "), name)
    assert "passed" in said(capsys, other)


# --- wrong answers of first readers, and a word of the sentence that each needs ---------------

WRONG_WAYS = [
    ("distance", "return (w - v) ** 2", "squared differences, one for each axis"),
    ("distance", "return abs(np.linalg.norm(w) - np.linalg.norm(v))", "length of v - w"),
    ("distance", "return np.sqrt(sum(v - w) ** 2)", "you squared the sum"),
    ("distance", "return sum(abs(v - w))", "the way along the axes"),
    (
        "distance",
        "total = 0\nfor a, b in zip(v, w):\n    total = (a - b) ** 2\nreturn total**0.5",
        "Only the last difference",
    ),
    (
        "distance",
        "total = 0\nfor a, b in zip(v, w):\n    total += (a - b) ** 2\n    return total**0.5",
        "a return inside the loop",
    ),
    ("distance", "return np.max(np.abs(v - w))", "not yet.\n"),
    ("distance", "return np.sqrt(v @ w)", "not yet.\n"),
    ("cosine", "return np.cos(v @ w / np.sqrt(v @ v * (w @ w)))", "is the cosine already"),
    ("cosine", "return v @ w / np.sqrt(np.sum((v * w) ** 2))", "measured first and then"),
    ("cosine", "return abs(v @ w) / np.sqrt(v @ v * (w @ w))", "The sign is lost"),
    ("cosine", "return (v @ w) ** 2 / (v @ v * (w @ w))", "the square of the cosine"),
    ("projection", "return sum(v * onto) / onto**2 * onto", "leaves a list"),
    ("storage_saved", "return (1 - k * (m + n + 1)) / (m * n)", "take 1 into the fraction"),
    (
        "centre_and_project",
        "return -(X - X.mean(axis=0)) @ components",
        "not the rows from the mean",
    ),
    ("projection", "return v @ onto / onto @ onto * onto", "brackets around onto @ onto"),
    ("projection", "return v * (v @ onto) / (onto @ onto)", "a multiple of onto"),
    (
        "distance_to_line",
        "v = point - start\nreturn v @ v - (v @ direction) ** 2 / (direction @ direction)",
        "a root is missing",
    ),
    ("null_vector", "return [2, -1]", "not yet.\n"),
    ("null_vector", "return [1, -A[0, 1] / A[0, 0]]", "not yet.\n"),
    (
        "elimination_step",
        "A = A.astype(float)\nfor i in range(k + 1, len(A)):\n"
        "    for j in range(A.shape[1]):\n"
        "        A[i, j] -= A[i, k] / A[k, k] * A[k, j]\nreturn A",
        "before the entry that it needs becomes 0",
    ),
    (
        "elimination_step",
        "B = A.astype(float)\nfor i in range(k + 1, len(A)):\n"
        "    B[i] -= A[i, k] / A[k, k] * A[k]\n    return B",
        "a return inside the loop",
    ),
    (
        "elimination_step",
        "for i in range(k + 1, len(A)):\n    A[i] = A[i] - A[i, k] / A[k, k] * A[k]\nreturn A",
        "The matrix you work on holds whole numbers",
    ),
    (
        "back_substitution",
        "x = np.zeros(len(b))\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]\n    return x",
        "a return inside the loop",
    ),
    (
        "back_substitution",
        "x = b.copy()\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]\nreturn x",
        "x holds whole numbers only",
    ),
    (
        "gram_schmidt_step",
        "v = np.linalg.qr(np.column_stack([Q, a]))[0][:, -1]\nreturn v * (-1 if v @ a > 0 else 1)",
        "turn a column round",
    ),
    ("gram_schmidt_step", "return (a - Q @ Q.T @ a) / np.linalg.norm(a)", "length of what is left"),
    (
        "gram_schmidt_step",
        "v = a\nfor q in Q.T:\n    v = v - q @ a\nreturn v / np.linalg.norm(v)",
        "times its column",
    ),
    ("projection_matrix", "return A @ (A.T @ A) ** -1.0 @ A.T", "np.linalg.inv(M)"),
    (
        "projection_matrix",
        "return sum(np.outer(a, a) / (a @ a) for a in A.T)",
        "the shadows on the single columns",
    ),
    ("combine", "return sum(c * row for c, row in zip(coefficients, A))", "a loop over A"),
    ("combine", "for c, b in zip(coefficients, A.T):\n    return c * b", "inside the loop"),
    ("combine", "return sum(coefficients * A)", "the entries of each column"),
    ("is_independent", "return np.linalg.matrix_rank(A)", "compare it"),
    ("is_independent", "return np.linalg.det(A) != 0", "as many columns as rows"),
    ("is_independent", "return A.any(axis=0)", "where True or False is meant"),
    ("is_independent", "return 'yes'", "A value of type str"),
    ("is_independent", "return (A != 0).all()", "not yet.\n"),
    ("is_independent", "return np.linalg.matrix_rank(A) == A.shape[1] - 1", "the other way round"),
    ("coordinates_in_basis", "return np.linalg.solve(B, point + origin)", "you added"),
    ("matrix_in_basis", "B = np.linalg.inv(B)\nreturn B @ A @ B", "itself, not its inverse"),
    ("predict_rating", "return offsets[j] + means[i]", "Those are the averages"),
    ("predict_rating", "return means[i] + offsets[j] + V[i] @ U[j]", "The factors are swapped"),
    ("causal_weights", "e = np.tril(np.exp(scores))\nreturn e / np.sum(e)", "must, so add up"),
    ("derivative_matrix", "return np.diag([1 / k for k in range(1, n + 1)], 1)", "the integral"),
    ("orthogonal_coefficients", "return [f @ row for row in Q]", "combines the columns"),
    ("coordinates_in_basis", "return np.linalg.inv(B) @ point", "subtract it"),
    ("coordinates_in_basis", "return (point - origin) @ B", "only if the basis is orthonormal"),
    ("matrix_in_basis", "return np.linalg.solve(B.T, (B @ A).T).T", "first B, from coordinates"),
    ("cosine", "return v @ w / sum(map(np.linalg.norm, (v, w)))", "multiply the lengths"),
    (
        "distance_to_line",
        "v = point - start\nc = v @ direction / (direction @ direction)\n"
        "return np.linalg.norm(start + c * direction)",
        "foot of the shadow",
    ),
    ("null_vector", "return np.linalg.solve(A, [0, 0])", "exactly one answer"),
    ("null_vector", "return np.linalg.inv(A) @ np.zeros(2)", "exactly one answer"),
    ("null_vector", "a, b = A[0]\nreturn [a, -b]", "swap the entries too"),
    (
        "eigenvalues_2x2",
        "m, det = np.trace(A) / 2, np.linalg.det(A)\ngap = np.sqrt(m - det)\n"
        "return m + gap, m - gap",
        "The mean is squared",
    ),
    (
        "eigenvalues_2x2",
        "m, det = np.mean(A), np.linalg.det(A)\ngap = np.sqrt(m**2 - det)\nreturn m + gap, m - gap",
        "all four entries",
    ),
    (
        "eigenvalues_2x2",
        "m, det = np.trace(A) / 2, np.linalg.det(A)\ngap = np.sqrt(det - m**2)\n"
        "return m + gap, m - gap",
        "not yet. The answer holds nan, as 0/0 gives, or the root of a negative number.\n",
    ),
    (
        "is_positive_definite",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return int(min(minors) >= 0)",
        "semidefinite only",
    ),
    (
        "is_positive_definite",
        "try:\n    np.linalg.cholesky(A)\nexcept np.linalg.LinAlgError:\n    return 0\nreturn 1",
        "read one triangle",
    ),
    ("is_positive_definite", "return int(np.linalg.det(A) > 0)", "two negative ones"),
    ("rayleigh_quotient", "return (A @ x) @ x", "length 1 in its direction"),
    ("rayleigh_quotient", "return x @ A @ x / sum(x**2) ** 0.5", "divided out twice"),
    (
        "power_step",
        "for _ in range(50):\n    v = A @ v\n    v = v / np.linalg.norm(v)\nreturn v",
        "one step is asked for",
    ),
    ("power_step", "w = A @ v\nreturn w / (v @ w)", "not yet.\n"),
    ("power_step", "w = A @ v\nreturn w / len(w)", "len counts the entries"),
    (
        "power_step",
        "w = A @ v\nfor i in range(len(w)):\n    w[i] = w[i] / np.linalg.norm(w)\nreturn w",
        "measure it once",
    ),
    (
        "stationary_distribution",
        "p = np.ones(len(P)) / len(P)\nfor _ in range(100):\n    p @ P\nreturn p",
        "does not keep its step",
    ),
    ("stationary_distribution", "return P[0]", "not yet.\n"),
    (
        "stationary_distribution",
        "p = np.ones(len(P)) / len(P)\nfor _ in range(10):\n    p = p @ P\nreturn p",
        "Ten steps",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P)\nreturn vectors[:, np.argmax(values)]",
        "an eigenvector of P.T",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P)\np = vectors[:, np.argmax(values)]\nreturn p / p.sum()",
        "Equal chances",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P.T)\nreturn vectors[:, np.argmax(values)]",
        "so divide by the sum",
    ),
    (
        "stationary_distribution",
        "p = np.ones(len(P))\nfor _ in range(500):\n    p = p @ P\nreturn p",
        "sum to 1, from the start",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\ns[k:] = 0\nreturn (U * s) @ Vt",
        "U is (m, m)",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:, :k] @ s[:k] @ Vt[:k]",
        "scale the columns",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:k] @ np.diag(s[:k]) @ Vt[:k]",
        "Take k columns of U",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False)\nreturn U * s @ Vt",
        "That is A itself again",
    ),
    (
        "centre_and_project",
        "return (X - X.mean(axis=0)) @ components[0]",
        "neither .T nor one of its rows",
    ),
    ("centre_and_project", "return (X - X.mean()) @ components", "one mean of all numbers"),
    (
        "explained_variance_ratio",
        "for i in range(len(eigenvalues)):\n"
        "    eigenvalues[i] = eigenvalues[i] / eigenvalues.sum()\nreturn eigenvalues",
        "add them up once",
    ),
    ("explained_variance_ratio", "return np.sort(eigenvalues / sum(eigenvalues))", "another order"),
    ("predict_rating", "return means[i] + offsets[j] + np.sum(U[i]) * np.sum(V[j])", "added first"),
    ("predict_rating", "return U @ V.T + means[:, None] + offsets", "the entry in row i"),
    (
        "user_step",
        "r = np.where(np.isnan(row), 0, row)\n"
        "return np.linalg.solve(V.T @ V + penalty * np.eye(V.shape[1]), V.T @ r)",
        "counted as zeros",
    ),
    (
        "user_step",
        "k = ~np.isnan(row)\nreturn np.linalg.lstsq(V[k], row[k], rcond=None)[0]",
        "without the penalty",
    ),
    ("attention_weights", "e = np.exp(Q @ K.T)\nreturn e / e.sum(axis=1)", "operands could not"),
    (
        "attention_weights",
        "s = Q @ K.T / np.sqrt(len(K))\ne = np.exp(s - s.max(axis=1, keepdims=True))\n"
        "return e / e.sum(axis=1, keepdims=True)",
        "the number of entries of a key",
    ),
    (
        "attention_weights",
        "s = Q @ K.T / np.sqrt(Q.shape[1])\ne = np.exp(s - s.max(axis=1)[:, None])\n"
        "return e / np.sum(e)",
        "The whole table sums to 1",
    ),
    (
        "causal_weights",
        "e = np.exp(scores - scores.max())\nreturn np.tril(e / e.sum(axis=1, keepdims=True))",
        "mask the scores",
    ),
    (
        "causal_weights",
        "e = np.exp(np.tril(scores))\nreturn e / e.sum(axis=1)[:, None]",
        "A score of 0 is not nothing",
    ),
    ("derivative_matrix", "return np.diag(range(1, n + 1), k=-1)", "belong in the columns"),
    ("derivative_matrix", "return np.eye(n + 1, k=1)", "the factor is missing"),
    ("orthogonal_coefficients", "return np.mean(f[:, None] * Q, axis=0)", "q @ q in its place"),
    ("orthogonal_coefficients", "return np.linalg.solve(Q, f)", "as many columns as points"),
    (
        "kernel_features",
        "a, b = X.T\nreturn np.stack([a**0, a, b, a**2, b**2, a * b], axis=1)",
        "three terms come twice",
    ),
    ("twenty_questions", "return np.log(n)", "take np.log2 and round it up"),
    (
        "kl_of_coins",
        "if p in (0, 1):\n    return 0\n"
        "return p * np.log2(p / q) + (1 - p) * np.log2((1 - p) / (1 - q))",
        "a model that doubts it",
    ),
    (
        "gain_of_split",
        "from scipy.stats import entropy\nn = sum(left + right)\n"
        "return 1 - sum(entropy(x, base=2) * sum(x) / n for x in (left, right))",
        "two classes of equal size",
    ),
]


@pytest.mark.parametrize(("name", "body", "words"), WRONG_WAYS)
def test_a_wrong_answer_of_a_first_reader_gets_the_sentence_it_needs(name, body, words, capsys):
    signature = inspect.signature(EXERCISES[name].reference)
    other = defined(f"def {name}{signature}:\n" + textwrap.indent(body, "    "), name)
    assert words in said(capsys, other)


# --- mutants ---------------------------------------------------------------------------------

SWAPPED_OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
SWAPPED_NAMES = {
    "cos": "sin",
    "sin": "cos",
    "sum": "mean",
    "mean": "sum",
    "argmax": "argmin",
    "ones": "zeros",
    "column_stack": "array",
}


def alternatives(node):
    """Yield what may stand in place of a node of the reference by a slip."""
    if isinstance(node, ast.BinOp):
        for operator in SWAPPED_OPERATORS[type(node.op)]:
            yield ast.BinOp(node.left, operator(), node.right)
        yield from (node.left, node.right)  # one side forgotten
        if not isinstance(node.op, ast.Add | ast.Mult):
            yield ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    if isinstance(node, ast.Attribute) and node.attr in SWAPPED_NAMES:
        yield ast.Attribute(node.value, SWAPPED_NAMES[node.attr], node.ctx)
    if isinstance(node, ast.Call) and len(node.args) == 1:
        yield node.args[0]  # sqrt, norm, abs, array forgotten
    if isinstance(node, ast.Call) and node.keywords:
        yield ast.Call(node.func, node.args, [])
    if isinstance(node, ast.List | ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield type(node)(node.elts[::-1], node.ctx)
    if isinstance(node, ast.Slice) and node.upper is not None:
        for operator in (ast.Add(), ast.Sub()):
            yield ast.Slice(None, ast.BinOp(node.upper, operator, ast.Constant(1)))
        yield ast.Slice(node.upper, None)
        yield ast.Slice(None, None)


def mutants(function):
    """Yield the function's source with one slip each."""
    tree = ast.parse(inspect.getsource(function))
    tree.body[0].body = tree.body[0].body[1:]  # without its docstring
    for parent in list(ast.walk(tree.body[0])):
        if isinstance(parent, ast.arguments | ast.arg):
            continue
        for field, value in list(ast.iter_fields(parent)):
            for position, node in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(node, ast.expr | ast.Slice):
                    continue
                for other in alternatives(node):
                    _put(parent, field, position, other)
                    yield ast.unparse(ast.fix_missing_locations(tree))
                    _put(parent, field, position, node)


def _put(parent, field, position, node):
    if isinstance(getattr(parent, field), list):
        getattr(parent, field)[position] = node
    else:
        setattr(parent, field, node)


# Slips that change nothing: the line that holds each, and why it is as good as the reference.
SYMMETRIC = "the dot product does not mind the order"
UNSIGNED = "a square and an absolute value do not mind the sign"
EITHER_WAY = "an arrow and its opposite are equally long"
A_LIST = "a list of the same numbers is accepted"
CONVERGED = "the chain has converged long before"
SQUARED = "a square or a size does not mind the sign"
SAME_LAYERS = "the additional columns of U meet no singular value"
EQUIVALENT = {
    "distance": {"return np.sqrt(np.sum((w - v) ** 2))": EITHER_WAY},
    "is_independent": {
        "return np.linalg.matrix_rank(A) == A.shape[1]": "numpy's own True is accepted",
    },
    "cosine": {"return w @ v / (np.linalg.norm(v) * np.linalg.norm(w))": SYMMETRIC},
    "projection": {"return onto @ v / (onto @ onto) * onto": SYMMETRIC},
    "distance_to_line": {
        "v = start - point": EITHER_WAY,
        "return np.linalg.norm(shadow - v)": EITHER_WAY,
        "shadow = direction @ v / (direction @ direction) * direction": SYMMETRIC,
    },
    "rotation_matrix": {"return [[c, -s], [s, c]]": A_LIST},
    "null_vector": {
        "return [b, -a]": A_LIST,
        "a, b = A[np.argmax(np.abs(A).mean(axis=1))]": "the longer row has the larger mean too",
    },
    "eigenvalues_2x2": {"return [mean + gap, mean - gap]": A_LIST},
    "rayleigh_quotient": {
        "return x @ (x @ A) / (x @ x)": SYMMETRIC,
        "return A @ x @ x / (x @ x)": SYMMETRIC,
    },
    "stationary_distribution": {
        "for _ in range(999):": CONVERGED,
        "for _ in range(1001):": CONVERGED,
    },
    "broken_entry": {
        "return np.argmax(np.abs(np.array(rises) / 2e-05 - claimed))": UNSIGNED,
        "rises = [np.mean((y - X @ (w + s)) ** 2) - np.mean((X @ (w - s) - y) ** 2) "
        "for s in steps]": UNSIGNED,
        "rises = [np.mean((X @ (w + s) - y) ** 2) - np.mean((y - X @ (w - s)) ** 2) "
        "for s in steps]": UNSIGNED,
    },
    "rank_k_approximation": {
        "U, s, Vt = np.linalg.svd(A)": SAME_LAYERS,
        "U, s, Vt = np.linalg.svd(A, full_matrices=True)": SAME_LAYERS,
    },
    "coverage_share": {"return np.mean(np.abs(mean - centres) <= margins)": SQUARED},
    "r_squared": {
        "return 1 - ((fitted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()": SQUARED,
        "return 1 - ((y - fitted) ** 2).sum() / ((y.mean() - y) ** 2).sum()": SQUARED,
    },
    "residual_dots": {"return [residuals.sum(), *X.T @ residuals]": A_LIST},
    "twenty_questions": {"k = -1": "half is less than every n, so that k is 0 before it counts"},
}


EQUIVALENT |= {  # linear systems
    "back_substitution": {
        "x[i] = (b[i] - x[i + 1:] @ U[i, i + 1:]) / U[i, i]": SYMMETRIC,
    },
}
EQUIVALENT |= {  # ratings
    "predict_rating": {"return means[i] + offsets[j] + V[j] @ U[i]": SYMMETRIC},
    "is_positive_definite": {
        "return np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[0] > 0": "numpy's own True",
    },
}
EQUIVALENT |= {  # attention
    "causal_weights": {
        "scores = np.where(np.tri(len(scores)), scores, -np.inf)": "1 and 0 are true and false",
    },
}
EQUIVALENT |= {  # functions
    "kernel_features": {
        "return np.column_stack([root * a * b, b ** 2, a ** 2, root * b, root * a, "
        "np.ones(len(X))])": "the order of the features does not change their dot products",
    },
}
EQUIVALENT |= {  # probability
    "ill_given_two_positives": {
        "false = (1 - prevalence) * (specificity - 1) ** 2": "a square does not mind the sign",
    },
    "normal_log_likelihood": {"z = (mu - data) / sigma": "a square does not mind the sign"},
}


EQUIVALENT |= {  # information theory
}


@every_exercise
def test_every_slip_in_the_reference_is_noticed(exercise):
    original = ast.unparse(ast.parse(inspect.getsource(exercise.reference))).splitlines()
    survivors, tried = set(), 0
    for source in mutants(exercise.reference):
        if set(source.splitlines()) <= set(original):
            continue  # direction @ direction, the other way round
        tried += 1
        if verdict(exercise, defined(source, exercise.name))[0]:
            survivors |= {line.strip() for line in source.splitlines() if line not in original}
    assert tried >= 4
    assert survivors == set(EQUIVALENT.get(exercise.name, {}))


# --- the notebooks ---------------------------------------------------------------------------


def functions_in(notebook):
    """Yield the functions that the cells of a notebook define."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "def " in source:
            yield from (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef))


def test_the_stubs_of_each_notebook_are_those_of_the_references():
    for notebook in NOTEBOOKS:
        title = notebook.stem[3:].replace("_", " ")
        functions = list(functions_in(notebook))
        for name, exercise in CHAPTERS.get(title, {}).items():
            written = [f for f in functions if f.name == name]
            signature = str(inspect.signature(exercise.reference))
            assert written, f"{notebook.name} has no stub of {name}"
            assert all(f"({ast.unparse(f.args)})" == signature for f in written)
            assert exercise.reference.__doc__ in [ast.get_docstring(f) for f in written]
