//! A dial of a campaign goes as the campaign says: when, by whom, how long, and with predictive dialling at what pace.

use std::collections::BTreeMap;

use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::speeds::talk_factor;
use crate::audit::subject::Subject;
use crate::calendar::Clock;
use crate::log::{DialEndName, DialRow, LogTime};
use crate::scenario::{ByTime, Campaign, Dialling, Distribution};

/// When a dial began, of an agent who was there with the agent.
pub(super) fn began(dial: &DialRow) -> LogTime {
    dial.assigned.filter(|_| dial.reserved).unwrap_or(dial.dialled)
}

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for dial in &run.dials {
        let of = plan.scenario.campaigns.get(&*dial.campaign);
        check.expect(of.is_some(), || dial.finding(dial.dialled, "a campaign of the scenario", "none"));
        let Some(of) = of else { continue };
        may_begin(plan, of, dial, check);
        has_an_agent(of, dial, check);
        ends_as_may_be(plan, of, dial, check);
        takes_its_time(plan, of, dial, check);
    }
}

/// Within the run and the hours; at an instant at which hours end an agent may still have been freed before.
fn may_begin(plan: &Plan<'_>, of: &Campaign, dial: &DialRow, check: &mut Check) {
    let at = began(dial);
    check.expect(plan.begins <= at && at < plan.horizon, || {
        dial.finding(at, "a dial within the run", "one outside")
    });
    if let Some(hours) = plan.campaigns.get(&*dial.campaign).and_then(Option::as_ref) {
        check.expect(hours.is_open(at) || hours.closes_at(at), || {
            dial.finding(at, format!("a dial within {:?}", of.hours), "one outside")
        });
    }
}

/// Agents of the campaign's groups; only predictive dialling rings without one, and only nobody's answer or an abandoned call ends without.
fn has_an_agent(of: &Campaign, dial: &DialRow, check: &mut Check) {
    if let Some(group) = &dial.group {
        check.expect(of.groups.iter().any(|name| **name == **group), || {
            dial.finding(dial.dialled, format!("one of {:?}", of.groups), group)
        });
    }
    let ahead = of.dialling == Dialling::Predictive;
    check.expect(dial.reserved || ahead, || dial.finding(dial.dialled, "an agent before it rings", "none"));
    let spoke = matches!(dial.end, DialEndName::Reached | DialEndName::WrongParty);
    let all = [dial.assigned, dial.talk_ended, dial.wrap_up_ended].iter().all(Option::is_some);
    let with_agent = dial.agent.is_some() && dial.group.is_some() && all;
    check.expect(with_agent == (spoke || dial.reserved), || {
        dial.finding(dial.left, "an agent with whoever is spoken to", format!("{:?}", dial.agent))
    });
    check.expect(!(dial.reserved && dial.end == DialEndName::Abandoned), || {
        dial.finding(dial.left, "an agent who is there", "a call that was abandoned")
    });
}

/// Probabilities of 0 and 1 leave no choice.
fn ends_as_may_be(plan: &Plan<'_>, of: &Campaign, dial: &DialRow, check: &mut Check) {
    let answered = at(plan, &of.answered, dial.dialled);
    let may = if dial.end == DialEndName::NoAnswer { answered < 1.0 } else { answered > 0.0 };
    check
        .expect(may, || dial.finding(dial.dialled, format!("answers with probability {answered}"), dial.end));
    let right = at(plan, &of.right_party, dial.dialled);
    let may = match dial.end {
        DialEndName::Reached => right > 0.0,
        DialEndName::WrongParty => right < 1.0,
        DialEndName::NoAnswer | DialEndName::Abandoned => true,
    };
    check.expect(may, || {
        dial.finding(dial.dialled, format!("the right party with probability {right}"), dial.end)
    });
}

/// A probability by the wall clock.
fn at(plan: &Plan<'_>, of: &ByTime, at: LogTime) -> f64 {
    match of {
        ByTime::Constant(value) => *value,
        ByTime::Bands(bands) => {
            let local = plan.calendar.local(plan.clock(at).unix_s());
            let begun = bands.range(..=Clock::from_s(local.second_of_day)).next_back();
            begun.or(bands.last_key_value()).map_or(0.0, |(_, value)| *value)
        }
    }
}

