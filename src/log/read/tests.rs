use super::super::{AgentStateName, Cause, LegFate, LogTime, NeedEndName, NeedName, RowWriter};
use super::*;
use crate::calendar::{Calendar, HolidaySet};
use crate::time::SimDuration;

const LEGS: &str = "\
replication,need,parent_need,cause,attempt,leg,contact_type,channel,profile,recognised,district,language,number,topic,\
subtopic,complaint,entered,queue,rule,priority,credit_s,step,fate,left,wait_s,group,agent,vendor,tier,assigned,\
outcome,talk_ended,wrap_up_ended,transferred_to
0,taxes/1339232/12,,retrial,1,0,taxes,voice,elderly,true,,,020202,,,false,2008-03-12T09:15:03.123456+01:00,taxes,\
known_elderly,20,90.000000,first,answered,2008-03-12T09:15:15.623456+01:00,12.500000,t1_general,t1_general#007,telecom,1,\
2008-03-12T09:15:13.623456+01:00,escalated,2008-03-12T09:18:00.000000+01:00,2008-03-12T09:18:40.000001+01:00,2
";

const AGENTS: &str = "\
replication,agent,group,vendor,state,from,to,need,attempt,leg
3,t2#012,t2,,wrapping_up,2008-10-26T02:59:59.000000+02:00,2008-10-26T02:00:00.000000+01:00,taxes/1356924/0,0,1
3,t2#012,t2,,idle,2008-10-26T02:00:00.000000+01:00,2008-10-26T03:00:00.000000+01:00,,,
";

const NEEDS: &str = "\
replication,need,contact_type,profile,number,recognised,first_attempt,attempts,end,first_answered,answered_after_s,answered,transferred,resolved_at,ended
0,a/b/1/2,taxes,,,false,1970-01-01T01:15:00.000000+01:00,4,given_up,,,0,false,,1970-01-01T02:00:00.000000+01:00
";

fn rome() -> Calendar {
    Calendar::new("Europe/Rome", HolidaySet::none()).unwrap()
}

fn read<R: Row>(text: &str) -> Result<Vec<R>, LogError> {
    RowReader::new("log.csv", text.as_bytes())?.collect()
}

fn written<R: Row>(rows: &[R]) -> String {
    let mut writer = RowWriter::new(Vec::new(), &rome()).unwrap();
    rows.iter().for_each(|row| writer.write(row).unwrap());
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

fn why<R: Row + std::fmt::Debug>(text: &str) -> String {
    read::<R>(text).unwrap_err().to_string()
}

#[test]
fn a_leg_is_written_as_frozen_and_reads_back() {
    let rows: Vec<LegRow> = read(LEGS).unwrap();
    assert_eq!(written(&rows), LEGS);
    let leg = &rows[0];
    assert_eq!(leg.need, NeedName { process: "taxes".into(), cell: 1_339_232, number: 12 });
    assert_eq!((leg.cause, leg.fate, leg.recognised), (Cause::Retrial, LegFate::Answered, true));
    assert_eq!(leg.entered, LogTime(1_205_309_703_123_456));
    assert_eq!(leg.wait_s, SimDuration::from_us(12_500_000));
    assert_eq!((leg.tier, leg.transferred_to, leg.district.clone()), (Some(1), Some(2), None));
}

#[test]
fn agents_and_needs_are_written_as_frozen_and_read_back() {
    let agents: Vec<AgentRow> = read(AGENTS).unwrap();
    assert_eq!(written(&agents), AGENTS);
    // The hour that comes twice: one second passes between these two.
    assert_eq!(agents[0].to.us_since(agents[0].from), 1_000_000);
    assert_eq!((agents[1].state, agents[1].need.clone()), (AgentStateName::Idle, None));
    let needs: Vec<NeedRow> = read(NEEDS).unwrap();
    assert_eq!(written(&needs), NEEDS);
    assert_eq!((needs[0].end, needs[0].first_attempt), (NeedEndName::GivenUp, LogTime(900_000_000)));
}

#[test]
fn semicolons_a_byte_order_mark_other_columns_and_another_order_are_understood() {
    let text = "\u{feff}group;agent;note;replication;vendor;state;from;to;need;attempt;leg\n\
        g;g#000;\"a;b\";0;;off;1970-01-01T00:00:00Z;1970-01-01T00:00:01.5Z;;;\n";
    let rows: Vec<AgentRow> = read(text).unwrap();
    assert_eq!(rows[0].agent.as_ref(), "g#000");
    assert_eq!(rows[0].to, LogTime(1_500_000));
}

#[test]
fn what_cannot_be_read_is_named_with_file_line_and_column() {
    let broken = AGENTS.replace("02:00:00.000000+01:00,2008-10-26T03", "25:00:00+01:00,2008-10-26T03");
    assert!(why::<AgentRow>(&broken).starts_with("log.csv:3: from: \"2008-10-26T25:00:00+01:00\" is no"));
    assert_eq!(
        why::<NeedRow>(&NEEDS.replace("given_up", "lost")),
        "log.csv:2: end: \"lost\" is none of resolved, given_up, open"
    );
    assert!(why::<NeedRow>(&NEEDS.replace("a/b/1/2", "a")).contains("need: \"a\" is no need"));
    assert_eq!(
        why::<NeedRow>("replication,need\n").split(", ").next(),
        Some("log.csv:1: no column is named contact_type")
    );
    assert_eq!(why::<NeedRow>(&format!("{NEEDS}1,2\n")), "log.csv:3: 2 cells where the header has 15");
    assert!(why::<LegRow>("").starts_with("log.csv:1: no column"));
}
