"""The figures of chapter 1, linear algebra, in the order of the course."""

from .._engine.explorer import by_name
from ._attention import attention
from ._change_of_basis import change_of_basis
from ._eigenvectors import eigenvectors, power_iteration
from .functions import function_projection
from .lengths import dot_product, unit_ball
from .maps import linear_map
from .maps_composition import composition
from .maps_volume import volume
from .orthogonality import least_squares_projection
from .pca import digit_reconstruction, pca_direction
from .quadratic_forms import quadratic_form
from .recommender import rating_rank
from .svd import svd_steps
from .svd_families import matrix_families
from .svd_images import image_compression
from .systems import linear_system
from .vectors import linear_combination

EXPLORERS = by_name(
    linear_combination,
    dot_product,
    unit_ball,
    linear_map,
    composition,
    volume,
    linear_system,
    least_squares_projection,
    change_of_basis,
    eigenvectors,
    power_iteration,
    quadratic_form,
    svd_steps,
    matrix_families,
    image_compression,
    pca_direction,
    digit_reconstruction,
    rating_rank,
    attention,
    function_projection,
)
