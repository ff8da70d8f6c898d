//! Calls are looked up and hear the menu that the scenario says, whose end is what its shares allow; whoever chose wrongly is
//! passed on.

use crate::audit::plan::{Bound, Plan};
use crate::audit::report::Check;
use crate::audit::router::Router;
use crate::audit::run::Run;
use crate::log::{GreetingEndName, GreetingRow, LegFate, LegRow, OutcomeName};
use crate::scenario::{Distribution, Ivr, MenuPatience};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut greeted = 0;
    for contact in run.legs_by_contact() {
        let Some(&first) = contact.first() else { continue };
        let row = run.greeting(first);
        greeted += usize::from(row.is_some());
        let greets = plan.greets(first) && !plan.is_number_closed(first, run.called(first));
        check.expect_of(first, row.is_some() == greets, || {
            let found = if row.is_some() { "a greeting" } else { "none" };
            (first.entered, "a greeting exactly where the scenario has one".into(), found.into())
        });
        if let Some(row) = row {
            is_of_its_contact(row, first, check);
            is_looked_up(plan, row, first, check);
            let menu = plan.menu_of(first);
            hears_its_menu(menu, row, first, check);
            ends_as_it_may(plan, menu.map(|(_, menu)| menu), row, first, check);
            takes_its_time(plan, menu.map(|(_, menu)| menu), row, first, check);
        }
        contact.iter().for_each(|leg| is_redirected_in_time(plan, run, leg, check));
    }
    check.expect(greeted == run.greeted, || {
        run.finding("greetings", plan.begins, format!("{greeted} greetings, one a contact"), run.greeted)
    });
}

fn is_of_its_contact(row: &GreetingRow, first: &LegRow, check: &mut Check) {
    let of_greeting = (&row.contact_type, &row.profile, &row.number, row.recognised);
    let of_leg = (&first.contact_type, &first.profile, &first.number, first.recognised);
    check.expect_of(first, of_greeting == of_leg, || {
        (row.ended, "the caller of its contact".into(), format!("{of_greeting:?}"))
    });
    check.expect_of(first, first.entered == row.ended && row.began <= row.ended, || {
        let found = format!("one {} us after it", first.entered.us_since(row.ended));
        (first.entered, "an entry when the greeting ended".into(), found)
    });
    let end = match first.fate {
        LegFate::SelfServed => GreetingEndName::SelfServed,
        LegFate::LeftMenu => GreetingEndName::HungUp,
        _ => GreetingEndName::Queue,
    };
    check.expect_of(first, row.end == end, || {
        (row.ended, format!("a greeting that ends with {end}"), row.end.to_string())
    });
}

/// A caller is known only if the profile has such, and surely if all its callers are and no lookup fails.
fn is_looked_up(plan: &Plan<'_>, row: &GreetingRow, first: &LegRow, check: &mut Check) {
    let down = plan.down.as_ref().is_some_and(|down| down.is_open(plan.clock(row.began)));
    let failure = plan.scenario.recognition.as_ref().map_or(0.0, |of| of.failure);
    let profile = row.profile.as_ref().and_then(|name| plan.scenario.profiles.get(&**name));
    let share = profile.map_or(0.0, |profile| profile.recognised);
    // Who is known one by one may be known for sure.
    let may_be = share > 0.0 || plan.is_listed(first);
    let possible = match row.recognised {
        true => may_be && !down && failure < 1.0,
        // Who asks for news was not known before, either.
        false => {
            let not_before = first.cause.is_about_case() && plan.lookups_may_fail();
            share < 1.0 || plan.is_listed(first) || down || failure > 0.0 || not_before
        }
    };
    check.expect_of(first, possible, || {
        let found = if row.recognised { "recognised" } else { "not recognised" };
        (row.began, "a lookup that can have ended so".into(), found.into())
    });
}

fn hears_its_menu(menu: Option<(&str, &Ivr)>, row: &GreetingRow, first: &LegRow, check: &mut Check) {
    let name = menu.map(|(name, _)| name);
    check.expect_of(first, row.menu.as_deref() == name, || {
        (row.began, format!("the menu {name:?}"), format!("{:?}", row.menu))
    });
}

