//! The logs of a run: legs, agents, needs and cases, one CSV file each.
//!
//! Here is their format and nothing else: rows with names instead of ids, written to the microsecond so that whatever
//! is computed from a log is exact. What is logged is the recorder's choice; replay, calibration and the audit read.
//!
//! | file | row | one row for |
//! | --- | --- | --- |
//! | legs | [`LegRow`] | a stay in a queue, or a contact that was refused one |
//! | agents | [`AgentRow`] | an agent in one state |
//! | needs | [`NeedRow`] | a need at its end |
//! | cases | [`CaseRow`] | a stretch of work on a case, or a case that is not closed |

mod cell;
mod read;
mod row;
mod rows;
mod values;
mod write;

pub use read::{AgentReader, CaseReader, LegReader, LogError, NeedReader, RowReader};
pub use row::Row;
pub use rows::{AgentRow, CaseRow, LegRow, NeedRow};
pub use values::{
    AgentStateName, CaseStretchEnd, Cause, LegFate, LogTime, Name, NeedEndName, NeedName, OutcomeName,
};
pub use write::{AgentWriter, CaseWriter, LegWriter, NeedWriter, RowWriter};
