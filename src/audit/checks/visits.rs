//! A try at a counter goes as its service says, step by step, and its need goes on or ends as its tries and contacts say.

use super::attempts::leaves_unmet;
use super::needs::{differences, told};
use super::way::{AtOnce, Item, in_order, may_follow};
use crate::audit::counters::{metres, next_after, share_of};
use crate::audit::plan::{CELL_US, Plan, us};
use crate::audit::report::Check;
use crate::audit::run::{Run, attempts};
use crate::audit::subject::Subject;
use crate::log::{
    Cause, LegRow, LogTime, NeedEndName, NeedRow, OutcomeName, VisitChannelName, VisitEndName, VisitRow,
};
use crate::scenario::{Booking, Distribution, LoggedRetrials, Service};

/// Whether a try took a place: was offered one and did not decline it.
pub(super) fn is_booked(row: &VisitRow) -> bool {
    row.slot.is_some() && !matches!(row.end, VisitEndName::Declined | VisitEndName::Full)
}

fn constant(of: Option<&Distribution>) -> Option<i64> {
    match of {
        Some(Distribution::Constant(span)) => Some(us(*span)),
        _ => None,
    }
}

/// Each row is possible.
pub fn examine_lives(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for row in &run.visits {
        let Some(service) = plan.scenario.services.get(&*row.service) else {
            check.expect(false, || row.finding(row.asked, "a known service", &row.service));
            continue;
        };
        let known = service.counters.iter().any(|counter| **counter == *row.counter);
        check.expect(known, || row.finding(row.asked, "a counter of its service", &row.counter));
        let lives = row
            .district
            .as_deref()
            .is_none_or(|district| share_of(plan.scenario, row.profile.as_deref(), district) > 0.0);
        check.expect(lives, || {
            row.finding(row.asked, "a district of its profile", format!("{:?}", row.district))
        });
        comes(plan, service, row, check);
        is_served(plan, service, row, check);
        if let Some(booking) = &service.booking {
            is_kept(plan, booking, row, check);
        }
        check.expect(row.channel != VisitChannelName::WalkIn || !row.prepared && row.slot.is_none(), || {
            row.finding(row.asked, "no slot of one who walks in", format!("{:?}", row.slot))
        });
    }
}

/// Who comes does so when the slot begins, or when the counter lets in; who does not says why.
fn comes(plan: &Plan<'_>, service: &Service, row: &VisitRow, check: &mut Check) {
    let Some(counter) = plan.counters.get(&*row.counter) else { return };
    let stays = matches!(
        row.end,
        VisitEndName::Full | VisitEndName::Declined | VisitEndName::Cancelled | VisitEndName::NoShow
    );
    check.expect(!(stays && row.came.is_some()), || row.finding(row.ended, "nobody who came", "one who did"));
    let due = match (row.slot, row.channel) {
        (Some(slot), _) => Some(slot).filter(|&slot| slot < plan.horizon),
        (None, VisitChannelName::WalkIn) => counter.lets_in(row.asked),
        (None, _) => None,
    };
    if let Some(came) = row.came {
        check.expect(due == Some(came), || {
            row.finding(came, format!("one who comes at {due:?}"), "another time")
        });
        check.expect(counter.is_open(came), || row.finding(came, "an open counter", "a closed one"));
    } else if !stays {
        check.expect(due.is_none() && row.end == VisitEndName::Open, || {
            row.finding(row.ended, format!("one who comes at {due:?}"), row.end.word())
        });
    }
    let open = row.end == VisitEndName::Open;
    check.expect(!open || row.ended == plan.horizon.max(row.asked), || {
        row.finding(row.ended, "open at the end of the run", "at another instant")
    });
    let booked = is_booked(row);
    match row.end {
        VisitEndName::NoShow => check.expect(booked && row.slot == Some(row.ended), || {
            row.finding(row.ended, "a no-show at its slot", "at another instant")
        }),
        VisitEndName::GaveUp => {
            let times = row.profile.as_deref().and_then(|name| plan.scenario.profiles.get(name));
            let times = times.map_or(1.0, |profile| profile.patience.times);
            let patience = constant(service.patience.as_ref()).filter(|_| times == 1.0);
            let waited = row.came.map(|came| row.ended.us_since(came));
            check.expect(!booked && service.patience.is_some(), || {
                row.finding(row.ended, "one with an appointment, who waits", "one who left")
            });
            check.expect(patience.is_none() || patience == waited, || {
                row.finding(row.ended, format!("patience of {patience:?} us"), format!("{waited:?}"))
            });
        }
        _ => {}
    }
}

