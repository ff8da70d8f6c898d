//! Which contacts are expected where: the class table applied to the arrival processes.
//!
//! First attempts and their later legs only: what abandonment takes away and retrials bring is for the simulation.

use std::collections::BTreeMap;

use super::openings::closed_times;
use super::passes;
use crate::model::{
    Asks, Band, Bound, CELL_US, ContactType, ContactTypeId, Menu, Model, NumberId, Process, ProcessId,
    ProfileId, QueueId, Rule, RuleId, ServiceId, Turn,
};
use crate::time::SimTime;

const US_PER_DAY: f64 = 86_400e6;
/// Shares below this are rounding, not callers.
const NEGLIGIBLE: f64 = 1e-12;

/// The contacts of one process, bound alike, that the same rules may take.
#[derive(Clone, Debug)]
pub(super) struct Stream<'m> {
    pub(super) process: &'m Process,
    process_id: ProcessId,
    pub(super) contact_type: &'m ContactType,
    pub(super) type_id: ContactTypeId,
    pub(super) bound: Bound,
    /// Such contacts by need of the process.
    pub(super) share: f64,
    /// `share` times the mean factor on talk.
    service_share: f64,
    /// Of what is no contact with its own agents: how it is dealt with.
    aside: Option<Aside>,
    /// The rules in the order in which they are tried.
    pub(super) candidates: &'m [RuleId],
    /// Profile and recognition of one of its callers, for messages.
    pub(super) example: (ProfileId, bool),
}

/// Contacts that chose another type than they wanted, and agents who ask others.
#[derive(Clone, Copy, Debug)]
struct Aside {
    /// Mean work in seconds: the talk until they are passed on, or the consultation.
    work_s: f64,
    waits_for_ever: bool,
}

/// All streams that bring somebody after the run has begun, process by process.
pub(super) fn streams(model: &Model) -> Vec<Stream<'_>> {
    let at_counters = |process: &Process| {
        let row = model.processes.iter().position(|row| std::ptr::eq(row, process));
        let of_process = model.counters.as_deref().map(|counters| &counters.of_process);
        of_process.zip(row).is_some_and(|(of_process, row)| of_process[row].is_some())
    };
    let calls = |process: &&Process| {
        !process.waits_at_start() && !at_counters(process) && process.mean.iter().any(|&mean| mean > 0.0)
    };
    model.processes.iter().filter(calls).flat_map(|process| of_process(model, process)).collect()
}

/// The streams of one process.
pub(super) fn of_process<'m>(model: &'m Model, process: &'m Process) -> Vec<Stream<'m>> {
    streams_of(model, process, kinds(model, process))
}

/// Contacts of a type of their own that ask for news about the cases that processes bring; of `share` only that it is not 0 means something.
pub(super) fn of_news(model: &Model) -> Vec<Stream<'_>> {
    let streams = model.processes.iter().flat_map(|process| {
        let kinds = kinds(model, process).into_iter().flat_map(|kind| {
            let choice = model.contact_types[kind.type_id.index()].case.as_ref();
            let cases = choice.map_or(&[][..], |choice| &choice.case_types);
            let types = cases.iter().flat_map(|case| model.case_types[case.index()].contact_types());
            types.map(|type_id| Kind { type_id, ..kind }).collect::<Vec<_>>()
        });
        streams_of(model, process, kinds.collect())
    });
    streams.collect()
}

/// Contacts of those who come as another type after an attempt that failed; of `share` only that it is not 0 means something.
pub(super) fn of_turns(model: &Model) -> Vec<Stream<'_>> {
    let streams = model.processes.iter().flat_map(|process| {
        let kinds = kinds(model, process).into_iter().flat_map(|kind| {
            let others = others(model, kind.type_id);
            others.into_iter().map(|type_id| Kind { type_id, ..kind }).collect::<Vec<_>>()
        });
        streams_of(model, process, kinds.collect())
    });
    streams.collect()
}

