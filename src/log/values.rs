//! What stands in a cell of a log: names, instants, and the words for fates, causes, states and ends.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A name of the scenario. Rows share it: a million rows hold each name once.
pub type Name = Arc<str>;

/// An instant: microseconds of Unix time. On paper it is local time with its offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogTime(pub i64);

impl LogTime {
    /// Microseconds from `earlier` to `self`; negative if that lies later.
    pub fn us_since(self, earlier: LogTime) -> i64 {
        self.0 - earlier.0
    }

    /// Whole seconds of Unix time, rounded down.
    pub fn unix_s(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

/// Which need: its arrival process, the absolute quarter-hour (Unix time / 900 s) in which it began, and its number
/// there. Written `taxes/1344556/12`. The order is that in which ties between needs are broken.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeedName {
    /// The arrival process.
    pub process: Name,
    /// The absolute quarter-hour.
    pub cell: i64,
    /// The number within process and cell, from 0.
    pub number: u32,
}

impl fmt::Display for NeedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.process, self.cell, self.number)
    }
}

impl NeedName {
    /// The parts of a written need; a process may have a `/` in its name.
    pub(super) fn parts(text: &str) -> Option<(&str, i64, u32)> {
        let (rest, number) = text.rsplit_once('/')?;
        let (process, cell) = rest.rsplit_once('/')?;
        Some((process, cell.parse().ok()?, number.parse().ok()?))
    }
}

/// A text that is none of the words that may stand in a column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is none of {}", .words.join(", "))]
pub struct UnknownWord {
    text: String,
    words: &'static [&'static str],
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// All words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// As logs write it.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err(UnknownWord { text: text.into(), words: Self::WORDS }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )+};
}

words! {
    /// What brought a contact about.
    Cause {
        /// The first attempt of a need.
        #[default]
        Fresh = "fresh",
        /// Another attempt after one that nobody answered.
        Retrial = "retrial",
        /// A need that was answered and came back unresolved.
        Repeat = "repeat",
        /// "Any news?" about a case.
        Status = "status",
        /// A counter that did not meet the need.
        Visit = "visit",
        /// A complaint.
        Complaint = "complaint",
        /// An outbound campaign.
        Campaign = "campaign",
        /// The first attempt of a need that the web site did not meet.
        Web = "web",
    }

    /// How a leg ended, DESIGN 5, or why there was none.
    LegFate {
        /// A: an agent took it.
        #[default]
        Answered = "answered",
        /// B: the caller hung up; balking is this with a wait of 0.
        Abandoned = "abandoned",
        /// D: sent away by us.
        SentAway = "sent_away",
        /// C: accepted a callback.
        Callback = "callback",
        /// F: moved elsewhere.
        Moved = "moved",
        /// X: refused before entry, all lines busy.
        RefusedTrunks = "refused_trunks",
        /// X: refused before entry, closed.
        RefusedClosed = "refused_closed",
        /// No leg: the menu met the need.
        SelfServed = "self_served",
        /// No leg: the caller hung up during lookup or menu.
        LeftMenu = "left_menu",
        /// No caller's leg: an agent dialled for a callback and nobody answered.
        NotReached = "not_reached",
    }

    /// How lookup and menu ended.
    GreetingEndName {
        /// The caller was bound for a queue.
        #[default]
        Queue = "queue",
        /// The menu met the need.
        SelfServed = "self_served",
        /// The caller hung up.
        HungUp = "hung_up",
    }

    /// How a talk ended.
    OutcomeName {
        /// The need is met.
        #[default]
        Resolved = "resolved",
        /// The contact went on to the next tier.
        Escalated = "escalated",
        /// The talk did not help.
        Unresolved = "unresolved",
        /// The contact chose wrongly before its queue, and went on to the queue of what it wants.
        Misrouted = "misrouted",
        /// The contact went to another department of the same tier.
        WrongDepartment = "wrong_department",
        /// The contact went back to tier 1.
        SentBack = "sent_back",
        /// A case was opened.
        Case = "case",
        /// A visit to a counter was booked.
        Booking = "booking",
    }

    /// What ended a stretch of work on a case.
    CaseStretchEnd {
        /// The case is closed.
        #[default]
        Closed = "closed",
        /// Closing time, or fewer people at work: the rest waits.
        Interrupted = "interrupted",
        /// It was not right and is done again.
        Reworked = "reworked",
        /// Another office goes on.
        HandedOver = "handed_over",
        /// No stretch: the run is over and the case is not closed.
        Open = "open",
    }

    /// What ended a stretch of work on the preparation of a visit, or its waiting.
    PreparationEndName {
        /// It is done.
        #[default]
        Done = "done",
        /// Closing time, or fewer people at work: the rest waits.
        Interrupted = "interrupted",
        /// Its visit has begun, or will not take place: it is taken out.
        Withdrawn = "withdrawn",
        /// The run is over.
        Open = "open",
    }

    /// How a citizen came to a counter.
    VisitChannelName {
        /// Without an appointment.
        #[default]
        WalkIn = "walk_in",
        /// Booked with an agent.
        Agent = "agent",
        /// Booked on the web.
        Web = "web",
    }

    /// How a try at a counter ended.
    VisitEndName {
        /// The visit met the need.
        #[default]
        Resolved = "resolved",
        /// It did not.
        Unresolved = "unresolved",
        /// No place was free.
        Full = "full",
        /// The offer was too late or too far.
        Declined = "declined",
        /// The citizen cancelled.
        Cancelled = "cancelled",
        /// The citizen did not come.
        NoShow = "no_show",
        /// The visitor left unserved.
        GaveUp = "gave_up",
        /// The visitor was sent away unserved.
        SentAway = "sent_away",
        /// It lies beyond the run.
        Open = "open",
    }

    /// What came of a visit to the web site.
    WebEndName {
        /// It met the need.
        #[default]
        Solved = "solved",
        /// It did not, and the citizen contacts the center.
        Calls = "calls",
        /// It did not, and the citizen lets it be.
        GivesUp = "gives_up",
        /// It did not, and the contact would come beyond the run.
        Open = "open",
    }

    /// How a dial ended.
    DialEndName {
        /// Nobody answered.
        #[default]
        NoAnswer = "no_answer",
        /// Somebody else answered.
        WrongParty = "wrong_party",
        /// The person on the list was spoken to.
        Reached = "reached",
        /// Somebody answered, and no agent was free in time.
        Abandoned = "abandoned",
    }

    /// What becomes of a person after a dial.
    AfterDialName {
        /// Reached: that was it.
        #[default]
        Finished = "finished",
        /// Another attempt is due.
        Again = "again",
        /// That was the last attempt.
        Exhausted = "exhausted",
        /// Another attempt would be due beyond the run.
        Open = "open",
    }

    /// What an agent is doing.
    AgentStateName {
        /// Not logged in.
        #[default]
        Off = "off",
        /// Waiting for a contact.
        Idle = "idle",
        /// Assigned, not yet speaking.
        Ringing = "ringing",
        /// Talk and hold.
        Talking = "talking",
        /// With a caller who waits for a second agent, or is being introduced to one.
        Holding = "holding",
        /// Work after the contact.
        WrappingUp = "wrapping_up",
        /// With one chat or more.
        Chatting = "chatting",
        /// At a case of an office, for want of contacts.
        BackOffice = "back_office",
        /// On a break of the shift.
        OnBreak = "on_break",
        /// Down for a shift and away for all of it.
        Absent = "absent",
    }

    /// How a need ended.
    NeedEndName {
        /// Met.
        #[default]
        Resolved = "resolved",
        /// Its citizen stopped trying.
        GivenUp = "given_up",
        /// Another attempt was due beyond the horizon, or its case is not closed.
        Open = "open",
    }
}

