//! The logs of a run: legs, agents, needs; cases, visits, dials and greetings where there are any, one CSV file each.
//!
//! Here is their format and nothing else: rows with names instead of ids, written to the microsecond so that whatever
//! is computed from a log is exact. What is logged is the recorder's choice; replay, calibration and the audit read.
//!
//! | file | row | one row for |
//! | --- | --- | --- |
//! | legs | [`LegRow`] | a stay in a queue, or a contact that was refused one or ended in the menu |
//! | agents | [`AgentRow`] | an agent in one state |
//! | needs | [`NeedRow`] | a need at its end |
//! | greetings | [`GreetingRow`] | a call that was looked up or came to a menu |
//! | cases | [`CaseRow`] | a stretch of work on a case, or a case that is not closed |
//! | visits | [`VisitRow`] | a try at a counter |
//! | preparations | [`PreparationRow`] | a stretch of work on the preparation of a visit, or one that is taken out or stays undone |
//! | dials | [`DialRow`] | a dial of a campaign |
//! | web | [`WebRow`] | a visit to the web site before a need's first contact |

mod cell;
mod read;
mod row;
mod rows;
mod values;
mod write;

pub use read::{
    AgentReader, CaseReader, DialReader, GreetingReader, LegReader, LogError, NeedReader, PreparationReader,
    RowReader, VisitReader, WebReader,
};
pub use row::Row;
pub use rows::{
    AgentRow, CALLBACK_CHANNEL, CONSULTATION_CHANNEL, CaseRow, DialRow, GreetingRow, LegRow, NeedRow,
    PreparationRow, VisitRow, WebRow,
};
pub use values::{
    AfterDialName, AgentStateName, CaseStretchEnd, Cause, DialEndName, GreetingEndName, LegFate, LogTime,
    Name, NeedEndName, NeedName, OutcomeName, PreparationEndName, VisitChannelName, VisitEndName, WebEndName,
};
pub use write::{
    AgentWriter, CaseWriter, DialWriter, GreetingWriter, LegWriter, NeedWriter, PreparationWriter, RowWriter,
    VisitWriter, WebWriter,
};