/// Who is served was there, for as long as it takes.
fn is_served(plan: &Plan<'_>, service: &Service, row: &VisitRow, check: &mut Check) {
    let served = matches!(row.end, VisitEndName::Resolved | VisitEndName::Unresolved);
    check.expect(served == row.began.is_some(), || {
        row.finding(row.ended, "a visit that began", row.end.word())
    });
    let Some(began) = row.began else { return };
    let in_order = row.asked <= began && row.came.is_some_and(|came| came <= began) && began <= row.ended;
    check
        .expect(in_order, || row.finding(began, "asked, came, began and ended in order", format!("{row:?}")));
    let saves = service
        .booking
        .as_ref()
        .and_then(|booking| booking.preparation.as_ref())
        .map_or(0, |of| us(of.saves));
    let time = constant(Some(&service.visit_time));
    let time = time.map(|time| if row.prepared { (time - saves).max(0) } else { time });
    let took = row.ended.us_since(began);
    check.expect(time.is_none_or(|time| time == took), || {
        row.finding(row.ended, format!("{time:?} us at the desk"), took)
    });
    let may = match row.end {
        VisitEndName::Resolved => service.unresolved < 1.0,
        _ => service.unresolved > 0.0,
    };
    check.expect(may && plan.begins <= began, || {
        row.finding(row.ended, "an end that its service has", row.end.word())
    });
}

/// What is booked is declined, cancelled and forgotten only as the booking says.
fn is_kept(plan: &Plan<'_>, booking: &Booking, row: &VisitRow, check: &mut Check) {
    let Some(slot) = row.slot else { return };
    let profile = row.profile.as_deref().and_then(|name| plan.scenario.profiles.get(name));
    let times = |factor: Option<crate::scenario::document::Factor>| factor.map_or(1.0, |factor| factor.times);
    let lead_us = slot.us_since(row.asked);
    let metres = metres(plan.scenario, row.district.as_deref(), &row.counter) as f64;
    let far = booking
        .accepted_km
        .is_some_and(|km| metres > km * 1000.0 * times(profile.and_then(|of| of.accepted_km)) + 1e-6);
    let declined = row.end == VisitEndName::Declined;
    // What was booked before the start had been accepted.
    let offered = !plan.is_booked_before(row);
    let accepted = constant(booking.accepted_lead.as_ref());
    let late = accepted.map(|us| lead_us as f64 > us as f64 * times(profile.and_then(|of| of.accepted_lead)));
    match (late, booking.accepted_lead.is_some()) {
        _ if !offered => {}
        (Some(late), _) => check.expect(declined == (late || far), || {
            row.finding(row.asked, format!("declined: {}", late || far), row.end.word())
        }),
        (None, true) => {
            check.expect(declined || !far, || row.finding(row.asked, "a place not too far", "a farther one"))
        }
        (None, false) => check
            .expect(declined == far, || row.finding(row.asked, format!("declined: {far}"), row.end.word())),
    }
    if row.end == VisitEndName::Cancelled {
        let before = booking.reminder.map(|reminder| us(reminder.before));
        let reminded = before == Some(slot.us_since(row.ended));
        let may = booking.cancellation > 0.0 || reminded;
        check.expect(may && (row.asked..=slot).contains(&row.ended), || {
            row.finding(
                row.ended,
                "a cancellation when it may be",
                format!("one {} us before", slot.us_since(row.ended)),
            )
        });
    }
    check.expect(row.end != VisitEndName::NoShow || booking.no_show > 0.0, || {
        row.finding(row.ended, "nobody who stays away", "one who does")
    });
}

