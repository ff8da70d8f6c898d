//! The event loop: the earliest event, then all that follows from it at once.
//!
//! The loop knows kinds of events and nothing of rules; each rule has a file of its own that extends
//! [`Simulation`]. `EAGER` sets a timer for every waiting contact's patience; otherwise patience is looked at when an agent
//! looks at the contact, which the model must allow. `RARE` has the rules that most centers do without, `USUAL` those that most have and the plainest do
//! not; a loop without them asks for nothing that belongs to them.

use super::agents::Agents;
use super::arrivals::Arrivals;
use super::attendance::{Attendance, NetHeads};
use super::awaited::Awaited;
use super::callbacks::Callbacks;
use super::campaigns::Campaigns;
use super::cases::Cases;
use super::chats::Desks;
use super::conditions::Watch;
use super::consultations::Consultations;
use super::contacts::{Citizen, Contact, Slab};
use super::crew::Crew;
use super::event::{Due, IDLE, Key, Slots, slot_of, time_of};
use super::greeting::Greeted;
use super::lanes::{Lanes, cursor_count};
use super::observer::Observer;
use super::past::Pasts;
use super::piles::Piles;
use super::reach::Reach;
use super::selecting::WorkSinceLogIn;
use super::tenure::Tenures;
use super::tree::WinnerTree;
use super::visitors::Visits;
use super::warm::Holds;
use super::wheel::Wheel;
use super::work_ends::{WorkEnds, typical_work};
use super::{MOST_PRESENT, RunEnd};
use crate::model::{AgentId, GroupId, Model, OpeningId};
use crate::random;
use crate::time::SimTime;

