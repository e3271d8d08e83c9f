"""REML: the between-study variance τ² of the highest restricted likelihood, and the mean with it.

The likelihood is looked at on a grid of τ², since it can have two tops, and the highest is then
found between its neighbours by Newton's method on the score, held to the bracket (Viechtbauer
2005 for the likelihood; Hartung and Knapp 2001 for `se_hk`). Leaving out each study of a hundred,
or adding each of a row of new ones, shares the sums of the whole on the grid: a fit of its own for
each would cost a hundred times as much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

Rows = NDArray[np.float64]

GRID = 80  # points of τ², from a hundredth of the least variance to beyond the spread of effects
TOLERANCE = 1e-10  # of τ² plus the typical variance
ROUGHLY = 1e-5  # of what nobody prints
STEPS = 200  # bisection alone would need some 60 on the widest bracket
Z95 = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Fit:
    """One random-effects fit a row. `se_hk` is Hartung and Knapp's, `se` is Wald's."""

    tau2: Rows
    mean: Rows
    se: Rows
    se_hk: Rows
    k: Rows
    converged: NDArray[np.bool_]


def fit(effects: Rows, variances: Rows) -> Fit:
    """Fit one set of at least two effects with their variances, all above zero: one row."""
    grid = _grid(effects, variances)
    w = 1 / (variances + grid[:, None])
    mean = (w * effects).sum(axis=1) / w.sum(axis=1)
    residual = (w * (effects - mean[:, None]) ** 2).sum(axis=1)
    heights = (np.log(w).sum(axis=1) - np.log(w.sum(axis=1)) - residual) / 2
    return _fitted(effects[None, :], variances[None, :], grid, heights[None, :])


def without_each(effects: Rows, variances: Rows) -> Fit:
    """Fit at least three effects without each of them in turn: one row a study left out."""
    k = len(effects)
    grid, sums = _sums(effects, variances)
    parts = _parts(effects, variances, grid)
    heights = _heights(*(whole[None, :] - part for whole, part in zip(sums, parts, strict=True)))
    out = np.where(np.eye(k, dtype=bool), np.inf, variances)
    return _fitted(np.tile(effects, (k, 1)), out, grid, heights)


def with_each(effects: Rows, variances: Rows, new: Rows, new_variances: Rows) -> Fit:
    """Fit at least two effects with each of the new ones in turn, roughly: one row a new study."""
    every = np.append(effects, new), np.append(variances, new_variances)
    grid, sums = _sums(effects, variances, _grid(*every))
    parts = _parts(new, new_variances, grid, around=float(effects.mean()))
    heights = _heights(*(whole[None, :] + part for whole, part in zip(sums, parts, strict=True)))
    rows = np.column_stack([np.tile(effects, (len(new), 1)), new])
    of_rows = np.column_stack([np.tile(variances, (len(new), 1)), new_variances])
    return _fitted(rows, of_rows, grid, heights, ROUGHLY)


def wider_half_widths(fitted: Fit) -> Rows:
    """Half the width of the interval that rules use, Wald's or Hartung and Knapp's, a row each."""
    half: Rows = np.maximum(Z95 * fitted.se, stdtrit(fitted.k - 1, 0.975) * fitted.se_hk)
    return half


def means(effects: Rows, variances: Rows, tau2: Rows) -> tuple[Rows, Rows, Rows]:
    """Mean, Wald's and Hartung and Knapp's standard error at τ², a row each."""
    w = 1 / (variances + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w * effects).sum(axis=1) / total
    k = np.isfinite(variances).sum(axis=1)
    spread = (w * (effects - mean[:, None]) ** 2).sum(axis=1)
    return mean, np.sqrt(1 / total), np.sqrt(spread / ((k - 1) * total))


def _grid(effects: Rows, variances: Rows) -> Rows:
    """Zero, then τ² in even steps of its logarithm up to where no likelihood rises any more."""
    low = float(variances.min()) / 100
    high = float(np.ptp(effects)) ** 2 + float(variances.max())
    return np.append(0.0, np.geomspace(low, max(high, 2 * low), GRID))


def _sums(
    effects: Rows, variances: Rows, grid: Rows | None = None
) -> tuple[Rows, tuple[Rows, Rows, Rows, Rows]]:
    """The grid, and what the likelihood is made of at each of its points, over all effects."""
    at = _grid(effects, variances) if grid is None else grid
    parts = _parts(effects, variances, at)
    return at, (
        parts[0].sum(axis=0), parts[1].sum(axis=0), parts[2].sum(axis=0), parts[3].sum(axis=0)
    )  # fmt: skip


def _parts(
    effects: Rows, variances: Rows, grid: Rows, around: float | None = None
) -> tuple[Rows, Rows, Rows, Rows]:
    """Log w, w, w·y and w·y² of each effect (a row) at each τ² (a column), y from the middle."""
    y = (effects - (effects.mean() if around is None else around))[:, None]
    w = 1 / (variances[:, None] + grid)
    return np.log(w), w, w * y, w * y * y


def _heights(logs: Rows, total: Rows, first: Rows, second: Rows) -> Rows:
    """Restricted log-likelihood of τ² from its sums, but for a constant."""
    height: Rows = (logs - np.log(total) - (second - first * first / total)) / 2
    return height


def _fitted(
    effects: Rows, variances: Rows, grid: Rows, heights: Rows, tolerance: float = TOLERANCE
) -> Fit:
    """Find each row's top between the neighbours of its highest point on the grid."""
    best = heights.argmax(axis=1)
    low, high = grid[np.maximum(best - 1, 0)], grid[np.minimum(best + 1, len(grid) - 1)]
    start = _summit(grid, heights, best)
    tau2, converged = _top(effects, variances, start, low, high, tolerance)
    k = np.isfinite(variances).sum(axis=1).astype(float)
    return Fit(tau2, *means(effects, variances, tau2), k, converged)


