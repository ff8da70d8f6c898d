//! Whatever a scenario says, compiling it ends in a model or in findings, never in a panic.

use proptest::prelude::*;

use super::*;

/// Changes that make sense alone, together, or not at all.
const CHANGES: &[&str] = &[
    "scenario.days=3",
    "scenario.start=2008-03-29",
    "scenario.start=2008-10-26",
    "scenario.run_in=25h",
    "scenario.run_in=7s",
    "scenario.period=1h",
    "scenario.period=1m",
    "calendar.time_zone=UTC",
    "calendar.time_zone=Asia/Kathmandu",
    "calendar.time_zone=Australia/Lord_Howe",
    "calendar.time_zone=Nowhere",
    "calendar.holidays=['2008-06-16']",
    "profiles.elderly.share=0",
    "profiles.others.share=1",
    "numbers={ a = { trunk = 'x' }, b = {} }",
    "trunks.x={ lines = 3 }",
    "contact_types.taxes.service_time=0s",
    "contact_types.taxes.patience=0s",
    "contact_types.taxes.outcome.tier2={ escalate = 0.1, rest = 'resolved' }",
    "contact_types.taxes.after_blocking={ retrial = 1, delay = '0s', at_most = 1 }",
    "arrivals.taxes.per_day=0",
    "arrivals.taxes.per_day=1e9",
    "arrivals.taxes.day=[1, 0, 3]",
    "arrivals.taxes.day={ '23:59' = 1 }",
    "arrivals.taxes.day={ '24:00' = 1 }",
    "arrivals.taxes.day={ '02:30' = 1, '02:31' = 0 }",
    "arrivals.taxes.weekday={ sat = 0, sun = 0, mon = 0 }",
    "arrivals.taxes.number=b",
    "arrivals.more={ type = 'taxes', per_hour = 1 }",
    "queues.first.steps.start.groups=[]",
    "queues.first.hours=Sat 10:00-02:00",
    "queues.first.at_close=send_away",
    "queues.third={ hours = 'closed', steps = { one = { groups = ['expert'] } } }",
    "routing.known.when.hours=holidays 00:00-24:00",
    "routing.known.when.tier=2",
    "routing.all.priority=-2147483648",
    "routing.all.credit=99d",
    "routing.all.when.type=[]",
    "agent_groups.general.serves=['second', 'first']",
    "agent_groups.general.staffing={ heads = 0 }",
    "agent_groups.general.staffing={ heads = { '12:00' = 4_000_000_000 } }",
    "agent_groups.senior.staffing={ sunday = [1, 2] }",
    "start_state.waiting.taxes={ count = 9, waited = '37m' }",
    "start_state.waiting.more={ type = 'taxes', count = 2, waited = '2d', profile = 'others', number = 'b' }",
    "start_state.waiting.none={ type = 'taxes', count = 0, waited = '30d' }",
    "queues.first.without_staff=send_away",
    "targets.contract.applies_to={ type = 'nothing' }",
];

