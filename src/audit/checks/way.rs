//! In which order a need that tried a counter did what it did: the log numbers its tries and its contacts, each for itself.
//!
//! By time, mostly. But whoever finds the lines busy may call again at that very instant, and a try that finds nothing may be
//! followed by a call, or a call by a try, as quickly; then what each contact and each try says of its cause decides. Where that leaves both open, both
//! orders are told.

use crate::audit::counters::next_after;
use crate::audit::plan::Plan;
use crate::audit::run::{Run, attempts};
use crate::log::{Cause, LegRow, LogTime, VisitChannelName, VisitRow};

/// What a need did: a contact with its legs, or a try.
pub(super) enum Item<'s, 'a> {
    Contact(&'s [&'a LegRow]),
    Try(&'a VisitRow),
}

/// Which of a try and a contact that follows a try goes first at one instant, where either may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtOnce {
    /// The try that a call may follow.
    Try,
    /// The call that may turn to a counter.
    Call,
}

/// The tries and contacts of a need, each with the instant at which it began.
pub(super) fn in_order<'s, 'a>(
    plan: &Plan<'_>,
    run: &Run<'_>,
    rows: &'s [&'a VisitRow],
    legs: &'s [&'a LegRow],
    at_once: AtOnce,
) -> Vec<(LogTime, Item<'s, 'a>)> {
    let mut contacts: Vec<_> = attempts(legs).map(|contact| (run.called(contact[0]), contact)).collect();
    contacts.sort_by_key(|(at, contact)| (*at, contact[0].attempt));
    let mut tries: Vec<_> = rows.iter().map(|&row| (row.asked, row)).collect();
    tries.sort_by_key(|(at, row)| (*at, row.number));
    let (mut contacts, mut tries) = (contacts.into_iter().peekable(), tries.into_iter().peekable());
    let mut items: Vec<(LogTime, Item<'s, 'a>)> = Vec::with_capacity(rows.len() + legs.len());
    loop {
        let calls = match (contacts.peek(), tries.peek()) {
            (None, None) => return items,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(&(called, contact)), Some(&(asked, row))) => {
                let last = items.last().map(|(_, item)| item);
                called < asked || called == asked && calls_first(plan, last, (called, contact), row, at_once)
            }
        };
        if calls {
            items.extend(contacts.next().map(|(at, contact)| (at, Item::Contact(contact))));
        } else {
            items.extend(tries.next().map(|(at, row)| (at, Item::Try(row))));
        }
    }
}

/// Whether of a contact and a try at one instant, after what was last, the contact is the first.
fn calls_first(
    plan: &Plan<'_>,
    last: Option<&Item<'_, '_>>,
    (called, contact): (LogTime, &[&LegRow]),
    row: &VisitRow,
    at_once: AtOnce,
) -> bool {
    match (last, contact[0].cause) {
        // It follows a try, and none was just before.
        (None | Some(Item::Contact(_)), Cause::Visit) => false,
        // It follows a contact, or nothing.
        (None | Some(Item::Contact(_)), _) => true,
        (Some(Item::Try(_)), Cause::Visit) => {
            // Either may be first: the try, if a call may follow it at once.
            let tried = row.ended <= called && may_follow(plan, row, &Item::Contact(contact));
            row.channel == VisitChannelName::Agent || !tried || at_once == AtOnce::Call
        }
        (Some(Item::Try(_)), _) => false,
    }
}

/// Whether its service lets a try that ended so be followed by this.
pub(super) fn may_follow(plan: &Plan<'_>, row: &VisitRow, next: &Item<'_, '_>) -> bool {
    let rule = plan.scenario.services.get(&*row.service).and_then(|of| next_after(of, row.end));
    let [walk_in, book, call] = rule.map_or([0.0; 3], |rule| rule.0);
    match next {
        Item::Contact(contact) => call > 0.0 && contact[0].cause == Cause::Visit,
        Item::Try(next) => match next.channel {
            VisitChannelName::WalkIn => walk_in > 0.0,
            VisitChannelName::Web => book > 0.0,
            VisitChannelName::Agent => false,
        },
    }
}