/// Contacts of those who call after a try at a counter; of `share` only that it is not 0 means something.
pub(super) fn of_visitors(model: &Model) -> Vec<Stream<'_>> {
    let Some(counters) = model.counters.as_deref() else { return Vec::new() };
    let call = |service: ServiceId| {
        counters.services[service.index()].next.iter().flatten().any(|next| next.call > 0.0)
    };
    let wanted = counters.of_process.iter().enumerate();
    let wanted = wanted.filter_map(|(row, service)| Some((row, (*service)?, None)));
    let booked = model.start_bookings.iter().filter(|of| of.count > 0);
    let booked = booked.map(|of| (of.process.index(), of.service, of.profile));
    let streams =
        wanted.chain(booked).filter(|&(_, service, _)| call(service)).flat_map(|(row, _, profile)| {
            let process = &model.processes[row];
            let mut kinds = kinds(model, process);
            kinds.retain(|kind| profile.is_none_or(|profile| kind.profile == profile));
            streams_of(model, process, kinds)
        });
    streams.collect()
}

/// The contact types as which needs of a type may come in the end, the type itself left out.
fn others(model: &Model, of: ContactTypeId) -> Vec<ContactTypeId> {
    let (mut known, mut next) = (vec![of], 0);
    while let Some(&type_id) = known.get(next) {
        let turns = turns(&model.contact_types[type_id.index()]);
        turns.for_each(|turn| {
            if !known.contains(&turn) {
                known.push(turn);
            }
        });
        next += 1;
    }
    known.split_off(1)
}

/// The contact types as which contacts of a type may come after an attempt that failed.
pub(super) fn turns(of: &ContactType) -> impl Iterator<Item = ContactTypeId> + '_ {
    let rules = [&of.after_abandonment, &of.after_blocking, &of.after_unresolved];
    let turns = rules.into_iter().flatten().filter_map(|rule| rule.instead.as_ref());
    turns.flat_map(|instead| &instead.turns).filter_map(|turn| match turn {
        Turn::Contact(type_id) => Some(*type_id),
        Turn::Visit(_) => None,
    })
}

fn streams_of<'m>(model: &'m Model, process: &'m Process, kinds: Vec<Kind>) -> Vec<Stream<'m>> {
    let row = model.processes.iter().position(|row| std::ptr::eq(row, process)).unwrap_or_default();
    let process_id = ProcessId::from_index(row);
    let mut found: BTreeMap<(Bound, ContactTypeId, (u32, u32), bool), Stream<'m>> = BTreeMap::new();
    for kind in kinds {
        let Kind { number, profile, recognised, .. } = kind;
        for Way { type_id, bound, share: reaching, aside } in ways(model, process, &kind) {
            if reaching <= NEGLIGIBLE {
                continue;
            }
            let class = model.routes.class(type_id, profile, number, recognised, bound);
            let key = (bound, type_id, model.routes.ranges[class], aside.is_some());
            let stream = found.entry(key).or_insert_with(|| Stream {
                process,
                process_id,
                contact_type: &model.contact_types[type_id.index()],
                type_id,
                bound,
                share: 0.0,
                service_share: 0.0,
                aside,
                candidates: model.routes.candidates(class),
                example: (profile, recognised),
            });
            stream.share += reaching;
            let service_times = model.profiles[profile.index()].service_times[usize::from(recognised)];
            stream.service_share += reaching * service_times;
        }
    }
    found.into_values().collect()
}

/// Where callers of a kind come to.
struct Way {
    type_id: ContactTypeId,
    bound: Bound,
    share: f64,
    aside: Option<Aside>,
}

