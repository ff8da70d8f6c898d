//! Exact numbers of needs.

use super::*;
use crate::model::{Certain, CountedSpan};

/// [`SMALL`] over `days` days from `start` with an exact number.
fn exact(start: &str, days: u32, volume: &str, overrides: &[&str]) -> (Vec<f64>, Vec<CountedSpan>) {
    let text = SMALL.replace("per_day = 960", volume);
    let header = [format!("scenario.start='{start}'"), format!("scenario.days={days}")];
    let overrides: Vec<&str> = header.iter().map(String::as_str).chain(overrides.iter().copied()).collect();
    let compiled = compile(&scenario(&text, &overrides));
    let process =
        compiled.unwrap_or_else(|found| panic!("{}", text_of(&found).join("\n"))).model.processes[0].clone();
    let Some(Certain::Counted(spans)) = process.certain else { panic!("an exact number") };
    (process.mean, spans)
}

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

#[test]
fn each_local_day_has_its_number_also_days_of_23_and_25_hours() {
    for (start, cells) in [("2008-06-16", 96), ("2008-03-30", 92), ("2008-10-26", 100)] {
        let (mean, spans) = exact(start, 2, "exactly = 480", &[]);
        assert_eq!(spans.len(), 2);
        assert_eq!((spans[0].count, spans[0].cells.clone()), (480, 0..cells));
        assert_eq!(spans[1].cells, cells..cells + 96);
        assert!(close(mean[..cells as usize].iter().sum(), 480.0), "{start}");
        assert!(mean[..cells as usize].iter().all(|&mean| close(mean, 480.0 / f64::from(cells))));
        assert_eq!(spans[0].begun.last(), Some(&1.0));
    }
}

#[test]
fn a_run_shares_its_number_by_the_weights_of_its_days_and_its_run_in_has_none() {
    // From Friday: 1 + 0.5 + 0 + 1 of 250, after two hours of run-in.
    let weights = "arrivals.taxes.weekday={ sat = 0.5, sun = 0 }";
    let (mean, spans) =
        exact("2008-06-13", 4, "exactly = 250\nper = \"run\"", &[weights, "scenario.run_in='2h'"]);
    let by_day: Vec<f64> = mean[8..].chunks(96).map(|day| day.iter().sum()).collect();
    assert!(by_day.iter().zip([100.0, 50.0, 0.0, 100.0]).all(|(a, b)| close(*a, b)), "{by_day:?}");
    assert!(mean[..8].iter().all(|&mean| mean == 0.0));
    assert_eq!((spans.len(), spans[0].cells.clone(), spans[0].before), (1, 8..8 + 384, 0.0));
}

#[test]
fn a_run_in_has_its_part_of_the_day_before_and_a_day_of_weight_0_has_nobody() {
    // Six hours of a Sunday that brings 96: a quarter of them, the others before the run.
    let (mean, spans) = exact("2008-06-16", 1, "exactly = 96", &["scenario.run_in='6h'"]);
    assert!(close(mean[..24].iter().sum(), 24.0) && close(spans[0].before, 0.75));
    let none = "arrivals.taxes.weekday={ sun = 0 }";
    let (mean, spans) = exact("2008-06-16", 1, "exactly = 96", &["scenario.run_in='6h'", none]);
    assert!(mean[..24].iter().all(|&mean| mean == 0.0));
    assert_eq!((spans.len(), spans[0].count), (1, 96));
}

#[test]
fn what_contradicts_an_exact_number_is_told() {
    let told = |volume: &str, overrides: &[&str]| {
        errors_of(&scenario(&SMALL.replace("per_day = 960", volume), overrides))
    };
    let busy = "exactly = 10\nbusyness = \"city\"\n[busyness.city]\nday = { cv = 0.1 }";
    assert_eq!(told(busy, &[]), ["E4030 arrivals.taxes.busyness"]);
    let counts = ["arrivals.taxes.counts='offered'", "arrivals.taxes.abandonment=0.1"];
    assert_eq!(told("exactly = 10", &counts), ["E4030 arrivals.taxes.counts"]);
    assert_eq!(told("per_day = 10\nper = \"run\"", &[]), ["E4030 arrivals.taxes.per"]);
    assert_eq!(told("exactly = 10\nper_day = 10", &[]), ["E4005 arrivals.taxes"]);
    assert_eq!(
        told("exactly = 2_000_000", &[]),
        ["E4008 arrivals.taxes.exactly", "E4008 arrivals.taxes"][..1]
    );
    let weightless = ["arrivals.taxes.weekday={ mon = 0 }"];
    assert_eq!(told("exactly = 10\nper = \"run\"", &weightless), ["E4030 arrivals.taxes.exactly"]);
}

#[test]
fn who_is_split_off_leaves_the_rest_and_has_the_shape_of_the_whole() {
    let part = "arrivals.part={ from = 'taxes', share = 0.25, type = 'taxes' }";
    let whole = compile(&scenario(SMALL, &[])).unwrap().model.processes;
    let split = compile(&scenario(SMALL, &[part])).unwrap().model.processes;
    let of = |name: &str| split.iter().find(|process| process.name == name).unwrap();
    let before = &whole.iter().find(|process| process.name == "taxes").unwrap().mean;
    for (cell, &mean) in before.iter().enumerate() {
        assert!(close(of("part").mean[cell], 0.25 * mean) && close(of("taxes").mean[cell], 0.75 * mean));
        assert_eq!((of("taxes").drawn_mean(cell), of("part").drawn_mean(cell)), (mean, 0.0));
    }
}

#[test]
fn what_cannot_be_split_off_is_told() {
    let told = |part: &str, more: &[&str]| {
        let part = format!("arrivals.part={{ type = 'taxes', {part} }}");
        let overrides: Vec<&str> = std::iter::once(part.as_str()).chain(more.iter().copied()).collect();
        errors(&overrides)
    };
    assert_eq!(told("from = 'taxes', share = 1.2", &[]), ["E3005 arrivals.part.share"]);
    assert_eq!(told("from = 'taxes'", &[]), ["E4032 arrivals.part"]);
    assert_eq!(told("from = 'taxis', share = 0.1", &[]), ["E4021 arrivals.part.from"]);
    assert_eq!(told("from = 'part', share = 0.1", &[]), ["E4032 arrivals.part.from"]);
    assert_eq!(told("share = 0.1, per_hour = 3", &[]), ["E4032 arrivals.part.share"]);
    assert_eq!(told("from = 'taxes', share = 0.1, per_hour = 3", &[]), ["E4032 arrivals.part.per_hour"]);
    let second = "arrivals.second={ type = 'taxes', from = 'taxes', share = 0.6 }";
    assert_eq!(told("from = 'taxes', share = 0.5", &[second]), ["E4032 arrivals.second.share"]);
    let event = "events.strike={ peak = '2008-06-16', arrivals = ['part'] }";
    assert_eq!(told("from = 'taxes', share = 0.5", &[event]), ["E4032 events.strike.arrivals"]);
}
