//! The unit gamma variate as a function of its normal score.
//!
//! ln x is a smooth function of z = the normal quantile of P(shape, x), whatever
//! the shape, so a quintic in each eighth of z meets value, slope and curvature
//! at its ends and the exact quantile to better than 1e-9 between them. One
//! normal draw and one `exp` make a gamma.

use crate::random::math::exp;
use crate::random::special::{GammaShape, normal_cdf, normal_density};

/// Scores beyond +-9.5 (probability 2e-21) count as 9.5.
const REACH: f64 = 9.5;
const CELLS_PER_UNIT: f64 = 8.0;
const CELLS: usize = 152;

/// Coefficients of ln x in each cell, lowest power first, the cell being 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GammaTable {
    shape: f64,
    cells: Vec<[f64; 6]>,
}

/// ln x at a score, with its first two derivatives by cells.
struct Knot {
    value: f64,
    slope: f64,
    curvature: f64,
}

impl GammaTable {
    pub(super) fn new(shape: f64) -> Self {
        let gamma = GammaShape::new(shape);
        let mut guess = gamma.ln_quantile_near(-REACH);
        let knots: Vec<Knot> = (0..=CELLS)
            .map(|i| {
                let knot = knot(&gamma, i as f64 / CELLS_PER_UNIT - REACH, guess);
                guess = knot.value + knot.slope + 0.5 * knot.curvature;
                knot
            })
            .collect();
        Self { shape, cells: knots.windows(2).map(|ends| quintic(&ends[0], &ends[1])).collect() }
    }

    pub(super) fn shape(&self) -> f64 {
        self.shape
    }

    /// The quantile of the unit gamma at the probability whose normal score is `z`.
    #[inline]
    pub(super) fn at_score(&self, z: f64) -> f64 {
        let place = ((z + REACH) * CELLS_PER_UNIT).clamp(0.0, CELLS as f64);
        let cell = (place as usize).min(self.cells.len() - 1);
        let s = place - cell as f64;
        let [c0, c1, c2, c3, c4, c5] = self.cells[cell];
        let s2 = s * s;
        exp((c0 + s * c1) + s2 * ((c2 + s * c3) + s2 * (c4 + s * c5)))
    }
}

/// Solves for ln x at the score z; dx/dz is the ratio of the densities, and once more differentiated the curvature.
fn knot(gamma: &GammaShape, z: f64, guess: f64) -> Knot {
    let value = gamma.ln_quantile(normal_cdf(z), normal_cdf(-z), guess);
    let slope = normal_density(z) / gamma.x_density(value);
    let curvature = slope * (-z - (gamma.shape() - exp(value)) * slope);
    Knot { value, slope: slope / CELLS_PER_UNIT, curvature: curvature / (CELLS_PER_UNIT * CELLS_PER_UNIT) }
}

/// Hermite's quintic through two knots one cell apart.
fn quintic(a: &Knot, b: &Knot) -> [f64; 6] {
    let rise = b.value - a.value;
    [
        a.value,
        a.slope,
        0.5 * a.curvature,
        10.0 * rise - 6.0 * a.slope - 4.0 * b.slope - 1.5 * a.curvature + 0.5 * b.curvature,
        -15.0 * rise + 8.0 * a.slope + 7.0 * b.slope + 1.5 * a.curvature - b.curvature,
        6.0 * rise - 3.0 * (a.slope + b.slope) - 0.5 * (a.curvature - b.curvature),
    ]
}
