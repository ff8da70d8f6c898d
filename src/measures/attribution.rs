//! In which period a leg counts.

use crate::engine::Leg;
use crate::time::SimTime;

/// The instant of a leg that decides where its fate, its wait and its work are counted. Time that passes (waiting, logged in, at work) counts
/// where it passes, and needs where their first attempt began, whatever this says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attribution {
    /// When it entered its queue.
    #[default]
    Entry,
    /// When its wait was over: answered, hung up, sent away.
    Answer,
    /// When all of it was over, talk and wrap-up included.
    End,
}

impl Attribution {
    /// As commands and files name it.
    pub fn name(self) -> &'static str {
        match self {
            Attribution::Entry => "entry",
            Attribution::Answer => "answer",
            Attribution::End => "end",
        }
    }

    /// The instant.
    pub(super) fn instant(self, leg: &Leg) -> SimTime {
        match self {
            Attribution::Entry => leg.entered,
            Attribution::Answer => leg.left,
            Attribution::End => leg.service.as_ref().map_or(leg.left, |service| service.wrap_up_ended),
        }
    }
}
