//! The pinned math: `exp`, `ln` and `pow` that give the same bits on every machine.
//!
//! Only + - * /, bit operations and tables frozen as bits: no call into the
//! system's library and no fused multiply-add. `sqrt`, `abs`, `floor` and the
//! like are exact in `f64` itself and need no pinning.

mod exp;
mod ln;
mod pow;
mod tables;

pub(super) use exp::exp_sum;
pub use exp::{exp, exp_m1};
pub(super) use ln::ln_sum;
pub use ln::{ln, ln_1p};
pub use pow::pow;
pub(super) use pow::product;

#[cfg(test)]
mod tests {
    /// How many doubles lie between two of one sign; none between equal ones, infinities included.
    pub(super) fn units_apart(a: f64, b: f64) -> u64 {
        if a == b {
            return 0;
        }
        assert!(a.is_sign_positive() == b.is_sign_positive(), "{a:e} and {b:e} differ in sign");
        a.to_bits().abs_diff(b.to_bits())
    }
}
