//! What is declared and has no effect.

use super::cases::brings_news;
use super::findings::{Findings, path};
use super::flows::turns;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, ContactTypeId, GroupId, Model, NumberId, Process, SiteId, TrunkId, VendorId};

/// One warning for each thing that nothing refers to.
pub(super) fn check_used<'s>(
    model: &Model,
    shifts: impl Iterator<Item = &'s String>,
    findings: &mut Findings,
) {
    let processes = &model.processes;
    let mut unless = |used: bool, table: &str, name: &str, why: &str| {
        if !used {
            let message = format!("\"{name}\" {why}");
            findings.add(Code::UNUSED, path(&[table, name]), message, "take it out, or use it");
        }
    };
    for (row, of) in model.contact_types.iter().enumerate() {
        let id = ContactTypeId::from_index(row);
        let called = processes.iter().any(|p| brings(p, id)) || brings_news(&model.case_types, id);
        let turned = model.contact_types.iter().any(|of| turns(of).any(|turn| turn == id));
        let dialled = model.campaigns.iter().any(|campaign| campaign.contact_type == Some(id));
        unless(called || turned || dialled, "contact_types", &of.name, "has no arrival process");
    }
    for (row, of) in model.numbers.iter().enumerate() {
        // A number of which the scenario says nothing cannot be superfluous.
        let dialled =
            processes.iter().any(|p| dials(p, NumberId::from_index(row))) || model.numbers.len() == 1;
        unless(dialled || of.merged, "numbers", &of.name, "is dialled by no arrival process");
    }
    for (row, of) in model.trunks.iter().enumerate() {
        let held = model.numbers.iter().any(|n| n.trunk == Some(TrunkId::from_index(row)));
        unless(held, "trunks", &of.name, "carries no access number");
    }
    for (row, of) in model.busyness.iter().enumerate() {
        unless(processes.iter().any(|p| p.busyness == Some(row)), "busyness", &of.name, "multiplies no rate");
    }
    for queue in &model.queues {
        unless(!queue.lanes.is_empty(), "queues", &queue.name, "is where no routing rule leads");
    }
    for (row, name) in model.vendors.iter().enumerate() {
        let employs = model.groups.iter().any(|g| g.vendor == Some(VendorId::from_index(row)));
        unless(employs, "vendors", name, "employs no agent group");
    }
    for (row, group) in model.groups.iter().enumerate() {
        let id = GroupId::from_index(row);
        let dials = model.campaigns.iter().any(|campaign| campaign.groups.contains(&id));
        unless(dials || !group.serves.is_empty(), "agent_groups", &group.name, "serves no queue");
        unless(!group.agents.is_empty(), "agent_groups", &group.name, "never has anybody on duty");
    }
    for (row, name) in model.sites.iter().enumerate() {
        let holds = model.groups.iter().any(|g| g.site == Some(SiteId::from_index(row)));
        unless(holds, "sites", name, "is where no agent group works");
    }
    for name in shifts {
        let worked =
            |group: &AgentGroup| group.shifts.iter().flat_map(|plan| &plan.shifts).any(|s| &s.name == name);
        unless(model.groups.iter().any(worked), "shifts", name, "is worked by nobody");
    }
    for target in &model.targets {
        unless(!target.contact_types.is_empty(), "targets", &target.name, "applies to no contact type");
    }
}

/// Queues that are closed over the whole run.
pub(super) fn check_open(model: &Model, findings: &mut Findings) {
    for queue in &model.queues {
        let Some(hours) = queue.hours.map(|opening| &model.openings[opening.index()]) else { continue };
        if !hours.open_at_zero && hours.turns.is_empty() {
            let message =
                format!("\"{}\" is closed over the whole run: every contact is refused", queue.name);
            let help = "check its hours, the dates and the holidays";
            findings.add(Code::CLOSED_ALL_DAY, path(&["queues", &queue.name, "hours"]), message, help);
        }
    }
}

fn brings(process: &Process, contact_type: ContactTypeId) -> bool {
    match process.listed() {
        None => process.contact_type == contact_type,
        Some(listed) => listed.needs.iter().any(|need| need.contact_type == contact_type),
    }
}

fn dials(process: &Process, number: NumberId) -> bool {
    match process.listed() {
        None => process.number == number,
        Some(listed) => listed.needs.iter().any(|need| need.number == number),
    }
}
