//! Every draw has an address (DESIGN 6): the same citizens call under every what-if.
//!
//! A citizen is what the logs say of a need that no queue and no colleague can change: when it began, who called, how
//! long the talk took. Two runs are compared need by need.

use centralino::random::math::ln;
use std::collections::BTreeMap;

use centralino::experiment::{self, Plan, Replicator};
use centralino::log::{LegFate, LogTime, Name, NeedName};
use centralino::measures::{Collector, Detail, LogRows, Recorder, Replication, replicate};
use centralino::model::Mode;
use centralino::time::SimDuration;

use crate::support::{compile, compiled, logs, record, replication, scenario};

const SEED: u64 = 2008;

/// What belongs to a citizen, as far as a log shows it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Citizen {
    began: LogTime,
    contact_type: Name,
    profile: Option<Name>,
    recognised: bool,
    /// Talk in microseconds by tier.
    talk_us: BTreeMap<u32, i64>,
    /// Wrap-up in microseconds by attempt and leg.
    wrap_up_us: BTreeMap<(u32, u32), i64>,
}

type Citizens = BTreeMap<NeedName, Citizen>;

/// The citizens of a log. A talk that came out in two attempts must have come out the same.
fn citizens(logs: &LogRows) -> Citizens {
    let mut citizens: Citizens = logs.needs.iter().map(|need| (need.need.clone(), person(need))).collect();
    for leg in &logs.legs {
        let (Some(tier), Some(talk_ended), Some(wrap_up_ended)) =
            (leg.tier, leg.talk_ended, leg.wrap_up_ended)
        else {
            continue;
        };
        let citizen = citizens.get_mut(&leg.need).expect("every leg's need ends");
        let talk_us = talk_ended.us_since(leg.left);
        let before = citizen.talk_us.insert(tier, talk_us);
        assert!(before.is_none_or(|before| before == talk_us), "{} talks as before", leg.need);
        citizen.wrap_up_us.insert((leg.attempt, leg.leg), wrap_up_ended.us_since(talk_ended));
    }
    citizens
}

fn person(need: &centralino::log::NeedRow) -> Citizen {
    Citizen {
        began: need.first_attempt,
        contact_type: need.contact_type.clone(),
        profile: need.profile.clone(),
        recognised: need.recognised,
        ..Citizen::default()
    }
}

fn citizens_of(text: &str) -> Citizens {
    citizens(&logs(text, SEED))
}

/// Whether two views of one citizen agree in all that both saw, and in how many durations they could be compared.
fn same(a: &Citizen, b: &Citizen) -> Option<usize> {
    let who = |c: &Citizen| (c.began, c.contact_type.clone(), c.profile.clone(), c.recognised);
    let talks = shared(&a.talk_us, &b.talk_us)?;
    let wrap_ups = shared(&a.wrap_up_us, &b.wrap_up_us)?;
    (who(a) == who(b)).then_some(talks + wrap_ups)
}

/// How many keys two maps share; `None` if they say different things of one.
fn shared<K: Ord>(a: &BTreeMap<K, i64>, b: &BTreeMap<K, i64>) -> Option<usize> {
    let both = a.iter().filter_map(|(key, left)| Some((left, b.get(key)?)));
    let (mut count, mut equal) = (0, true);
    for (left, right) in both {
        count += 1;
        equal &= left == right;
    }
    equal.then_some(count)
}

/// Every citizen of `some` is in `all`, unchanged; and enough durations were compared for that to mean something.
fn all_are_among(some: &Citizens, all: &Citizens) {
    let mut compared = 0;
    for (need, citizen) in some {
        let other = all.get(need).unwrap_or_else(|| panic!("{need} has gone"));
        let durations = same(citizen, other);
        compared += durations.unwrap_or_else(|| panic!("{need} was {citizen:?} and is {other:?}"));
    }
    assert!(compared > some.len() / 2, "{compared} durations of {} citizens compared", some.len());
}

/// The same citizens, nobody more and nobody less.
fn nobody_moved(before: &Citizens, after: &Citizens) {
    assert!(before.len() > 100, "{} citizens", before.len());
    all_are_among(before, after);
    assert_eq!(before.len(), after.len());
}