/// A need goes from try to try and from contact to contact as they end, and ends with the last.
pub fn examine_needs(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for legs in run.legs_by_need() {
        let booked = legs.iter().any(|leg| leg.outcome == Some(OutcomeName::Booking));
        let tried = !run.visits_of(&legs[0].need).is_empty();
        let wants = plan.scenario.arrivals.get(&*legs[0].need.process).is_some_and(|of| of.service.is_some())
            || plan.start_bookings(&legs[0].need).is_some();
        let may_turn = attempts(legs)
            .filter_map(|contact| contact.last())
            .any(|last| turns_to(plan, run, last).next().is_some());
        check.expect_of(legs[0], tried == (booked || wants) || tried && may_turn, || {
            (legs[0].entered, format!("a try at a counter: {}", booked || wants), format!("{tried}"))
        });
    }
    for rows in run.visits_by_need() {
        let legs = run.legs_of(&rows[0].need);
        // Where a call and a try at one instant might each have led to the other, either order will do.
        let [tries, calls] = [AtOnce::Try, AtOnce::Call].map(|at_once| {
            let mut of_need = Check::new(check.name);
            goes_on(plan, run, (rows, legs), at_once, &mut of_need);
            of_need
        });
        check.add(if tries.failed > calls.failed { calls } else { tries });
        for (number, row) in rows.iter().enumerate() {
            check.expect(row.number as usize == number, || {
                row.finding(row.asked, format!("try {number}"), row.number)
            });
        }
    }
}

/// What a need did, in an order that may be: each leads to the next, and the last to its end.
fn goes_on(
    plan: &Plan<'_>,
    run: &Run<'_>,
    (rows, legs): (&[&VisitRow], &[&LegRow]),
    at_once: AtOnce,
    check: &mut Check,
) {
    let items = in_order(plan, run, rows, legs, at_once);
    begins_as_it_wants(plan, &items, check);
    items.windows(2).for_each(|pair| follows(plan, run, &pair[0].1, (pair[1].0, &pair[1].1), check));
    ends_with_the_last(plan, run, (rows, legs), &items, check);
}

fn begins_as_it_wants(plan: &Plan<'_>, items: &[(LogTime, Item<'_, '_>)], check: &mut Check) {
    let (at, Item::Try(row)) = &items[0] else { return };
    if plan.is_booked_before(row) {
        // What was booked before the start is a check of its own.
        return;
    }
    let wanted = plan.scenario.arrivals.get(&*row.need.process).and_then(|of| of.service.as_deref());
    check.expect(wanted == Some(&*row.service), || {
        row.finding(*at, format!("a need for {wanted:?}"), &row.service)
    });
    let service = plan.scenario.services.get(&*row.service);
    let uptake = service.and_then(|of| of.booking.as_ref()).map_or(0.0, |booking| booking.uptake);
    let may = match row.channel {
        VisitChannelName::WalkIn => uptake < 1.0,
        VisitChannelName::Web => uptake > 0.0,
        VisitChannelName::Agent => false,
    };
    check.expect(may, || row.finding(*at, "a way that its service has", row.channel.word()));
    let within = (0..=CELL_US).contains(&(at.0 - row.need.cell * CELL_US));
    check.expect(within && (plan.begins..plan.horizon).contains(at), || {
        row.finding(*at, "a need of its quarter-hour within the run", "another")
    });
}

/// The services for which some go to a counter after a contact whose last leg failed so.
fn turns_to<'s>(plan: &'s Plan<'_>, run: &Run<'_>, last: &LegRow) -> impl Iterator<Item = &'s str> + use<'s> {
    let offer = super::callbacks::offer_of(plan, run, last).map(|(_, offer)| offer);
    let rule = plan.again_after(last, offer).filter(|rule| rule.probability > 0.0 && leaves_unmet(last));
    let visits = rule.into_iter().flat_map(|rule| rule.visits.iter());
    visits.filter(|&(_, &part)| part > 0.0).map(|(service, _)| service)
}

fn follows(
    plan: &Plan<'_>,
    run: &Run<'_>,
    before: &Item<'_, '_>,
    (at, item): (LogTime, &Item<'_, '_>),
    check: &mut Check,
) {
    match (before, item) {
        (Item::Contact(contact), Item::Try(row)) => {
            let last = contact[contact.len() - 1];
            let service = plan.type_of(last).and_then(|of| of.service.as_deref());
            let books = last.outcome == Some(OutcomeName::Booking)
                && row.channel == VisitChannelName::Agent
                && at == last.caller_left()
                && service == Some(&*row.service);
            let turns = row.channel != VisitChannelName::Agent
                && (last.caller_left()..plan.horizon).contains(&at)
                && turns_to(plan, run, last).any(|service| service == &*row.service);
            check.expect(books || turns, || {
                row.finding(at, "a booking as a talk ends with one", row.channel.word())
            });
        }
        (Item::Contact(contact), Item::Contact(next)) => {
            let last = contact[contact.len() - 1];
            check.expect_of(last, leaves_unmet(last) && next[0].cause != Cause::Visit, || {
                (at, "a contact that did not meet the need, and another".into(), next[0].cause.to_string())
            });
        }
        (Item::Try(row), next) => {
            let may = may_follow(plan, row, next);
            check.expect(may && (row.ended..plan.horizon).contains(&at), || {
                row.finding(row.ended, "what may follow a try that ends so, in time", row.end.word())
            });
        }
    }
}