/// Times in order, and as long as what is constant says.
fn takes_its_time(plan: &Plan<'_>, of: &Campaign, dial: &DialRow, check: &mut Check) {
    let answered = dial.end != DialEndName::NoAnswer;
    let ring = if answered { &of.ring_time.answered } else { &of.ring_time.unanswered };
    lasts(dial, (dial.dialled, dial.rang_until), Some(ring), "ringing", check);
    if dial.reserved {
        let preview = of.preview.as_ref().filter(|_| of.dialling == Dialling::Preview);
        lasts(dial, (began(dial), dial.dialled), preview, "a preview", check);
    }
    let patience = of.predictive.as_ref().map(|of| &of.patience);
    let wait = (dial.rang_until, dial.left);
    match dial.end {
        DialEndName::Abandoned => lasts(dial, wait, patience, "patience", check),
        _ if dial.reserved || !answered => lasts(dial, wait, None, "no wait", check),
        _ => {}
    }
    let (Some(talk_ended), Some(wrap_up_ended)) = (dial.talk_ended, dial.wrap_up_ended) else { return };
    let (talk, wrap_up) = match dial.end {
        DialEndName::Reached => (Some(&of.service_time), of.wrap_up.as_ref()),
        DialEndName::WrongParty => (of.wrong_party_time.as_ref(), of.wrap_up.as_ref()),
        DialEndName::NoAnswer | DialEndName::Abandoned => (None, None),
    };
    if dial.end == DialEndName::Reached && of.contact_type.is_some() {
        talks_as_long_as_the_agent(plan, of, dial, check);
    } else {
        lasts(dial, (dial.left, talk_ended), talk, "a talk", check);
    }
    lasts(dial, (talk_ended, wrap_up_ended), wrap_up, "wrap-up", check);
    waits_for_an_agent(patience, dial, check);
}

/// Something of a dial is as long as it is said to be, if that is a constant.
fn lasts(
    dial: &DialRow,
    (from, to): (LogTime, LogTime),
    of: Option<&Distribution>,
    what: &str,
    check: &mut Check,
) {
    let found = to.us_since(from);
    let fits = match of {
        None => found == 0,
        Some(Distribution::Constant(time)) => found == us(*time),
        Some(_) => found >= 0,
    };
    check.expect(fits, || dial.finding(from, format!("{what} of {of:?}"), format!("{found} us")));
}

/// A constant talk of a campaign with a contact type takes that, times the factor that the agent has when taken.
fn talks_as_long_as_the_agent(plan: &Plan<'_>, of: &Campaign, dial: &DialRow, check: &mut Check) {
    let (Some(group), Some(agent), Some(at), Some(ended)) =
        (&dial.group, &dial.agent, dial.assigned, dial.talk_ended)
    else {
        return;
    };
    let (Distribution::Constant(time), Some(contact_type)) = (&of.service_time, &of.contact_type) else {
        return;
    };
    let factor = talk_factor(plan, group, agent, contact_type, at);
    let found = ended.us_since(dial.left);
    let [least, most] = [factor.start(), factor.end()].map(|times| times * time.as_s() * 1e6);
    check.expect(least - 1.0 <= found as f64 && found as f64 <= most + 1.0, || {
        dial.finding(dial.left, format!("a talk of {time} times {factor:?}"), format!("{found} us"))
    });
}

/// Whoever is called without an agent hears one within the patience, from the first word on.
fn waits_for_an_agent(patience: Option<&Distribution>, dial: &DialRow, check: &mut Check) {
    if let (false, Some(Distribution::Constant(most))) = (dial.reserved, patience) {
        let waited = dial.left.us_since(dial.rang_until);
        check.expect((0..=us(*most)).contains(&waited), || {
            dial.finding(dial.left, format!("a wait within {most}"), format!("{waited} us"))
        });
        check.expect(dial.assigned == Some(dial.left), || {
            dial.finding(dial.left, "an agent from the first word on", format!("{:?}", dial.assigned))
        });
    }
}