/// A center that is short of people: callers hang up, call again and are passed on.
const CENTER: &str = r#"
    [scenario]
    name = "center"
    start = "2008-06-16"
    days = 2
    [calendar]
    time_zone = "Europe/Rome"
    [profiles.elderly]
    share = 0.3
    recognised = 0.6
    service_time.times = 1.3
    patience.times = 1.5
    [profiles.others]
    share = 0.7
    recognised = 0.2
    [contact_types.registry]
    patience = { exponential = "3m" }
    service_time = { lognormal = { mean = "4m", sd = "3m" } }
    wrap_up = { exponential = "40s" }
    outcome.tier1 = { escalate = 0.2, rest = "resolved" }
    after_abandonment = { retrial = 0.7, delay = { exponential = "15m" } }
    tier2.service_time = { gamma = { mean = "6m", sd = "4m" } }
    [contact_types.taxes]
    patience = { lognormal = { mean = "3m", sd = "3m" } }
    service_time = { gamma = { mean = "5m", sd = "4m" } }
    balking = 0.1
    after_abandonment = { retrial = 0.5, delay = { exponential = "20m" } }
    [arrivals.registry]
    per_day = 250
    day = { "00:00" = 1, "08:00" = 8, "13:10" = 5, "19:00" = 2 }
    busyness = "city"
    [arrivals.taxes]
    per_day = 150
    [busyness.city]
    day = { cv = 0.2, lag1 = 0.5 }
    period = { cv = 0.1, lag1 = 0.8 }
    shared = 0.7
    [queues.registry.steps.first]
    groups = ["desk"]
    [queues.taxes.steps.first]
    groups = ["desk"]
    [queues.second.steps.first]
    groups = ["expert"]
    [routing.second]
    order = 10
    when.tier = 2
    queue = "second"
    [routing.taxes]
    order = 20
    when.type = "taxes"
    queue = "taxes"
    [routing.registry]
    order = 30
    queue = "registry"
    [agent_groups.desk]
    serves = ["taxes", "registry"]
    staffing.heads = { "00:00" = 1, "08:00" = 2, "20:00" = 1 }
    [agent_groups.expert]
    tier = 2
    serves = ["second"]
    staffing.heads = 1
"#;

/// The text with one piece replaced, which it must have.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is there to be replaced");
    text.replace(from, to)
}

#[test]
fn another_queue_with_another_rule_moves_nobody() {
    let before = citizens_of(CENTER);
    let vip = r#"
        [queues.a_known.steps.first]
        groups = ["desk"]
        [routing.known]
        order = 1
        when = { recognised = true }
        queue = "a_known"
        priority = 5
    "#;
    let after = with(CENTER, "serves = [\"taxes\",", "serves = [\"a_known\", \"taxes\",") + vip;
    nobody_moved(&before, &citizens_of(&after));
}

#[test]
fn another_group_moves_nobody_though_everybody_waits_less() {
    let helpers = r#"
        [agent_groups.a_helpers]
        serves = ["registry"]
        staffing.heads = 3
    "#;
    let from = "[queues.registry.steps.first]\n    groups = [\"desk\"]";
    let to = "[queues.registry.steps.first]\n    groups = [\"desk\", \"a_helpers\"]";
    let after = with(CENTER, from, to) + helpers;
    let (before, after) = (logs(CENTER, SEED), logs(&after, SEED));
    nobody_moved(&citizens(&before), &citizens(&after));
    let hung_up = |logs: &LogRows| logs.legs.iter().filter(|leg| leg.fate == LegFate::Abandoned).count();
    assert!(hung_up(&after) < hung_up(&before), "{} and {}", hung_up(&after), hung_up(&before));
}

#[test]
fn another_contact_type_with_its_callers_moves_nobody() {
    let waste = r#"
        [contact_types.a_waste]
        service_time = { exponential = "2m" }
        patience = { exponential = "2m" }
        [arrivals.a_waste]
        per_day = 100
        busyness = "city"
    "#;
    let (before, after) = (citizens_of(CENTER), citizens_of(&(CENTER.to_string() + waste)));
    all_are_among(&before, &after);
    let new: Vec<_> = after.keys().filter(|need| !before.contains_key(need)).collect();
    assert!(new.len() > 100 && new.iter().all(|need| &*need.process == "a_waste"));
}

#[test]
fn whether_anybody_listens_changes_no_digit() {
    let scenario = scenario(CENTER);
    let model = compile(&scenario);
    let detail = Detail::for_model(&model);
    let mut collector = Collector::new(&model, detail);
    let mut recorder = Recorder::new(&model, 3, LogRows::default());
    let end = replicate(&model, SEED, 3, Mode::Eager, &mut collector, Some(&mut recorder));
    let heard = collector.finish(end);
    let end = replicate(&model, SEED, 3, Mode::Eager, &mut collector, None);
    assert!(heard == collector.finish(end));
    // Nor does a report by period instead of by the whole run.
    let mut coarse = Collector::new(&model, Detail::WHOLE);
    assert_eq!(replicate(&model, SEED, 3, Mode::Eager, &mut coarse, None), end);
}

