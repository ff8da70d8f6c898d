//! Which cell of a sheet is whose, and what the entities are called.
//!
//! Cells stand as [contact types | queues | groups | profiles, if several | numbers, if several | later legs by type]. Types, profiles and numbers count contacts, by their first leg; queues and groups count legs.
//! A type's legs are its first ones and its later ones.

use super::{Basis, Scope, ScopeKind};
use crate::engine::Leg;
use crate::model::{AgentGroup, Channel, Model, NEVER, Queue, TIERS};
use crate::time::SimTime;

/// Cells, and names.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// From here on nothing new starts.
    pub(super) horizon: SimTime,
    pub(super) types: usize,
    pub(super) queues: usize,
    pub(super) groups: usize,
    /// 0 if there is but one.
    pub(super) profiles: usize,
    /// 0 if there is but one.
    pub(super) numbers: usize,
    /// Where citizens live; 0 without districts.
    pub(super) districts: usize,
    pub(super) first_queue: usize,
    pub(super) first_group: usize,
    pub(super) first_profile: usize,
    pub(super) first_number: usize,
    pub(super) first_later: usize,
    pub(super) width: usize,
    /// How many cells greetings have; 0 where nothing greets.
    pub(super) greeting_width: usize,
    /// Whether contacts come again.
    pub(super) comes_again: bool,
    /// Whether anybody tries the web site first.
    pub(super) has_web: bool,
    /// Whether callers who wait are offered anything.
    pub(super) has_offers: bool,
    /// Whether warm transfers end otherwise than cold at their limit.
    pub(super) has_withdrawals: bool,
    /// Whether agents ask others.
    pub(super) has_consultations: bool,
    /// Whether contacts are passed on otherwise than to the next tier.
    pub(super) has_passes: bool,
    /// The channels that contacts come by; empty where all come by voice.
    channels: Vec<Channel>,
    /// By contact type: its channel.
    channel_of: Vec<Channel>,
    /// By contact type: its topic; empty where none is named.
    topic_of: Vec<u16>,
    /// By contact type: whether it is of the whole, whose contacts come by voice; of a center without any, all are.
    pub(super) in_whole: Vec<bool>,
    /// Whether what is written is counted.
    pub(super) has_written: bool,
    /// By group.
    pub(super) tier: Vec<usize>,
    /// By group.
    pub(super) vendor: Vec<Option<usize>>,
    /// By group.
    pub(super) site: Vec<Option<usize>>,
    /// By queue: the vendor all of whose groups are all that may ever serve it.
    pub(super) queue_vendor: Vec<Option<usize>>,
    /// By vendor: whether it has queues, and none with others.
    vendor_is_apart: Vec<bool>,
    /// By group: whether its agents have several chats at once.
    pub(super) chats: Vec<bool>,
    /// Whether work of any agent may be interrupted.
    pub(super) interruptions: bool,
    /// Whether any agents work on cases.
    pub(super) back_office: bool,
    /// By group.
    pub(super) cost_per_hour: Vec<f64>,
    pub(super) case_types: usize,
    /// By case type.
    pub(super) case_office: Vec<usize>,
    /// By service: the office that prepares its visits.
    preparing: Vec<Option<usize>>,
    pub(super) campaigns: usize,
    pub(super) services: usize,
    pub(super) counters: usize,
    /// By target.
    target_basis: Vec<Basis>,
    names: [Vec<String>; ScopeKind::ALL.len()],
}

impl Layout {
    pub(super) fn new(model: &Model) -> Self {
        let several = |count: usize| if count > 1 { count } else { 0 };
        let (types, queues, groups) = (model.contact_types.len(), model.queues.len(), model.groups.len());
        let (profiles, numbers) = (several(model.profiles.len()), several(model.numbers.len()));
        let first_queue = types;
        let first_group = first_queue + queues;
        let first_profile = first_group + groups;
        let first_number = first_profile + profiles;
        let first_later = first_number + numbers;
        Layout {
            horizon: model.clock.horizon,
            types,
            queues,
            groups,
            profiles,
            numbers,
            districts: names(model, ScopeKind::District).len(),
            first_queue,
            first_group,
            first_profile,
            first_number,
            first_later,
            width: first_later + types,
            greeting_width: if model.greetings.is_some() { types + profiles + numbers } else { 0 },
            comes_again: super::again::come(model),
            has_web: model.has_web(),
            has_offers: !model.offers.is_empty(),
            has_withdrawals: model
                .contact_types
                .iter()
                .any(|row| row.warm.is_some_and(|warm| warm.otherwise.is_some())),
            has_consultations: super::consultations::are_kept(model),
            has_passes: super::passes::are_kept(model),
            channels: channels(model),
            channel_of: model.contact_types.iter().map(|row| row.channel).collect(),
            topic_of: model.topics.of_type.clone(),
            in_whole: in_whole(model),
            has_written: model.contact_types.iter().any(|row| row.channel.is_written()),
            tier: model.groups.iter().map(|group| usize::from(group.tier)).collect(),
            vendor: model.groups.iter().map(|group| group.vendor.map(|vendor| vendor.index())).collect(),
            queue_vendor: model.queues.iter().map(|queue| own_vendor(model, queue)).collect(),
            vendor_is_apart: (0..model.vendors.len()).map(|vendor| is_apart(model, vendor)).collect(),
            site: model.groups.iter().map(|group| group.site.map(|site| site.index())).collect(),
            chats: model.groups.iter().map(|group| group.chatting.is_some()).collect(),
            interruptions: model.anybody_is_interrupted(),
            back_office: model.groups.iter().any(|group| group.back_office.is_some()),
            cost_per_hour: model.groups.iter().map(|group| group.cost_per_hour).collect(),
            case_types: model.case_types.len(),
            case_office: model.case_types.iter().map(|row| row.office.index()).collect(),
            preparing: model.preparing_offices().map(|of| of.map(|office| office.index())).collect(),
            campaigns: model.campaigns.len(),
            services: model.counters.as_deref().map_or(0, |of| of.services.len()),
            counters: model.counters.as_deref().map_or(0, |of| of.counters.len()),
            target_basis: model.targets.iter().map(|target| Basis::of_target(target.basis)).collect(),
            names: ScopeKind::ALL.map(|kind| names(model, kind)),
        }
    }

