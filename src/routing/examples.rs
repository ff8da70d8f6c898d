//! The examples that a scenario gives with its routing rules, held against the compiled tables.
//!
//! `tests = [{ given = { type = "taxes", recognised = true }, goes_to = "t1_senior" }]`: an example that does not come
//! out is a finding. Conditions on the hour are looked at on the calendar, so that an example may lie outside the run.

use crate::calendar::{Calendar, Clock, Date, Hours};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Bound, ContactTypeId, GroupId, KnownPast, Model, NumberId, ProfileId, Queue, Rule, RuleId,
};
use crate::scenario::{Given, RoutingTest, Scenario, join, join_index};
use crate::time::SimDuration;

/// Checks every example of a scenario. `model` is the scenario compiled, `calendar` its calendar.
pub fn check_examples(scenario: &Scenario, model: &Model, calendar: &Calendar) -> Vec<Diagnostic> {
    let checker = Checker { scenario, model, calendar };
    let mut found = Vec::new();
    for (name, rule) in &scenario.routing {
        let tests = join(&join("routing", name), "tests");
        for (i, test) in rule.tests.iter().enumerate() {
            found.extend(checker.check(test, &join_index(&tests, i)).err().map(|finding| *finding));
        }
    }
    found
}

/// Boxed, so that passing it up costs nothing where there is none.
type Finding = Box<Diagnostic>;

struct Checker<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    calendar: &'a Calendar,
}

