//! `centralino compare`: the same citizens under a base and its variants.

use std::path::PathBuf;

use super::Outcome;
use super::input::{Input, Prepared};
use super::options::{Page, Threads, Told};
use super::problems::Trouble;
use super::progress::Progress;
use super::simulate::quoted;
use super::stopping::{USUAL, bound, plan};
use super::terminal::tell_results;
use crate::analysis::{self, Aim, Comparison, Enough};
use crate::calendar::Date;
use crate::experiment::cheapest_mode;
use crate::model::{Mode, Model};
use crate::report::{
    Compared, ComparisonDirectory, ENOUGH_REPLICATIONS, Variant, comparison, comparison_json,
    default_comparison_directory,
};
use crate::scenario;

/// Compares a scenario with variants of it under the same citizens
///
/// Each variant is a scenario file, usually an overlay that extends the base, or one value given by --what-if. All are simulated
/// under the same seed, so that a difference shows the change and not the luck. The scorecard's verdicts hold together at 95 %.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino compare weekday.toml more-heads.toml
  centralino compare weekday.toml --what-if agent_groups.city_general.staffing.heads=24
  centralino compare weekday.toml more-heads.toml longer-hours.toml --replications 40 --worth 0.01
  centralino compare weekday.toml more-heads.toml --precision 0.005
  centralino compare weekday.toml more-heads.toml --precision 0.01 --precision-of cost --precision-of wait_p90@queue:services

Exit codes: 0 done, 1 a center filled without bound in some replication, 2 wrong use or input.")]
pub(super) struct Compare {
    #[command(flatten)]
    input: Input,

    /// The variants: scenario files of the same dates and periods
    #[arg(value_name = "VARIANT")]
    variants: Vec<PathBuf>,

    /// A variant that is the base with one value changed; may be given often, a variant each
    #[arg(long, value_name = "PATH=VALUE")]
    what_if: Vec<String>,

    /// How many times each scenario is run; 10 if left out. With --precision the most, 1280 if left out
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,

    /// Stops once the difference in every service level on the scorecard is known within this (0.01 is one point of per cent).
    /// Looked at after 10, 20, 40, ... replications
    #[arg(long, value_name = "BOUND", value_parser = bound)]
    precision: Option<f64>,

    /// What --precision is about instead: the difference in a measure, as in cost or contact/speed_of_answer or
    /// wait_p90@queue:taxes; may be given often. Of what is no share the bound is a part of the base's value
    #[arg(long, value_name = "NAME", requires = "precision")]
    precision_of: Vec<String>,

    /// The smallest difference that matters, as a part of the base's value
    #[arg(long, value_name = "PART", value_parser = bound)]
    worth: Option<f64>,

    /// The master seed of all scenarios; the base's own if left out
    #[arg(long, value_name = "S")]
    seed: Option<u64>,

    #[command(flatten)]
    threads: Threads,

    /// Counts this date of the scenarios alone, after a run-in of 24 h
    #[arg(long, value_name = "DATE")]
    only: Option<Date>,

    /// Where the results go; a directory under output/ named after base and seed if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    page: Page,

    #[command(flatten)]
    told: Told,
}