    /// The cells of a leg: its queue's, its group's, its type's, and on its first leg those of its caller.
    #[inline(always)]
    pub(super) fn each_cell_of(&self, leg: &Leg, mut count: impl FnMut(usize)) {
        let caller = &leg.caller;
        count(self.first_queue + leg.queue.index());
        if let Some(service) = &leg.service {
            count(self.first_group + service.group.index());
        }
        if leg.leg > 0 {
            return count(self.first_later + caller.contact_type.index());
        }
        count(caller.contact_type.index());
        if self.profiles > 0 && self.in_whole[caller.contact_type.index()] {
            count(self.first_profile + caller.profile.index());
        }
        if self.numbers > 0 && self.in_whole[caller.contact_type.index()] {
            count(self.first_number + caller.number.index());
        }
    }

    /// The queues that a vendor serves alone; none of other scopes.
    pub(super) fn own_queues(&self, scope: Scope) -> impl Iterator<Item = usize> + '_ {
        let vendor = (scope.kind == ScopeKind::Vendor).then_some(usize::from(scope.index));
        (0..self.queues).filter(move |&queue| vendor.is_some() && self.queue_vendor[queue] == vendor)
    }

    /// Whether all that a vendor's people may ever serve are queues that it serves alone: then all that was offered to it is known, leg by leg.
    pub(super) fn serves_only_own_queues(&self, scope: Scope) -> bool {
        scope.kind == ScopeKind::Vendor && self.vendor_is_apart[usize::from(scope.index)]
    }

    /// Whether contacts come otherwise than by voice.
    pub(super) fn has_channels(&self) -> bool {
        !self.channels.is_empty()
    }

    /// By scope of channels, or of topics: the contact types of each.
    pub(super) fn types_by(&self, kind: ScopeKind) -> Vec<Vec<usize>> {
        self.scopes(kind).map(|scope| self.types_of(scope).collect()).collect()
    }

    /// How many rows of visits are services, and counters.
    pub(super) fn visit_parts(&self) -> (usize, usize) {
        (self.services, self.counters)
    }

    /// How many rows of visits there are, those of districts included.
    pub(super) fn visit_width(&self) -> usize {
        self.services + self.counters + self.scopes(ScopeKind::District).count()
    }

    /// The rows of visits of a scope, of [services | counters | districts]: the whole is all services together.
    pub(super) fn visit_rows(&self, scope: Scope) -> Vec<usize> {
        let index = usize::from(scope.index);
        match scope.kind {
            ScopeKind::Whole => (0..self.services).collect(),
            ScopeKind::Service => vec![index],
            ScopeKind::Counter => vec![self.services + index],
            ScopeKind::District => vec![self.services + self.counters + index],
            ScopeKind::Office => self.prepared_by(index).collect(),
            _ => vec![],
        }
    }

    /// The services whose visits an office prepares.
    pub(super) fn prepared_by(&self, office: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.services).filter(move |&service| self.preparing[service] == Some(office))
    }

    /// Whether any office prepares visits.
    pub(super) fn prepares(&self) -> bool {
        self.preparing.iter().any(Option::is_some)
    }

    /// The contact types of the whole, of a channel or of a topic.
    pub(super) fn types_of(&self, scope: Scope) -> impl Iterator<Item = usize> + '_ {
        let channel = self.channels.get(usize::from(scope.index)).copied();
        let has = move |&row: &usize| match scope.kind {
            ScopeKind::Whole => self.in_whole[row],
            ScopeKind::Channel => channel == Some(self.channel_of[row]),
            ScopeKind::Topic => self.topic_of[row] == scope.index,
            _ => false,
        };
        (0..self.types).filter(has)
    }

    /// How many sums of times to resolution there are: by contact type, profile, number and district; none where no contact comes again.
    pub(super) fn resolution_width(&self) -> usize {
        if self.comes_again { self.types + self.profiles + self.numbers + self.districts } else { 0 }
    }

    /// The scopes of a kind; none of profiles and numbers where there is but one.
    pub(super) fn scopes(&self, kind: ScopeKind) -> impl Iterator<Item = Scope> + use<> {
        let count = match kind {
            ScopeKind::Profile => self.profiles,
            ScopeKind::Number => self.numbers,
            _ => self.names[kind as usize].len(),
        };
        (0..count).map(move |index| Scope::new(kind, index))
    }

    pub(super) fn name(&self, scope: Scope) -> &str {
        self.names[scope.kind as usize].get(usize::from(scope.index)).map_or("", |name| name)
    }

    /// On which basis a target is judged; `None` for all other scopes.
    pub(super) fn target_basis(&self, scope: Scope) -> Option<Basis> {
        let targets = if scope.kind == ScopeKind::Target { &self.target_basis[..] } else { &[] };
        targets.get(usize::from(scope.index)).copied()
    }

    /// Whether a case type belongs to the whole, to its own office or to itself.
    pub(super) fn has_case_type(&self, scope: Scope, case_type: usize) -> bool {
        let index = usize::from(scope.index);
        match scope.kind {
            ScopeKind::Whole => true,
            ScopeKind::Office => self.case_office[case_type] == index,
            ScopeKind::CaseType => case_type == index,
            _ => false,
        }
    }

    /// Whether group `group` belongs to a scope of groups.
    pub(super) fn has_group(&self, scope: Scope, group: usize) -> bool {
        let index = usize::from(scope.index);
        match scope.kind {
            ScopeKind::Whole => true,
            ScopeKind::AgentGroup => group == index,
            ScopeKind::Tier => self.tier[group] == index + 1,
            ScopeKind::Vendor => self.vendor[group] == Some(index),
            ScopeKind::Site => self.site[group] == Some(index),
            _ => false,
        }
    }
}

