//! What is offered to those who wait.

use super::entry::{OFFERED, count, of_offers, ratio, seconds, share};
use super::{Measure, Unit};

pub(super) static MEASURES: &[Measure] = &[
    of_offers(count("callbacks_offered", OFFERED, "offers of a callback", |t| t.callbacks_offered)),
    of_offers(share(
        "callback_acceptance",
        OFFERED,
        "accepted offers of a callback / offers of a callback",
        |t| t.callback_offers_taken,
        |t| t.callbacks_offered,
    )),
    of_offers(share(
        "callbacks_reached",
        OFFERED,
        "promised callbacks whose citizen was reached / C",
        |t| t.promises_reached,
        |t| t.promises,
    )),
    of_offers(ratio(
        "callback_tries",
        Unit::Number,
        OFFERED,
        "times that an agent dialled for a promised callback / C",
        |t| t.callback_tries,
        |t| t.promises,
    )),
    of_offers(seconds(
        "time_to_callback",
        OFFERED,
        "time from accepting a callback to being reached / those who were reached",
        |t| t.reached_after_s,
        |t| t.promises_reached,
    )),
    of_offers(count("deferrals_offered", OFFERED, "offers of another way", |t| t.deferrals_offered)),
    of_offers(share(
        "deferral_acceptance",
        OFFERED,
        "accepted offers of another way / offers of another way",
        |t| t.deferrals_accepted,
        |t| t.deferrals_offered,
    )),
    of_offers(share(
        "deferral_success",
        OFFERED,
        "accepted offers of another way that met the need / accepted offers of another way",
        |t| t.deferrals_met,
        |t| t.deferrals_accepted,
    )),
];