impl Checker<'_> {
    fn check(&self, test: &RoutingTest, path: &str) -> Result<(), Finding> {
        self.check_goes_to(&test.goes_to, path)?;
        let class = self.class(&test.given, &join(path, "given"))?;
        let instant = self.instant(&test.given, &join(path, "given"))?;
        let takes = |&&rule: &&RuleId| self.holds(rule, instant) && self.is_as_asked(rule, &test.given);
        let rule = self.model.routes.candidates(class).iter().find(takes);
        let rule = rule.map(|rule| &self.model.rules[rule.index()]);
        let entry = rule.map(|rule| (rule, instant));
        if entry.is_some_and(|entry| self.destinations(entry).contains(&test.goes_to.as_str())) {
            return Ok(());
        }
        let message = format!("{}, not to \"{}\"", self.outcome(entry), test.goes_to);
        let help = "change the rule, or the example";
        Err(Box::new(Diagnostic::new(Code::ROUTING_TEST, join(path, "goes_to"), message).with_help(help)))
    }

    /// The queue that a rule leads to, and the first group that a contact is offered to at an instant (unix seconds) when nobody waits
    /// and everybody idles.
    fn destinations(&self, (rule, unix_s): (&Rule, i64)) -> Vec<&str> {
        let queue = &self.model.queues[rule.queue.index()];
        let offers = rule.offers.get(usize::from(rule.entry_step)).into_iter().flatten();
        let first = offers.copied().find(|&group| self.is_offered(queue, rule.entry_step, group, unix_s));
        let group = first.map(|group| self.model.groups[group.index()].name.as_str());
        std::iter::once(queue.name.as_str()).chain(group).collect()
    }

    /// Whether a step that begins at once brings a group whatever waits are, with its hours open and more people than it reserves.
    fn is_offered(&self, queue: &Queue, entry_step: u8, group: GroupId, unix_s: i64) -> bool {
        let Some(conditions) = &queue.conditions else { return true };
        let people = self.people(group);
        let steps = self.scenario.queues.get(&queue.name).map(|queue| &queue.steps);
        conditions.ways[group.index()].iter().filter(|way| way.step <= entry_step).any(|way| {
            let condition = &conditions.of_step[usize::from(way.step)];
            let step = steps.and_then(|steps| steps.get(&queue.steps[usize::from(way.step)].name));
            let hours = step.and_then(|step| step.hours.as_ref());
            condition.waiting_over.is_none()
                && condition.expected_wait_over.is_none()
                && way.reserve < people
                && condition.idle_over.iter().all(|&(group, over)| over < self.people(group))
                && hours.is_none_or(|text| self.is_open(text, unix_s))
        })
    }

    fn people(&self, group: GroupId) -> u32 {
        self.model.groups[group.index()].agents.len() as u32
    }

    fn outcome(&self, entry: Option<(&Rule, i64)>) -> String {
        match entry {
            None => "no rule takes this contact, so it goes nowhere".into(),
            Some((rule, instant)) => {
                let destinations = self.destinations((rule, instant)).join("\", first to group \"");
                format!("by rule \"{}\" the contact goes to queue \"{destinations}\"", rule.name)
            }
        }
    }

    fn check_goes_to(&self, name: &str, path: &str) -> Result<(), Finding> {
        let queues = self.model.queues.iter().map(|queue| queue.name.as_str());
        let names: Vec<&str> =
            queues.chain(self.model.groups.iter().map(|group| group.name.as_str())).collect();
        let message = format!("no queue and no agent group is named \"{name}\"");
        let finding = Diagnostic::new(Code::UNKNOWN_QUEUE, join(path, "goes_to"), message);
        if names.contains(&name) {
            return Ok(());
        }
        Err(Box::new(finding.with_candidates(name, "queues and agent groups", names)))
    }

    fn class(&self, given: &Given, path: &str) -> Result<usize, Finding> {
        let model = self.model;
        let types = model.contact_types.iter().map(|of| of.name.as_str());
        let profiles = model.profiles.iter().map(|of| of.name.as_str());
        let numbers = model.numbers.iter().map(|of| of.name.as_str());
        let of_type = named(Some(&given.contact_type), types, Code::UNKNOWN_CONTACT_TYPE, path, "type")?;
        let profile = named(given.profile.as_ref(), profiles, Code::UNKNOWN_PROFILE, path, "profile")?;
        let number = named(given.number.as_ref(), numbers, Code::UNKNOWN_NUMBER, path, "number")?;
        let tier = given.tier.unwrap_or(1);
        if !(1..=2).contains(&tier) {
            let message = format!("there is no tier {tier}; agents answer at tier 1 or 2");
            return Err(Box::new(Diagnostic::new(Code::OUT_OF_RANGE, join(path, "tier"), message)));
        }
        let (of_type, profile) = (ContactTypeId::from_index(of_type), ProfileId::from_index(profile));
        Ok(model.routes.class(
            of_type,
            profile,
            NumberId::from_index(number),
            given.recognised,
            Bound::new(tier, given.redirected),
        ))
    }

    /// When the contact enters, in unix seconds: as given, or at noon of the first day.
    fn instant(&self, given: &Given, path: &str) -> Result<i64, Finding> {
        let Some(text) = &given.at else {
            return Ok(self.calendar.instant(self.scenario.scenario.start, 43_200));
        };
        let parsed = text.split_once([' ', 'T']).and_then(|(date, clock)| {
            Some((date.parse::<Date>().ok()?, clock.trim().parse::<Clock>().ok()?))
        });
        let (date, clock) = parsed.ok_or_else(|| {
            let message = format!("\"{text}\" is no local date and time");
            let finding = Diagnostic::new(Code::BAD_DATE, join(path, "at"), message);
            Box::new(finding.with_help("write \"2008-06-16 10:30\""))
        })?;
        Ok(self.calendar.instant(date, clock.as_s()))
    }

    /// Whether a rule's conditions on the hour hold.
    fn holds(&self, rule: RuleId, unix_s: i64) -> bool {
        let Some(rule) = self.scenario.routing.get(&self.model.rules[rule.index()].name) else {
            return false;
        };
        let holiday = self.calendar.is_holiday(self.calendar.local(unix_s).date);
        let open = |text: &String| self.is_open(text, unix_s);
        rule.when.holiday.is_none_or(|wanted| wanted == holiday) && rule.when.hours.as_ref().is_none_or(open)
    }

    /// Whether a contact has the past and the mark that a rule asks for; of those whom it takes by number it is the first.
    fn is_as_asked(&self, rule: RuleId, given: &Given) -> bool {
        let Some(asks) = &self.model.rules[rule.index()].asks else { return true };
        let ago = given.answered_days_ago.map(|days| SimDuration::from_s(days.max(0.0) * 86_400.0));
        let past = KnownPast {
            contacts: given.earlier_contacts.unwrap_or(u32::from(ago.is_some() || given.has_open_case)),
            answered_ago: ago,
            open_case: given.has_open_case,
        };
        let known = if given.recognised { past } else { KnownPast::default() };
        asks.fits_past(&known)
            && asks.fits_mark(given.mark.unwrap_or(0.0))
            && asks.band.is_none_or(|band| band.contacts > 0)
    }

    /// Hours that cannot be read were refused when the model was compiled.
    fn is_open(&self, text: &str, unix_s: i64) -> bool {
        Hours::parse(text).is_ok_and(|hours| hours.is_open(self.calendar, unix_s))
    }
}

