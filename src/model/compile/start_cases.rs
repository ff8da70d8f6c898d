//! Cases that are open when the run begins: each of a need that began before, with a name in the logs and citizens of its own.

use super::arrivals::number;
use super::cases::names_it;
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::Directory;
use super::start_state::{check_most, known, naming};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    CaseTypeId, Certain, ContactTypeId, Listed, NumberId, Process, ProcessId, ProfileId, StartCases,
};
use crate::scenario::{OpenCases, Scenario};
use crate::time::SimDuration;

/// What logs call the needs of open cases, before the name that they have in the scenario.
const PREFIX: &str = "start_state.cases.";

/// The processes that name the needs of open cases; nobody comes by them.
pub(super) fn processes(scenario: &Scenario, names: &Directory<'_>, timeline: &Timeline) -> Vec<Process> {
    let cells = timeline.clock.cells as usize;
    let process = |(name, of): (&String, &OpenCases)| {
        let nobody = Listed { needs: Vec::new(), of_cell: vec![0; cells + 1], once: false };
        let called = (contact_type(scenario, names, name, of), None);
        naming(format!("{PREFIX}{name}"), called, Some(Certain::Waiting(nobody)), cells)
    };
    scenario.start_state.iter().flat_map(|state| &state.cases).map(process).collect()
}

/// The open cases; `processes` are all, in their order.
pub(super) fn start_cases(
    scenario: &Scenario,
    names: &Directory<'_>,
    processes: &[Process],
    findings: &mut Findings,
) -> Vec<StartCases> {
    let cases = scenario.start_state.iter().flat_map(|state| &state.cases);
    cases.filter_map(|(name, of)| open(scenario, (name, of), names, processes, findings)).collect()
}

fn open(
    scenario: &Scenario,
    (name, of): (&str, &OpenCases),
    names: &Directory<'_>,
    processes: &[Process],
    findings: &mut Findings,
) -> Option<StartCases> {
    let here = path(&["start_state", "cases", name]);
    let at = |key: &str| path(&["start_state", "cases", name, key]);
    let case_type = match &of.case_type {
        Some(given) => names.case_types.resolve(given, &at("type"), findings),
        None => names.case_types.resolve(name, &here, findings),
    };
    let profile = of.profile.as_ref().map(|given| names.profiles.resolve(given, &at("profile"), findings));
    let dialled = number(of.number.as_deref(), name, &here, names, findings);
    let (least, most) = OpenCases::COUNTS.into_inner();
    let count = findings.number(&at("count"), of.count.into(), least.into()..=most.into()) as u32;
    let oldest = at(if of.oldest.is_some() { "oldest" } else { "age" });
    let oldest_s = findings.duration_s(&oldest, of.oldest(), OpenCases::OLDEST_S);
    let age = distribution(&of.age, &at("age"), findings);
    if of.oldest.is_some() {
        check_most(&age, of.oldest(), &oldest, findings);
    }
    let contact_type = match &of.contact_type {
        Some(given) => names.contact_types.resolve(given, &at("contact_type"), findings),
        None => contact_type(scenario, names, name, of).or_else(|| {
            // Of a case type that is not known nobody can say who opens it.
            case_type?;
            let wanted = of.case_type.as_deref().unwrap_or(name);
            let message = match &opening(scenario, wanted).map(|(_, name)| name).collect::<Vec<_>>()[..] {
                [] => format!("no contact type opens cases of \"{wanted}\""),
                all => {
                    let all: Vec<String> = all.iter().map(|name| format!("\"{name}\"")).collect();
                    format!("cases of \"{wanted}\" are opened by several contact types: {}", all.join(", "))
                }
            };
            findings.add(
                Code::BAD_OPEN_CASES,
                &here,
                message,
                "say with `contact_type` what their citizens wanted",
            );
            None
        }),
    };
    let process = processes.iter().position(|process| process.name == format!("{PREFIX}{name}"))?;
    Some(StartCases {
        process: ProcessId::from_index(process),
        case_type: CaseTypeId::from_index(case_type?),
        count,
        age,
        oldest: SimDuration::from_s(oldest_s),
        contact_type: ContactTypeId::from_index(contact_type?),
        profile: known(profile)?.map(ProfileId::from_index),
        recognised: of.recognised,
        number: NumberId::from_index(dialled?),
    })
}

/// What a contact wanted that opens such cases, if only one type does.
fn contact_type(scenario: &Scenario, names: &Directory<'_>, name: &str, of: &OpenCases) -> Option<usize> {
    if let Some(given) = &of.contact_type {
        return names.contact_types.row(given);
    }
    let mut rows = opening(scenario, of.case_type.as_deref().unwrap_or(name)).map(|(row, _)| row);
    rows.next().filter(|_| rows.next().is_none())
}

/// The contact types that open cases of a type: their rows and names.
fn opening<'s>(scenario: &'s Scenario, case_type: &'s str) -> impl Iterator<Item = (usize, &'s str)> {
    let all = scenario.contact_types.iter().enumerate();
    let opens =
        all.filter(move |(_, (_, of))| of.case.as_ref().is_some_and(|choice| names_it(choice, case_type)));
    opens.map(|(row, (name, _))| (row, name.as_str()))
}