def _summit(grid: Rows, heights: Rows, best: NDArray[np.intp]) -> Rows:
    """Where a parabola through each row's highest point and its neighbours has its top.

    In the logarithm of τ², where the grid is even; the point itself at either end.
    """
    start = grid[best]
    inner = np.flatnonzero((best > 1) & (best < len(grid) - 1))
    at = best[inner]
    before, here, after = (heights[inner, at + step] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    step = np.log(grid[2] / grid[1])
    shift = np.divide(before - after, 2 * bend, out=np.zeros_like(bend), where=bend < 0)
    start[inner] *= np.exp(step * np.clip(shift, -0.5, 0.5))
    return start


def _top(
    effects: Rows, variances: Rows, start: Rows, low: Rows, high: Rows, tolerance: float
) -> tuple[Rows, NDArray[np.bool_]]:
    """τ² where the score crosses zero from above inside each bracket; zero where it never rises."""
    tau2, low, high = start.copy(), low.copy(), high.copy()
    present = np.isfinite(variances)
    typical = np.where(present, variances, 0.0).sum(axis=1) / present.sum(axis=1)
    converged = np.zeros(len(tau2), dtype=bool)
    rows = np.arange(len(tau2))
    for _ in range(STEPS):
        old = tau2[rows]
        score, slope = _score(effects[rows], variances[rows], old)
        rises = score > 0
        low[rows] = np.where(rises, old, low[rows])
        high[rows] = np.where(rises, high[rows], old)
        newton = old - score / np.where(slope < 0, slope, -np.inf)
        inside = (slope < 0) & (newton > low[rows]) & (newton < high[rows])
        middle = (low[rows] + high[rows]) / 2
        falls_from_zero = (old == 0) & ~rises
        new = np.where(falls_from_zero, 0.0, np.where(inside, newton, middle))
        tau2[rows] = new
        settled = np.abs(new - old) <= tolerance * (new + typical[rows])
        converged[rows[settled]] = True
        rows = rows[~settled]
        if not len(rows):
            break
    return tau2, converged


def _score(effects: Rows, variances: Rows, tau2: Rows) -> tuple[Rows, Rows]:
    """The first and second derivative of the restricted log-likelihood, a row each, both twice."""
    w = 1 / (variances + tau2[:, None])
    squared = w * w
    total, squares, cubes = w.sum(axis=1), squared.sum(axis=1), (squared * w).sum(axis=1)
    mean = (w * effects).sum(axis=1) / total
    pulled = w * (effects - mean[:, None])
    weighed = w * pulled
    trace = total - squares / total
    trace_of_square = squares - 2 * cubes / total + (squares / total) ** 2
    bent = (weighed * pulled).sum(axis=1) - weighed.sum(axis=1) ** 2 / total
    return (pulled * pulled).sum(axis=1) - trace, trace_of_square - 2 * bent