/// What no override can write.
const EDITS: &[fn(&mut Scenario)] = &[
    |s| s.profiles.clear(),
    |s| s.contact_types.clear(),
    |s| s.arrivals.clear(),
    |s| s.queues.clear(),
    |s| s.routing.clear(),
    |s| s.agent_groups.clear(),
    |s| s.vendors.clear(),
    |s| s.scenario.days = 0,
    |s| s.scenario.days = u32::MAX,
    |s| s.scenario.period = crate::scenario::Span::from_s(0.5),
    |s| s.scenario.run_in = crate::scenario::Span::from_s(f64::MAX),
    |s| s.queues.values_mut().for_each(|queue| queue.steps.clear()),
    |s| s.contact_types.values_mut().for_each(|of| of.outcome.clear()),
    |s| s.profiles.values_mut().for_each(|of| of.share = f64::NAN),
    |s| s.profiles.values_mut().for_each(|of| of.service_time.times = -1.0),
    |s| {
        s.arrivals
            .values_mut()
            .for_each(|of| of.per_day = Some(crate::scenario::Volume::Number(f64::INFINITY)))
    },
    |s| {
        s.arrivals
            .values_mut()
            .for_each(|of| of.day = Some(crate::scenario::DayShape::Weights(vec![-1.0, f64::NAN])))
    },
    |s| s.arrivals.values_mut().for_each(|of| of.day = Some(crate::scenario::DayShape::Rows(Vec::new()))),
    |s| s.agent_groups.values_mut().for_each(|of| of.tier = 200),
    |s| s.agent_groups.values_mut().for_each(|of| of.cost_per_hour = f64::NEG_INFINITY),
    |s| s.routing.values_mut().for_each(|rule| rule.when.tier = Some(0)),
    |s| s.routing.values_mut().for_each(|rule| rule.order = i64::MIN),
    |s| s.start_state.iter_mut().flat_map(|of| of.waiting.values_mut()).for_each(|of| of.count = u32::MAX),
    |s| {
        let waiting = s.start_state.iter_mut().flat_map(|of| of.waiting.values_mut());
        waiting.for_each(|of| of.waited = crate::scenario::Span::from_s(f64::MAX));
    },
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_changes_compiles_or_is_refused(
        chosen in prop::collection::vec(0..CHANGES.len(), 0..7),
        edits in prop::collection::vec(0..2 * EDITS.len(), 0..3),
    ) {
        let overrides: Vec<&str> = chosen.iter().map(|&change| CHANGES[change]).collect();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        std::fs::write(&path, SMALL).unwrap();
        let overrides: Vec<String> = overrides.iter().map(|line| line.to_string()).collect();
        let Ok(loaded) = load(&path, &overrides) else { return Ok(()) };
        let mut scenario = loaded.scenario;
        // Half of them do nothing.
        edits.iter().filter_map(|&edit| EDITS.get(edit)).for_each(|edit| edit(&mut scenario));
        match compile(&scenario) {
            Ok(compiled) => check_tables(&compiled.model)?,
            Err(found) => prop_assert!(found.iter().any(Diagnostic::is_error), "refused without an error"),
        }
    }
}

/// What the engine trusts.
fn check_tables(model: &Model) -> Result<(), TestCaseError> {
    let clock = &model.clock;
    prop_assert!(clock.periods > 0 && clock.count_from < clock.horizon);
    prop_assert_eq!(model.cell_dates.len(), clock.cells as usize);
    prop_assert_eq!(clock.period_start(clock.periods), clock.horizon);
    for process in &model.processes {
        prop_assert_eq!(process.mean.len(), clock.cells as usize);
        prop_assert!(process.mean.iter().all(|mean| mean.is_finite() && *mean >= 0.0));
        for cell in &process.uneven {
            prop_assert!(cell.pieces.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
            prop_assert!(cell.pieces[0].0 > cell.first_offset_us);
            prop_assert_eq!(cell.pieces.last().map(|piece| piece.1), Some(1.0));
        }
    }
    for group in &model.groups {
        prop_assert_eq!(group.heads[0].0.as_us(), 0);
        prop_assert!(group.heads.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1));
        prop_assert!(
            group.heads.iter().all(|&(at, heads)| at < clock.horizon && heads as usize <= group.agents.len())
        );
    }
    for opening in &model.openings {
        prop_assert!(opening.turns.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(opening.turns.iter().all(|&at| at.as_us() > 0 && at < clock.horizon));
    }
    for queue in &model.queues {
        prop_assert!(queue.steps[0].after.is_zero());
        prop_assert!(queue.lanes.clone().all(|lane| usize::from(lane) < model.lanes.len()));
    }
    for rule in &model.rules {
        let lanes = &model.queues[rule.queue.index()].lanes;
        prop_assert!(lanes.contains(&rule.lane.0) && !rule.offers[0].is_empty());
    }
    let _ = model.capabilities();
    Ok(())
}
