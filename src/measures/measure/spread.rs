//! How even service and demand are: over profiles, over time, and beside targets.

use super::entry::{KEPT, KEPT_BY_INTERVAL, kept, peak, special};
use super::{KeptBy, Kind, Measure, Unit};
use crate::measures::Basis;
use crate::measures::ScopeKind::Whole;
use crate::measures::peaks::PeakBy;

pub(super) static MEASURES: &[Measure] = &[
    Measure {
        unit: Unit::Share,
        ..special(
            "fairness",
            &[(Basis::Contact, &[Whole])],
            "smallest A_t / (A + B + D) of a profile / largest, of profiles with data; none with fewer than two",
            Kind::Fairness,
        )
    },
    peak(
        "peak_hour_to_mean",
        "contacts (refused ones too) or visitors of the hour in which most came / those of a mean hour, closed ones included",
        PeakBy::Hour,
    ),
    peak("peak_day_to_mean", "as peak_hour_to_mean, by local day", PeakBy::Day),
    kept("days_met", KEPT, "days whose service level is at least the target's / days with data", KeptBy::Day),
    kept(
        "months_met",
        KEPT,
        "months, or simulated parts of them, whose service level is at least the target's / months with data",
        KeptBy::Month,
    ),
    kept(
        "intervals_met",
        KEPT_BY_INTERVAL,
        "periods whose service level is at least the target's / periods with data",
        KeptBy::Interval,
    ),
    kept(
        "intervals_met_weighted",
        KEPT_BY_INTERVAL,
        "O of periods whose service level is at least the target's / O of periods with data",
        KeptBy::Offered,
    ),
];