impl Compare {
    /// Runs all scenarios, writes the directory, prints the scorecards.
    ///
    /// # Errors
    /// Wrong scenarios, variants of other dates, output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        if self.variants.is_empty() && self.what_if.is_empty() {
            let help = "name a variant's file, or write --what-if PATH=VALUE";
            return Err(Trouble::usage("there is nothing to compare with", help));
        }
        let base = self.input.prepare(self.only)?;
        let others = self.prepare_variants(&base)?;
        let aim = self.aim(&base)?;
        let (base_name, base_hash) = (&base.scenario.scenario.name, base.scenario.hash());
        let target = self.out.clone().unwrap_or_else(|| {
            let (seed, most) = (aim.seed, aim.plan.replications);
            default_comparison_directory(base_name, &base_hash, seed, others.len(), most)
        });
        let directory = ComparisonDirectory::create(&target)?;
        let found = self.simulate(&base, &others, &aim)?;
        let variants: Vec<Variant> = others.iter().map(|(name, other)| variant(name, &base, other)).collect();
        let compared = Compared {
            base: base_name,
            base_hash: &base_hash,
            variants: &variants,
            comparison: &found,
            seed: aim.seed,
            command: &self.command(&aim, found.replications),
            warnings: &warnings(&found, &variants),
        };
        directory.finish(&compared)?;
        self.page.write_into(&target)?;
        let document = || comparison(&compared, Some(&target.display().to_string()));
        tell_results(self.told.format(), || comparison_json(&compared), document)?;
        Ok(if found.overflowed.iter().all(|&count| count == 0) { Outcome::Done } else { Outcome::No })
    }

    /// Every variant with its name.
    fn prepare_variants(&self, base: &Prepared) -> Result<Vec<(String, Prepared)>, Trouble> {
        let mut variants = Vec::new();
        for (name, file) in names(&self.variants).into_iter().zip(&self.variants) {
            let input = Input { file: file.clone(), overrides: self.input.overrides.clone() };
            variants.push((name, input.prepare(self.only)?));
        }
        for what_if in &self.what_if {
            let overrides = self.input.overrides.iter().chain([what_if]).cloned().collect();
            let input = Input { file: self.input.file.clone(), overrides };
            variants.push((what_if.clone(), input.prepare(self.only)?));
        }
        match variants.iter().find(|(_, variant)| variant.model.clock != base.model.clock) {
            None => Ok(variants),
            Some((name, _)) => {
                let message =
                    format!("variant \"{name}\" covers other dates, periods or a run-in than the base");
                let help = "give both the same start, days, period and run_in";
                Err(Trouble::usage(message, help))
            }
        }
    }

    fn aim(&self, base: &Prepared) -> Result<Aim, Trouble> {
        let plan = plan(self.replications, USUAL, self.precision, &self.threads)?;
        let seed = self.seed.unwrap_or(base.scenario.scenario.seed);
        let enough = |bound| Enough::new(bound, &self.precision_of, &base.model);
        let enough = self.precision.map(enough).transpose().map_err(|not| {
            Trouble::usage(format!("--precision-of: {not}"), "name a measure of docs/measures.md")
        })?;
        Ok(Aim { seed, plan, enough })
    }

    fn simulate(
        &self,
        base: &Prepared,
        others: &[(String, Prepared)],
        aim: &Aim,
    ) -> Result<Comparison, Trouble> {
        let all = std::iter::once(base).chain(others.iter().map(|(_, other)| other));
        let scenarios: Vec<(&Model, Mode)> = all
            .map(|prepared| (&prepared.model, cheapest_mode(&prepared.model.capabilities()).mode))
            .collect();
        let progress = Progress::new(aim.plan.replications, self.told.progress());
        let worth = self.worth.unwrap_or(0.0);
        Ok(analysis::compare(&scenarios, aim, worth, &mut |done, of| progress.reach(done, of))?)
    }

    /// The command that does this comparison again, without what changes no digit and without the machine's paths.
    fn command(&self, aim: &Aim, replications: u32) -> String {
        let mut words = vec![format!("centralino compare {}", quoted(&self.input.file_name()))];
        let file_name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        words.extend(self.variants.iter().filter_map(file_name).map(|name| quoted(&name)));
        words.extend(self.what_if.iter().map(|text| format!("--what-if {}", quoted(text))));
        words.push(format!("--replications {replications} --seed {}", aim.seed));
        words.extend(self.worth.map(|worth| format!("--worth {worth}")));
        words.extend(self.only.map(|date| format!("--only {date}")));
        words.extend(self.input.overrides.iter().map(|text| format!("--set {}", quoted(text))));
        words.join(" ")
    }
}

/// File names without ending; as they were given where two would be alike.
fn names(files: &[PathBuf]) -> Vec<String> {
    let stem =
        |file: &PathBuf| file.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    let stems: Vec<String> = files.iter().map(stem).collect();
    let is_alone = |name: &String| stems.iter().filter(|other| *other == name).count() == 1;
    let name = |(stem, file): (&String, &PathBuf)| {
        if is_alone(stem) { stem.clone() } else { file.display().to_string() }
    };
    stems.iter().zip(files).map(name).collect()
}

fn variant(name: &str, base: &Prepared, other: &Prepared) -> Variant {
    Variant {
        name: name.into(),
        hash: other.scenario.hash(),
        changes: scenario::changes(&base.scenario, &other.scenario),
    }
}

/// What to be careful with.
fn warnings(found: &Comparison, variants: &[Variant]) -> Vec<String> {
    let mut warnings = Vec::new();
    let names = std::iter::once("the base").chain(variants.iter().map(|variant| variant.name.as_str()));
    for (name, &count) in names.zip(&found.overflowed) {
        if count > 0 {
            warnings.push(format!(
                "{name} filled without bound in {count} of {} replications; its numbers are not to be used",
                found.replications
            ));
        }
    }
    if found.replications < ENOUGH_REPLICATIONS {
        warnings.push(format!(
            "{} replications are few: intervals are themselves uncertain; run at least {ENOUGH_REPLICATIONS} with --replications",
            found.replications
        ));
    }
    for variant in variants.iter().filter(|variant| variant.changes.is_empty()) {
        warnings.push(format!("{} has the inputs of the base, so nothing can differ", variant.name));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_called_after_their_files_unless_two_would_be_alike() {
        let files = ["a/heads.toml", "b/heads.toml", "hours.toml"].map(PathBuf::from);
        assert_eq!(names(&files), ["a/heads.toml", "b/heads.toml", "hours"]);
    }
}
