//! Offers to callers who wait, their slots, and the steps and bands of queues that speak of them.

use super::conditions::condition;
use super::contacts::retrial;
use super::distributions::{distribution, nothing};
use super::findings::{Findings, path};
use super::names::{Directory, Names};
use super::openings::hours;
use super::queues::NamedStep;
use super::timeline::Timeline;
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{
    Announcement, Callback, Deferral, Invitation, Offer, OfferId, OfferKind, OpeningId, Queue, Slots, Told,
};
use crate::random::name_hash;
use crate::scenario::{self as document, ChooseSlot, Scenario, Span};
use crate::time::SimDuration;

/// The most tries of a callback, and with it the legs that it adds to its contact.
const MOST_TRIES: f64 = 20.0;

/// The offers, sorted by name.
pub(super) fn offers(
    scenario: &Scenario,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Offer> {
    scenario.offers.iter().map(|(name, of)| offer(name, of, names, timeline, findings)).collect()
}

fn offer(
    name: &str,
    of: &document::Offer,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Offer {
    let at = path(&["offers", name]);
    let kind = match (&of.callback, &of.deferral) {
        (Some(callback_of), None) => OfferKind::Callback(Box::new(callback(
            callback_of,
            &format!("{at}.callback"),
            (names, timeline),
            findings,
        ))),
        (None, Some(of)) => OfferKind::Deferral(deferral(of, &format!("{at}.deferral"), names, findings)),
        (one, _) => {
            let message = match one {
                Some(_) => "the offer is both a callback and a deferral",
                None => "the offer is neither a callback nor a deferral",
            };
            findings.add(Code::BAD_OFFER, &at, message, "give one of `callback` and `deferral`");
            OfferKind::Deferral(Deferral { solved: 0.0, after_failure: None })
        }
    };
    Offer { name: name.into(), key: name_hash(name), accepted: accepted(name, of, names, findings), kind }
}

/// By profile, the part that accepts.
fn accepted(name: &str, of: &document::Offer, names: &Directory<'_>, findings: &mut Findings) -> Vec<f64> {
    let everybody = findings.number(&path(&["offers", name, "accepted"]), of.accepted, 0.0..=1.0);
    let mut accepted = vec![everybody; names.profiles.len()];
    for (profile, &share) in &of.accepted_by {
        let at = path(&["offers", name, "accepted_by", profile]);
        let share = findings.number(&at, share, 0.0..=1.0);
        if let Some(row) = names.profiles.resolve(profile, &at, findings) {
            accepted[row] = share;
        }
    }
    accepted
}

fn callback(
    of: &document::Callback,
    at: &str,
    (names, timeline): (&Directory<'_>, &Timeline),
    findings: &mut Findings,
) -> Callback {
    let tries = findings.number(&format!("{at}.tries"), of.tries.into(), 1.0..=MOST_TRIES) as u8;
    if tries > 1 && of.delay.is_none() {
        let help = "say how long after a try in vain the next one is made, such as \"15m\"";
        findings.add(Code::BAD_OFFER, at, "`delay` is missing: there is more than one try", help);
    }
    if of.within.is_some() && of.slots.is_some() {
        let help = "leave `within` out: in a slot the promise is kept within the slot";
        findings.add(Code::BAD_OFFER, format!("{at}.within"), "`within` stands beside `slots`", help);
    }
    let delay = of.delay.as_ref().map(|delay| distribution(delay, &format!("{at}.delay"), findings));
    Callback {
        slots: of.slots.as_ref().map(|of| slots(of, &format!("{at}.slots"), timeline, findings)),
        dial_time: distribution(&of.dial_time, &format!("{at}.dial_time"), findings),
        reached: findings.number(&format!("{at}.reached"), of.reached, 0.0..=1.0),
        tries,
        delay: delay.unwrap_or_else(nothing),
        within: of.within.map(duration),
        after_failure: retrial(of.after_failure.as_ref(), &format!("{at}.after_failure"), names, findings),
    }
}

fn duration(of: Span) -> SimDuration {
    SimDuration::from_s(of.as_s())
}

/// The slots that begin and end within the run: each stretch of hours from its beginning on, as often as the length fits.
fn slots(of: &document::CallbackSlots, at: &str, timeline: &Timeline, findings: &mut Findings) -> Slots {
    let length = findings.number(&format!("{at}.length"), of.length.as_s(), 60.0..=86_400.0);
    let capacity = findings.number(&format!("{at}.capacity"), of.capacity.into(), 1.0..=1e6) as u32;
    let hours = hours(Some(&of.hours), &format!("{at}.hours"), findings).unwrap_or_else(Hours::always);
    let (from, to) = (timeline.begins_unix_s, timeline.end_unix_s);
    let changes = hours.changes(&timeline.calendar, from, to);
    let (length, mut starts) = (SimDuration::from_s(length), Vec::new());
    for (place, &(opens, _)) in changes.iter().enumerate().filter(|(_, change)| change.1) {
        let closes = changes.get(place + 1).map_or(timeline.clock.horizon, |next| timeline.sim_time(next.0));
        let mut start = timeline.sim_time(opens);
        while start.after(length) <= closes {
            starts.push(start);
            start = start.after(length);
        }
    }
    if starts.is_empty() {
        let message = format!("no slot of {} fits into \"{}\" within the run", of.length, of.hours);
        findings.add(Code::BAD_OFFER, format!("{at}.hours"), message, "give longer hours, or shorter slots");
    }
    Slots { starts, length, capacity, latest: duration(of.latest), any: of.choose == ChooseSlot::Any }
}

fn deferral(of: &document::Deferral, at: &str, names: &Directory<'_>, findings: &mut Findings) -> Deferral {
    Deferral {
        solved: findings.number(&format!("{at}.solved"), of.solved, 0.0..=1.0),
        after_failure: retrial(of.after_failure.as_ref(), &format!("{at}.after_failure"), names, findings),
    }
}

/// What a queue tells its callers; `None`: nothing.
pub(super) fn told(
    name: &str,
    of: &document::Queue,
    steps: &[NamedStep<'_>],
    (offers, groups): (&Names<'_>, &Names<'_>),
    opening: impl Fn(&str) -> Option<OpeningId>,
    findings: &mut Findings,
) -> Option<Box<Told>> {
    let mut invitations = Vec::with_capacity(steps.len());
    for (step_name, step) in steps {
        let invited = step.offer.as_ref().and_then(|offer| {
            let at = path(&["queues", name, "steps", step_name]);
            check_brings_nobody(&at, step, findings);
            let row = offers.resolve(offer, &format!("{at}.offer"), findings)?;
            let condition = condition(step, groups, opening(step_name));
            Some(Invitation { offer: OfferId::from_index(row), condition })
        });
        invitations.push(invited);
    }
    let bands = bands(name, of, findings);
    let speaks = !bands.is_empty() || invitations.iter().any(Option::is_some);
    speaks.then(|| Box::new(Told { invitations, bands }))
}

/// A step offers, or brings groups.
fn check_brings_nobody(at: &str, step: &document::Step, findings: &mut Findings) {
    if !(step.groups.is_empty() && step.add.is_empty() && step.reserve.is_empty()) {
        let help = "let the groups stand in a step of their own";
        findings.add(Code::BAD_OFFER, at, "a step with `offer` has groups as well", help);
    }
}

fn bands(name: &str, of: &document::Queue, findings: &mut Findings) -> Vec<Announcement> {
    let mut bands = Vec::with_capacity(of.announced.len());
    for (band, of) in &of.announced {
        let at = |key: &str| path(&["queues", name, "announced", band, key]);
        let patience_times = findings.number(&at("patience"), of.patience.times, 0.0..=1000.0);
        let balking = of.balking.map(|balking| findings.number(&at("balking"), balking, 0.0..=1.0));
        bands.push(Announcement { over: duration(of.over), patience_times, balking });
    }
    bands.sort_by_key(|band| band.over);
    if bands.windows(2).any(|pair| pair[0].over == pair[1].over) {
        let message = "two announced waits have the same bound";
        findings.add(Code::BAD_OFFER, path(&["queues", name, "announced"]), message, "keep one of them");
    }
    bands
}

/// Offers that nobody makes, and slots that begin while the queue that promises them is closed.
pub(super) fn check_offered(
    offers: &[Offer],
    queues: &[Queue],
    openings: &[crate::model::Opening],
    findings: &mut Findings,
) {
    for (row, offer) in offers.iter().enumerate() {
        let id = OfferId::from_index(row);
        let makes = |queue: &&Queue| queue.told.iter().any(|told| told.offers(id));
        if !queues.iter().any(|queue| makes(&queue)) {
            let message = format!("no step offers \"{}\"", offer.name);
            let help = format!("name it as `offer` of a step, or take it out: offer = \"{}\"", offer.name);
            findings.add(Code::UNUSED, path(&["offers", &offer.name]), message, help);
        }
        let OfferKind::Callback(callback) = &offer.kind else { continue };
        let Some(slots) = &callback.slots else { continue };
        for queue in queues.iter().filter(makes) {
            let Some(hours) = queue.hours.map(|hours| &openings[hours.index()]) else { continue };
            if slots.starts.iter().any(|&start| !hours.is_open(start)) {
                let message =
                    format!("slots begin while \"{}\" is closed: nobody calls back then", queue.name);
                let at = path(&["offers", &offer.name, "callback", "slots", "hours"]);
                findings.add(Code::SLOTS_WHILE_CLOSED, at, message, "keep to the queue's hours");
            }
        }
    }
}