/// Whom the menu does not serve: to their own queue and on from there, and first to another queue if they choose it.
fn ways(model: &Model, process: &Process, kind: &Kind) -> Vec<Way> {
    let &Kind { type_id, number, profile, recognised, share } = kind;
    // Those who are known one by one have left the menu.
    let greetings = model.greetings.as_deref().filter(|_| process.listed().is_none());
    let menu = greetings.and_then(|of| Some(&of.menus[of.menu(type_id, number, recognised)?.index()]));
    let web = model.contact_types[type_id.index()].web.as_deref().filter(|_| process.listed().is_none());
    let share = share * web.map_or(1.0, |web| 1.0 - web.never_call(profile));
    let share = share * menu.map_or(1.0, |menu| 1.0 - menu.self_service[type_id.index()]);
    let class = |bound| model.routes.class(type_id, profile, number, recognised, bound);
    let legs = passes::legs(model, (type_id, profile), |bound| model.routes.candidates(class(bound)));
    let own = Bound::ALL.into_iter().zip(legs);
    let own = own.map(|(bound, legs)| Way { type_id, bound, share: share * legs, aside: None });
    let wrong = menu.into_iter().flat_map(|menu| wrong_ways(model, menu, type_id, share));
    own.chain(wrong).chain(consultation(model, type_id, share)).collect()
}

/// The agents who ask about contacts of a type; by its tables, or of a type whose tables are those of profiles and groups by its largest.
fn consultation(model: &Model, type_id: ContactTypeId, share: f64) -> Option<Way> {
    let of = &model.contact_types[type_id.index()];
    let consultation = of.consultation.as_deref()?;
    let own = model.outcomes.iter().flat_map(|tables| tables.of_type(type_id.index()));
    let most = own.chain([&of.outcome[0]]).map(passes::consulted).fold(0.0, f64::max);
    let work_s = consultation.time.mean() + consultation.wrap_up.as_ref().map_or(0.0, |of| of.mean());
    let aside = Some(Aside { work_s, waits_for_ever: false });
    Some(Way { type_id, bound: Bound::Second, share: share * most, aside })
}

/// Where callers of a type come to who choose wrongly, of the share that stays in the menu until then.
fn wrong_ways(model: &Model, menu: &Menu, type_id: ContactTypeId, share: f64) -> Vec<Way> {
    let Some(choices) = &menu.choices[type_id.index()] else { return Vec::new() };
    let waits_for_ever = model.contact_types[type_id.index()].patience.is_none();
    let aside = Some(Aside { work_s: menu.redirect_time.mean(), waits_for_ever });
    let others = choices.contact_types.iter().zip(parts(&choices.cumulative));
    let way = |(&type_id, part)| Way { type_id, bound: Bound::First, share: share * part, aside };
    // The last is what they want.
    others.take(choices.contact_types.len() - 1).map(way).collect()
}

/// The probability of each of some options.
fn parts(cumulative: &[f64]) -> impl Iterator<Item = f64> {
    let before = std::iter::once(0.0).chain(cumulative.iter().copied());
    cumulative.iter().zip(before).map(|(upper, lower)| upper - lower)
}

/// Callers of a process that are alike for routing.
#[derive(Clone, Copy)]
struct Kind {
    type_id: ContactTypeId,
    number: NumberId,
    profile: ProfileId,
    recognised: bool,
    /// Their share in the process's needs.
    share: f64,
}

/// Whoever a process brings. Of needs that are known one by one the mix is taken as the same all the time.
fn kinds(model: &Model, process: &Process) -> Vec<Kind> {
    let Some(listed) = process.listed() else {
        let (type_id, number) = (process.contact_type, process.number);
        let kind = |(profile, recognised, share)| Kind { type_id, number, profile, recognised, share };
        return callers(model).into_iter().map(kind).collect();
    };
    let mut counts: BTreeMap<_, u32> = BTreeMap::new();
    for need in &listed.needs {
        *counts.entry((need.contact_type, need.number, need.profile, need.recognised)).or_default() += 1;
    }
    let all = listed.needs.len() as f64;
    let mut kinds = Vec::new();
    for ((type_id, number, profile, recognised), count) in counts {
        let of_these = f64::from(count) / all;
        let kind = |(profile, recognised, share)| Kind { type_id, number, profile, recognised, share };
        let known = callers_as_known(model, profile, recognised).into_iter().map(kind);
        kinds.extend(known.map(|kind| Kind { share: kind.share * of_these, ..kind }));
    }
    kinds
}