/// One replication on its way.
pub struct Simulation<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O> {
    pub(super) model: &'m Model,
    pub(super) observer: &'m mut O,
    /// The event being handled.
    pub(super) event: Key,
    /// Its time.
    pub(super) now: SimTime,
    pub(super) slots: Slots,
    /// Talk and wrap-up of agents.
    pub(super) work_ends: WorkEnds,
    /// Everything else that has a slot.
    pub(super) tree: WinnerTree,
    pub(super) wheel: Wheel,
    pub(super) arrivals: Arrivals<'m>,
    pub(super) contacts: Slab<Contact>,
    /// Agents who stay with callers for warm transfers.
    pub(super) holds: Holds,
    /// Agents who ask others.
    pub(super) consultations: Consultations,
    /// Citizens who were promised a callback.
    pub(super) callbacks: Callbacks,
    /// Citizens who will call again.
    pub(super) returning: Slab<Citizen>,
    pub(super) lanes: Lanes,
    pub(super) agents: Agents,
    pub(super) reach: Reach,
    pub(super) work: WorkSinceLogIn,
    pub(super) watch: Watch,
    /// Since when agents are at work, where that matters.
    pub(super) tenures: Option<Box<Tenures<'m>>>,
    /// Whether how a talk ends depends on more of its agent than the group.
    pub(super) differ_in_outcome: bool,
    /// How contacts were greeted before their queue.
    pub(super) greeted: Greeted,
    /// Contacts that wait for the agents who served them last.
    pub(super) awaited: Awaited,
    /// What rules ask of needs and of contacts before.
    pub(super) pasts: Pasts,
    /// By opening: whether it is open now.
    pub(super) open: Vec<bool>,
    /// By opening: its next turn.
    pub(super) turns: Vec<usize>,
    /// By group: its next change of heads.
    pub(super) heads: Vec<usize>,
    /// By group that is staffed by heads: how many of them are there.
    pub(super) net_heads: Vec<NetHeads>,
    /// The address of everything in this replication.
    pub(super) root: random::Key,
    /// By group: its people, if it works by shifts.
    pub(super) crews: Vec<Option<Crew<'m>>>,
    /// Cases and offices.
    pub(super) cases: Cases,
    /// Agents who chat.
    pub(super) desks: Desks,
    /// Work that may be interrupted.
    pub(super) piles: Piles,
    /// Counters and their visitors.
    pub(super) visits: Visits,
    /// Outbound campaigns, if there are any.
    pub(super) campaigns: Option<Box<Campaigns>>,
    /// By trunk: lines in use.
    pub(super) lines_in_use: Vec<u32>,
    pub(super) end: RunEnd,
}

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// Stands before the first event.
    pub fn new(model: &'m Model, seed: u64, replication: u64, observer: &'m mut O) -> Self {
        let slots = Slots::new(model, cursor_count(model));
        let root = random::Key::replication(seed, replication);
        let mut simulation = Simulation {
            model,
            observer,
            event: 0,
            now: SimTime::ZERO,
            slots,
            work_ends: WorkEnds::new(model.agent_group.len(), typical_work(model)),
            tree: WinnerTree::new(slots.beside_agents()),
            wheel: Wheel::default(),
            arrivals: Arrivals::new(model, root, slots.entries),
            contacts: Slab::default(),
            holds: Holds::default(),
            consultations: Consultations::default(),
            callbacks: Callbacks::new(model),
            returning: Slab::default(),
            lanes: Lanes::new(model, slots),
            agents: Agents::new(model),
            reach: Reach::new(model),
            work: WorkSinceLogIn::new(model),
            watch: Watch::new(model),
            tenures: Tenures::new(model, root),
            differ_in_outcome: model.differ_in_outcome(),
            greeted: Greeted::default(),
            awaited: Awaited::default(),
            pasts: Pasts::new(model),
            open: model.openings.iter().map(|opening| opening.open_at_zero).collect(),
            turns: vec![0; model.openings.len()],
            heads: vec![0; model.groups.len()],
            crews: crews(model, root),
            net_heads: vec![NetHeads::default(); model.groups.len()],
            root,
            cases: Cases::new(model, root),
            desks: Desks::new(model),
            piles: Piles::new(model),
            visits: Visits::new(model),
            campaigns: Campaigns::new(model),
            lines_in_use: vec![0; model.trunks.len()],
            end: RunEnd::default(),
        };
        (0..model.groups.len()).for_each(|group| simulation.schedule_staffing(GroupId::from_index(group)));
        (0..model.openings.len())
            .for_each(|opening| simulation.schedule_turn(OpeningId::from_index(opening)));
        simulation.schedule_offices();
        simulation.schedule_counters();
        simulation.opens_start_cases();
        simulation.books_before_start();
        simulation.schedule_campaigns();
        simulation
    }

    /// Runs to the end: past the horizon until everybody has left.
    pub fn run(mut self) -> RunEnd {
        while let Some(due) = self.next() {
            self.end.events += 1;
            match due {
                Due::Work(agent) => self.work_ends(agent),
                Due::Staffing(group) => self.staffing_changes(group),
                Due::Opening(opening) => self.opening_turns(opening),
                Due::OfficeWork => self.office_work_ends(),
                Due::Desk => self.desk_changes(),
                Due::Office(office) => self.office_changes(office),
                Due::VisitEnds => self.visit_ends(),
                Due::Counter(counter) => self.counter_changes(counter),
                Due::VisitorsPatience => self.visitors_patience_ends(),
                Due::Visit => self.visit_comes(),
                Due::Patience => self.patience_ends(),
                Due::Step(cursor) => self.step_fires(cursor),
                Due::Try => self.try_comes(),
                Due::Entry => self.entry_comes(),
                Due::FreshNeed => self.need_begins(),
            }
            if RARE && self.watch.is_concerned() {
                self.looks_again();
            }
            if RARE && self.campaigns.as_ref().is_some_and(|campaigns| campaigns.is_concerned()) {
                self.campaigns_dial();
            }
        }
        self.nobody_is_left_to_serve();
        self.cases_stay_open();
        self.visits_stay_open();
        self.end.most_present = self.contacts.most() as u64;
        self.observer.run_ends();
        self.end
    }

    /// Moves the clock to the earliest event and says what it is.
    #[inline(always)]
    fn next(&mut self) -> Option<Due> {
        let (work, arrival) = (self.work_ends.first(), self.arrivals.head());
        let limit = work.min(arrival).min(self.tree.first());
        let timer = self.wheel.due(limit);
        let key = timer.min(limit);
        debug_assert!(key >> 16 >= self.now.as_us(), "time runs forward");
        (self.event, self.now) = (key, time_of(key));
        if key == arrival && !(timer == arrival && self.timer_goes_before_arrival()) {
            return (key != IDLE).then_some(Due::FreshNeed);
        }
        if key == work {
            self.work_ends.pop();
            return Some(Due::Work(AgentId(slot_of(key))));
        }
        Some(self.slots.due(slot_of(key)))
    }

    /// Of two entries at one instant the smaller need goes first.
    #[cold]
    fn timer_goes_before_arrival(&self) -> bool {
        self.event != IDLE && self.wheel.due_order() < self.arrivals.head_order()
    }

    /// Whether the center has filled beyond what any center holds; then nothing new begins and those who wait are sent
    /// away, so that a hopeless scenario ends with a word and not with the machine's memory.
    #[inline]
    pub(super) fn is_full(&mut self) -> bool {
        if self.contacts.len() < MOST_PRESENT {
            return false;
        }
        self.end.overflowed_at_us.get_or_insert(self.now.as_us());
        true
    }
}

fn crews(model: &Model, root: random::Key) -> Vec<Option<Crew<'_>>> {
    let crew = |(group, plan)| Crew::new(plan, Attendance::new(group, root), &model.clock);
    model.groups.iter().map(|group| group.shifts.as_ref().map(|plan| crew((group, plan)))).collect()
}
