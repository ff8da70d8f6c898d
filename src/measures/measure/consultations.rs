//! Agents who ask others.

use super::Measure;
use super::entry::{WORK, count, of_consultations, seconds, share};

pub(super) static MEASURES: &[Measure] = &[
    of_consultations(count("consultations", WORK, "consultations that agents asked for", |t| {
        t.consultations
    })),
    of_consultations(share(
        "consultations_taken",
        WORK,
        "consultations that a second agent took / consultations that agents asked for",
        |t| t.consultations_taken,
        |t| t.consultations,
    )),
    of_consultations(seconds(
        "consultation_wait",
        WORK,
        "time from asking until the second agent spoke / consultations that a second agent took",
        |t| t.consultation_wait_s,
        |t| t.consultations_taken,
    )),
    of_consultations(seconds(
        "consultation_time",
        WORK,
        "time that two agents spoke / consultations that a second agent took",
        |t| t.consultation_time_s,
        |t| t.consultations_taken,
    )),
    of_consultations(count("consultations_given", WORK, "consultations that agents gave to others", |t| {
        t.consultations_given
    })),
];