fn ends_with_the_last(
    plan: &Plan<'_>,
    run: &Run<'_>,
    (rows, legs): (&[&VisitRow], &[&LegRow]),
    items: &[(LogTime, Item<'_, '_>)],
    check: &mut Check,
) {
    let need = &rows[0].need;
    let from = run.needs.partition_point(|end| end.need < *need);
    let ends: Vec<_> = run.needs[from..].iter().take_while(|end| end.need == *need).collect();
    let [row] = ends[..] else {
        return check.expect(false, || rows[0].finding(rows[0].ended, "one end of its need", ends.len()));
    };
    // A need that began at the web site did so before its first contact.
    let began = match &items[0].1 {
        Item::Contact(contact) => run.began(contact[0]),
        Item::Try(_) => items[0].0,
    };
    let case = run.case_of(need);
    if !case.is_empty() && !legs.is_empty() {
        check.expect(row.first_attempt == began, || {
            rows[0].finding(row.first_attempt, format!("a need that began at {}", began.0), "another instant")
        });
        let as_called = NeedRow { first_attempt: run.began(legs[0]), ..(*row).clone() };
        return super::needs::ends_as_told(plan, run, (legs, case), &as_called, check);
    }
    let last = &items[items.len() - 1].1;
    let (possible, ended, resolved_at) = match last {
        Item::Contact(contact) => {
            let last = contact[contact.len() - 1];
            let resolved_at = last.tier.filter(|_| !leaves_unmet(last));
            (super::needs::possible_ends(plan, run, last), last.caller_left(), resolved_at)
        }
        Item::Try(last) => {
            let tries = rows.len() + attempts(legs).count();
            (ends_after(plan, last, tries), last.ended, (last.end == VisitEndName::Resolved).then_some(3))
        }
    };
    check.expect(possible.contains(&row.end), || {
        let words: Vec<_> = possible.iter().map(|end| end.word()).collect();
        rows[0].finding(row.ended, format!("a need that is {}", words.join(" or ")), row.end.word())
    });
    let told = match legs {
        [] => NeedRow {
            first_answered: None,
            answered_after_s: None,
            answered: 0,
            transferred: false,
            attempts: 0,
            ..(*row).clone()
        },
        legs => told(run, legs, row.end),
    };
    let district = row.district.clone();
    let told = NeedRow { first_attempt: began, resolved_at, ended, district, ..told };
    check.expect(told == **row, || {
        let (expected, found) = differences(&told, row);
        rows[0].finding(row.ended, expected, found)
    });
}

/// How a need may end with this try, after so many tries and contacts.
fn ends_after(plan: &Plan<'_>, last: &VisitRow, tries: usize) -> Vec<NeedEndName> {
    match last.end {
        VisitEndName::Resolved => return vec![NeedEndName::Resolved],
        VisitEndName::Open => return vec![NeedEndName::Open],
        _ => {}
    }
    let rule = plan.scenario.services.get(&*last.service).and_then(|of| next_after(of, last.end));
    // Of a log that has all attempts nothing more is modelled.
    let replay = plan.scenario.arrivals.get(&*last.need.process).and_then(|of| of.replay.as_ref());
    let modelled = replay.is_none_or(|replay| replay.retrials != LoggedRetrials::AsLogged);
    let rule = rule.filter(|&(_, at_most)| modelled && tries < at_most as usize);
    match rule.map_or(0.0, |(parts, _)| parts.iter().sum::<f64>()) {
        p if p <= 0.0 => vec![NeedEndName::GivenUp],
        p if p >= 1.0 => vec![NeedEndName::Open],
        _ => vec![NeedEndName::GivenUp, NeedEndName::Open],
    }
}
