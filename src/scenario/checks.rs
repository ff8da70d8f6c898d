//! Checks of single values: ranges that the types cannot refuse.
//!
//! What names mean together, and whether a distribution's parameters go together, is the model's to check.

use super::document::{
    Arrivals, Busyness, ContactType, DayShape, Event, Header, History, Ivr, MonthWeights, Profile,
    Recognition, Retrial, Scenario, Share, Shift, Target, Volume, Waiting,
};
use super::paths::{join, join_index};
use crate::calendar::DayKind;
use crate::diagnostic::{Code, Diagnostic};

const DAY_S: f64 = 86_400.0;
/// As many days as the engine's clock can hold with a run-in (8.9 years of 48 bits of microseconds).
const MOST_DAYS: u32 = 8 * 366;
/// The longest ramp of an event, in days.
const LONGEST_RAMP: u32 = 366;

/// All single values that are out of their range.
pub fn check(scenario: &Scenario) -> Vec<Diagnostic> {
    let mut checks = Checks { found: Vec::new() };
    checks.header(&scenario.scenario);
    scenario.profiles.iter().for_each(|(name, profile)| checks.profile(&join("profiles", name), profile));
    scenario.recognition.iter().for_each(|of| checks.recognition(of));
    scenario.ivr.iter().for_each(|(name, menu)| checks.menu(&join("ivr", name), menu));
    scenario
        .contact_types
        .iter()
        .for_each(|(name, kind)| checks.contact_type(&join("contact_types", name), kind));
    scenario.arrivals.iter().for_each(|(name, arrivals)| checks.arrivals(&join("arrivals", name), arrivals));
    scenario.events.iter().for_each(|(name, event)| checks.event(&join("events", name), event));
    scenario.busyness.iter().for_each(|(name, busyness)| checks.busyness(&join("busyness", name), busyness));
    scenario.targets.iter().for_each(|(name, target)| checks.target(&join("targets", name), target));
    scenario.shifts.iter().for_each(|(name, shift)| checks.shift(&join("shifts", name), shift));
    for (name, waiting) in scenario.start_state.iter().flat_map(|state| &state.waiting) {
        checks.waiting(&join("start_state.waiting", name), waiting);
    }
    for (name, trunk) in &scenario.trunks {
        checks.at_least_one(&join(&join("trunks", name), "lines"), trunk.lines);
    }
    for (name, group) in &scenario.agent_groups {
        let path = join("agent_groups", name);
        checks.not_negative(&join(&path, "cost_per_hour"), group.cost_per_hour);
        checks.tier(&join(&path, "tier"), Some(group.tier));
        for (name, shrinkage) in &group.shrinkage {
            let path = join(&join(&path, "shrinkage"), name);
            checks.share(&join(&path, "share"), shrinkage.share);
        }
    }
    for (name, rule) in &scenario.routing {
        let path = join("routing", name);
        checks.tier(&join(&join(&path, "when"), "tier"), rule.when.tier);
        for (index, test) in rule.tests.iter().enumerate() {
            let given = join(&join_index(&join(&path, "tests"), index), "given");
            checks.tier(&join(&given, "tier"), test.given.tier);
        }
    }
    checks.found
}

struct Checks {
    found: Vec<Diagnostic>,
}

impl Checks {
    fn refuse(&mut self, code: Code, path: &str, message: String) {
        self.found.push(Diagnostic::new(code, path, message));
    }

