//! Volumes of a year by month, weekday and event.

use super::*;

/// [`SMALL`] with 366,000 contacts in 2008, a leap year: 1,000 on a day like all others.
fn yearly(more: &str) -> String {
    SMALL.replace("per_day = 960", &format!("yearly = 366_000\n{more}"))
}

fn day_total(text: &str, date: &str) -> f64 {
    total(text, &[&format!("scenario.start={date}")])
}

fn total(text: &str, overrides: &[&str]) -> f64 {
    expected(text, overrides).iter().sum()
}

fn expected(text: &str, overrides: &[&str]) -> Vec<f64> {
    let compiled = compile(&scenario(text, overrides));
    compiled.unwrap_or_else(|found| panic!("{}", text_of(&found).join("\n"))).model.processes[0].mean.clone()
}

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

const YEAR: [&str; 2] = ["scenario.start=2008-01-01", "scenario.days=366"];

#[test]
fn an_even_year_brings_the_same_every_day_but_for_the_hours_that_the_clocks_take_and_give() {
    let text = yearly("");
    assert!(close(day_total(&text, "2008-06-16"), 1000.0));
    assert!(close(day_total(&text, "2008-03-30"), 1000.0 * 23.0 / 24.0));
    assert!(close(day_total(&text, "2008-10-26"), 1000.0 * 25.0 / 24.0));
    assert!(close(total(&text, &YEAR), 366_000.0));
    assert!(close(day_total(&text, "2009-06-16"), 366_000.0 / 365.0), "each year by its own days");
}

