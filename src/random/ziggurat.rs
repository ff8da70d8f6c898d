//! Unit exponential and standard normal variates by ziggurat (Marsaglia and Tsang 2000), 256 layers.
//!
//! One word decides in 98.9 and 99.3 of 100 cases: its low 8 bits are the layer,
//! bit 8 the sign, bits 12 to 63 the place in the layer, so that none serves
//! twice. The rest re-mix with a counter and go out of line.

use super::Draw;
use super::draw::open_unit;
use super::math::{exp, ln};
use super::ziggurat_tables::{EXPONENTIAL_EDGES, EXPONENTIAL_HEIGHTS, NORMAL_EDGES, NORMAL_HEIGHTS};

#[inline(always)]
pub(super) fn unit_exponential(draw: Draw) -> f64 {
    let word = draw.word();
    let layer = (word & 0xff) as usize;
    let x = open_unit(word) * edge(&EXPONENTIAL_EDGES, layer);
    if x < edge(&EXPONENTIAL_EDGES, layer + 1) { x } else { exponential_rest(draw, layer, x) }
}

#[inline(always)]
pub(super) fn standard_normal(draw: Draw) -> f64 {
    let word = draw.word();
    let layer = (word & 0xff) as usize;
    let x = open_unit(word) * edge(&NORMAL_EDGES, layer);
    let size = if x < edge(&NORMAL_EDGES, layer + 1) { x } else { return normal_rest(draw, word, x) };
    f64::from_bits(size.to_bits() | sign(word))
}

/// An exponential outside the sure part of its layer: the tail, the wedge, or another try.
#[cold]
#[inline(never)]
fn exponential_rest(draw: Draw, mut layer: usize, mut x: f64) -> f64 {
    let mut j = 0;
    loop {
        if layer == 0 {
            // Beyond the last edge the tail is an exponential again.
            return edge(&EXPONENTIAL_EDGES, 1) - ln(open_unit(draw.word_at(j + 1)));
        }
        if under_curve(&EXPONENTIAL_HEIGHTS, layer, draw.word_at(j + 1), exp(-x)) {
            return x;
        }
        j += 2;
        let word = draw.word_at(j);
        layer = (word & 0xff) as usize;
        x = open_unit(word) * edge(&EXPONENTIAL_EDGES, layer);
        if x < edge(&EXPONENTIAL_EDGES, layer + 1) {
            return x;
        }
    }
}

/// A normal outside the sure part of its layer.
#[cold]
#[inline(never)]
fn normal_rest(draw: Draw, mut word: u64, mut x: f64) -> f64 {
    let mut j = 0;
    loop {
        let layer = (word & 0xff) as usize;
        if layer == 0 {
            return f64::from_bits(normal_tail(draw, j + 1).to_bits() | sign(word));
        }
        if under_curve(&NORMAL_HEIGHTS, layer, draw.word_at(j + 1), exp(-0.5 * x * x)) {
            return f64::from_bits(x.to_bits() | sign(word));
        }
        j += 2;
        word = draw.word_at(j);
        let layer = (word & 0xff) as usize;
        x = open_unit(word) * edge(&NORMAL_EDGES, layer);
        if x < edge(&NORMAL_EDGES, layer + 1) {
            return f64::from_bits(x.to_bits() | sign(word));
        }
    }
}

/// A normal beyond the last edge r (Marsaglia 1964): x = E / r is kept if E' > x^2 / 2, for unit exponentials E, E'.
fn normal_tail(draw: Draw, first: u64) -> f64 {
    let r = edge(&NORMAL_EDGES, 1);
    let mut j = first;
    loop {
        let x = -ln(open_unit(draw.word_at(j))) / r;
        if -2.0 * ln(open_unit(draw.word_at(j + 1))) > x * x {
            return r + x;
        }
        j += 2;
    }
}

/// Whether a point at a uniform height between the layer's bottom and top lies under the density.
fn under_curve(heights: &[u64; 257], layer: usize, word: u64, density: f64) -> bool {
    let (bottom, top) = (f64::from_bits(heights[layer]), f64::from_bits(heights[layer + 1]));
    bottom + open_unit(word) * (top - bottom) < density
}

#[inline(always)]
fn edge(edges: &'static [u64; 257], layer: usize) -> f64 {
    f64::from_bits(edges[layer])
}

/// Bit 8 of the word as a sign bit.
#[inline(always)]
fn sign(word: u64) -> u64 {
    (word & 0x100) << 55
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "std's exp is the oracle")]
mod tests {
    use super::*;

    /// Every layer has the area of the lowest, which is r f(r) and the tail beyond r.
    fn assert_equal_areas(
        edges: &'static [u64; 257],
        heights: &[u64; 257],
        area: f64,
        density: fn(f64) -> f64,
    ) {
        assert!((edge(edges, 0) * f64::from_bits(heights[1]) - area).abs() < 1e-15);
        for layer in 1..256 {
            let (bottom, top) = (f64::from_bits(heights[layer]), f64::from_bits(heights[layer + 1]));
            assert!((edge(edges, layer) * (top - bottom) - area).abs() < 1e-15, "layer {layer}");
            assert!((density(edge(edges, layer)) - bottom).abs() < 1e-15, "layer {layer}");
        }
        assert_eq!(edge(edges, 256), 0.0);
        assert_eq!(f64::from_bits(heights[256]), 1.0);
    }

    #[test]
    fn all_layers_of_the_exponential_have_one_area() {
        let r: f64 = 7.697_117_470_131_05;
        assert_eq!(edge(&EXPONENTIAL_EDGES, 1), r);
        assert_equal_areas(&EXPONENTIAL_EDGES, &EXPONENTIAL_HEIGHTS, (r + 1.0) * (-r).exp(), |x| (-x).exp());
    }

    #[test]
    fn all_layers_of_the_normal_have_one_area() {
        let r: f64 = 3.654_152_885_361_009;
        assert_eq!(edge(&NORMAL_EDGES, 1), r);
        let tail = 2.506_628_274_631_000_5 * crate::random::special::normal_cdf(-r);
        let area = r * (-r * r / 2.0).exp() + tail;
        assert_equal_areas(&NORMAL_EDGES, &NORMAL_HEIGHTS, area, |x| (-x * x / 2.0).exp());
    }
}
