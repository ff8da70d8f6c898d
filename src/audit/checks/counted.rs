//! A process with an exact number of needs has it, in each local day or over the counted run; a replay has all that were logged.

use crate::audit::plan::{LocalDay, Plan};
use crate::audit::report::{Check, Finding};
use crate::audit::run::Run;
use crate::calendar::DayKind;
use crate::log::{LogTime, WebEndName};
use crate::scenario::{Arrivals, CountSpan, Event, MonthWeights};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, of) in &plan.scenario.arrivals {
        let within = |at_us: i64| (plan.begins.0..plan.horizon.0).contains(&at_us);
        let logged =
            of.replay.as_ref().map(|replay| replay.contacts.iter().filter(|c| within(c.at_us)).count());
        let Some(exactly) = of.exactly.map(u64::from).or(logged.map(|count| count as u64)) else { continue };
        let at_counters = run.visits.iter().filter(|row| row.number == 0 && &*row.need.process == name);
        let called = run
            .legs_by_need()
            .filter_map(|legs| legs.first().copied())
            .filter(|leg| &*leg.need.process == name)
            .map(|leg| run.began(leg));
        let at_the_web =
            run.web.values().filter(|row| row.end != WebEndName::Calls && &*row.need.process == name);
        let called = called.chain(at_the_web.map(|row| row.tried));
        let firsts: Vec<LogTime> = match of.service {
            None => called.collect(),
            Some(_) => at_counters.map(|row| row.asked).collect(),
        };
        let examined = Examined { name, of, exactly, plan, replication: run.replication };
        if of.replay.is_some() {
            let found = between(&firsts, plan.begins, plan.horizon);
            examined.tell(found == exactly, plan.begins, found, check);
            continue;
        }
        match of.per.unwrap_or_default() {
            CountSpan::Day => plan.days.iter().for_each(|day| examined.day(day, &firsts, check)),
            CountSpan::Run => examined.run(&firsts, check),
        }
    }
}

struct Examined<'a> {
    name: &'a str,
    of: &'a Arrivals,
    exactly: u64,
    plan: &'a Plan<'a>,
    replication: u32,
}

impl Examined<'_> {
    /// A whole day has all of them, one that begins before the run at most all.
    fn day(&self, day: &LocalDay, firsts: &[LogTime], check: &mut Check) {
        let found = between(firsts, day.from, day.until);
        let fits = if day.from < self.plan.begins {
            found <= self.exactly
        } else if self.weight(day) <= 0.0 {
            found == 0
        } else {
            found == self.exactly || found == 0 && self.may_be_nobody(day)
        };
        self.tell(fits, day.from, found, check);
    }

    fn run(&self, firsts: &[LogTime], check: &mut Check) {
        let (start, horizon) = (self.plan.start, self.plan.horizon);
        let found = between(firsts, start, horizon);
        let earlier = between(firsts, self.plan.begins, start);
        self.tell(found == self.exactly && earlier == 0, start, found + earlier, check);
    }

    fn tell(&self, fits: bool, at: LogTime, found: u64, check: &mut Check) {
        check.expect(fits, || Finding {
            replication: self.replication,
            who: format!("arrivals {}", self.name),
            at,
            expected: format!("exactly {} needs", self.exactly),
            found: format!("{found} needs"),
        });
    }

    /// What a day weighs by its month and kind.
    fn weight(&self, day: &LocalDay) -> f64 {
        let month = usize::from(day.date.month() as u8) - 1;
        let by_month = match &self.of.month {
            MonthWeights::Table(table) => table.get(MonthWeights::NAMES[month]).copied(),
            MonthWeights::List(list) => list.get(month).copied(),
            MonthWeights::File(_) => None,
        };
        let of_kind = |kind: DayKind| self.of.weekday.table()?.get(kind.name()).copied();
        let by_kind = of_kind(day.kind).or_else(|| match day.kind {
            DayKind::Holiday => of_kind(DayKind::Sun),
            _ => None,
        });
        by_month.unwrap_or(1.0) * by_kind.unwrap_or(1.0)
    }

    /// Whether an event takes everybody away, or a day shorter than its shape may lack the only hours that have any.
    fn may_be_nobody(&self, day: &LocalDay) -> bool {
        let shared = self.plan.scenario.events.values();
        let strength = |event: &Event| {
            let parts = event.arrivals.iter().flat_map(|affected| affected.parts()).map(|(_, part)| part);
            event.scale * parts.fold(1.0, f64::max)
        };
        let takes_all =
            |event: &Event| event.volume.is_some_and(|volume| (1.0 - volume) * strength(event) >= 1.0);
        self.of.events.values().chain(shared).any(takes_all) || day.until.us_since(day.from) < 86_400_000_000
    }
}

fn between(firsts: &[LogTime], from: LogTime, until: LogTime) -> u64 {
    firsts.iter().filter(|called| (from..until).contains(called)).count() as u64
}
