"""Agreement weights: 1 for the same grade, less the further apart two grades are."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]


class Weights(StrEnum):
    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"

    @property
    def formula(self) -> str:
        return {
            Weights.UNWEIGHTED: "1 on the diagonal, 0 elsewhere",
            Weights.LINEAR: "1 - |i-j|/(q-1)",
            Weights.QUADRATIC: "1 - ((i-j)/(q-1))^2",
        }[self]


Weighting = Weights | Matrix | Sequence[Sequence[float]]  # by name, or a matrix of one's own


def agreement_weights(weights: Weights, n_grades: int) -> Matrix:
    """The (q, q) matrix of agreement weights.

    Source   Cohen 1968, Psychol Bull 70:213-220; Fleiss and Cohen 1973, Educ Psychol Meas 33:613-619
    """
    grades = np.arange(n_grades)
    distance = np.abs(grades[:, None] - grades[None, :]) / (n_grades - 1)
    if weights is Weights.UNWEIGHTED:
        return np.eye(n_grades)
    return 1 - distance if weights is Weights.LINEAR else 1 - distance**2


def matrix_of(weights: Weighting, n_grades: int) -> Matrix:
    """The (q, q) matrix of weights given by name or as a matrix, which need not be symmetric.

    Disagreement weights v, 0 for the same category and more for worse, become agreement weights as 1 - v / max(v).
    Raises   ValueError unless a matrix has one row and one column a grade, 1 on the diagonal and 0 to 1 elsewhere
    """
    if isinstance(weights, str):
        return agreement_weights(Weights(weights), n_grades)
    matrix = np.array(weights, dtype=float)
    if matrix.shape != (n_grades, n_grades):
        raise ValueError(f"Weights of {n_grades} grades are {n_grades} rows of {n_grades} numbers.")
    if not ((matrix >= 0) & (matrix <= 1)).all() or (np.diagonal(matrix) != 1).any():
        raise ValueError("Agreement weights are 1 on the diagonal, for the same grade, and 0 to 1 elsewhere.")
    return matrix


def kind_of(weights: Weighting) -> str:
    """What goes into a statistic's name."""
    return f"{weights} weights" if isinstance(weights, str) else "weights of one's own"


def formula_of(weights: Weighting) -> str:
    """The weights as a methods section prints them; a matrix row by row."""
    if isinstance(weights, str):
        return Weights(weights).formula
    return " / ".join(" ".join(f"{weight:.4g}" for weight in row) for row in weights)
