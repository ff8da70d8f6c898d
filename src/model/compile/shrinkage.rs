//! Shrinkage and adherence: what takes people away from the plan.

use super::days::unroll;
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::timeline::{Timeline, days_since_1970};
use crate::diagnostic::Code;
use crate::model::{Adherence, Per, ScheduledHeads, Shrinkage, ShrinkageDraw};
use crate::random::name_hash;
use crate::scenario::{self as document, AgentGroup, HeadsMean, ShrinkageDraws, ShrinkagePer};
use crate::time::SimTime;

/// The components of a group: those that are rounded by a coin first, then those that strike each person alone, by name.
pub(super) fn shrinkage(
    name: &str,
    of: &AgentGroup,
    by_shifts: bool,
    findings: &mut Findings,
) -> Vec<Shrinkage> {
    if !of.shrinkage.is_empty() && of.staffing.means == HeadsMean::InChair {
        let message = "the staffing means people in their chair, who are net of all shrinkage";
        let help = "write staffing.means = \"scheduled\", or take the shrinkage out";
        findings.add(Code::SHRINKAGE_IN_CHAIR, path(&["agent_groups", name, "shrinkage"]), message, help);
    }
    let mut components: Vec<Shrinkage> =
        of.shrinkage.iter().map(|(key, of)| component((name, key), of, by_shifts, findings)).collect();
    components.sort_by_key(|of| matches!(of.draw, ShrinkageDraw::Each(_)));
    components
}

fn component(
    (group, name): (&str, &str),
    of: &document::Shrinkage,
    by_shifts: bool,
    findings: &mut Findings,
) -> Shrinkage {
    let at = |key: &str| path(&["agent_groups", group, "shrinkage", name, key]);
    let per = match of.per {
        Some(ShrinkagePer::Period) if by_shifts => {
            let message = "people who work by shifts are away for whole shifts";
            let help = "take `per` out; parts of a shift are lost to breaks, at set times, and to adherence, at any time";
            findings.add(Code::BAD_SHRINKAGE, at("per"), message, help);
            Per::Day
        }
        Some(ShrinkagePer::Shift) => Per::Day,
        Some(ShrinkagePer::Period) => Per::Period,
        None if of.planned && !by_shifts => Per::Period,
        None => Per::Day,
    };
    let draw = match (of.planned, of.draw) {
        (true, Some(ShrinkageDraws::Binomial)) => {
            let message = "what is planned does not strike people by chance";
            findings.add(Code::BAD_SHRINKAGE, at("draw"), message, "take `draw` out, or `planned`");
            ShrinkageDraw::Rounded(per)
        }
        (true, _) | (false, Some(ShrinkageDraws::Expected)) => ShrinkageDraw::Rounded(per),
        (false, _) => ShrinkageDraw::Each(per),
    };
    let share = findings.number(&at("share"), of.share, 0.0..=1.0);
    Shrinkage { name: name.into(), key: name_hash(name), share, draw, paid: of.paid }
}

/// How people keep to their shifts.
pub(super) fn adherence(name: &str, of: &AgentGroup, by_shifts: bool, findings: &mut Findings) -> Adherence {
    let Some(given) = &of.adherence else { return Adherence::default() };
    if !by_shifts {
        let message = "nobody keeps to a shift in a group that is staffed by heads";
        let help = "staff it by `shifts`, or write it as a component of shrinkage";
        findings.add(Code::ADHERENCE_OF_HEADS, path(&["agent_groups", name, "adherence"]), message, help);
    }
    let given = match given {
        document::Adherence::Share(share) => {
            let at = path(&["agent_groups", name, "adherence"]);
            let share = findings.number(&at, *share, 0.0..=1.0);
            return Adherence { lost: 1.0 - share, ..Adherence::default() };
        }
        document::Adherence::Times(times) => times,
    };
    let mut time = |key: &str, of: &Option<document::Distribution>| {
        let at = path(&["agent_groups", name, "adherence", key]);
        of.as_ref().map(|of| distribution(of, &at, findings))
    };
    Adherence {
        late_log_in: time("late_log_in", &given.late_log_in),
        late_return: time("late_return", &given.late_return),
        early_log_out: time("early_log_out", &given.early_log_out),
        lost: 0.0,
    }
}

/// Heads with the spans that have draws of their own; none where nothing is drawn.
pub(super) fn scheduled_heads(
    heads: &[(SimTime, u32)],
    shrinkage: &[Shrinkage],
    timeline: &Timeline,
) -> Vec<ScheduledHeads> {
    if shrinkage.is_empty() {
        return Vec::new();
    }
    let per = |of: &Shrinkage| match of.draw {
        ShrinkageDraw::Rounded(per) | ShrinkageDraw::Each(per) => per,
    };
    let mut instants: Vec<SimTime> = heads.iter().map(|&(at, _)| at).collect();
    if shrinkage.iter().any(|of| per(of) == Per::Day) {
        instants.extend(timeline.stretches.iter().map(|stretch| timeline.sim_time(stretch.start_unix_s)));
    }
    let clock = &timeline.clock;
    // Periods before the counted time lie as if they were counted.
    let lag_us = clock.count_from.as_us() % clock.period_us;
    if shrinkage.iter().any(|of| per(of) == Per::Period) {
        let starts = (lag_us..clock.horizon.as_us()).step_by(clock.period_us as usize);
        instants.extend(starts.map(SimTime::from_us));
    }
    instants.sort_unstable();
    instants.dedup();
    let day_of = unroll(&timeline.stretches, |stretch| vec![(0, days_since_1970(stretch.date))]);
    let day = |at: SimTime| {
        let begun = day_of.partition_point(|&(unix_s, _)| timeline.sim_time(unix_s) <= at);
        begun.checked_sub(1).map_or(0, |row| day_of[row].1)
    };
    let heads_at = |at: SimTime| {
        let begun = heads.partition_point(|&(from, _)| from <= at);
        begun.checked_sub(1).map_or(0, |row| heads[row].1)
    };
    let period = |at: SimTime| {
        let into_us = (at.as_us() + clock.period_us - lag_us) % clock.period_us;
        ((clock.unix_us(at) - into_us as i64) / 1_000_000).max(0) as u64
    };
    instants
        .into_iter()
        .map(|at| ScheduledHeads { at, heads: heads_at(at), day: day(at), period: period(at) })
        .collect()
}
