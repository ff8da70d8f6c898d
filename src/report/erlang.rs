//! What the calculators of Erlang answer: as a page around the answer, and as JSON.
//!
//! The mathematics is `queueing`'s; here are its words.

use serde_json::{Map, Value, json};

use super::document::{Document, Figure, Note, Section, Table};
use super::number::{self, NO_DATA};
use crate::queueing::{Answer, Formula, Goal, MOST_AGENTS, Performance, Workload};

/// A question to a calculator with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Calculation {
    /// The work.
    pub workload: Workload,
    /// What it was computed from, in words: `2,175 calls in 1h of 4m each`.
    pub demand: String,
    /// What is wanted.
    pub goal: Goal,
    /// The answer.
    pub answer: Answer,
    /// What a few agents less and a few more give.
    pub around: Vec<Performance>,
}

/// The page of a calculation.
pub fn erlang(calculation: &Calculation) -> Document {
    let figures = calculation.answered().map_or_else(Vec::new, figures);
    Document {
        title: format!("{}: {}", name(calculation.workload.formula), calculation.verdict()),
        subtitle: calculation.subtitle(),
        sections: vec![
            Section::Figures(figures),
            Section::Table(calculation.table()),
            Section::Notes(vec![
                Note::new("formula", source(calculation.workload.formula)),
                Note::new(
                    "holds for",
                    "steady state: Poisson arrivals at one rate, no day that begins empty",
                ),
            ]),
        ],
        warnings: Vec::new(),
    }
}

/// The same for programs: numbers unrounded, shares from 0 to 1, what a formula does not know left out.
pub fn erlang_json(calculation: &Calculation) -> Value {
    let Calculation { workload, goal, .. } = calculation;
    let (mut input, mut wanted) = (Map::new(), Map::new());
    let mut ask = |key: &str, value: f64| drop(input.insert(key.into(), json!(value)));
    ask("erlangs", workload.erlangs);
    match workload.formula {
        Formula::B => {}
        Formula::C { mean_service_s, threshold_s } => {
            ask("mean_service_s", mean_service_s);
            ask("within_s", threshold_s);
        }
        Formula::A { mean_service_s, mean_patience_s, threshold_s } => {
            ask("mean_service_s", mean_service_s);
            ask("mean_patience_s", mean_patience_s);
            ask("within_s", threshold_s);
        }
    }
    for (key, value) in [
        ("service_level", goal.service_level),
        ("abandonment", goal.abandonment),
        ("blocking", goal.blocking),
        ("occupancy_at_most", goal.occupancy),
    ] {
        wanted.extend(value.map(|value| (key.into(), json!(value))));
    }
    let around: Vec<Value> = calculation.around.iter().map(numbers).collect();
    json!({
        "shape": 1,
        "formula": name(workload.formula).to_lowercase().replace(' ', "_"),
        "source": source(workload.formula),
        "input": input,
        "goal": wanted,
        "answer": calculation.answer_json(),
        "around": around,
    })
}

fn numbers(given: &Performance) -> Value {
    let known = [
        ("agents", Some(json!(given.agents))),
        ("occupancy", Some(json!(given.occupancy))),
        ("blocking", given.blocked.map(Value::from)),
        ("service_level", given.service_level.map(Value::from)),
        ("speed_of_answer_s", given.speed_of_answer_s.map(Value::from)),
        ("delayed", given.delayed.map(Value::from)),
        ("abandonment", given.abandoned.map(Value::from)),
        ("mean_queue", given.mean_queue.map(Value::from)),
    ];
    known.into_iter().filter_map(|(key, value)| Some((key.to_string(), value?))).collect::<Map<_, _>>().into()
}

impl Calculation {
    /// Whether the answer is a yes: the goal is met, or there was none, and the work can be done.
    pub fn is_yes(&self) -> bool {
        matches!(self.answer, Answer::Fewest(_) | Answer::Given { met: true, .. })
    }

