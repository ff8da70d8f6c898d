//! The unit gamma variate as a function of its normal score.
//!
//! ln x is a smooth function of z = the normal quantile of P(shape, x), whatever
//! the shape, so a quintic in each eighth of z meets value, slope and curvature
//! at its ends and the exact quantile to better than 1e-9 between them (a sixteenth
//! for shapes below 1/4). One normal draw and one `exp` make a gamma.

use crate::random::math::exp;
use crate::random::special::{GammaShape, normal_cdf, normal_density};

/// Scores beyond +-9.5 (probability 2e-21) count as 9.5.
const REACH: f64 = 9.5;

/// Coefficients of ln x in each cell, lowest power first, the cell being 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GammaTable {
    shape: f64,
    cells_per_unit: f64,
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
        let cells_per_unit = if shape < 0.25 { 16.0 } else { 8.0 };
        let mut guess = gamma.ln_quantile_near(-REACH);
        let knots: Vec<Knot> = (0..=(2.0 * REACH * cells_per_unit) as u32)
            .map(|i| {
                let knot = knot(&gamma, f64::from(i) / cells_per_unit - REACH, 1.0 / cells_per_unit, guess);
                guess = knot.value + knot.slope + 0.5 * knot.curvature;
                knot
            })
            .collect();
        let cells = knots.windows(2).map(|ends| quintic(&ends[0], &ends[1])).collect();
        Self { shape, cells_per_unit, cells }
    }

    pub(super) fn shape(&self) -> f64 {
        self.shape
    }

    /// The quantile of the unit gamma at the probability whose normal score is `z`.
    #[inline]
    pub(super) fn at_score(&self, z: f64) -> f64 {
        let place = (z.clamp(-REACH, REACH) + REACH) * self.cells_per_unit;
        let cell = (place as usize).min(self.cells.len() - 1);
        let s = place - cell as f64;
        let [c0, c1, c2, c3, c4, c5] = self.cells[cell];
        let s2 = s * s;
        exp((c0 + s * c1) + s2 * ((c2 + s * c3) + s2 * (c4 + s * c5)))
    }
}

/// Solves for ln x at the score z; dx/dz is the ratio of the densities, and once more differentiated the curvature.
fn knot(gamma: &GammaShape, z: f64, cell: f64, guess: f64) -> Knot {
    let value = gamma.ln_quantile(normal_cdf(z), normal_cdf(-z), guess);
    let slope = normal_density(z) / gamma.x_density(value);
    let curvature = slope * (-z - (gamma.shape() - exp(value)) * slope);
    Knot { value, slope: slope * cell, curvature: curvature * cell * cell }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_meets_the_exact_quantile() {
        for shape in [0.01, 0.05, 0.249, 0.25, 0.5, 1.0, 1.44, 4.0, 9.0, 11.0, 100.0, 1e4, 1e6] {
            let (table, gamma) = (GammaTable::new(shape), GammaShape::new(shape));
            let mut worst = 0.0_f64;
            for i in -9_200..9_200 {
                let z = f64::from(i) * 0.001 + 0.000_37;
                let exact = gamma.ln_quantile(normal_cdf(z), normal_cdf(-z), gamma.ln_quantile_near(z));
                if exact > -700.0 {
                    worst = worst.max((table.at_score(z) / exp(exact) - 1.0).abs());
                }
            }
            assert!(worst < 1e-9, "shape {shape}: {worst:e}");
        }
    }

    #[test]
    fn it_grows_with_the_score_to_its_ends() {
        let table = GammaTable::new(0.7);
        let values: Vec<f64> = (-11_000..11_000).map(|i| table.at_score(f64::from(i) * 0.001)).collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(table.at_score(-30.0), table.at_score(-9.5));
        assert!(table.at_score(30.0).is_finite());
    }
}
