//! The command line: commands with their arguments, what they print, and how they end.
//!
//! A command brings floors together and computes nothing itself. Results go to standard output, problems and progress to
//! standard error. How it ended is the exit code: see [`Outcome`].

mod check;
mod columns;
mod compare;
mod completions;
mod erlang;
mod input;
mod interrupt;
mod log_choice;
mod merge;
mod new;
mod options;
mod problems;
mod progress;
mod report;
mod schema;
mod simulate;
mod stopping;
mod sweep;
mod terminal;

use problems::Trouble;

/// Simulates contact centers: who waits how long, who answers, what was promised and what is kept.
#[derive(Debug, clap::Parser)]
#[command(name = "centralino", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  centralino new my-center --template three-topics
  centralino check scenarios/milano-020202/weekday.toml
  centralino simulate scenarios/milano-020202/weekday.toml
  centralino erlang a --calls 2175 --aht 4m --patience 5m --service-level 0.8 --within 20s

Exit codes: 0 done, 1 the answer is no (a check failed, a center overflowed), 2 wrong use or input.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Simulate(simulate::Simulate),
    Compare(compare::Compare),
    Sweep(sweep::Sweep),
    Merge(merge::Merge),
    Report(report::Report),
    Check(check::Check),
    Erlang(erlang::Erlang),
    New(new::New),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// What a command prints on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The exit code of what was stopped by Ctrl-C: 128 and the signal's number.
const INTERRUPTED: u8 = 130;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was asked to: exit code 0.
    Done,
    /// It did, and the answer is no: 1.
    No,
    /// It could not, for wrong use or input: 2.
    Refused,
    /// It was stopped by Ctrl-C and can be gone on with: 130, as shells count it.
    Interrupted,
}

impl Cli {
    /// The command that the program was called with; wrong use ends the program with a word and exit code 2.
    pub fn parse() -> Cli {
        <Cli as clap::Parser>::parse()
    }

    /// Runs the command and prints what it has to say.
    pub fn run(self) -> Outcome {
        let ended = match self.command {
            Command::Simulate(command) => command.run(),
            Command::Compare(command) => command.run(),
            Command::Sweep(command) => command.run(),
            Command::Merge(command) => command.run(),
            Command::Report(command) => command.run(),
            Command::Check(command) => command.run(),
            Command::Erlang(command) => command.run(),
            Command::New(command) => command.run(),
            Command::Schema(command) => command.run(),
            Command::Completions(command) => command.run(),
        };
        ended.unwrap_or_else(|trouble: Trouble| {
            trouble.print();
            Outcome::Refused
        })
    }
}

impl From<Outcome> for std::process::ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => 0.into(),
            Outcome::No => 1.into(),
            Outcome::Refused => 2.into(),
            Outcome::Interrupted => INTERRUPTED.into(),
        }
    }
}
