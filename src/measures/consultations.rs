//! Agents who ask others: kept beside the cells, and only where talks may end so.

use super::layout::Layout;
use super::{Scope, ScopeKind};
use crate::engine::{Consultation, Refused};
use crate::model::{GroupId, Model, QueueId};

/// Consultations of one entity that were over in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConsultationCell {
    /// That were asked for.
    pub asked: u32,
    /// Those that a second agent took.
    pub taken: u32,
    /// From asking until the second agent spoke, of those taken, in microseconds.
    pub wait_us: u64,
    /// How long the two spoke, in microseconds.
    pub time_us: u64,
    /// That agents gave: of a group its own, of others those taken.
    pub given: u32,
}

impl ConsultationCell {
    /// A consultation that is over.
    pub(super) fn of(told: &Consultation) -> ConsultationCell {
        let refused = ConsultationCell { asked: 1, ..ConsultationCell::default() };
        let Some(service) = &told.leg.service else { return refused };
        ConsultationCell {
            taken: 1,
            wait_us: told.leg.left.since(told.asked).as_us(),
            time_us: service.talk_ended.since(told.leg.left).as_us(),
            given: 1,
            ..refused
        }
    }

    pub(super) fn add(&mut self, other: &ConsultationCell) {
        self.asked += other.asked;
        self.taken += other.taken;
        self.wait_us += other.wait_us;
        self.time_us += other.time_us;
        self.given += other.given;
    }
}

/// How many cells consultations have, [contact types | queues | groups that ask | groups that are asked]; 0 where nobody asks.
pub(super) fn width(layout: &Layout) -> usize {
    if layout.has_consultations { layout.types + layout.queues + 2 * layout.groups } else { 0 }
}

/// Whether talks may end with a consultation.
pub(super) fn are_kept(model: &Model) -> bool {
    model.contact_types.iter().any(|row| row.consultation.is_some())
}

/// Adds a consultation to the cells of all whom it concerns.
pub(super) fn count(cells: &mut [ConsultationCell], layout: &Layout, told: &Consultation) {
    let of = ConsultationCell::of(told);
    let leg = &told.leg;
    cells[leg.caller.contact_type.index()].add(&of);
    cells[layout.types + leg.queue.index()].add(&of);
    let groups = layout.types + layout.queues;
    cells[groups + told.first_group.index()].add(&ConsultationCell { given: 0, ..of });
    if let Some(service) = &leg.service {
        let given = ConsultationCell { given: 1, ..ConsultationCell::default() };
        cells[groups + layout.groups + service.group.index()].add(&given);
    }
}

/// Adds one that no queue took.
pub(super) fn count_refused(
    cells: &mut [ConsultationCell],
    layout: &Layout,
    refused: &Refused,
    first_group: GroupId,
) {
    let of = ConsultationCell { asked: 1, ..ConsultationCell::default() };
    cells[refused.caller.contact_type.index()].add(&of);
    if let Some(queue) = refused.queue {
        cells[layout.types + QueueId::index(queue)].add(&of);
    }
    cells[layout.types + layout.queues + first_group.index()].add(&of);
}

/// The cells of a scope.
pub(super) fn cells_of<'c>(
    cells: &'c [ConsultationCell],
    layout: &'c Layout,
    scope: Scope,
) -> Box<dyn Iterator<Item = &'c ConsultationCell> + 'c> {
    let (index, groups) = (usize::from(scope.index), layout.types + layout.queues);
    if cells.is_empty() {
        return Box::new(std::iter::empty());
    }
    match scope.kind {
        ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic => {
            Box::new(layout.types_of(scope).map(|row| &cells[row]))
        }
        ScopeKind::ContactType => Box::new(cells[index..=index].iter()),
        ScopeKind::Queue => Box::new(cells[layout.types + index..=layout.types + index].iter()),
        ScopeKind::AgentGroup | ScopeKind::Tier | ScopeKind::Vendor | ScopeKind::Site => {
            let of_scope = (0..layout.groups).filter(move |&group| layout.has_group(scope, group));
            let both = of_scope.flat_map(move |group| [groups + group, groups + layout.groups + group]);
            Box::new(both.map(|row| &cells[row]))
        }
        _ => Box::new(std::iter::empty()),
    }
}
