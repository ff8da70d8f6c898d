//! A dialler that looks ahead rings as many lines as it should: no more than its pace times the agents who idle or are expected,
//! and, while somebody may be called, no fewer.

use std::collections::BTreeSet;

use crate::audit::conditions::{Spans, join};
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{AgentStateName, DialEndName, DialRow, LogTime};
use crate::scenario::{ByTime, Campaign, Dialling, Distribution, Observations, Predictive};

use super::blending::waits;
use crate::audit::subject::Subject;

/// What sums of steps and products may be off by.
const TINY: f64 = 1e-6;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, of) in &plan.scenario.campaigns {
        let Some(pacing) = of.predictive.as_ref().filter(|_| of.dialling == Dialling::Predictive) else {
            continue;
        };
        let Some(span) = pacing.anticipates else { continue };
        let dialler = Dialler::new(run, name, of, pacing, us(span));
        rings_as_many(plan, run, name, &dialler, check);
    }
}

/// Whatever lasts from one instant to another, many times over.
#[derive(Clone, Debug, Default)]
struct Lasting {
    begins: Vec<LogTime>,
    ends: Vec<LogTime>,
}

impl Lasting {
    fn new(of: impl Iterator<Item = (LogTime, LogTime)>) -> Lasting {
        let (mut begins, mut ends): (Vec<_>, Vec<_>) = of.filter(|&(from, to)| from < to).unzip();
        begins.sort_unstable();
        ends.sort_unstable();
        Lasting { begins, ends }
    }

    /// How many may last at an instant: also those that begin or end then.
    fn around(&self, at: LogTime) -> usize {
        self.begins.partition_point(|&from| from <= at) - self.ends.partition_point(|&to| to < at)
    }

    /// How many last once all that happens at an instant has happened.
    fn after(&self, at: LogTime) -> usize {
        self.begins.partition_point(|&from| from <= at) - self.ends.partition_point(|&to| to <= at)
    }

    /// How many last before, at and after an instant.
    fn surely(&self, at: LogTime) -> usize {
        self.begins.partition_point(|&from| from < at) - self.ends.partition_point(|&to| to <= at)
    }

    fn edges(&self) -> impl Iterator<Item = LogTime> + '_ {
        self.begins.iter().chain(&self.ends).copied()
    }
}

/// The agents of a group, as a dialler sees them.
struct Watched {
    idle: Lasting,
    there: Lasting,
    /// Instants at which one more may idle, with all others at least for that long: an end of idling, and of any work before other work.
    turns: Vec<LogTime>,
}

impl Watched {
    fn new(run: &Run<'_>, group: &str) -> Watched {
        use AgentStateName::{Idle, Ringing, Talking, WrappingUp};
        let rows = || run.agents.iter().filter(|row| *row.group == *group && row.state.is_there());
        let lasting = |state: Option<AgentStateName>| {
            let of = rows().filter(|row| state.is_none_or(|state| row.state == state));
            Lasting::new(of.map(|row| (row.from, row.to)))
        };
        let ends = |state| rows().filter(move |row| row.state == state).map(|row| (row.to, &*row.agent));
        let rang: BTreeSet<_> = ends(Ringing).collect();
        let begins =
            rows().filter(|row| row.state != WrappingUp).map(|row| (row.state, (row.from, &*row.agent)));
        let anew = begins.filter(|(state, at)| *state != Talking || !rang.contains(at)).map(|(_, at)| at);
        // Whoever takes somebody for whom it rang without an agent has idled until then, be it for no time.
        let at_once = run.dials.iter().filter(|dial| !dial.reserved && dial.group.as_deref() == Some(group));
        let at_once = at_once.filter_map(|dial| Some((dial.left, dial.agent.as_deref()?)));
        let turns: BTreeSet<_> = anew.chain(ends(Idle)).chain(at_once).collect();
        let turns = turns.into_iter().map(|(at, _)| at).collect();
        Watched { idle: lasting(Some(Idle)), there: lasting(None), turns }
    }

    /// The most who may idle at an instant.
    fn may_idle(&self, at: LogTime) -> usize {
        let turn =
            self.turns.partition_point(|&turn| turn <= at) - self.turns.partition_point(|&turn| turn < at);
        self.idle.surely(at) + turn
    }
}

/// What a dialler sees, of one campaign.
struct Dialler<'a> {
    of: &'a Campaign,
    pacing: &'a Predictive,
    /// The dials that rang without an agent, by when they did.
    open: Vec<&'a DialRow>,
    lines: Lasting,
    lines_of_others: Lasting,
    talks: Lasting,
    /// Those that the dialler counts.
    wrap_ups: Lasting,
    groups: Vec<Watched>,
    /// The part of talks that is expected to be over, at least and at most over the day; and of wrap-ups that are counted.
    of_talks: (f64, f64),
    of_wrap_ups: f64,
    /// When answered calls were taken or abandoned.
    taken: Vec<LogTime>,
    abandoned: Vec<LogTime>,
}