#[test]
fn a_higher_volume_keeps_every_citizen_and_adds_some() {
    let busier = with(&with(CENTER, "per_day = 250", "per_day = 300"), "per_day = 150", "per_day = 180");
    let (before, after) = (citizens_of(CENTER), citizens_of(&busier));
    all_are_among(&before, &after);
    let added = after.len() as f64 / before.len() as f64 - 1.0;
    // Of some 800 needs a fifth more, give or take 4 standard deviations of the sum of what is added.
    assert!((added - 0.2).abs() < 0.07, "{added}");
}

/// A year of Rome with all levels of busyness, few calls and nobody in each other's way.
fn year(start: &str, days: u32) -> String {
    format!(
        r#"
        [scenario]
        name = "year"
        start = "{start}"
        days = {days}
        [calendar]
        time_zone = "Europe/Rome"
        holidays = "IT-MI"
        [contact_types.taxes]
        service_time = {{ lognormal = {{ mean = "4m", sd = "3m" }} }}
        [contact_types.waste]
        service_time = {{ exponential = "2m" }}
        [arrivals.taxes]
        yearly = 12_000
        month = {{ jun = 1.5, aug = 0.5 }}
        day = {{ "00:00" = 1, "02:20" = 3, "08:00" = 8, "19:00" = 2 }}
        weekday = {{ sat = 0.5, sun = 0.2, holiday = 0.3 }}
        busyness = "city"
        events.ici = {{ peak = ["2008-06-18", "2008-12-24"], volume = 2, service_time = 1.3, before_days = 6, after_days = 3 }}
        [arrivals.waste]
        per_hour = 1
        busyness = "city"
        [busyness.city]
        year = {{ cv = 0.1 }}
        month = {{ cv = 0.1, lag1 = 0.3 }}
        day = {{ cv = 0.3, lag1 = 0.5 }}
        period = {{ cv = 0.2, lag1 = 0.8 }}
        shared = 0.6
        [queues.all.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 1
        queue = "all"
        [agent_groups.desk]
        serves = ["all"]
        staffing.heads = 30
        "#
    )
}

#[test]
fn a_week_alone_meets_the_citizens_that_the_year_has_in_that_week() {
    let whole = citizens_of(&year("2008-01-01", 366));
    // The last days of these weeks have 24, 23 and 25 hours; the last week lies at the end of the year.
    for (start, hours) in [("2008-06-16", 168), ("2008-03-24", 167), ("2008-10-20", 169), ("2008-12-25", 168)]
    {
        let week = scenario(&year(start, 7));
        let from = LogTime(compiled(&week).calendar.midnight(week.scenario.start) * 1_000_000);
        let until = LogTime(from.0 + hours * 3_600_000_000);
        let alone = citizens(&record(&week, SEED, 0).logs);
        let in_year: Citizens = whole
            .iter()
            .filter(|(_, citizen)| (from..until).contains(&citizen.began))
            .map(|(need, citizen)| (need.clone(), citizen.clone()))
            .collect();
        nobody_moved(&in_year, &alone);
    }
}

#[test]
fn a_day_alone_after_its_run_in_meets_the_citizens_that_the_week_has_on_it() {
    let week = scenario(&year("2008-03-24", 7));
    let date = "2008-03-30".parse().expect("a date");
    let alone = experiment::only(week.clone(), date).expect("a day of the week");
    let (week, alone) = (citizens(&record(&week, SEED, 0).logs), citizens(&record(&alone, SEED, 0).logs));
    assert!(alone.len() > 50, "{} citizens of a Saturday and a Sunday", alone.len());
    all_are_among(&alone, &week);
}

#[test]
fn a_key_keeps_the_citizens_through_a_rename_and_without_it_they_are_others() {
    let renamed = |key: &str| {
        let header = format!("[arrivals.levies]\n    type = \"taxes\"\n    {key}");
        with(CENTER, "[arrivals.taxes]", &header)
    };
    let of = |text: &str, process: &str| -> BTreeMap<(i64, u32), Citizen> {
        let all = citizens_of(text).into_iter().filter(|(need, _)| &*need.process == process);
        all.map(|(need, citizen)| ((need.cell, need.number), citizen)).collect()
    };
    let before = of(CENTER, "taxes");
    let kept = of(&renamed("key = \"taxes\""), "levies");
    assert!(before.len() > 200 && before.keys().eq(kept.keys()));
    assert!(before.values().zip(kept.values()).all(|(a, b)| same(a, b).is_some()));
    let others = of(&renamed(""), "levies");
    assert!(!before.values().any(|a| others.values().any(|b| a.began == b.began)));
}

#[test]
fn neither_the_period_nor_the_start_nor_a_run_in_changes_an_arrival() {
    let before = citizens_of(CENTER);
    for period in ["5m", "30m", "1h"] {
        let other = with(CENTER, "days = 2", &format!("days = 2\n    period = \"{period}\""));
        nobody_moved(&before, &citizens_of(&other));
    }
    let earlier = with(&with(CENTER, "2008-06-16", "2008-06-13"), "days = 2", "days = 5");
    all_are_among(&before, &citizens_of(&earlier));
    let run_in = with(CENTER, "days = 2", "days = 2\n    run_in = \"100m\"");
    all_are_among(&before, &citizens_of(&run_in));
}

/// Nobody is there but for a moment, so that each attempt waits as long as its patience.
fn nobody_answers() -> LogRows {
    let heads = "staffing.heads = { \"00:00\" = 1, \"08:00\" = 2, \"20:00\" = 1 }";
    let text = with(CENTER, heads, "staffing.heads = { \"00:00\" = 0, \"23:59\" = 1 }");
    logs(&with(&text, "balking = 0.1", ""), SEED)
}

#[test]
fn patience_is_drawn_afresh_at_each_attempt() {
    let logs = nobody_answers();
    let mut waits: BTreeMap<&NeedName, Vec<f64>> = BTreeMap::new();
    let patient =
        |leg: &&centralino::log::LegRow| leg.fate == LegFate::Abandoned && &*leg.contact_type == "taxes";
    for leg in logs.legs.iter().filter(patient) {
        waits.entry(&leg.need).or_default().push(leg.wait_s.as_s());
    }
    let pairs: Vec<(f64, f64)> =
        waits.values().filter(|waits| waits.len() > 1).map(|waits| (ln(waits[0]), ln(waits[1]))).collect();
    assert!(pairs.len() > 80, "{} needs with two attempts", pairs.len());
    assert!(pairs.iter().all(|(first, second)| first != second));
    // Without a tie between the two, the correlation is within 4 / sqrt(n) of 0.
    let r = correlation(&pairs);
    assert!(r.abs() < 4.0 / (pairs.len() as f64).sqrt(), "{r}");
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (x, y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let product = |f: fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - x, p.1 - y)).sum::<f64>();
    product(|a, b| a * b) / (product(|a, _| a * a) * product(|_, b| b * b)).sqrt()
}