    fn answered(&self) -> Option<&Performance> {
        match &self.answer {
            Answer::Given { performance, .. } | Answer::Fewest(performance) => Some(performance),
            Answer::Overload { .. } | Answer::Beyond => None,
        }
    }

    fn verdict(&self) -> String {
        let goal = self.goal_in_words();
        match &self.answer {
            Answer::Given { performance, .. } if self.goal.is_empty() => self.achieved(performance),
            Answer::Given { performance, met: true, .. } => {
                format!("{} are enough for {goal}", agents(performance.agents))
            }
            Answer::Given { performance, fewest, .. } => {
                let enough =
                    fewest.map_or(beyond(), |fewest| format!("it takes {}", number::count(fewest.into())));
                format!("{} are too few for {goal}; {enough}", agents(performance.agents))
            }
            Answer::Fewest(performance) => format!("{} for {goal}", agents(performance.agents)),
            Answer::Overload { agents: asked, least } => format!(
                "{} cannot do the work and nobody gives up: the queue grows without end; it takes at least {}",
                agents(*asked),
                number::count((*least).into())
            ),
            Answer::Beyond => format!("for {goal} {}", beyond()),
        }
    }

    /// What the agents give, in the formula's first measure.
    fn achieved(&self, given: &Performance) -> String {
        let agents = agents(given.agents);
        match (given.blocked, given.service_level, self.threshold_s()) {
            (Some(blocked), ..) => format!("{agents}, {} blocked", number::fine_share(blocked)),
            (_, Some(level), Some(within)) => {
                format!(
                    "{agents}, {} answered within {}",
                    number::fine_share(level),
                    number::duration(within)
                )
            }
            _ => agents,
        }
    }

    fn threshold_s(&self) -> Option<f64> {
        match self.workload.formula {
            Formula::B => None,
            Formula::C { threshold_s, .. } | Formula::A { threshold_s, .. } => Some(threshold_s),
        }
    }