/// The row of a name; the first where none is given.
fn named<'n>(
    name: Option<&String>,
    names: impl Iterator<Item = &'n str> + Clone,
    unknown: Code,
    path: &str,
    key: &str,
) -> Result<usize, Finding> {
    let Some(name) = name else { return Ok(0) };
    names.clone().position(|known| known == name).ok_or_else(|| {
        let finding = Diagnostic::new(unknown, join(path, key), format!("no {key} is named \"{name}\""));
        Box::new(finding.with_candidates(name, "names", names))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::compile;
    use crate::scenario::load;

    const SMALL: &str = r#"
[scenario]
name = "Two rules"
start = 2008-06-16
[calendar]
holidays = "IT"
[contact_types.taxes]
patience = "3m"
service_time = "4m"
[arrivals.taxes]
per_hour = 1
[queues.day.steps.first]
groups = ["juniors", "seniors"]
[queues.night.steps.first]
groups = ["juniors"]
[routing.by_day]
order = 1
when = { hours = "Mon-Fri 08:00-18:00", holiday = false }
queue = "day"
prefer = ["seniors"]
tests = [TESTS]
[routing.otherwise]
order = 2
queue = "night"
[agent_groups.juniors]
serves = ["day", "night"]
staffing = { heads = 2 }
[agent_groups.seniors]
serves = ["day"]
staffing = { heads = 2 }
"#;

    /// What is said about examples, written as TOML.
    fn said(tests: &str) -> Vec<String> {
        said_of(SMALL, tests)
    }

    fn said_of(scenario: &str, tests: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        std::fs::write(&path, scenario.replace("TESTS", tests)).unwrap();
        let scenario = load(&path, &[]).unwrap().scenario;
        let compiled = compile(&scenario).unwrap();
        let found = check_examples(&scenario, &compiled.model, &compiled.calendar);
        found.iter().map(Diagnostic::to_string).collect()
    }

    #[test]
    fn an_example_goes_to_a_queue_or_to_the_group_that_is_asked_first() {
        assert!(said("{ given = { type = 'taxes' }, goes_to = 'day' }").is_empty(), "noon of a Monday");
        assert!(said("{ given = { type = 'taxes' }, goes_to = 'seniors' }").is_empty());
        assert!(
            said("{ given = { type = 'taxes', at = '2008-06-16 18:00' }, goes_to = 'night' }").is_empty()
        );
        assert!(
            said("{ given = { type = 'taxes', at = '2009-06-02 10:00' }, goes_to = 'night' }").is_empty()
        );
    }

    #[test]
    fn one_that_does_not_come_out_says_where_the_contact_goes() {
        let said = said("{ given = { type = 'taxes', at = '2008-06-16 07:59' }, goes_to = 'day' }");
        assert_eq!(
            said,
            [
                "E5006 routing.by_day.tests[0].goes_to: by rule \"otherwise\" the contact goes to queue \"night\", first \
              to group \"juniors\", not to \"day\"\n      change the rule, or the example"
            ]
        );
        let tier2 = self::said("{ given = { type = 'taxes', tier = 2 }, goes_to = 'day' }");
        assert!(tier2[0].contains("no rule takes this contact"), "{tier2:?}");
    }

    #[test]
    fn a_group_under_a_condition_is_asked_first_only_while_it_holds_in_an_empty_center() {
        let with = |condition: &str, tests: &str| {
            let step = format!(
                "[queues.day.steps.help]\nadd = [\"seniors\"]\n{condition}\n[queues.night.steps.first]"
            );
            let scenario = SMALL
                .replace("groups = [\"juniors\", \"seniors\"]", "groups = [\"juniors\"]")
                .replace("[queues.night.steps.first]", &step);
            said_of(&scenario, tests).len()
        };
        let seniors = "{ given = { type = 'taxes', at = '2008-06-16 09:00' }, goes_to = 'seniors' }";
        let juniors = "{ given = { type = 'taxes', at = '2008-06-16 09:00' }, goes_to = 'juniors' }";
        for (condition, holds) in [
            ("hours = '08:00-10:00'", true),
            ("hours = '10:00-11:00'", false),
            ("if_waiting_over = 0", false),
            ("if_expected_wait_over = '1m'", false),
            ("reserve = { seniors = 1 }", true),
            ("reserve = { seniors = 2 }", false),
            ("if_idle_over = { juniors = 1 }", true),
            ("if_idle_over = { juniors = 2 }", false),
        ] {
            assert_eq!(
                (with(condition, seniors) == 0, with(condition, juniors) == 0),
                (holds, !holds),
                "{condition}"
            );
        }
    }

    #[test]
    fn names_and_instants_are_read_like_everywhere() {
        let codes = |tests: &str| said(tests).iter().map(|text| text[..5].to_string()).collect::<Vec<_>>();
        assert_eq!(codes("{ given = { type = 'taxes' }, goes_to = 'dya' }"), ["E2103"]);
        assert_eq!(codes("{ given = { type = 'tax' }, goes_to = 'day' }"), ["E2101"]);
        assert_eq!(codes("{ given = { type = 'taxes', profile = 'x' }, goes_to = 'day' }"), ["E2102"]);
        assert_eq!(codes("{ given = { type = 'taxes', number = 'x' }, goes_to = 'day' }"), ["E2105"]);
        assert_eq!(codes("{ given = { type = 'taxes', at = 'noon' }, goes_to = 'day' }"), ["E3004"]);
    }
}