#[test]
fn a_talk_lasts_as_long_at_the_second_attempt_as_it_would_have_at_the_first() {
    let plenty = with(CENTER, "{ \"00:00\" = 1, \"08:00\" = 2, \"20:00\" = 1 }", "60");
    let (scarce, plenty) = (logs(CENTER, SEED), logs(&plenty, SEED));
    let talk_us = |logs: &LogRows, late: bool| -> BTreeMap<NeedName, i64> {
        let first_tier = logs.legs.iter().filter(|leg| leg.tier == Some(1) && (leg.attempt > 0) == late);
        first_tier.filter_map(|leg| Some((leg.need.clone(), leg.talk_ended?.us_since(leg.left)))).collect()
    };
    let (late, at_once) = (talk_us(&scarce, true), talk_us(&plenty, false));
    assert!(late.len() > 20, "{} were answered after the first attempt", late.len());
    assert_eq!(at_once.len(), plenty.needs.len(), "with plenty of people all are answered at once");
    for (need, talk_us) in &late {
        assert_eq!(at_once[need], *talk_us, "{need}");
    }
}

#[test]
fn another_seed_or_replication_has_nobody_in_common() {
    let scenario = scenario(CENTER);
    let began = |seed: u64, number: u32| -> Vec<LogTime> {
        record(&scenario, seed, number).logs.needs.iter().map(|need| need.first_attempt).collect()
    };
    let (this, other_seed, other_replication) = (began(1, 0), began(2, 0), began(1, 1));
    assert!(this.len() > 600);
    for other in [other_seed, other_replication] {
        // 800 instants among 1.7e11 microseconds meet by chance once in 270,000 such pairs of runs.
        assert!(!other.iter().any(|at| this.contains(at)));
    }
}

