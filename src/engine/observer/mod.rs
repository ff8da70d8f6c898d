//! What the engine tells: one call a thing that happened, everything in one record.
//!
//! The engine keeps no statistics and writes no log; whoever wants either observes. Calls come in the order of time
//! where the run is eager; a lazy run tells a leg's end when it finds out, a recursive run tells each leg as a
//! whole on entry, so sums over calls are the same in all three and the order is not.

mod callers;
mod cases;
mod dials;
mod legs;
mod needs;
mod people;
mod promises;
mod visits;

use crate::model::{AgentId, CampaignId, GroupId, OfficeId, Outcome, QueueId};
use crate::time::SimTime;
pub use callers::*;
pub use cases::*;
pub use dials::*;
pub use legs::*;
pub use needs::*;
pub use people::*;
pub use promises::*;
pub use visits::*;

/// Receives what happens. Every method has an empty body, so that an observer says only what it wants to know.
pub trait Observer {
    /// What a call met before its queue is over.
    #[inline]
    fn greeting_ends(&mut self, _greeting: &Greeting) {}

    /// A citizen tries the web site before the first contact.
    #[inline]
    fn web_is_tried(&mut self, _visit: &WebVisit) {}

    /// A leg begins: its caller enters a queue. `Leg` follows with the same need, attempt and leg number.
    #[inline]
    fn leg_begins(&mut self, _entered: SimTime, _queue: QueueId, _caller: &Caller) {}

    /// A leg is over: its caller has left. The end of its wrap-up is told too, though it lies ahead. Where wrap-up may be interrupted, or
    /// work for a leg put aside, the leg is told when that is over.
    #[inline]
    fn leg_ends(&mut self, _leg: &Leg) {}

    /// A leg is over: at the limit of a warm transfer the first agent took its caller out of the queue, and the contact ended so.
    #[inline]
    fn leg_is_withdrawn(&mut self, leg: &Leg, _outcome: Outcome) {
        self.leg_ends(leg);
    }

    /// A contact gets no queue: when it begins, or on its transfer to a closed tier.
    #[inline]
    fn contact_refused(&mut self, _refused: &Refused) {}

    /// A caller was offered something.
    #[inline]
    fn offer_is_made(&mut self, _at: SimTime, _made: &OfferMade) {}

    /// An agent begins to dial for a callback, or the promise is broken at this instant. [`CallbackTry`] follows.
    #[inline]
    fn callback_begins(&mut self, _at: SimTime) {}

    /// A try to call back is over.
    #[inline]
    fn callback_is_tried(&mut self, _tried: &CallbackTry) {}

    /// An agent takes the question of another. [`Consultation`] follows.
    #[inline]
    fn consultation_begins(&mut self, _at: SimTime) {}

    /// A consultation is over, or the one who asked has given up.
    #[inline]
    fn consultation_ends(&mut self, _told: &Consultation) {}

    /// An agent of a group has a question, and no queue takes it.
    #[inline]
    fn consultation_is_refused(&mut self, _refused: &Refused, _first_group: GroupId) {}

    /// A promise to call back is over.
    #[inline]
    fn callback_ends(&mut self, _at: SimTime, _end: &CallbackEnd) {}

    /// An attempt failed and the citizen will call again at `again`.
    #[inline]
    fn retrial_is_set(&mut self, _at: SimTime, _caller: &Caller, _again: SimTime) {}

    /// A need has come to its end.
    #[inline]
    fn need_ends(&mut self, _at: SimTime, _need: &Need) {}

    /// The same where there are districts, with the row of the one in which the citizen lives.
    #[inline]
    fn need_of_district_ends(&mut self, at: SimTime, need: &Need, _district: u16) {
        self.need_ends(at, need);
    }

    /// A case is opened.
    #[inline]
    fn case_opens(&mut self, _case: &Case) {}

    /// A stretch of work on a case is over.
    #[inline]
    fn case_is_worked(&mut self, _stretch: &CaseStretch) {}

    /// The run is over, and a case is not closed.
    #[inline]
    fn case_stays_open(&mut self, _at: SimTime, _case: &Case) {}

    /// So many persons come on a campaign's list.
    #[inline]
    fn persons_are_listed(&mut self, _at: SimTime, _campaign: CampaignId, _persons: u32) {}

    /// An agent begins to dial for a campaign, or to speak with whom it has called. [`Dial`] follows.
    #[inline]
    fn dial_begins(&mut self, _at: SimTime) {}

    /// A dial of a campaign is over.
    #[inline]
    fn dial_is_over(&mut self, _dial: &Dial) {}

    /// So many people of an office are at work from now on.
    #[inline]
    fn office_changes(&mut self, _at: SimTime, _office: OfficeId, _people: u32) {}

    /// A stretch of work on a preparation is over, or it is taken out, or stays undone.
    #[inline]
    fn preparation_is_worked(&mut self, _stretch: &PreparationStretch) {}

    /// A try at a counter is over.
    #[inline]
    fn visit_is_over(&mut self, _visit: &Visit) {}

    /// An agent turns to something else. `Talking` is told together with `Ringing`, with the instant at which it will begin.
    #[inline]
    fn agent_changes(&mut self, _at: SimTime, _agent: AgentId, _group: GroupId, _state: AgentState) {}

    /// A stretch of work that may be interrupted is over.
    #[inline]
    fn stretch_ends(&mut self, _stretch: &Stretch) {}

    /// So many agents of a group that chats have a chat from now on.
    #[inline]
    fn chatting_changes(&mut self, _at: SimTime, _group: GroupId, _agents: u32) {}

    /// So many agents of a group are at cases of offices from now on.
    #[inline]
    fn back_office_changes(&mut self, _at: SimTime, _group: GroupId, _agents: u32) {}

    /// The people of a group are other ones from now on.
    #[inline]
    fn staff_changes(&mut self, _at: SimTime, _group: GroupId, _staff: &Staff) {}

    /// The run is over: everybody has left.
    #[inline]
    fn run_ends(&mut self) {}
}

/// Hears nothing: for the bare loop.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deaf;

impl Observer for Deaf {}