/// Kinds of caller with their shares, where profile or recognition may be known.
fn callers_as_known(
    model: &Model,
    profile: Option<ProfileId>,
    recognised: Option<bool>,
) -> Vec<(ProfileId, bool, f64)> {
    let all = callers(model);
    let of_profile = |profile: ProfileId, recognised: bool| {
        let known = model.profiles[profile.index()].recognised;
        (profile, recognised, if recognised { known } else { 1.0 - known })
    };
    match (profile, recognised) {
        (Some(profile), Some(recognised)) => vec![(profile, recognised, 1.0)],
        (Some(profile), None) => [false, true].map(|recognised| of_profile(profile, recognised)).into(),
        (None, None) => all,
        (None, Some(recognised)) => {
            let both = all.chunks(2).map(|pair| pair[0].2 + pair[1].2);
            both.enumerate().map(|(row, share)| (ProfileId::from_index(row), recognised, share)).collect()
        }
    }
}

/// The part of lookups that know their caller, of those whose caller they could know.
fn lookups_that_work(model: &Model) -> f64 {
    let Some(lookup) = model.greetings.as_deref().map(|greetings| &greetings.lookup) else { return 1.0 };
    let down = lookup.down.map_or(0.0, |opening| {
        let closed = closed_times(&[&model.openings[opening.index()]], model.clock.horizon);
        let up: f64 = closed.iter().map(|(from, until)| until.since(*from).as_s()).sum();
        1.0 - up / model.clock.horizon.since(SimTime::ZERO).as_s()
    });
    (1.0 - lookup.failure) * (1.0 - down)
}

/// Kinds of caller that there are, with their shares.
fn callers(model: &Model) -> Vec<(ProfileId, bool, f64)> {
    let mut callers = Vec::with_capacity(2 * model.profiles.len());
    let (mut before, works) = (0.0, lookups_that_work(model));
    for (row, profile) in model.profiles.iter().enumerate() {
        let share = profile.cumulative_share - before;
        before = profile.cumulative_share;
        let id = ProfileId::from_index(row);
        let recognised = profile.recognised * works;
        callers.push((id, false, share * (1.0 - recognised)));
        callers.push((id, true, share * recognised));
    }
    callers
}

impl Stream<'_> {
    /// Whether its contacts chose another type than they wanted, or are agents who ask.
    pub(super) fn is_aside(&self) -> bool {
        self.aside.is_some()
    }

    /// Whether any of its rules leads to the queue.
    pub(super) fn may_enter(&self, model: &Model, queue: QueueId) -> bool {
        self.candidates.iter().any(|rule| model.rules[rule.index()].queue == queue)
    }

    /// Contacts expected to go to the queue in a cell, and to be let in.
    pub(super) fn expected(&self, model: &Model, queue: QueueId, cell: u32) -> f64 {
        let mean = self.process.mean[cell as usize];
        if mean <= 0.0 {
            return 0.0;
        }
        let at = SimTime::from_us(model.clock.cell_start(cell).max(0) as u64);
        let hours = model.queues[queue.index()].hours;
        let open = hours.is_none_or(|opening| model.openings[opening.index()].is_open(at));
        if open { self.led_to(model, queue, at, mean * self.share) } else { 0.0 }
    }

    /// How many of so many contacts of a cell that begins at `at` rules lead to the queue.
    fn led_to(&self, model: &Model, queue: QueueId, at: SimTime, contacts: f64) -> f64 {
        let (mut left, mut led) = (contacts, 0.0);
        for rule in self.candidates.iter().map(|rule| &model.rules[rule.index()]) {
            if !rule.condition.is_none_or(|opening| model.openings[opening.index()].is_open(at)) {
                continue;
            }
            let taken = rule.asks.as_deref().map_or(left, |asks| taken(model, asks, contacts, left));
            led += if rule.queue == queue { taken } else { 0.0 };
            left -= taken;
        }
        led
    }

    /// Mean talk and wrap-up of its contacts in seconds, with agents who have this factor on talk.
    pub(super) fn handle_time_s(&self, times: f64) -> f64 {
        if let Some(aside) = self.aside {
            return aside.work_s;
        }
        let handling = &self.contact_type.handling[usize::from(self.bound.tier() - 1)];
        let wrap_up = handling.wrap_up.as_ref().map_or(0.0, |wrap_up| wrap_up.mean());
        handling.service_time.mean() * (self.service_share / self.share) * times + wrap_up
    }

    /// What known events make of the talks of those who begin in a cell.
    pub(super) fn event_times(&self, model: &Model, cell: u32) -> f64 {
        let day = model.cell_dates[cell as usize].day;
        model.event_talk.as_ref().map_or(1.0, |talk| talk.times(self.process_id, day))
    }

    /// Whether its callers wait for ever.
    pub(super) fn waits_for_ever(&self) -> bool {
        self.aside.map_or(self.contact_type.patience.is_none(), |aside| aside.waits_for_ever)
    }

    /// Whether its callers hold one of a limited number of lines, so that only so many wait at once.
    pub(super) fn holds_a_line(&self, model: &Model) -> bool {
        model.numbers[self.process.number.index()].trunk.is_some()
    }
}