#[test]
fn a_replication_among_ten_is_the_one_run_alone_on_any_number_of_threads() {
    for text in [CENTER.to_string(), center_by_shifts()] {
        let model = compile(&scenario(&text));
        let alone: Vec<Replication> =
            (0..10).map(|number| replication(&model, Mode::Eager, SEED, number)).collect();
        assert!(alone.windows(2).all(|pair| pair[0] != pair[1]), "replications differ");
        for threads in [1, 2, 8] {
            let silent = |_: u32| Ok::<Option<Recorder<'_, LogRows>>, ()>(None);
            let runner = Replicator::new(&model, SEED, Mode::Eager, Detail::for_model(&model), silent);
            let mut kept = Kept(Vec::new());
            let plan = Plan::of(10, threads);
            experiment::run(plan, &runner, &mut kept, &mut |_, _| {}).expect("threads");
            assert!(kept.0 == alone, "{threads} threads");
        }
    }
}

/// The center whose desk works by shifts, with everything that is drawn about people.
fn center_by_shifts() -> String {
    let heads = "staffing.heads = { \"00:00\" = 1, \"08:00\" = 2, \"20:00\" = 1 }";
    let shifts = r#"staffing = { shifts = { day = 4, night = 2 }, means = "scheduled" }
    adherence.late_log_in = { exponential = "4m" }
    adherence.late_return = { exponential = "2m" }
    shrinkage.illness = { share = 0.1 }
    shrinkage.training = { share = 0.1, planned = true }
    [shifts.day]
    start = "08:00"
    end = "20:00"
    breaks.lunch = { from = "12:00", length = "30m", waves = 2 }
    [shifts.night]
    start = "20:00"
    end = "08:00""#;
    with(
        &with(CENTER, heads, shifts),
        "    staffing.heads = 1\n",
        "    staffing = { shifts = { day = 1 } }\n    adherence = 0.9\n",
    )
}

/// Replications in the order in which they were handed on, without how many events they took.
struct Kept(Vec<Replication>);

impl<L> experiment::Store<Result<experiment::Finished<L>, ()>> for Kept {
    type Error = ();

    fn add(&mut self, _: u32, finished: Result<experiment::Finished<L>, ()>) -> Result<(), ()> {
        let mut sums = finished?.sums;
        (sums.end.events, sums.end.most_present) = (0, 0);
        self.0.push(sums);
        Ok(())
    }
}

/// What is compared above is not empty: durations are there and differ.
#[test]
fn citizens_differ_from_each_other() {
    let citizens = citizens_of(CENTER);
    let mut talks: Vec<i64> =
        citizens.values().filter_map(|citizen| citizen.talk_us.get(&1).copied()).collect();
    let all = talks.len();
    talks.sort_unstable();
    talks.dedup();
    assert!(all > 300 && talks.len() == all, "{} of {all} talks differ", talks.len());
    assert!(talks.iter().all(|&us| SimDuration::from_us(us as u64).as_s() < 36_000.0));
}

/// The center with exact numbers of contacts.
fn exact(taxes: &str, registry: &str) -> String {
    let text = with(CENTER, "per_day = 150", taxes);
    with(
        &with(&text, "per_day = 250", registry),
        "    busyness = \"city\"\n    [arrivals.taxes]",
        "    [arrivals.taxes]",
    )
}

#[test]
fn an_exact_number_is_met_and_a_higher_one_keeps_everybody() {
    let (few, many) = (
        citizens_of(&exact("exactly = 150", "exactly = 400\nper = \"run\"")),
        citizens_of(&exact("exactly = 170", "exactly = 401\nper = \"run\"")),
    );
    let of =
        |citizens: &Citizens, process: &str| citizens.keys().filter(|need| &*need.process == process).count();
    assert_eq!((of(&few, "taxes"), of(&few, "registry")), (300, 400));
    assert_eq!((of(&many, "taxes"), of(&many, "registry")), (340, 401));
    let keeps = |need: &&NeedName| many.contains_key(*need);
    assert!(few.keys().all(|need| keeps(&need)));
    for (need, citizen) in &few {
        assert!(same(citizen, &many[need]).is_some(), "{need}");
    }
}

