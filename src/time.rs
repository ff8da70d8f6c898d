//! Simulated time: whole microseconds since time zero of a run.
//!
//! Time zero is the first instant that is simulated (the scenario's start less its run-in). What that instant
//! is called on a calendar is `calendar`'s business; here are only integers and their arithmetic.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// Microseconds in a second.
pub const US_PER_S: u64 = 1_000_000;

/// An instant: microseconds since time zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

/// A length of time in microseconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(u64);

impl SimTime {
    /// The first simulated instant.
    pub const ZERO: SimTime = SimTime(0);
    /// The largest instant that an event can have: 48 bits of microseconds, 8.9 years.
    pub const MAX: SimTime = SimTime((1 << 48) - 1);

    /// The instant `us` microseconds after time zero.
    #[inline]
    pub const fn from_us(us: u64) -> Self {
        SimTime(us)
    }

    /// Microseconds since time zero.
    #[inline]
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// Seconds since time zero.
    pub fn as_s(self) -> f64 {
        self.0 as f64 / US_PER_S as f64
    }

    /// The time from `earlier` to `self`, zero where `earlier` is later.
    #[inline]
    pub const fn since(self, earlier: SimTime) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }

    /// `self + duration`, at most [`SimTime::MAX`]: what lies beyond the clock never happens.
    #[inline]
    pub fn after(self, duration: SimDuration) -> SimTime {
        SimTime((self.0 + duration.0).min(SimTime::MAX.0))
    }

    /// `self - duration`, at least [`SimTime::ZERO`].
    #[inline]
    pub fn before(self, duration: SimDuration) -> SimTime {
        SimTime(self.0.saturating_sub(duration.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: SimDuration = SimDuration(0);
    /// Longer than any run.
    pub const MAX: SimDuration = SimDuration((1 << 48) - 1);

    /// `us` microseconds.
    #[inline]
    pub const fn from_us(us: u64) -> Self {
        SimDuration(us)
    }

    /// Whole seconds.
    pub const fn from_whole_s(s: u64) -> Self {
        SimDuration(s * US_PER_S)
    }

    /// The nearest microsecond to `seconds` (the even one of two), at least 0 and at most [`SimDuration::MAX`]; 0 for
    /// what is not a number.
    #[inline]
    pub fn from_s(seconds: f64) -> Self {
        const MOST: f64 = SimDuration::MAX.0 as f64;
        let us = seconds * US_PER_S as f64;
        let us = if us > 0.0 { us } else { 0.0 };
        let us = if us < MOST { us } else { MOST };
        // Adding 2^52 leaves the whole part in the low bits, rounded: a conversion checks for much that cannot be here.
        const WHOLE: f64 = (1_u64 << 52) as f64;
        SimDuration((us + WHOLE).to_bits() & ((1 << 52) - 1))
    }

    /// Microseconds.
    #[inline]
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// Seconds.
    pub fn as_s(self) -> f64 {
        self.0 as f64 / US_PER_S as f64
    }

    /// Whether this is no time at all.
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add<SimDuration> for SimTime {
    type Output = SimTime;
    #[inline]
    fn add(self, duration: SimDuration) -> SimTime {
        SimTime(self.0 + duration.0)
    }
}

impl Add for SimDuration {
    type Output = SimDuration;
    #[inline]
    fn add(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0 + other.0)
    }
}

impl AddAssign for SimDuration {
    #[inline]
    fn add_assign(&mut self, other: SimDuration) {
        self.0 += other.0;
    }
}

impl Sub for SimDuration {
    type Output = SimDuration;
    #[inline]
    fn sub(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for SimDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.as_s())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_to_the_nearest_microsecond_and_never_below_zero() {
        assert_eq!(SimDuration::from_s(1.234_567_4).as_us(), 1_234_567);
        assert_eq!(SimDuration::from_s(1.234_567_6).as_us(), 1_234_568);
        assert_eq!(SimDuration::from_s(-3.0).as_us(), 0);
        assert_eq!(SimDuration::from_s(f64::NAN).as_us(), 0);
        assert_eq!(SimDuration::from_s(1e30), SimDuration::MAX);
    }

    #[test]
    fn what_lies_beyond_the_clock_stops_at_its_end() {
        assert_eq!(SimTime::from_us(7).after(SimDuration::MAX), SimTime::MAX);
        assert_eq!(SimTime::from_us(3).since(SimTime::from_us(5)), SimDuration::ZERO);
    }
}