/// Of so many first contacts of a cell, of whom `left` come to a rule: those that it takes, who have no past.
fn taken(model: &Model, asks: &Asks, contacts: f64, left: f64) -> f64 {
    if asks.needs_past() {
        return 0.0;
    }
    let of_marks = asks.marks.map_or(left, |(from, below)| left.min(contacts * (below - from)));
    let span_us = |daily| if daily { US_PER_DAY } else { model.clock.period_us as f64 };
    let band = |band: Band| f64::from(band.contacts) * CELL_US as f64 / span_us(band.daily);
    asks.band.map_or(of_marks, |of| of_marks.min(band(of)))
}

/// The rules that may take a contact without a past at an instant: those that ask for a mark or a number, up to one that takes all.
pub(super) fn rules_at<'m>(
    model: &'m Model,
    candidates: &'m [RuleId],
    at: SimTime,
) -> impl Iterator<Item = &'m Rule> {
    let rules = candidates.iter().map(|rule| &model.rules[rule.index()]);
    let open = move |rule: &&Rule| {
        rule.asks.as_ref().is_none_or(|asks| !asks.needs_past())
            && rule.condition.is_none_or(|opening| model.openings[opening.index()].is_open(at))
    };
    let mut is_over = false;
    rules.filter(open).take_while(move |rule| !std::mem::replace(&mut is_over, rule.asks.is_none()))
}

/// Contacts of some streams expected in a queue, by cell.
pub(super) fn expected_by_cell(model: &Model, entering: &[&Stream<'_>], queue: QueueId) -> Vec<f64> {
    let mut expected = vec![0.0; model.clock.cells as usize];
    for stream in entering {
        for (cell, sum) in expected.iter_mut().enumerate() {
            *sum += stream.expected(model, queue, cell as u32);
        }
    }
    expected
}

/// Contacts expected within `[from, until)`, cells counted by the part that lies in it.
pub(super) fn expected_within(model: &Model, by_cell: &[f64], from: SimTime, until: SimTime) -> f64 {
    let (from, until) = (from.as_us() as i64, until.as_us() as i64);
    let first = ((from - model.clock.cell_start(0)) / CELL_US as i64).max(0) as usize;
    let cells = by_cell.iter().enumerate().skip(first);
    let starts = cells.map(|(cell, &expected)| (model.clock.cell_start(cell as u32), expected));
    let within = starts.take_while(|&(start, _)| start < until).map(|(start, expected)| {
        let overlap = (start + CELL_US as i64).min(until) - start.max(from);
        expected * overlap as f64 / CELL_US as f64
    });
    within.sum()
}