fn names(model: &Model, kind: ScopeKind) -> Vec<String> {
    match kind {
        ScopeKind::Whole => vec!["all".into()],
        ScopeKind::ContactType => model.contact_types.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Queue => model.queues.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::AgentGroup => model.groups.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Tier => (1..=highest_tier(model)).map(|tier| tier.to_string()).collect(),
        ScopeKind::Vendor => model.vendors.clone(),
        ScopeKind::Site => model.sites.clone(),
        ScopeKind::Profile => model.profiles.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Number => model.numbers.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Office => model.offices.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::CaseType => model.case_types.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Channel => channels(model).iter().map(|channel| channel.name().into()).collect(),
        ScopeKind::Service => {
            model.counters.iter().flat_map(|of| &of.services).map(|row| row.name.clone()).collect()
        }
        ScopeKind::Counter => {
            model.counters.iter().flat_map(|of| &of.counters).map(|row| row.name.clone()).collect()
        }
        ScopeKind::District => {
            let districts = model.counters.iter().flat_map(|of| &of.districts);
            districts.filter(|name| !name.is_empty()).cloned().collect()
        }
        ScopeKind::Campaign => model.campaigns.iter().map(|row| row.name.clone()).collect(),
        ScopeKind::Topic => model.topics.names.clone(),
        ScopeKind::Target => model.targets.iter().map(|row| row.name.clone()).collect(),
    }
}

/// The vendor of all groups that the steps of a queue name, if it is one.
fn own_vendor(model: &Model, queue: &Queue) -> Option<usize> {
    let named = model.groups.iter().zip(&queue.eligible_from).filter(|(_, from)| **from != NEVER);
    let mut vendors = named.map(|(group, _)| group.vendor.map(|vendor| vendor.index()));
    let first = vendors.next()??;
    vendors.all(|vendor| vendor == Some(first)).then_some(first)
}

/// Whether a vendor has queues, and serves none with others.
fn is_apart(model: &Model, vendor: usize) -> bool {
    let is_its = |group: &AgentGroup| group.vendor.is_some_and(|of| of.index() == vendor);
    let names = |queue: &Queue| {
        let mut groups = model.groups.iter().zip(&queue.eligible_from);
        groups.any(|(group, from)| *from != NEVER && is_its(group))
    };
    let mut its = model.queues.iter().filter(|queue| names(queue)).peekable();
    its.peek().is_some() && its.all(|queue| own_vendor(model, queue) == Some(vendor))
}

/// The channels in use, unless it is voice alone.
fn channels(model: &Model) -> Vec<Channel> {
    let is_used = |channel: &Channel| model.contact_types.iter().any(|row| row.channel == *channel);
    let used: Vec<Channel> = Channel::ALL.into_iter().filter(is_used).collect();
    if used == [Channel::Voice] { Vec::new() } else { used }
}

fn in_whole(model: &Model) -> Vec<bool> {
    let is_voice = |row: &crate::model::ContactType| row.channel == Channel::Voice;
    let any = model.contact_types.iter().any(is_voice);
    model.contact_types.iter().map(|row| !any || is_voice(row)).collect()
}

fn highest_tier(model: &Model) -> usize {
    model.groups.iter().map(|group| usize::from(group.tier).min(TIERS)).max().unwrap_or(0)
}