impl<'a> Dialler<'a> {
    fn new(run: &Run<'a>, name: &str, of: &'a Campaign, pacing: &'a Predictive, span_us: i64) -> Self {
        let own = || run.dials.iter().copied().filter(|dial| *dial.campaign == *name);
        let mut open: Vec<&DialRow> = own().filter(|dial| !dial.reserved).collect();
        open.sort_by_key(|dial| dial.dialled);
        let line = |dial: &&DialRow| (dial.dialled, dial.left);
        let others = run.dials.iter().copied().filter(|dial| *dial.campaign != *name && !dial.reserved);
        let same = matches!(of.wrap_up, None | Some(Distribution::Constant(_)));
        let wrap_ups = own().filter_map(|dial| {
            let (from, to) = (dial.talk_ended?, dial.wrap_up_ended?);
            Some((if same { from.max(LogTime(to.0 - span_us)) } else { from }, to))
        });
        let answered = |dial: &&DialRow| dial.end != DialEndName::NoAnswer;
        let (lost, taken): (Vec<&DialRow>, Vec<&DialRow>) =
            own().filter(answered).partition(|dial| dial.end == DialEndName::Abandoned);
        let when =
            |dial: &&DialRow| if dial.reserved { dial.talk_ended.unwrap_or(dial.left) } else { dial.left };
        let span_s = span_us as f64 / 1e6;
        Dialler {
            of,
            pacing,
            lines: Lasting::new(open.iter().map(line)),
            lines_of_others: Lasting::new(others.map(|dial| line(&dial))),
            talks: Lasting::new(open.iter().filter_map(|dial| Some((dial.left, dial.talk_ended?)))),
            wrap_ups: Lasting::new(wrap_ups),
            groups: of.groups.iter().map(|group| Watched::new(run, group)).collect(),
            of_talks: talks_over(of, span_s),
            of_wrap_ups: if same { 1.0 } else { over(span_s, of.wrap_up.as_ref().map_or(0.0, mean_s)) },
            taken: sorted(taken.iter().map(when)),
            abandoned: sorted(lost.iter().map(|dial| dial.left)),
            open,
        }
    }

    /// All instants at which something changes for it, in order.
    fn instants(&self) -> Vec<LogTime> {
        let of_agents = self.groups.iter().flat_map(|of| of.idle.edges().chain(of.there.edges()));
        let own = self.lines.edges().chain(self.talks.edges()).chain(self.wrap_ups.edges());
        let of_pace = self.taken.iter().chain(&self.abandoned).copied();
        let mut all = sorted(of_agents.chain(own).chain(self.lines_of_others.edges()).chain(of_pace));
        all.dedup();
        all
    }

    /// The most agents whom it may count at an instant.
    fn most_agents(&self, at: LogTime) -> f64 {
        let reserve = self.of.reserve as usize;
        let spare: usize = self.groups.iter().map(|of| of.may_idle(at).saturating_sub(reserve)).sum();
        let lacks =
            self.groups.iter().map(|of| reserve.min(of.there.surely(at)).saturating_sub(of.may_idle(at)));
        let expected = self.of_talks.1 * self.talks.around(at) as f64
            + self.of_wrap_ups * self.wrap_ups.around(at) as f64;
        spare as f64 + (expected - lacks.sum::<usize>() as f64).max(0.0)
    }

    /// The fewest whom it must count after an instant.
    fn fewest_agents(&self, at: LogTime) -> f64 {
        let reserve = self.of.reserve as usize;
        let spare: usize = self.groups.iter().map(|of| of.idle.after(at).saturating_sub(reserve)).sum();
        let lacks: usize = self.groups.iter().map(|of| reserve.saturating_sub(of.idle.after(at))).sum();
        let expected =
            self.of_talks.0 * self.talks.after(at) as f64 + self.of_wrap_ups * self.wrap_ups.after(at) as f64;
        spare.saturating_sub(self.lines_of_others.after(at)) as f64 + (expected - lacks as f64).max(0.0)
    }
}

fn sorted(of: impl Iterator<Item = LogTime>) -> Vec<LogTime> {
    let mut of: Vec<LogTime> = of.collect();
    of.sort_unstable();
    of
}

/// The lines of each instant against pace and agents. What happens within an instant may go in any order, so the pace is known within bounds.
fn rings_as_many(plan: &Plan<'_>, run: &Run<'_>, name: &str, dialler: &Dialler<'_>, check: &mut Check) {
    let of = dialler.pacing;
    let (give, take) = (of.step * of.abandonment_limit, of.step * (1.0 - of.abandonment_limit));
    let on_list = may_be_called(plan, run, name, dialler.of);
    let count = |of: &[LogTime], at: LogTime| {
        (of.partition_point(|&when| when <= at) - of.partition_point(|&when| when < at)) as f64
    };
    let (mut low, mut high) = (1.0_f64, 1.0_f64);
    for at in dialler.instants() {
        let (taken, lost) = (count(&dialler.taken, at) * give, count(&dialler.abandoned, at) * take);
        let most = (high + taken).min(of.most_lines);
        (low, high) = ((low + taken).min(of.most_lines) - lost, (high + taken - lost).min(most));
        let lines = dialler.lines.after(at) as f64;
        let begun = dialler.open.partition_point(|dial| dial.dialled < at);
        if let Some(dial) = dialler.open.get(begun).filter(|dial| dial.dialled == at && dial.left > at) {
            let may = most * dialler.most_agents(at) + TINY;
            check.expect(lines <= may, || {
                dial.finding(at, format!("at most {may} lines for who idles or is expected"), lines)
            });
        }
        if low <= 1.0 + TINY || meets(&on_list, at).is_none() {
            continue;
        }
        let must = (low * dialler.fewest_agents(at) - TINY).floor();
        check.expect(lines >= must, || {
            run.finding(name, at, format!("at least {must} lines while somebody may be called"), lines)
        });
    }
}

