//! Extracts as bytes and back.

use super::{Extract, Extracted, SeriesKey, Shape};
use crate::measures::distributions::Pooled;
use crate::measures::{Basis, Measure, ScopeKind};
use crate::stats::{Histogram, RatioSample};

const BASES: [Basis; 5] = [Basis::Contact, Basis::Leg, Basis::Need, Basis::Time, Basis::Case];

impl Extract {
    /// As bytes, added to `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        [self.replications, self.overflowed].into_iter().for_each(|count| number(out, count.into()));
        number(out, self.series.len() as u64);
        for Extracted { key, promised, sample } in &self.series {
            text(out, key.measure);
            number(out, place(&BASES, key.basis));
            scope(out, key.scope_kind, &key.scope);
            float(out, promised.unwrap_or(f64::NAN));
            for pair in sample.pairs() {
                float(out, pair.numerator);
                float(out, pair.denominator);
            }
        }
        number(out, self.shapes.len() as u64);
        for shape in &self.shapes {
            number(out, place(&Pooled::ALL, shape.pooled));
            scope(out, shape.scope_kind, &shape.scope);
            histogram(out, &shape.histogram);
        }
    }

    /// From bytes that [`write`](Extract::write) made; `None` of any others.
    pub fn read(bytes: &mut &[u8]) -> Option<Extract> {
        let (replications, overflowed) = (small(bytes)?, small(bytes)?);
        let mut extract = Extract { replications, overflowed, ..Extract::default() };
        for _ in 0..take_number(bytes)? {
            let measure = Measure::named(&take_text(bytes)?)?.name;
            let basis = *BASES.get(take_number(bytes)? as usize)?;
            let (scope_kind, scope) = take_scope(bytes)?;
            let promised = Some(take_float(bytes)?).filter(|promised| !promised.is_nan());
            let mut sample = RatioSample::default();
            for _ in 0..replications {
                sample.push(take_float(bytes)?, take_float(bytes)?);
            }
            let key = SeriesKey { measure, basis, scope_kind, scope };
            extract.series.push(Extracted { key, promised, sample });
        }
        for _ in 0..take_number(bytes)? {
            let pooled = *Pooled::ALL.get(take_number(bytes)? as usize)?;
            let (scope_kind, scope) = take_scope(bytes)?;
            extract.shapes.push(Shape { pooled, scope_kind, scope, histogram: take_histogram(bytes)? });
        }
        Some(extract)
    }
}

/// Seven bits a byte, the lowest first; all but the last have the eighth set.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn float(out: &mut Vec<u8>, value: f64) {
    out.extend(value.to_le_bytes());
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

fn scope(out: &mut Vec<u8>, kind: ScopeKind, name: &str) {
    number(out, place(&ScopeKind::ALL, kind));
    text(out, name);
}

/// The bins by the distance of their lowest values, and the maximum, which lies in the last of them.
fn histogram(out: &mut Vec<u8>, histogram: &Histogram) {
    number(out, histogram.bins().count() as u64);
    let mut before = 0;
    for bin in histogram.bins() {
        number(out, bin.low - before);
        number(out, bin.count);
        before = bin.low;
    }
    number(out, histogram.maximum().map_or(0, |maximum| maximum - before));
}

fn place<T: PartialEq>(all: &[T], one: T) -> u64 {
    all.iter().position(|other| *other == one).unwrap_or(0) as u64
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn small(bytes: &mut &[u8]) -> Option<u32> {
    take_number(bytes)?.try_into().ok()
}

fn take_float(bytes: &mut &[u8]) -> Option<f64> {
    take(bytes, 8)?.try_into().ok().map(f64::from_le_bytes)
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take_number(bytes)?;
    String::from_utf8(take(bytes, length.try_into().ok()?)?.into()).ok()
}

fn take_scope(bytes: &mut &[u8]) -> Option<(ScopeKind, String)> {
    let kind = *ScopeKind::ALL.get(take_number(bytes)? as usize)?;
    Some((kind, take_text(bytes)?))
}

fn take_histogram(bytes: &mut &[u8]) -> Option<Histogram> {
    let mut histogram = Histogram::default();
    let (mut low, bins) = (0_u64, take_number(bytes)?);
    for left in (0..bins).rev() {
        low = low.checked_add(take_number(bytes)?)?;
        let count = take_number(bytes)?;
        // The largest value is known exactly; the others by their bin.
        let largest = u64::from(left == 0);
        (largest..count).for_each(|_| histogram.record(low));
    }
    let beyond = take_number(bytes)?;
    if bins > 0 {
        histogram.record(low.checked_add(beyond)?);
    }
    Some(histogram)
}