/// What changes the pace of a campaign, and what asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment<'a> {
    /// An answered call that no agent took.
    Abandoned,
    /// One that an agent took.
    Taken,
    /// A dial begins.
    Dial(&'a DialRow),
}

/// The lines for each agent follow the abandonment: with more than one it rings without agents, otherwise with them, and never more than
/// the most lines for all who are there.
pub fn examine_pace(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut by_campaign: BTreeMap<&str, Vec<(LogTime, Moment<'_>)>> = BTreeMap::new();
    for &dial in &run.dials {
        let Some(of) = plan.scenario.campaigns.get(&*dial.campaign) else { continue };
        if of.predictive.is_none() {
            continue;
        }
        let moments = by_campaign.entry(&dial.campaign).or_default();
        moments.push((began(dial), Moment::Dial(dial)));
        match dial.end {
            DialEndName::NoAnswer => {}
            DialEndName::Abandoned => moments.push((dial.left, Moment::Abandoned)),
            _ if dial.reserved => moments.push((dial.talk_ended.unwrap_or(dial.left), Moment::Taken)),
            _ => moments.push((dial.left, Moment::Taken)),
        }
    }
    for (name, mut moments) in by_campaign {
        let Some(of) = plan.scenario.campaigns[name].predictive.as_ref() else { continue };
        // Whoever is taken at an instant is so before others hang up: had an agent been there afterwards, nobody would.
        moments.sort_by_key(|&(at, moment)| (at, moment == Moment::Abandoned));
        let mut pace = 1.0;
        for together in moments.chunk_by(|a, b| a.0 == b.0) {
            let before: f64 = pace;
            let (mut least, mut most) = (before, before);
            for (_, moment) in together {
                match moment {
                    Moment::Abandoned => {
                        pace += of.step * (of.abandonment_limit - 1.0);
                        least += of.step * (of.abandonment_limit - 1.0);
                    }
                    Moment::Taken => {
                        pace = (pace + of.step * of.abandonment_limit).min(of.most_lines);
                        most += of.step * of.abandonment_limit;
                    }
                    Moment::Dial(_) => {}
                }
            }
            for (at, moment) in together {
                let Moment::Dial(dial) = moment else { continue };
                let fits = if dial.reserved { least <= 1.0 + TINY } else { most > 1.0 - TINY };
                check.expect(fits, || {
                    let expected = if most > 1.0 { "a dial without an agent" } else { "one with an agent" };
                    dial.finding(*at, expected, format!("another at {before} lines for each agent"))
                });
            }
        }
        if of.anticipates.is_none() {
            fit_their_agents(plan, run, name, of.most_lines, check);
        }
    }
}

/// What sums of steps may be off by.
const TINY: f64 = 1e-9;

/// Lines that ring, wait or talk without having had an agent from the first are no more than the most for all agents who are there.
fn fit_their_agents(plan: &Plan<'_>, run: &Run<'_>, name: &str, most: f64, check: &mut Check) {
    let groups = &plan.scenario.campaigns[name].groups;
    let mut changes: Vec<(LogTime, i64, i64, Option<&DialRow>)> = Vec::new();
    for &dial in run.dials.iter().filter(|dial| &*dial.campaign == name && !dial.reserved) {
        let over = dial.talk_ended.unwrap_or(dial.left);
        changes.push((dial.dialled, 1, 0, Some(dial)));
        changes.push((over, -1, 0, None));
    }
    for row in
        run.agents.iter().filter(|row| row.state.is_there() && groups.iter().any(|of| **of == *row.group))
    {
        changes.push((row.from, 0, 1, None));
        // Whoever goes on in another state is there; so what begins counts before what ends.
        changes.push((LogTime(row.to.0 + 1), 0, -1, None));
    }
    changes.sort_by_key(|&(at, lines, present, _)| (at, lines > 0, -present));
    let (mut lines, mut present) = (0, 0);
    for (at, of_lines, of_present, dial) in changes {
        (lines, present) = (lines + of_lines, present + of_present);
        if let Some(dial) = dial {
            check.expect(lines as f64 <= most * present as f64 + TINY, || {
                dial.finding(at, format!("at most {most} lines for each of {present}"), lines)
            });
        }
    }
}
