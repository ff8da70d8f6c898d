//! Who contacts the center, and what comes before a queue: the lookup, the menu, the web site.

use crate::model::{ContactTypeId, MenuId, NeedId, NumberId, ProfileId};
use crate::time::SimTime;

/// What brought a contact about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The need is new.
    Fresh,
    /// An attempt that nobody answered: the caller hung up, was refused or sent away.
    Retrial,
    /// A talk that did not help.
    Repeat,
    /// "Any news?" about an open case.
    Status,
    /// A counter, a booking or a no-show before it that did not meet the need.
    Visit,
    /// A case that was closed is not what its citizen wanted, or not understood.
    Complaint,
    /// The need is new, and the web site did not meet it.
    Web,
}

impl Cause {
    /// Whether there was a case before.
    #[inline]
    pub fn is_about_case(self) -> bool {
        matches!(self, Cause::Status | Cause::Complaint)
    }

    /// Whether the contact is its need's first, and would have come had the center done all that it can.
    #[inline]
    pub fn is_fresh(self) -> bool {
        matches!(self, Cause::Fresh | Cause::Web)
    }
}

/// Who contacts the center, in which attempt and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The need behind it.
    pub need: NeedId,
    /// What is wanted.
    pub contact_type: ContactTypeId,
    /// The citizen's segment.
    pub profile: ProfileId,
    /// The number dialled.
    pub number: NumberId,
    /// Whether the telephone system knew the caller.
    pub recognised: bool,
    /// 0 for the first attempt.
    pub attempt: u8,
    /// What brought this attempt about.
    pub cause: Cause,
    /// When this contact (attempt) began: its first queue entry, or its refusal.
    pub contact_began: SimTime,
    /// When the need's first attempt began.
    pub need_began: SimTime,
}

/// What a call met before its queue, told when that is over: the lookup of its number, then the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Whose.
    pub caller: Caller,
    /// The menu that was heard, if one was to be.
    pub menu: Option<MenuId>,
    /// When the call came.
    pub began: SimTime,
    /// When it was over.
    pub ended: SimTime,
    /// How.
    pub end: GreetingEnd,
    /// What the caller chose, if it is not what is wanted.
    pub chose: Option<ContactTypeId>,
}

/// How a greeting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GreetingEnd {
    /// The caller is bound for a queue.
    Queue,
    /// The menu met the need.
    SelfServed,
    /// The caller hung up.
    HungUp,
}

/// A visit to the web site before a need's first contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebVisit {
    /// Whose.
    pub caller: Caller,
    /// When it began, and with it the need.
    pub at: SimTime,
    /// What came of it.
    pub end: WebEnd,
}

/// What came of a visit to the web site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebEnd {
    /// It met the need.
    Solved,
    /// It did not, and the citizen will contact the center.
    Calls {
        /// When.
        at: SimTime,
    },
    /// It did not, and the citizen lets it be.
    GivesUp,
    /// It did not, and the contact would come beyond the run.
    Open,
}
