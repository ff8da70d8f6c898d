//! A short picture of a model before any run: what is there, and how much comes in.

use super::document::{Document, Figure, Note, Section, Table};
use super::number;
use crate::experiment::ChosenMode;
use crate::model::{AgentGroup, CELL_US, Model, Process, QueueId};
use crate::scenario::Scenario;

/// Rows of a table, so that the picture stays on one screen.
const MOST_ROWS: usize = 10;

/// What a checked scenario holds and how it will be run; `findings` is how many warnings and notes there are.
pub fn picture(scenario: &Scenario, model: &Model, mode: &ChosenMode, findings: usize) -> Document {
    let against = mode.why_not_cheaper.iter().map(|reason| Note::new("", format!("because {reason}")));
    let mode = Note::new("mode", format!("{}: {}", mode.name(), mode.meaning()));
    Document {
        title: format!("{}: {}", model.name, verdict(findings)),
        subtitle: scenario.scenario.description.clone(),
        sections: vec![
            Section::Figures(figures(scenario, model)),
            Section::Table(arrivals(model).shortened(MOST_ROWS, "the scenario")),
            Section::Table(queues(model).shortened(MOST_ROWS, "the scenario")),
            Section::Notes(std::iter::once(mode).chain(against).collect()),
        ],
        warnings: Vec::new(),
    }
}

fn verdict(findings: usize) -> String {
    match findings {
        0 => "no problems".into(),
        1 => "no problems, 1 remark".into(),
        many => format!("no problems, {many} remarks"),
    }
}

fn figures(scenario: &Scenario, model: &Model) -> Vec<Figure> {
    let a_day = contacts_a_day(model);
    let header = &scenario.scenario;
    let (start, days) = (header.start, header.days);
    let waiting = model.waiting_at_start();
    let waiting = (waiting > 0).then(|| Figure::new("waiting at the start", number::count(waiting as u64)));
    let figures = vec![
        Figure::new("starts", start.to_string()),
        Figure::new("days", number::count(days.into())),
        Figure::new("first attempts a day", number::count(a_day.round() as u64)),
        Figure::new("contact types", number::count(model.contact_types.len() as u64)),
        Figure::new("routing rules", number::count(model.rules.len() as u64)),
        Figure::new("most heads", number::count(most_heads(model).into())),
    ];
    let booked: u64 = model.start_bookings.iter().map(|of| u64::from(of.count)).sum();
    let booked = (booked > 0).then(|| Figure::new("booked at the start", number::count(booked)));
    figures.into_iter().chain(waiting).chain(booked).collect()
}

/// Expected first attempts of all processes a counted day, at busyness 1.
pub fn contacts_a_day(model: &Model) -> f64 {
    model.processes.iter().map(|process| a_day(model, process)).sum()
}

fn a_day(model: &Model, process: &Process) -> f64 {
    let clock = &model.clock;
    let counted = |cell: &u32| clock.cell_start(*cell) >= clock.count_from.as_us() as i64;
    let cells = || (0..clock.cells).filter(counted);
    let expected: f64 = cells().filter_map(|cell| process.mean.get(cell as usize)).sum();
    let days = cells().count() as f64 * CELL_US as f64 / 86_400e6;
    if days > 0.0 { expected / days } else { 0.0 }
}

/// The most heads of all groups together at any time.
fn most_heads(model: &Model) -> u32 {
    let changes = model.groups.iter().flat_map(|group| group.heads.iter().map(|&(from, _)| from));
    changes.map(|at| model.groups.iter().map(|group| group.heads_at(at)).sum()).max().unwrap_or(0)
}

fn arrivals(model: &Model) -> Table {
    let cells = |process: &Process| {
        let wanted = match process.listed() {
            None => model.contact_types[process.contact_type.index()].name.clone(),
            Some(_) => "as logged".into(),
        };
        vec![wanted, number::count(a_day(model, process).round() as u64)]
    };
    let booked: Vec<usize> = model.start_bookings.iter().map(|of| of.process.index()).collect();
    Table {
        heading: "arrivals".into(),
        columns: ["contact type", "first attempts a day"].map(String::from).into(),
        rows: model
            .processes
            .iter()
            .zip(0..)
            .filter(|(process, row)| !process.waits_at_start() && !booked.contains(row))
            .map(|(process, _)| (process.name.clone(), cells(process)))
            .collect(),
        foot: None,
    }
}

fn queues(model: &Model) -> Table {
    let cells = |queue: QueueId| {
        let row = &model.queues[queue.index()];
        let hours = if row.hours.is_some() { "some hours" } else { "always" };
        let serving = |group: &&AgentGroup| group.serves.contains(&queue);
        let groups: Vec<&str> =
            model.groups.iter().filter(serving).map(|group| group.name.as_str()).collect();
        vec![hours.into(), number::count(row.steps.len() as u64), short_list(&groups)]
    };
    let rows = model.queues.iter().enumerate();
    Table {
        heading: "queue".into(),
        columns: ["open", "steps", "groups that serve it"].map(String::from).into(),
        rows: rows.map(|(index, queue)| (queue.name.clone(), cells(QueueId::from_index(index)))).collect(),
        foot: None,
    }
}

fn short_list(names: &[&str]) -> String {
    const TOLD: usize = 3;
    match names.len().checked_sub(TOLD) {
        Some(more) if more > 0 => format!("{} and {more} more", names[..TOLD].join(", ")),
        _ => names.join(", "),
    }
}