#[test]
fn an_exact_day_alone_or_after_a_run_in_has_the_citizens_of_the_week() {
    let text = exact("exactly = 150", "exactly = 200");
    let before = citizens_of(&text);
    let earlier = with(&with(&text, "2008-06-16", "2008-06-13"), "days = 2", "days = 5");
    let earlier = citizens_of(&earlier);
    all_are_among(&before, &earlier);
    let run_in = citizens_of(&with(&text, "days = 2", "days = 2\n    run_in = \"100m\""));
    all_are_among(&before, &run_in);
    all_are_among(&run_in, &earlier);
    assert!(run_in.len() > before.len());
}

/// The center with a third of the taxes apart, as a type of its own like them.
fn with_a_part(arrivals: &str, more: &str) -> String {
    let apart = r#"
    [contact_types.property_tax]
    patience = { lognormal = { mean = "3m", sd = "3m" } }
    service_time = { gamma = { mean = "5m", sd = "4m" } }
    balking = 0.1
    after_abandonment = { retrial = 0.5, delay = { exponential = "20m" } }
    [arrivals.property_tax]
    from = "taxes"
    share = 0.3
"#;
    let text = with(CENTER, "when.type = \"taxes\"", "when.type = [\"taxes\", \"property_tax\"]");
    let text = with(&text, "per_day = 150", arrivals);
    format!("{text}\n{apart}\n{more}")
}

/// Who is split off into a type that is treated alike changes nothing at all: every leg is as it was, but for its type.
#[test]
fn splitting_a_type_moves_no_citizen() {
    for volume in ["per_day = 150", "exactly = 150", "exactly = 300\nper = \"run\""] {
        let before = logs(&CENTER.replace("per_day = 150", volume), SEED);
        let after = logs(&with_a_part(volume, ""), SEED);
        let (of_taxes, split) = (citizens(&before), citizens(&after));
        let apart = split.values().filter(|citizen| &*citizen.contact_type == "property_tax").count();
        let whole = of_taxes.values().filter(|citizen| &*citizen.contact_type == "taxes").count();
        let share = apart as f64 / whole as f64;
        assert!((share - 0.3).abs() < 0.1, "{apart} of {whole}");
        let as_taxes = |leg: &centralino::log::LegRow| {
            let mut leg = leg.clone();
            if &*leg.contact_type == "property_tax" {
                leg.contact_type = "taxes".into();
            }
            leg
        };
        let legs: Vec<_> = after.legs.iter().map(as_taxes).collect();
        assert!(legs == before.legs && after.agents == before.agents, "{volume}");
    }
}

/// Talks of those who are split off stretch by the ratio of their law's means; nobody else's do, and a second part leaves the first as it is.
#[test]
fn who_is_split_off_keeps_the_standard_variates() {
    let twice = |text: &str| {
        let (head, tail) = text.split_once("[contact_types.property_tax]").expect("there is one");
        let longer = tail.replacen("mean = \"5m\", sd = \"4m\"", "mean = \"10m\", sd = \"8m\"", 1);
        format!("{head}[contact_types.property_tax]{longer}")
    };
    let text = with_a_part("per_day = 150", "");
    let (alike, longer) = (citizens_of(&text), citizens_of(&twice(&text)));
    assert_eq!(alike.len(), longer.len());
    let mut stretched = 0;
    for (need, citizen) in &alike {
        let other = &longer[need];
        assert_eq!(
            (citizen.began, &citizen.profile, &citizen.contact_type),
            (other.began, &other.profile, &other.contact_type)
        );
        let times = if &*citizen.contact_type == "property_tax" { 2 } else { 1 };
        if let (Some(talk), Some(longer)) = (citizen.talk_us.get(&1), other.talk_us.get(&1)) {
            assert!((longer - times * talk).abs() <= 2, "{need}: {talk} and {longer}");
            stretched += times - 1;
        }
    }
    assert!(stretched > 30, "{stretched} talks of twice the length");
    let second = "[contact_types.waste_tax]\nservice_time = \"2m\"\n[arrivals.waste_tax]\nfrom = \"taxes\"\nshare = 0.2\n";
    let both = citizens_of(&with_a_part("per_day = 150", second));
    let part = |all: &Citizens, name: &str| {
        all.iter().filter(|(_, c)| &*c.contact_type == name).map(|(need, _)| need.clone()).collect::<Vec<_>>()
    };
    assert_eq!(part(&both, "property_tax"), part(&alike, "property_tax"));
    assert!(part(&both, "waste_tax").len() > 30);
    let began = |all: &Citizens| all.iter().map(|(need, c)| (need.clone(), c.began)).collect::<Vec<_>>();
    assert_eq!(began(&both), began(&alike));
}
