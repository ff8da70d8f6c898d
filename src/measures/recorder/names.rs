//! The model's names, each once and shared by all rows.

use crate::log::{CALLBACK_CHANNEL, CONSULTATION_CHANNEL, Name};
use crate::model::{Channel, Model};

/// Names by row of the model's tables.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) processes: Vec<Name>,
    pub(super) contact_types: Vec<Name>,
    /// By contact type.
    pub(super) channels: Vec<Name>,
    /// Of those who are called back.
    pub(super) callback: Name,
    /// Of agents who ask others.
    pub(super) consultation: Name,
    /// `None` for the nameless one that stands for all.
    pub(super) profiles: Vec<Option<Name>>,
    /// `None` for the nameless one.
    pub(super) numbers: Vec<Option<Name>>,
    pub(super) queues: Vec<Name>,
    /// By queue.
    pub(super) steps: Vec<Vec<Name>>,
    pub(super) rules: Vec<Name>,
    pub(super) groups: Vec<Name>,
    /// `group#000`, counted within the group; of those who work by shifts `group/shift#000`, counted within the shift.
    pub(super) agents: Vec<Name>,
    pub(super) vendors: Vec<Name>,
    pub(super) menus: Vec<Name>,
    pub(super) case_types: Vec<Name>,
    pub(super) offices: Vec<Name>,
    pub(super) counters: Vec<Name>,
    pub(super) services: Vec<Name>,
    pub(super) campaigns: Vec<Name>,
    /// By contact type; `None` where nothing has a topic.
    pub(super) topics: Vec<Option<Name>>,
    /// `None` for the nameless one.
    pub(super) districts: Vec<Option<Name>>,
}

impl Names {
    pub(super) fn new(model: &Model) -> Self {
        Names {
            processes: model.processes.iter().map(|row| name(&row.name)).collect(),
            contact_types: model.contact_types.iter().map(|row| name(&row.name)).collect(),
            channels: channels(model),
            callback: name(CALLBACK_CHANNEL),
            consultation: name(CONSULTATION_CHANNEL),
            profiles: model.profiles.iter().map(|row| unless_empty(&row.name)).collect(),
            numbers: model.numbers.iter().map(|row| unless_empty(&row.name)).collect(),
            queues: model.queues.iter().map(|row| name(&row.name)).collect(),
            steps: model
                .queues
                .iter()
                .map(|row| row.steps.iter().map(|step| name(&step.name)).collect())
                .collect(),
            rules: model.rules.iter().map(|row| name(&row.name)).collect(),
            groups: model.groups.iter().map(|row| name(&row.name)).collect(),
            agents: agents(model),
            vendors: model.vendors.iter().map(|vendor| name(vendor)).collect(),
            menus: model.greetings.iter().flat_map(|of| &of.menus).map(|menu| name(&menu.name)).collect(),
            case_types: model.case_types.iter().map(|row| name(&row.name)).collect(),
            offices: model.offices.iter().map(|row| name(&row.name)).collect(),
            counters: model.counters.iter().flat_map(|of| &of.counters).map(|row| name(&row.name)).collect(),
            campaigns: model.campaigns.iter().map(|row| name(&row.name)).collect(),
            services: model.counters.iter().flat_map(|of| &of.services).map(|row| name(&row.name)).collect(),
            topics: (0..model.contact_types.len()).map(|row| model.topics.name_of(row).map(name)).collect(),
            districts: model
                .counters
                .iter()
                .flat_map(|of| &of.districts)
                .map(|row| unless_empty(row))
                .collect(),
        }
    }
}

/// Each channel's name once, shared by the types that come by it.
fn channels(model: &Model) -> Vec<Name> {
    let names = Channel::ALL.map(|channel| name(channel.name()));
    model.contact_types.iter().map(|row| names[row.channel as usize].clone()).collect()
}

fn name(text: &str) -> Name {
    Name::from(text)
}

fn unless_empty(text: &str) -> Option<Name> {
    (!text.is_empty()).then(|| name(text))
}

fn agents(model: &Model) -> Vec<Name> {
    let agent = |(index, group): (usize, &crate::model::GroupId)| {
        let group = &model.groups[group.index()];
        let of_group = (index - usize::from(group.agents.start)) as u16;
        match &group.shifts {
            None => name(&format!("{}#{of_group:03}", group.name)),
            Some(plan) => {
                let shift = plan.shift_of(of_group);
                name(&format!("{}/{}#{:03}", group.name, shift.name, of_group - shift.agents.start))
            }
        }
    };
    model.agent_group.iter().enumerate().map(agent).collect()
}
