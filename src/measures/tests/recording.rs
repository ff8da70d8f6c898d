//! The recorder's rows.

use super::fixture::*;
use crate::calendar::Calendar;
use crate::engine::{AgentState, NeedEnd, Observer, Refusal};
use crate::log::{AgentStateName, Cause, LegFate, LogTime, NeedEndName};
use crate::measures::{LogRows, LogWriters, Recorder};
use crate::model::{AgentId, Outcome, QueueId};
use crate::time::SimDuration;

fn at(seconds: f64) -> LogTime {
    LogTime((START_CELL * 900) as i64 * 1_000_000 + (seconds * 1e6) as i64)
}

/// A call at 10 s waits 5 s for the front's first agent, talks 60 s, is wrapped up for 15 s.
#[test]
fn a_leg_is_a_row_with_names() {
    let model = hour();
    let mut recorder = Recorder::new(&model, 3, LogRows::default());
    let mut leg = wrapped_up(answered(10.0, 5.0, 60.0), 15.0);
    leg.service.as_mut().unwrap().outcome = Outcome::Escalated;
    recorder.leg_ends(&leg);
    let rows = recorder.into_sink();
    let row = &rows.legs[0];
    assert_eq!((row.replication, row.need.to_string()), (3, format!("calls/{START_CELL}/7")));
    assert_eq!((row.cause, row.attempt, row.leg, row.fate), (Cause::Fresh, 0, 0, LegFate::Answered));
    assert_eq!((&*row.contact_type, row.profile.as_deref(), row.number.as_deref()), ("billing", None, None));
    assert_eq!((row.queue.as_deref(), row.rule.as_deref()), (Some("first"), Some("everybody")));
    assert_eq!((row.priority, row.credit_s.map(SimDuration::as_s)), (Some(10), Some(30.0)));
    assert_eq!((row.step.as_deref(), row.wait_s.as_s()), (Some("all"), 5.0));
    assert_eq!((row.entered, row.left), (at(10.0), at(15.0)));
    assert_eq!(
        (row.assigned, row.talk_ended, row.wrap_up_ended),
        (Some(at(15.0)), Some(at(75.0)), Some(at(90.0)))
    );
    assert_eq!((row.group.as_deref(), row.agent.as_deref()), (Some("front"), Some("front#000")));
    assert_eq!((row.vendor.as_deref(), row.tier, row.transferred_to), (Some("acme"), Some(1), Some(2)));
    let work: Vec<_> = rows.agents.iter().map(|row| (row.state, row.from, row.to)).collect();
    assert_eq!(
        work,
        [(AgentStateName::Talking, at(15.0), at(75.0)), (AgentStateName::WrappingUp, at(75.0), at(90.0)),]
    );
    assert_eq!((rows.agents[0].leg, rows.agents[0].need.as_ref()), (Some(0), Some(&row.need)));
}

/// An agent logs in at 0 s, is idle until 15 s, works, idles again and logs out at 100 s; another is idle to the end.
#[test]
fn idle_time_is_recorded_when_it_is_over() {
    let model = hour();
    let mut recorder = Recorder::new(&model, 0, LogRows::default());
    let (first, second) = (AgentId(1), AgentId(2));
    recorder.agent_changes(s(0.0), first, FRONT, AgentState::Idle);
    recorder.agent_changes(s(5.0), second, FRONT, AgentState::Idle);
    recorder.agent_changes(s(15.0), first, FRONT, AgentState::Talking);
    recorder.leg_ends(&answered(10.0, 5.0, 60.0));
    recorder.agent_changes(s(75.0), first, FRONT, AgentState::Idle);
    recorder.agent_changes(s(100.0), first, FRONT, AgentState::Off);
    recorder.run_ends();
    let rows = recorder.into_sink().agents;
    let idle: Vec<_> = rows.iter().filter(|row| row.state == AgentStateName::Idle).collect();
    let spans: Vec<_> = idle.iter().map(|row| (&*row.agent, row.from, row.to)).collect();
    let (first, second) = ("front#000", "front#001");
    assert_eq!(
        spans,
        [(first, at(0.0), at(15.0)), (first, at(75.0), at(100.0)), (second, at(5.0), at(3600.0))]
    );
    assert!(idle.iter().all(|row| row.need.is_none()));
}

#[test]
fn refusals_and_needs_are_rows_too() {
    let model = hour();
    let mut recorder = Recorder::new(&model, 0, LogRows::default());
    let again = crate::engine::Caller {
        attempt: 1,
        cause: crate::engine::Cause::Retrial,
        contact_began: s(50.0),
        ..caller(10.0)
    };
    recorder.contact_refused(&refused(caller(10.0), Refusal::TrunksBusy, None));
    recorder.contact_refused(&refused(again, Refusal::Closed, Some(QueueId(1))));
    let need = need(again, NeedEnd::GivenUp, None);
    recorder.need_ends(s(50.0), &need);
    let rows = recorder.into_sink();
    assert_eq!((rows.legs[0].fate, &rows.legs[0].queue), (LegFate::RefusedTrunks, &None));
    let second = &rows.legs[1];
    assert_eq!((second.fate, second.queue.as_deref()), (LegFate::RefusedClosed, Some("second")));
    assert_eq!((second.cause, second.attempt, second.leg, second.wait_s.as_s()), (Cause::Retrial, 1, 0, 0.0));
    let need = &rows.needs[0];
    assert_eq!((need.attempts, need.end, need.answered_after_s), (2, NeedEndName::GivenUp, None));
    assert_eq!((need.first_attempt, need.ended), (at(10.0), at(50.0)));
}

/// A full disk does not stop the run: it is told at the end.
#[test]
fn a_failure_to_write_is_told_at_the_end() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| std::io::Error::other("disk full"))?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let model = hour();
    let record = |room: usize| {
        let files = LogWriters::new(Full(room), Full(room), Full(room), &Calendar::utc()).unwrap();
        let mut recorder = Recorder::new(&model, 0, files);
        (0..1000).for_each(|_| recorder.leg_ends(&answered(10.0, 5.0, 60.0)));
        recorder.into_sink().finish().map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(record(1_000_000), Ok(()));
    assert_eq!(record(30_000), Err("disk full".into()));
}
