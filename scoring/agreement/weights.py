"""Agreement weights: 1 for the same grade, less the further apart two grades are."""

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


def agreement_weights(weights: Weights, n_grades: int) -> Matrix:
    """The (q, q) matrix of agreement weights.

    Source   Cohen 1968, Psychol Bull 70:213-220; Fleiss and Cohen 1973, Educ Psychol Meas 33:613-619
    """
    grades = np.arange(n_grades)
    distance = np.abs(grades[:, None] - grades[None, :]) / (n_grades - 1)
    if weights is Weights.UNWEIGHTED:
        return np.eye(n_grades)
    return 1 - distance if weights is Weights.LINEAR else 1 - distance**2