fn ends_as_it_may(plan: &Plan<'_>, menu: Option<&Ivr>, row: &GreetingRow, first: &LegRow, check: &mut Check) {
    let served = menu.and_then(|menu| menu.self_service.get(&*row.contact_type)).copied().unwrap_or(0.0);
    let wrong = menu.and_then(|menu| menu.misrouted.get(&*row.contact_type));
    let included = menu.is_some_and(|menu| menu.patience == MenuPatience::Included);
    let patient = plan.type_of(first).is_some_and(|of| of.patience.is_some());
    let possible = match row.end {
        GreetingEndName::Queue => served < 1.0,
        GreetingEndName::SelfServed => served > 0.0,
        GreetingEndName::HungUp => included && patient,
    };
    check.expect_of(first, possible, || {
        (row.ended, "an end that the menu allows".into(), format!("{} of {}", row.end, row.contact_type))
    });
    let chosen = match row.chose.as_deref() {
        Some(other) => {
            let share = wrong.and_then(|shares| shares.get(other)).copied().unwrap_or(0.0);
            share > 0.0 && row.end == GreetingEndName::Queue
        }
        None => {
            let others: f64 = wrong.map_or(0.0, |shares| shares.iter().map(|(_, share)| share).sum());
            others < 1.0 - 1e-9 || row.end != GreetingEndName::Queue
        }
    };
    check.expect_of(first, chosen, || {
        (row.ended, "a choice that the menu has".into(), format!("{:?}", row.chose))
    });
}

/// Constant times are kept to the microsecond, and without lookup and menu no time passes. What varies takes no less than nothing.
fn takes_its_time(plan: &Plan<'_>, menu: Option<&Ivr>, row: &GreetingRow, first: &LegRow, check: &mut Check) {
    let delay = plan.scenario.recognition.as_ref().and_then(|of| of.delay.as_ref());
    let constant = |of: Option<&Distribution>| match of {
        None => Some(0.0),
        Some(Distribution::Constant(span)) => Some(span.as_s()),
        Some(_) => None,
    };
    let parts = [constant(delay), constant(menu.map(|menu| &menu.time))];
    let varies = parts.contains(&None);
    let (least_us, took_us) =
        (parts.into_iter().flatten().sum::<f64>() * 1e6, row.ended.us_since(row.began) as f64);
    let fits = match row.end {
        GreetingEndName::HungUp => varies || took_us <= least_us + 1.0,
        _ => took_us >= least_us - 1.0 && (varies || took_us <= least_us + 1.0),
    };
    check.expect_of(first, fits, || {
        (row.ended, format!("lookup and menu of {least_us} us"), format!("{took_us} us"))
    });
}

/// An agent who passes a call on has no wrap-up, and a constant time for it.
fn is_redirected_in_time(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow, check: &mut Check) {
    let (Some(OutcomeName::Misrouted), Some(ended)) = (leg.outcome, leg.talk_ended) else { return };
    let menu = run.greeting(leg).and_then(|row| plan.scenario.ivr.get(row.menu.as_deref()?));
    let time_us = match menu.and_then(|menu| menu.redirect_time.as_ref()) {
        Some(Distribution::Constant(span)) => Some(crate::audit::plan::us(*span)),
        _ => None,
    };
    let fits = leg.wrap_up_ended == Some(ended) && time_us.is_none_or(|us| ended.us_since(leg.left) == us);
    check.expect_of(leg, fits, || {
        let found = format!("{} us, wrap-up until {:?}", ended.us_since(leg.left), leg.wrap_up_ended);
        (ended, format!("a talk of {time_us:?} us and no wrap-up"), found)
    });
}

/// Whether a leg stays in a queue that is not its own: its caller chose another type, and the queues of the two differ.
pub(super) fn is_stray(router: &Router<'_>, run: &Run<'_>, leg: &LegRow) -> bool {
    let leg = run.own_leg(leg);
    let chose = run.greeting(leg).filter(|_| leg.leg == 0).and_then(|row| row.chose.as_ref());
    let (contact_type, at) = (&*leg.contact_type, leg.entered);
    let bound = Bound { leg, contact_type, tier: 1, redirected: false, at };
    if chose.is_none() {
        return false;
    }
    let own = router.possible(bound).into_iter().map(|rule| rule.map(|plan| plan.rule.queue.as_str()));
    let in_own: Vec<bool> = own.map(|queue| queue == leg.queue.as_deref()).collect();
    match in_own.contains(&true) {
        false => true,
        // Where it may have been its own, the log is believed.
        true => in_own.contains(&false) && leg.outcome == Some(OutcomeName::Misrouted),
    }
}