    fn share(&mut self, path: &str, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            self.refuse(Code::OUT_OF_RANGE, path, format!("{value} is no share: it lies from 0 to 1"));
        }
    }

    fn not_negative(&mut self, path: &str, value: f64) {
        if !(value >= 0.0 && value.is_finite()) {
            self.refuse(Code::OUT_OF_RANGE, path, format!("{value} is negative; 0 is the least"));
        }
    }

    fn positive(&mut self, path: &str, value: f64) {
        if !(value > 0.0 && value.is_finite()) {
            self.refuse(Code::OUT_OF_RANGE, path, format!("{value} is not above 0"));
        }
    }

    fn at_least_one(&mut self, path: &str, value: u32) {
        if value < 1 {
            self.refuse(Code::OUT_OF_RANGE, path, format!("{value} is too few; 1 is the least"));
        }
    }

    fn tier(&mut self, path: &str, tier: Option<u8>) {
        if let Some(tier) = tier.filter(|tier| !(1..=2).contains(tier)) {
            self.refuse(
                Code::OUT_OF_RANGE,
                path,
                format!("there is no tier {tier}; agents answer at tier 1 or 2"),
            );
        }
    }

    fn header(&mut self, header: &Header) {
        self.at_least_one("scenario.days", header.days);
        let run_in_days = header.before_start().as_s() / DAY_S;
        if f64::from(header.days) + run_in_days > f64::from(MOST_DAYS) {
            let message =
                format!("{} days and {run_in_days:.1} of run-in are more than {MOST_DAYS}", header.days);
            self.refuse(Code::TOO_LONG, "scenario.days", message);
        }
        let period_s = header.period.as_s();
        if !(period_s >= 60.0 && period_s % 60.0 == 0.0 && DAY_S % period_s == 0.0) {
            let message = format!("a period of {} does not divide a day into whole minutes", header.period);
            self.found.push(
                Diagnostic::new(Code::BAD_PERIOD, "scenario.period", message)
                    .with_help("use 1m, 5m, 10m, 15m, 30m or 1h"),
            );
        }
    }

    fn waiting(&mut self, path: &str, waiting: &Waiting) {
        if !Waiting::COUNTS.contains(&waiting.count) {
            let message = format!("{} contacts are more than {}", waiting.count, Waiting::COUNTS.end());
            self.refuse(Code::OUT_OF_RANGE, &join(path, "count"), message);
        }
        if !Waiting::WAITED_S.contains(&waiting.waited.as_s()) {
            let message = format!("a wait of {} is not one of 1 s to 30 days", waiting.waited);
            self.refuse(Code::OUT_OF_RANGE, &join(path, "waited"), message);
        }
    }

    fn profile(&mut self, path: &str, profile: &Profile) {
        self.share(&join(path, "share"), profile.share);
        self.share(&join(path, "recognised"), profile.recognised);
        self.positive(&join(path, "patience.times"), profile.patience.times);
        self.positive(&join(path, "service_time.times"), profile.service_time.times);
    }

    fn recognition(&mut self, of: &Recognition) {
        self.share("recognition.failure", of.failure);
        self.positive("recognition.service_time.times", of.service_time.times);
    }

    fn menu(&mut self, path: &str, menu: &Ivr) {
        for (name, share) in &menu.self_service {
            self.share(&join(&join(path, "self_service"), name), *share);
        }
        for (name, shares) in &menu.misrouted {
            let path = join(&join(path, "misrouted"), name);
            shares.iter().for_each(|(other, share)| self.share(&join(&path, other), *share));
        }
    }

    fn contact_type(&mut self, path: &str, contact_type: &ContactType) {
        self.share(&join(path, "balking"), contact_type.balking);
        for (tier, outcomes) in &contact_type.outcome {
            let path = join(&join(path, "outcome"), tier);
            for (name, share) in outcomes.iter() {
                self.outcome(&join(&path, name), name, share);
            }
        }
        self.retrial(&join(path, "after_abandonment"), contact_type.after_abandonment.as_ref());
        self.retrial(&join(path, "after_blocking"), contact_type.after_blocking.as_ref());
    }

    fn outcome(&mut self, path: &str, name: &str, share: &Share) {
        match share {
            Share::Part(part) if name != "rest" => self.share(path, *part),
            Share::Rest(_) if name == "rest" => {}
            Share::Part(_) => {
                self.refuse(Code::WRONG_TYPE, path, "`rest` names the outcome that takes what is left".into())
            }
            Share::Rest(word) => {
                self.refuse(Code::WRONG_TYPE, path, format!("expected a probability, found \"{word}\""))
            }
        }
    }

    fn retrial(&mut self, path: &str, retrial: Option<&Retrial>) {
        if let Some(retrial) = retrial {
            self.share(&join(path, "retrial"), retrial.retrial);
            self.at_least_one(&join(path, "at_most"), retrial.at_most);
        }
    }

    fn arrivals(&mut self, path: &str, arrivals: &Arrivals) {
        let number = |volume: &Option<Volume>| volume.as_ref().and_then(Volume::number).unwrap_or(0.0);
        self.not_negative(&join(path, "yearly"), number(&arrivals.yearly));
        self.not_negative(&join(path, "per_hour"), arrivals.per_hour.unwrap_or(0.0));
        self.not_negative(&join(path, "per_day"), number(&arrivals.per_day));
        self.not_negative(&join(path, "growth"), arrivals.growth);
        if let Some(History::Days(days)) = &arrivals.history {
            for (key, lists) in [("counts", &days.counts), ("abandoned", &days.abandoned)] {
                for (date, list) in lists {
                    let path = join(&join(&join(path, "history"), key), &date.to_string());
                    list.iter()
                        .enumerate()
                        .for_each(|(i, count)| self.not_negative(&join_index(&path, i), *count));
                }
            }
        }
        self.months(&join(path, "month"), &arrivals.month);
        let kinds = DayKind::ALL.map(DayKind::name);
        for (kind, weight) in arrivals.weekday.table().into_iter().flatten() {
            self.weight(&join(&join(path, "weekday"), kind), kind, *weight, "kind of day", "kinds", &kinds);
        }
        for (name, event) in &arrivals.events {
            self.event(&join(&join(path, "events"), name), event);
        }
        self.day_shape(&join(path, "day"), arrivals.day.as_ref());
    }

    fn months(&mut self, path: &str, months: &MonthWeights) {
        match months {
            MonthWeights::Table(table) => {
                for (month, weight) in table {
                    self.weight(&join(path, month), month, *weight, "month", "months", &MonthWeights::NAMES);
                }
            }
            MonthWeights::List(weights) => {
                weights
                    .iter()
                    .enumerate()
                    .for_each(|(i, weight)| self.not_negative(&join_index(path, i), *weight));
            }
            MonthWeights::File(_) => {}
        }
    }

    /// A weight under one of the known names.
    fn weight(&mut self, path: &str, name: &str, weight: f64, one: &str, many: &'static str, known: &[&str]) {
        self.not_negative(path, weight);
        if !known.contains(&name) {
            let message = format!("no {one} is named \"{name}\"");
            let finding = Diagnostic::new(Code::UNKNOWN_NAME, path, message);
            self.found.push(finding.with_candidates(name, many, known.iter().copied()));
        }
    }

    fn event(&mut self, path: &str, event: &Event) {
        for (key, factor) in [("volume", event.volume), ("retrial", event.retrial)] {
            factor.into_iter().for_each(|factor| self.not_negative(&join(path, key), factor));
        }
        self.not_negative(&join(path, "scale"), event.scale);
        event.service_time.into_iter().for_each(|factor| self.positive(&join(path, "service_time"), factor));
        let moved = event.move_days.unsigned_abs();
        let days = [
            ("before_days", event.before_days),
            ("after_days", event.after_days),
            ("move_days", Some(moved)),
        ];
        for (key, days) in days {
            if let Some(days) = days.filter(|&days| days > LONGEST_RAMP) {
                let message = format!("a ramp of {days} days is longer than {LONGEST_RAMP}");
                self.refuse(Code::OUT_OF_RANGE, &join(path, key), message);
            }
        }
    }

    fn day_shape(&mut self, path: &str, shape: Option<&DayShape>) {
        match shape {
            Some(DayShape::Weights(weights)) => {
                weights
                    .iter()
                    .enumerate()
                    .for_each(|(i, weight)| self.not_negative(&join_index(path, i), *weight));
            }
            Some(DayShape::Bands(bands)) => {
                bands
                    .iter()
                    .for_each(|(start, weight)| self.not_negative(&join(path, &start.to_string()), *weight));
            }
            Some(DayShape::Rows(rows)) => {
                rows.iter()
                    .enumerate()
                    .for_each(|(i, row)| self.not_negative(&join_index(path, i), row.weight));
            }
            Some(DayShape::File(_)) | None => {}
        }
    }

    fn busyness(&mut self, path: &str, busyness: &Busyness) {
        self.share(&join(path, "shared"), busyness.shared);
        let levels = [
            ("year", busyness.year),
            ("month", busyness.month),
            ("day", busyness.day),
            ("period", busyness.period),
        ];
        for (name, level) in levels {
            let Some(level) = level else { continue };
            let path = join(path, name);
            self.not_negative(&join(&path, "cv"), level.cv);
            if !(0.0..1.0).contains(&level.lag1) {
                let message =
                    format!("{} is no correlation of neighbours: it lies from 0 to below 1", level.lag1);
                self.refuse(Code::OUT_OF_RANGE, &join(&path, "lag1"), message);
            }
        }
    }

    fn shift(&mut self, path: &str, shift: &Shift) {
        for (name, pause) in &shift.breaks {
            let path = join(&join(path, "breaks"), name);
            self.positive(&join(&path, "length"), pause.length.as_s());
            self.at_least_one(&join(&path, "waves"), pause.waves);
        }
    }

    fn target(&mut self, path: &str, target: &Target) {
        self.share(&join(path, "service_level"), target.service_level);
    }
}
