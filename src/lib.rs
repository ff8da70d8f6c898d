//! A contact-center simulator and capacity planner.
//!
//! A scenario says who calls, where calls wait, who answers and what was promised; `centralino` simulates it, call by call and as often as
//! wanted, and says what comes of it and how sure that is. The program is a thin coat over this library.
//!
//! # From a file to a figure
//!
//! Fifteen agents, ten erlangs, callers who hang up after five minutes on average. Erlang A knows that 0.9 % of them do; so
//! does the simulation, within its interval:
//!
//! ```
//! use centralino::experiment::{Plan, Replicator, choose_mode, nobody_listens, run};
//! use centralino::measures::{Basis, Detail, Results, Scope};
//! use centralino::{model, scenario};
//!
//! // The document: names and units. Overrides are what `--set` takes on the command line.
//! let file = std::path::Path::new("scenarios/reference/erlang-a-15-light.toml");
//! let loaded = scenario::load(file, &["scenario.days=20".into()]).expect("all problems, with file, line and remedy");
//!
//! // The model: everything resolved, indexed and checked.
//! let compiled = model::compile(&loaded.scenario).expect("what needs more than one place of the file to be seen");
//! let model = &compiled.model;
//!
//! // Ten replications on as many threads as there are cores; their number changes no digit.
//! let mode = choose_mode(&model.capabilities(), None)?.mode;
//! let detail = Detail::for_model(model);
//! let runner = Replicator::new(model, 20_202, mode, detail, nobody_listens);
//! let mut results = Results::new(model, detail);
//! run(Plan::of(10, 0), &runner, &mut results, &mut |_done, _of| {})?;
//!
//! // A measure by its name, what is counted, and over whom.
//! let abandoned = results.find("abandonment", Basis::Contact, Scope::WHOLE).expect("there are contacts");
//! let interval = abandoned.interval.expect("ten replications give an interval");
//! assert!(interval.low < 0.0090461 && 0.0090461 < interval.high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The floors
//!
//! The modules are the floors of a house; each knows only what lies below it, and `tests/layering.rs` sees to that.
//!
//! | floor | module | what it is |
//! | --- | --- | --- |
//! | 11 | [`cli`] | the commands of the program |
//! | 9 | [`report`] | results as terminal text and files |
//! | 7 | [`analysis`] | scenarios held against each other |
//! | 6 | [`experiment`] | replications, in parallel and told in order |
//! | 5 | [`measures`] | what a run did, in numbers with intervals; the recorder of the log |
//! | 4 | [`engine`], [`audit`] | one replication; the checker of what it logged |
//! | 3 | [`model`], [`routing`] | the scenario as dense tables; which group and which contact come next |
//! | 2 | [`scenario`], [`log`] | the documents, as people and files write them |
//! | 2 | [`random`], [`stats`] | random numbers with an address; tallies, quantiles and their intervals |
//! | 1 | [`time`], [`calendar`], [`queueing`], [`diagnostic`], [`files`] | the ground |
//!
//! Closed formulas stand by themselves: [`queueing`] answers without any simulation. ARCHITECTURE.md has the decisions and their reasons.

pub mod analysis;
pub mod audit;
pub mod calendar;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod experiment;
pub mod files;
pub mod log;
pub mod measures;
pub mod model;
pub mod queueing;
pub mod random;
pub mod report;
pub mod routing;
pub mod scenario;
pub mod stats;
pub mod time;