impl Cause {
    /// Whether there was a case before.
    pub fn is_about_case(self) -> bool {
        matches!(self, Cause::Status | Cause::Complaint)
    }

    /// Whether the contact is its need's first.
    pub fn is_fresh(self) -> bool {
        matches!(self, Cause::Fresh | Cause::Web)
    }
}

impl LegFate {
    /// Whether the contact was refused before it entered a queue.
    pub fn is_refused(self) -> bool {
        matches!(self, LegFate::RefusedTrunks | LegFate::RefusedClosed)
    }

    /// Whether the call ended before a queue, in lookup or menu.
    pub fn ends_in_menu(self) -> bool {
        matches!(self, LegFate::SelfServed | LegFate::LeftMenu)
    }

    /// Whether the contact entered a queue.
    pub fn is_queued(self) -> bool {
        !self.is_refused() && !self.ends_in_menu()
    }
}

impl AgentStateName {
    /// Whether the agent is logged in and not on a break.
    pub fn is_there(self) -> bool {
        self.works() || matches!(self, AgentStateName::Idle | AgentStateName::BackOffice)
    }

    /// Whether the agent is busy with a contact.
    pub fn works(self) -> bool {
        use AgentStateName::{Chatting, Holding, Ringing, Talking, WrappingUp};
        matches!(self, Ringing | Talking | Holding | WrappingUp | Chatting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for word in LegFate::WORDS {
            assert_eq!(word.parse::<LegFate>().unwrap().word(), *word);
        }
        let error = "lost".parse::<NeedEndName>().unwrap_err();
        assert_eq!(error.to_string(), "\"lost\" is none of resolved, given_up, open");
    }

    #[test]
    fn a_need_is_ordered_by_process_then_cell_then_number() {
        let need = |process: &str, cell, number| NeedName { process: process.into(), cell, number };
        let mut needs = [need("b", 1, 0), need("a", 2, 0), need("a", 1, 10), need("a", 1, 9)];
        needs.sort();
        assert_eq!(needs.map(|n| n.to_string()), ["a/1/9", "a/1/10", "a/2/0", "b/1/0"]);
        assert_eq!(NeedName::parts("a/b/-3/7"), Some(("a/b", -3, 7)));
        assert_eq!(NeedName::parts("a/7"), None);
    }
}
