"""Your turn in chapter 1, linear algebra: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .attention import ATTENTION_WEIGHTS, CAUSAL_WEIGHTS, WORDS_THAT_WIN
from .change_of_basis import COORDINATES_IN_BASIS, MATRIX_IN_BASIS, TURNED_B2
from .eigenvectors import (
    EIGENVALUES_2X2,
    LINES_OF_A_SHEAR,
    POWER_STEP,
    STATIONARY_DISTRIBUTION,
    TEN_STEPS,
)
from .functions import (
    DERIVATIVE_MATRIX,
    KERNEL_FEATURES,
    ORTHOGONAL_COEFFICIENTS,
    OVERSHOOT_AT_A_JUMP,
)
from .lengths import COSINE, DISTANCE_TO_LINE, DOUBLED_ARROW, LENGTH_WITH_P, PROJECTION
from .maps import (
    EXCHANGED_COLUMNS,
    NULL_VECTOR,
    PAIRS_THAT_COMMUTE,
    PRODUCT_BY_COLUMNS,
    ROTATION_MATRIX,
    SLIDING_LID,
)
from .orthogonality import GRAM_SCHMIDT_STEP, PROJECTION_MATRIX, SHORTEST_RESIDUAL
from .pca import (
    CENTRE_AND_PROJECT,
    COMPONENTS_FOR_MOST,
    DIRECTION_OF_MOST_VARIANCE,
    EXPLAINED_VARIANCE_RATIO,
)
from .quadratic_forms import IS_POSITIVE_DEFINITE, RAYLEIGH_QUOTIENT, SMALLER_EIGENVALUE
from .recommender import MORE_FACTORS, PREDICT_RATING, USER_STEP
from .svd import (
    POSITIVE_EIGENVALUES,
    RANK_K_APPROXIMATION,
    RIGHT_ANGLES,
    SHUFFLED_PIXELS,
    STORAGE_SAVED,
)
from .systems import BACK_SUBSTITUTION, CLOSING_LINES, ELIMINATION_STEP
from .vectors import COMBINE, IS_INDEPENDENT, PAIRS_TO_A_POINT

EXERCISES = by_name(
    COMBINE,
    IS_INDEPENDENT,
    COSINE,
    PROJECTION,
    DISTANCE_TO_LINE,
    ROTATION_MATRIX,
    PRODUCT_BY_COLUMNS,
    NULL_VECTOR,
    ELIMINATION_STEP,
    BACK_SUBSTITUTION,
    GRAM_SCHMIDT_STEP,
    PROJECTION_MATRIX,
    COORDINATES_IN_BASIS,
    MATRIX_IN_BASIS,
    EIGENVALUES_2X2,
    POWER_STEP,
    STATIONARY_DISTRIBUTION,
    IS_POSITIVE_DEFINITE,
    RAYLEIGH_QUOTIENT,
    RANK_K_APPROXIMATION,
    STORAGE_SAVED,
    CENTRE_AND_PROJECT,
    EXPLAINED_VARIANCE_RATIO,
    PREDICT_RATING,
    USER_STEP,
    ATTENTION_WEIGHTS,
    CAUSAL_WEIGHTS,
    DERIVATIVE_MATRIX,
    ORTHOGONAL_COEFFICIENTS,
    KERNEL_FEATURES,
)

PREDICTIONS = {
    "pairs_to_a_point": PAIRS_TO_A_POINT,
    "doubled_arrow": DOUBLED_ARROW,
    "length_with_p": LENGTH_WITH_P,
    "exchanged_columns": EXCHANGED_COLUMNS,
    "pairs_that_commute": PAIRS_THAT_COMMUTE,
    "sliding_lid": SLIDING_LID,
    "closing_lines": CLOSING_LINES,
    "shortest_residual": SHORTEST_RESIDUAL,
    "turned_b2": TURNED_B2,
    "lines_of_a_shear": LINES_OF_A_SHEAR,
    "ten_steps": TEN_STEPS,
    "smaller_eigenvalue": SMALLER_EIGENVALUE,
    "right_angles": RIGHT_ANGLES,
    "positive_eigenvalues": POSITIVE_EIGENVALUES,
    "shuffled_pixels": SHUFFLED_PIXELS,
    "direction_of_most_variance": DIRECTION_OF_MOST_VARIANCE,
    "components_for_most": COMPONENTS_FOR_MOST,
    "more_factors": MORE_FACTORS,
    "words_that_win": WORDS_THAT_WIN,
    "overshoot_at_a_jump": OVERSHOOT_AT_A_JUMP,
}