    fn goal_in_words(&self) -> String {
        let within = self.threshold_s().map_or(String::new(), |s| format!(" within {}", number::duration(s)));
        let Goal { service_level, abandonment, blocking, occupancy } = self.goal;
        let at_most = |share: f64, what: &str| format!("at most {} {what}", number::share(share));
        let parts = [
            service_level.map(|share| format!("{} answered{within}", number::share(share))),
            abandonment.map(|share| at_most(share, "abandoned")),
            blocking.map(|share| at_most(share, "blocked")),
            occupancy.map(|share| at_most(share, "occupied")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }

    fn subtitle(&self) -> String {
        let erlangs = number::plain(self.workload.erlangs);
        let load = format!("{erlangs} {}", if erlangs == "1" { "erlang" } else { "erlangs" });
        let patience = match self.workload.formula {
            Formula::A { mean_patience_s, .. } => {
                format!("; mean patience {}", number::duration(mean_patience_s))
            }
            Formula::C { .. } => "; nobody gives up".into(),
            Formula::B => "; nobody waits".into(),
        };
        let demand = if self.demand.is_empty() { String::new() } else { format!(": {}", self.demand) };
        format!("{load}{demand}{patience}")
    }

    fn table(&self) -> Table {
        let columns = columns(self.workload.formula, self.threshold_s());
        let answer = self.answered().map(|given| given.agents);
        let digits =
            self.around.iter().map(|given| number::count(given.agents.into()).len()).max().unwrap_or(0);
        let row = |given: &Performance| {
            let mark = if answer == Some(given.agents) { "→" } else { " " };
            let name = format!("{mark} {:>digits$}", number::count(given.agents.into()));
            (name, columns.iter().map(|column| (column.cell)(given)).collect())
        };
        Table {
            heading: "agents".into(),
            columns: columns.iter().map(|column| column.heading.clone()).collect(),
            rows: self.around.iter().map(row).collect(),
            foot: self.foot(),
        }
    }

    /// What stands below a table that could begin with an overload.
    fn foot(&self) -> Option<String> {
        let least = self.workload.least_stable();
        let shown = self.around.first()?.agents == least && least > 1;
        shown.then(|| format!("with fewer than {} the queue grows without end", number::count(least.into())))
    }

    fn answer_json(&self) -> Value {
        let mut answer = self.answered().map_or(json!({}), numbers);
        let mut put =
            |key: &str, value: Value| drop(answer.as_object_mut().map(|all| all.insert(key.into(), value)));
        put("ok", json!(self.is_yes()));
        put("says", json!(self.verdict()));
        match self.answer {
            Answer::Given { fewest, .. } if !self.goal.is_empty() => put("fewest_agents", json!(fewest)),
            Answer::Fewest(given) => put("fewest_agents", json!(given.agents)),
            Answer::Overload { agents, least } => {
                put("agents", json!(agents));
                put("least_stable_agents", json!(least));
            }
            Answer::Given { .. } | Answer::Beyond => {}
        }
        answer
    }
}

struct Column {
    heading: String,
    cell: fn(&Performance) -> String,
}

fn columns(formula: Formula, threshold_s: Option<f64>) -> Vec<Column> {
    let column = |heading: &str, cell| Column { heading: heading.into(), cell };
    let within = threshold_s.map_or(String::new(), |s| format!("within {}", number::duration(s)));
    let occupancy = column("occupancy", |given: &Performance| number::fine_share(given.occupancy));
    let mut columns = match formula {
        Formula::B => vec![column("blocked", |given| known_share(given.blocked))],
        Formula::C { .. } | Formula::A { .. } => vec![
            column(&within, |given| known_share(given.service_level)),
            column("speed of answer", |given| known_seconds(given.speed_of_answer_s)),
            column("have to wait", |given| known_share(given.delayed)),
        ],
    };
    if matches!(formula, Formula::A { .. }) {
        columns.push(column("abandoned", |given| known_share(given.abandoned)));
    }
    columns.push(occupancy);
    columns
}

fn figures(given: &Performance) -> Vec<Figure> {
    let share =
        |name: &str, value: Option<f64>| value.map(|value| Figure::new(name, number::fine_share(value)));
    let figures = [
        share("service level", given.service_level),
        share("blocked", given.blocked),
        given.speed_of_answer_s.map(|value| Figure::new("speed of answer", number::seconds(value))),
        share("abandoned", given.abandoned),
        share("occupancy", Some(given.occupancy)),
        share("have to wait", given.delayed),
        given.mean_queue.map(|value| Figure::new("mean queue", number::two_decimals(value))),
    ];
    figures.into_iter().flatten().collect()
}

fn known_share(value: Option<f64>) -> String {
    value.map_or_else(|| NO_DATA.into(), number::fine_share)
}

fn known_seconds(value: Option<f64>) -> String {
    value.map_or_else(|| NO_DATA.into(), number::seconds)
}

fn agents(number: u32) -> String {
    if number == 1 { "1 agent".into() } else { format!("{} agents", number::count(number.into())) }
}

fn beyond() -> String {
    format!("no number of agents up to {} is enough", number::count(MOST_AGENTS.into()))
}

fn name(formula: Formula) -> &'static str {
    match formula {
        Formula::B => "Erlang B",
        Formula::C { .. } => "Erlang C",
        Formula::A { .. } => "Erlang A",
    }
}

/// The model and who published its formula.
fn source(formula: Formula) -> &'static str {
    match formula {
        Formula::B => "M/G/n/n (Erlang 1917)",
        Formula::C { .. } => "M/M/n, exponential service (Erlang 1917)",
        Formula::A { .. } => {
            "M/M/n+M, exponential service and patience (Palm 1957; Mandelbaum and Zeltyn 2007)"
        }
    }
}