#[test]
fn a_month_weighs_by_the_day_and_not_as_a_whole() {
    // 2008 without February has 337 days.
    let text = yearly("month = { feb = 0 }");
    assert_eq!(day_total(&yearly("month = { feb = 0, jan = 1 }"), "2008-02-10"), 0.0);
    assert!(close(day_total(&text, "2008-01-10"), 366_000.0 / 337.0));
    // January has 31 days of weight 2 and the year 397 of 1.
    let list = yearly("month = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
    assert!(close(day_total(&list, "2008-01-31"), 2.0 * 366_000.0 / 397.0));
    assert!(close(day_total(&list, "2008-02-01"), 366_000.0 / 397.0));
}

#[test]
fn a_holiday_weighs_as_such_whatever_its_weekday() {
    // 2008 in Milan: 52 Saturdays and Sundays each, 13 holidays of which four are Sundays (6 January,
    // 23 March, 7 December) or Saturdays (1 November).
    let text = yearly("weekday = { sat = 0, sun = 0, holiday = 0 }");
    let open: f64 = 366.0 - 52.0 - 52.0 - 9.0;
    assert!(
        close(day_total(&text, "2008-06-16"), 366_000.0 / open),
        "{}",
        366_000.0 / day_total(&text, "2008-06-16")
    );
    assert_eq!(day_total(&text, "2008-06-02"), 0.0);
    assert!(close(total(&text, &YEAR), 366_000.0));
}

#[test]
fn a_run_over_new_year_spreads_each_year_by_itself() {
    let text = yearly("month = { dec = 0.5 }");
    let two = expected(&text, &["scenario.start=2008-12-31", "scenario.days=2"]);
    let (december, january): (f64, f64) = (two[..96].iter().sum(), two[96..].iter().sum());
    assert!(close(december, 0.5 * 366_000.0 / (335.0 + 15.5)));
    assert!(close(january, 366_000.0 / (334.0 + 15.5)));
}

#[test]
fn months_and_kinds_of_day_also_weigh_a_volume_by_day() {
    let text =
        SMALL.replace("per_day = 960", "per_day = 960\nmonth = { jun = 1.5 }\nweekday = { sat = 0.5 }");
    assert!(close(day_total(&text, "2008-06-16"), 1440.0));
    assert!(close(day_total(&text, "2008-06-14"), 720.0));
}

#[test]
fn an_event_ramps_up_from_one_and_down_again() {
    let text = yearly("events.ici = { peak = '2008-06-16', volume = 3, before_days = 4, after_days = 2 }");
    let factors = ["06-11", "06-12", "06-13", "06-14", "06-15", "06-16", "06-17", "06-18", "06-19"]
        .map(|day| day_total(&text, &format!("2008-{day}")) / 1000.0);
    for (factor, expected) in factors.into_iter().zip([1.0, 1.0, 1.5, 2.0, 2.5, 3.0, 2.0, 1.0, 1.0]) {
        assert!(close(factor, expected), "{factors:?}");
    }
    let sharp = yearly("events.launch = { peak = '2008-06-16', volume = 0 }");
    let factors = ["06-15", "06-16", "06-17"].map(|day| day_total(&sharp, &format!("2008-{day}")));
    assert!(close(factors[0], 1000.0) && factors[1] == 0.0 && close(factors[2], 1000.0));
}

#[test]
fn overlapping_events_multiply_and_peaks_of_one_event_do_not() {
    let two = yearly(
        "events.a = { peak = '2008-06-16', volume = 2, before_days = 2 }\n\
         events.b = { peak = ['2008-06-16', '2008-06-17'], volume = 1.5, after_days = 2 }",
    );
    let days =
        ["2008-06-15", "2008-06-16", "2008-06-17", "2008-06-18"].map(|day| day_total(&two, day) / 1000.0);
    for (factor, expected) in days.into_iter().zip([1.5, 3.0, 1.5, 1.25]) {
        assert!(close(factor, expected), "{days:?}");
    }
}

#[test]
fn an_event_at_the_top_is_for_those_it_names() {
    let shared = format!("{}\n[events.strike]\npeak = '2008-06-16'\nvolume = 1.5\n", yearly(""));
    assert!(close(day_total(&shared, "2008-06-16"), 1500.0));
    assert!(close(total(&shared, &["events.strike.arrivals=taxes"]), 1500.0));
    let more = "arrivals.more={ type = 'taxes', per_hour = 1 }";
    let others = compile(&scenario(&shared, &["events.strike.arrivals=['more']", more])).unwrap().model;
    let sums: Vec<f64> = others.processes.iter().map(|process| process.mean.iter().sum()).collect();
    assert!(close(sums[0], 36.0) && close(sums[1], 1000.0), "{sums:?}");
    let unknown = errors_of(&scenario(&shared, &["events.strike.arrivals=['taxs', 'taxes']"]));
    assert_eq!(unknown, ["E4021 events.strike.arrivals[0]"]);
    let twice = errors_of(&scenario(&shared, &["arrivals.taxes.events.x={ peak = [], arrivals = 'taxes' }"]));
    assert_eq!(twice, ["E4020 arrivals.taxes.events.x.arrivals", "E4020 arrivals.taxes.events.x.peak"]);
}

/// A thousand on a usual day, times what is left of a factor of 3 at the peak on Monday, 16 June 2008.
#[test]
fn shapes_of_events() {
    let factors = |event: &str| {
        let text = yearly(&format!("events.a = {{ peak = '2008-06-16', volume = 3, {event} }}"));
        ["06-11", "06-12", "06-14", "06-16", "06-17", "06-18"]
            .map(|day| day_total(&text, &format!("2008-{day}")) / 1000.0)
    };
    for (event, expected) in [
        ("before_days = 4, after_days = 2, shape = 'straight'", [1.0, 1.0, 2.0, 3.0, 2.0, 1.0]),
        ("before_days = 4, after_days = 2, shape = 'late'", [1.0, 1.0, 1.5, 3.0, 1.5, 1.0]),
        ("before_days = 4, after_days = 1, shape = 'level'", [1.0, 3.0, 3.0, 3.0, 3.0, 1.0]),
        ("before_days = 4, scale = 0.5", [1.0, 1.0, 1.5, 2.0, 1.0, 1.0]),
        ("move_days = 1", [1.0, 1.0, 1.0, 1.0, 3.0, 1.0]),
        ("scale = 0", [1.0; 6]),
    ] {
        let found = factors(event);
        assert!(
            found.iter().zip(expected).all(|(&found, expected)| close(found, expected)),
            "{event}: {found:?}"
        );
    }
}

/// 16 June is a Monday in 2008, and a Saturday in 2007; 2 June is a holiday, in 2008 a Monday after a Sunday.
#[test]
fn a_day_of_every_year_may_move_to_a_working_day() {
    let peaks = |peak: &str, days: &[&str]| -> Vec<f64> {
        let text = yearly(&format!("events.a = {{ peak = {peak}, volume = 2 }}"));
        days.iter()
            .map(|day| {
                (day_total(&text, day) * if day.starts_with("2008") { 366.0 } else { 365.0 } / 366e3).round()
            })
            .collect()
    };
    assert_eq!(peaks("'06-16'", &["2007-06-16", "2007-06-18", "2008-06-16"]), [2.0, 1.0, 2.0]);
    let next = "'06-16', on_day_off = 'next'";
    assert_eq!(peaks(next, &["2007-06-16", "2007-06-18", "2008-06-16", "2008-06-17"]), [1.0, 2.0, 2.0, 1.0]);
    let before = "['06-02', '2008-06-14'], on_day_off = 'before'";
    assert_eq!(
        peaks(before, &["2008-05-30", "2008-05-31", "2008-06-02", "2008-06-13"]),
        [2.0, 1.0, 1.0, 2.0]
    );
}

/// What a kind says can be said otherwise; a tax deadline on Saturday, 16 June 2007, is on Monday.
#[test]
fn an_event_of_the_library_takes_what_it_does_not_say_from_its_kind() {
    let on = |more: &str, day: &str| {
        let text = yearly(&format!("events.ici = {{ kind = 'tax_deadline', peak = '06-16', {more} }}"));
        day_total(&text, day) / (366_000.0 / 365.0)
    };
    assert!(close(on("", "2007-06-18"), 2.5) && close(on("", "2007-06-22"), 1.0));
    assert!(close(on("", "2007-06-12"), 1.0 + 1.5 * 0.25), "half of twelve days before, late");
    assert!(close(on("volume = 1.4, shape = 'straight'", "2007-06-12"), 1.2));
    assert!(close(on("on_day_off = 'stays'", "2007-06-16"), 2.5));
}

/// A day of 1,000 has 10.4 a quarter-hour; between 9 and 11 twice as many.
#[test]
fn an_event_of_some_hours_changes_those() {
    let text = yearly(
        "includes_events = true\nevents.outage = { peak = '2008-06-16', volume = 2, hours = '09:00-11:00' }",
    );
    let cells = expected(&text, &["scenario.start=2008-06-16"]);
    let usual = 1000.0 / 96.0;
    for (cell, mean) in cells.iter().enumerate() {
        assert!(close(*mean, usual * if (36..44).contains(&cell) { 2.0 } else { 1.0 }), "{cell}: {mean}");
    }
    assert!(close(day_total(&text, "2008-06-17"), 1000.0), "it comes on top of the year");
    let uneven = text.replace("09:00-11:00", "09:05-09:10");
    assert!(close(day_total(&uneven, "2008-06-16"), 1000.0 + usual / 3.0));
    let constant = SMALL.replace(
        "per_day = 960",
        "per_hour = 40\nevents.a = { peak = '2008-06-16', volume = 0, hours = '09:00-11:00' }",
    );
    assert!(close(day_total(&constant, "2008-06-16"), 22.0 * 40.0));
}

/// Two processes feel one event, one of them half of it.
#[test]
fn an_event_may_be_felt_in_part() {
    let more = "arrivals.more={ type = 'taxes', per_hour = 1 }";
    let shared = format!("{}\n[events.strike]\npeak = '2008-06-16'\nvolume = 1.5\nretrial = 3\n", yearly(""));
    let parts = |parts: &str| {
        let overrides = [more, &format!("events.strike.arrivals={parts}")];
        compile(&scenario(&shared, &overrides)).map(|compiled| compiled.model)
    };
    let model = parts("{ more = 1, taxes = 0.5 }").unwrap();
    let sums: Vec<f64> = model.processes.iter().map(|process| process.mean.iter().sum()).collect();
    assert!(close(sums[0], 36.0) && close(sums[1], 1250.0), "{sums:?}");
    assert_eq!(model.event_retrial.unwrap().by_process, [[3.0], [2.0]]);
    let overrides = [more, "events.strike.arrivals={ mor = 1, taxes = -1 }"];
    let said = errors_of(&scenario(&shared, &overrides));
    assert_eq!(said, ["E4021 events.strike.arrivals.mor", "E3005 events.strike.arrivals.taxes"]);
}

#[test]
fn a_year_may_count_what_its_events_bring() {
    let events = "events.a = { peak = '2008-06-16', volume = 3, before_days = 4, after_days = 2 }";
    let on_top = total(&yearly(events), &YEAR);
    // A peak of 2 more, ramps of 0.5 + 1 + 1.5 and 1 more days.
    assert!(close(on_top, 366_000.0 + 6.0 * 1000.0));
    let within = yearly(&format!("includes_events = true\n{events}"));
    assert!(close(total(&within, &YEAR), 366_000.0));
    assert!(close(day_total(&within, "2008-06-16"), 3.0 * 366_000.0 / 372.0));
}

#[test]
fn talk_is_stretched_on_the_days_of_an_event_and_otherwise_there_is_no_table() {
    let text = yearly("events.a = { peak = '2008-06-16', service_time = 1.4, before_days = 2 }");
    let week = ["scenario.start=2008-06-14", "scenario.days=4", "scenario.run_in=1d"];
    let model = compile(&scenario(&text, &week)).unwrap().model;
    let talk = model.event_talk.as_ref().unwrap();
    let factors: Vec<f64> = talk.by_process[0].clone();
    for (factor, expected) in factors.iter().zip([1.0, 1.0, 1.2, 1.4, 1.0]) {
        assert!(close(*factor, expected), "{factors:?}");
    }
    assert_eq!((factors.len(), talk.first_day), (5, model.cell_dates[0].day));
    assert!(compile(&scenario(&text, &["scenario.start=2008-07-01"])).unwrap().model.event_talk.is_none());
}

#[test]
fn exactly_one_volume_and_nothing_that_says_nothing() {
    assert_eq!(errors_of(&scenario(&yearly("per_day = 3"), &[])), ["E4005 arrivals.taxes"]);
    let all = "weekday = { mon = 0, tue = 0, wed = 0, thu = 0, fri = 0, sat = 0, sun = 0 }";
    assert_eq!(errors_of(&scenario(&yearly(all), &[])), ["E4005 arrivals.taxes.yearly"]);
    let constant =
        SMALL.replace("per_day = 960", "per_hour = 40\nmonth = { jan = 2 }\nincludes_events = true");
    let said = errors_of(&scenario(&constant, &[]));
    assert_eq!(said, ["E4005 arrivals.taxes.includes_events", "E4005 arrivals.taxes.month"]);
}

#[test]
fn a_constant_rate_has_events_too() {
    let text =
        SMALL.replace("per_day = 960", "per_hour = 40\nevents.a = { peak = '2008-06-16', volume = 2 }");
    assert!(close(day_total(&text, "2008-06-15"), 960.0));
    assert!(close(day_total(&text, "2008-06-16"), 1920.0));
}

#[test]
fn offered_contacts_are_solved_for_first_attempts() {
    let retrial = "after_abandonment = { retrial = 0.5, delay = '10m', at_most = 3 }\noutcome.tier1";
    let text = SMALL.replace("outcome.tier1", retrial);
    let at = |more: &str| total(&text.replace("per_day = 960", &format!("per_day = 960\n{more}")), &[]);
    // A fifth hangs up and half of these call again: 1 + 0.1 + 0.01 attempts in at most three.
    assert!(close(at("counts = 'offered'\nabandonment = 0.2"), 960.0 / 1.11));
    assert!(close(at("counts = 'handled'\nabandonment = 0.2"), 960.0 / (1.11 * 0.8)));
    assert!(close(at("counts = 'offered'\nabandonment = 0"), 960.0));
    assert!(close(at("counts = 'first_attempts'"), 960.0));
    // Of those who talk a tenth is not helped and always calls again, once: 0.2 * 0.5 + 0.8 * 0.1 = 0.18, then 0.1.
    let repeat = "tier1 = { unresolved = 0.1, rest = 'resolved' }\nafter_unresolved = { repeat = 1, delay = '1h', at_most = 2 }";
    let repeating = text.replace("tier1 = { escalate = 0.2, rest = \"resolved\" }", repeat);
    let more = "per_day = 960\ncounts = 'offered'\nabandonment = 0.2";
    assert!(close(total(&repeating.replace("per_day = 960", more), &[]), 960.0 / (1.0 + 0.18 + 0.018)));
}

#[test]
fn counts_and_abandonment_come_together() {
    let with = |more: &str| {
        errors_of(&scenario(&SMALL.replace("per_day = 960", &format!("per_day = 960\n{more}")), &[]))
    };
    assert_eq!(with("counts = 'offered'"), ["E4022 arrivals.taxes.counts"]);
    assert_eq!(with("abandonment = 0.1"), ["E4022 arrivals.taxes.abandonment"]);
    assert_eq!(with("counts = 'handled'\nabandonment = 1"), ["E3005 arrivals.taxes.abandonment"]);
}

/// [`SMALL`] with a history of these days, each `hours` long with as many contacts in each hour as its number.
fn remembered(days: &[(&str, usize)], more: &str) -> String {
    let lists: Vec<String> = days
        .iter()
        .map(|(date, hours)| {
            format!("'{date}' = {:?}", (0..*hours).map(|hour| hour as f64).collect::<Vec<f64>>())
        })
        .collect();
    SMALL.replace(
        "per_day = 960",
        &format!("history = {{ interval = '1h', counts = {{ {} }} }}\n{more}", lists.join(", ")),
    )
}

/// Expected contacts by hour.
fn by_hour(text: &str, date: &str) -> Vec<f64> {
    expected(text, &[&format!("scenario.start={date}")]).chunks(4).map(|hour| hour.iter().sum()).collect()
}

#[test]
fn a_history_comes_again_after_so_many_days_and_grows() {
    let text = remembered(&[("2007-06-18", 24)], "move_days = 364\ngrowth = 1.5");
    let hours = by_hour(&text, "2008-06-16");
    assert_eq!((hours.len(), hours[0], hours[10], hours[23]), (24, 0.0, 15.0, 34.5));
    let event = format!("{text}\n[events.strike]\npeak = '2008-06-16'\nvolume = 2\n");
    assert_eq!(by_hour(&event, "2008-06-16")[10], 30.0);
    let missing = errors_of(&scenario(&text, &["scenario.start=2008-06-17"]));
    assert_eq!(missing, ["E4023 arrivals.taxes.history", "W6007 arrivals"][..1]);
    let both =
        errors_of(&scenario(&text, &["arrivals.taxes.per_day=5", "arrivals.taxes.weekday={ sat = 0 }"]));
    assert_eq!(both, ["E4005 arrivals.taxes", "E4005 arrivals.taxes.weekday"]);
    assert_eq!(errors(&["arrivals.taxes.move_days=7"]), ["E4005 arrivals.taxes.move_days"]);
}

#[test]
fn hours_that_the_clocks_took_or_gave_are_found_by_the_wall() {
    // 2007: forward on 25 March, back on 28 October; 2008: 30 March and 26 October.
    let short_then_long =
        remembered(&[("2007-03-25", 23), ("2007-04-01", 24), ("2007-10-28", 25)], "move_days = 364");
    // 23 March 2008 has 02:00, which its forebear lacks: between 01:00 (1) and 03:00 (2).
    assert_eq!(by_hour(&short_then_long, "2008-03-23")[..4], [0.0, 1.0, 1.5, 2.0]);
    // 30 March 2008 lacks it: 02:00's 2 contacts are lost.
    let spring = by_hour(&short_then_long, "2008-03-30");
    assert_eq!((spring.len(), &spring[..4]), (23, &[0.0, 1.0, 3.0, 4.0][..]));
    // 26 October 2008 has it twice, as its forebear had.
    let autumn = by_hour(&short_then_long, "2008-10-26");
    assert_eq!((autumn.len(), &autumn[1..5]), (25, &[1.0, 2.5, 2.5, 4.0][..]));
    // The day itself, not moved: hour by hour.
    let same = remembered(&[("2008-10-26", 25), ("2008-03-30", 23)], "");
    assert_eq!(by_hour(&same, "2008-10-26"), (0..25).map(f64::from).collect::<Vec<f64>>());
    assert_eq!(by_hour(&same, "2008-03-30"), (0..23).map(f64::from).collect::<Vec<f64>>());
}

#[test]
fn a_history_that_says_who_hung_up_is_solved_interval_by_interval() {
    let text = SMALL.replace(
        "outcome.tier1",
        "after_abandonment = { retrial = 1, delay = '10m', at_most = 2 }\noutcome.tier1",
    );
    let lists = |count: f64, abandoned: f64| {
        let list = |value: f64| format!("{{ '2008-06-16' = {:?} }}", [value; 24]);
        format!("history = {{ interval = '1h', counts = {}, abandoned = {} }}", list(count), list(abandoned))
    };
    let of = |volume: String| by_hour(&text.replace("per_day = 960", &volume), "2008-06-16")[5];
    // 12 offered, 2.4 of them hung up and called again.
    assert!(close(of(format!("{}\ncounts = 'offered'", lists(12.0, 2.4))), 10.0));
    assert!(close(of(format!("{}\ncounts = 'handled'", lists(9.6, 2.4))), 10.0));
    assert!(close(of(lists(12.0, 2.4)), 12.0), "first attempts are what they are");
}
