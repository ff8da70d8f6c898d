//! Contacts that come again, and those that are passed on.

use super::Measure;
use super::entry::{CONTACTS, WORK, of_returns, of_withdrawals, seconds, share};

pub(super) static MEASURES: &[Measure] = &[
    share(
        "retrial_share",
        CONTACTS,
        "contacts that try again after nobody answered / (O + X)",
        |t| t.retrials,
        |t| t.offered() + t.refused,
    ),
    share(
        "repeat_share",
        CONTACTS,
        "contacts that come again after a talk that did not help / (O + X)",
        |t| t.repeats,
        |t| t.offered() + t.refused,
    ),
    of_returns(share(
        "status_share",
        CONTACTS,
        "contacts that ask for news of a case / (O + X)",
        |t| t.news,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "complaint_share",
        CONTACTS,
        "contacts that complain about a closed case / (O + X)",
        |t| t.complaints,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "failure_demand",
        CONTACTS,
        "contacts that come since something before did not help: retrials, repeats, news, complaints, calls after a try at a counter / (O + X)",
        |t| t.again,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "failure_demand_load",
        WORK,
        "handle time of such contacts / handle time of A",
        |t| t.again_handle_s,
        |t| t.handle_s,
    )),
    share("transfer_share", WORK, "A that went on to another queue / A", |t| t.transferred, |t| t.answered),
    share(
        "escalation_share",
        WORK,
        "A that went on to the next tier / A",
        |t| t.transferred - t.redirected - t.sent_back - t.passed_from_wrong_queue,
        |t| t.answered,
    ),
    share(
        "redirected_share",
        WORK,
        "A that went on to another department of the same tier / A",
        |t| t.redirected,
        |t| t.answered,
    ),
    share("sent_back_share", WORK, "A that went back to tier 1 / A", |t| t.sent_back, |t| t.answered),
    share(
        "warm_transfer_share",
        WORK,
        "A that a second agent took over while the first stayed / A",
        |t| t.taken_over,
        |t| t.answered,
    ),
    share(
        "turned_cold_share",
        WORK,
        "A that went on alone after their agent had stayed / A",
        |t| t.turned_cold,
        |t| t.answered,
    ),
    of_withdrawals(share(
        "withdrawn_share",
        WORK,
        "A whose agent had stayed to the limit and then ended the contact / A",
        |t| t.withdrawn,
        |t| t.answered,
    )),
    seconds(
        "hold_time",
        WORK,
        "time that agents stayed for a second agent / A with whom they stayed",
        |t| t.held_s,
        |t| t.taken_over + t.turned_cold + t.withdrawn,
    ),
];