/// When somebody may be called, and nothing stands against it; never where occupancy or a service level may.
fn may_be_called(plan: &Plan<'_>, run: &Run<'_>, name: &str, of: &Campaign) -> Spans {
    if of.occupancy_below.is_some() || of.service_level.is_some() {
        return Spans::new();
    }
    let mut spans: Spans = waits(plan, run, name, of.list.as_ref())
        .into_iter()
        .map(|(from, to, _)| (from.max(plan.begins), to.min(plan.horizon)))
        .filter(|(from, to)| from < to)
        .collect();
    join(&mut spans);
    let Some(hours) = plan.campaigns.get(name).and_then(Option::as_ref) else { return spans };
    let open = |(from, to): (LogTime, LogTime)| {
        let turns = hours.turns().filter(move |&turn| from < turn && turn < to);
        let edges: Vec<LogTime> = [from].into_iter().chain(turns).chain([to]).collect();
        let stretches: Spans = edges.windows(2).map(|edge| (edge[0], edge[1])).collect();
        stretches.into_iter().filter(|&(from, _)| hours.is_open(from))
    };
    spans.into_iter().flat_map(open).collect()
}

/// The span that holds what comes right after an instant.
fn meets(spans: &Spans, at: LogTime) -> Option<(LogTime, LogTime)> {
    let next = spans.partition_point(|&(_, to)| to <= at);
    spans.get(next).copied().filter(|&(from, _)| from <= at)
}

/// The part of the talks expected to be over within a span, wrap-up included: least and most over the day.
fn talks_over(of: &Campaign, span_s: f64) -> (f64, f64) {
    let (right_s, wrong_s) = (mean_s(&of.service_time), of.wrong_party_time.as_ref().map_or(0.0, mean_s));
    let rights: Vec<f64> = match &of.right_party {
        ByTime::Constant(right) => vec![*right],
        ByTime::Bands(bands) => bands.values().copied().collect(),
    };
    let part = |right: f64| {
        let talk_s = right * right_s + (1.0 - right) * wrong_s;
        match &of.wrap_up {
            None => over(span_s, talk_s),
            Some(Distribution::Constant(wrap_up)) => over((span_s - wrap_up.as_s()).max(0.0), talk_s),
            Some(wrap_up) => both_over(span_s, talk_s, mean_s(wrap_up)),
        }
    };
    let parts = || rights.iter().map(|&right| part(right));
    (parts().fold(f64::INFINITY, f64::min), parts().fold(0.0, f64::max))
}

#[expect(
    clippy::disallowed_methods,
    reason = "no simulated number depends on it, and floors are compared with tolerance"
)]
fn over(span_s: f64, mean_s: f64) -> f64 {
    -(-span_s / mean_s.max(1e-3)).exp_m1()
}

/// By numbers, as the mean over when the talk ends: no formula that the compiled scenario has.
fn both_over(span_s: f64, talk_s: f64, wrap_up_s: f64) -> f64 {
    const PARTS: i32 = 20_000;
    let part_s = span_s / f64::from(PARTS);
    let ends =
        |part: i32| over(part_s * f64::from(part + 1), talk_s) - over(part_s * f64::from(part), talk_s);
    (0..PARTS).map(|part| ends(part) * over(span_s - part_s * (f64::from(part) + 0.5), wrap_up_s)).sum()
}

/// The mean of a distribution, in seconds.
fn mean_s(of: &Distribution) -> f64 {
    use Distribution as D;
    match of {
        D::Constant(mean) | D::Exponential(mean) => mean.as_s(),
        D::Lognormal(of) | D::Gamma(of) => of.mean.as_s(),
        D::Weibull(of) => of.mean.as_s(),
        D::Erlang(of) => of.mean.as_s(),
        D::Hyperexponential(branches) => branches.iter().map(|of| of.share * of.mean.as_s()).sum(),
        D::Uniform(of) => (of.min.as_s() + of.max.as_s()) / 2.0,
        D::Triangular(of) => (of.min.as_s() + of.mode.as_s() + of.max.as_s()) / 3.0,
        D::Empirical(Observations::Values(values)) => {
            values.iter().map(|value| value.as_s()).sum::<f64>() / values.len() as f64
        }
        // Loading replaces a file by its values.
        D::Empirical(Observations::File(_)) => 0.0,
        D::Mixture(of) => of.iter().map(|of| of.share * mean_s(&of.of)).sum(),
        D::Scaled(of) => of.times * mean_s(&of.of),
    }
}
