//! Channels beside the telephone on the whole way from text to logs and measures.

use centralino::log::{LegFate, NeedEndName};
use centralino::measures::{Basis, Scope, ScopeKind};

use crate::audited::sound;
use crate::support::{Recorded, scenario};

/// One agent from 08:00 to 18:00 of two Mondays and Tuesdays, calls and e-mails in queues of their own that close at 18:00; a call and
/// e-mails at given minutes after the first midnight.
fn blended(contacts: &[(&str, i64)], more: &str) -> String {
    let mut rows = String::new();
    for (number, (contact_type, minute)) in contacts.iter().enumerate() {
        let at_us = (1_705_276_800 + 60 * minute) * 1_000_000;
        let cell = at_us / 900_000_000;
        rows += &format!(
            "{{ need = \"log/{cell}/{number}\", at_us = {at_us}, type = \"{contact_type}\", recognised = false }},\n"
        );
    }
    format!(
        r#"
        [scenario]
        name = "calls and e-mails"
        start = "2024-01-15"
        days = 2
        [contact_types.call]
        service_time = "10m"
        [contact_types.mail]
        channel = "email"
        service_time = "20m"
        due = "1 working hour"
        working_hours = "Mon-Fri 08:00-18:00"
        {more}
        [arrivals.log]
        type = "call"
        replay.contacts = [{rows}]
        [queues.calls]
        hours = "Mon-Fri 08:00-18:00"
        at_close = "send_away"
        steps.first.groups = ["agents"]
        [queues.mails]
        hours = "Mon-Fri 08:00-18:00"
        at_close = "send_away"
        steps.first.groups = ["agents"]
        [routing.calls]
        order = 1
        queue = "calls"
        priority = 10
        [routing.mails]
        order = 0
        when = {{ channel = "email" }}
        queue = "mails"
        [agent_groups.agents]
        serves = ["calls", "mails"]
        staffing.heads = {{ "00:00" = 0, "08:00" = 1, "18:00" = 0 }}
        "#
    )
}

fn recorded(text: &str) -> Recorded {
    sound(&scenario(text), 1)
}

/// (type, minute in which the work ended or the wait was over, fate) by need.
fn ends(run: &Recorded) -> Vec<(String, i64, LegFate)> {
    let minute = |at: centralino::log::LogTime| (at.unix_s() - 1_705_276_800) / 60;
    let mut legs: Vec<_> = run.logs.legs.iter().collect();
    legs.sort_by_key(|leg| (leg.entered, leg.need.clone()));
    legs.iter()
        .map(|leg| (leg.contact_type.to_string(), minute(leg.talk_ended.unwrap_or(leg.left)), leg.fate))
        .collect()
}

fn of_channel(run: &Recorded, measure: &str, name: &str) -> Option<f64> {
    let (scope, _) = run.results.scopes(ScopeKind::Channel).find(|(_, of)| *of == name)?;
    run.results.find(measure, Basis::Contact, scope)?.mean
}

const H: i64 = 60;

#[test]
fn an_e_mail_waits_over_night_where_a_call_is_sent_away() {
    use LegFate::{Answered, RefusedClosed, SentAway};
    // The agent is on a call from 17:51 to 18:01; at 17:55 come an e-mail and a call, at 20:00 both again.
    let contacts = [
        ("call", 17 * H + 51),
        ("mail", 17 * H + 55),
        ("call", 17 * H + 55),
        ("mail", 20 * H),
        ("call", 20 * H),
    ];
    let run = recorded(&blended(&contacts, ""));
    let end = |name: &str, minute, fate| (name.to_string(), minute, fate);
    assert_eq!(
        ends(&run),
        [
            end("call", 18 * H + 1, Answered),
            end("mail", 32 * H + 20, Answered),
            end("call", 18 * H, SentAway),
            end("mail", 32 * H + 40, Answered),
            end("call", 20 * H, RefusedClosed),
        ]
    );
    // Both are due when an hour of work has passed: the first at 08:55, the second at 09:00.
    assert_eq!(of_channel(&run, "written_on_time", "email"), Some(1.0));
    let replies_min = [14 * H + 25, 12 * H + 40];
    let mean_s = replies_min.iter().sum::<i64>() as f64 * 60.0 / 2.0;
    assert_eq!(of_channel(&run, "time_to_reply", "email"), Some(mean_s));
    let unanswered = replies_min.iter().sum::<i64>() as f64 / (48 * H) as f64;
    assert_eq!(of_channel(&run, "mean_unanswered", "email"), Some(unanswered));
    assert_eq!(of_channel(&run, "offered", "email"), Some(2.0));
}

/// An e-mail comes while there is one line: it holds none, and needs none while a call does.
#[test]
fn e_mails_hold_no_line() {
    let one_line = "[numbers.one]\ntrunk = \"lines\"\n[trunks.lines]\nlines = 1";
    let run = recorded(&blended(&[("mail", 600), ("call", 605), ("mail", 606), ("call", 607)], one_line));
    let of = |name: &str, minute, fate| (name.to_string(), minute, fate);
    assert_eq!(
        ends(&run),
        [
            of("mail", 620, LegFate::Answered),
            of("call", 630, LegFate::Answered),
            of("mail", 650, LegFate::Answered),
            of("call", 607, LegFate::RefusedTrunks),
        ]
    );
}

#[test]
fn what_is_written_is_in_no_service_level_of_the_whole() {
    let contacts = [("mail", 9 * H), ("call", 9 * H + 5), ("call", 12 * H)];
    let run = recorded(&blended(&contacts, ""));
    let whole = |measure| run.results.find(measure, Basis::Contact, Scope::WHOLE).unwrap().mean;
    assert_eq!(whole("offered"), Some(2.0));
    // The agent is at work on the e-mail until 09:20, so one of the two calls waits for a quarter of an hour.
    assert_eq!(whole("answered_over_offered"), Some(0.5));
    assert_eq!(of_channel(&run, "answered_over_offered", "voice"), Some(0.5));
    assert_eq!(of_channel(&run, "offered", "voice"), Some(2.0));
}

#[test]
fn what_is_unanswered_at_the_end_leaves_its_need_open() {
    let run = recorded(&blended(&[("mail", 47 * H)], "after_blocking = { retrial = 1, delay = \"1m\" }"));
    assert_eq!(ends(&run), [("mail".to_string(), 48 * H, LegFate::SentAway)]);
    assert_eq!(run.logs.needs[0].end, NeedEndName::Open);
    assert_eq!(of_channel(&run, "written_on_time", "email"), None, "due on Wednesday at 09:00");
    assert_eq!(of_channel(&run, "mean_unanswered", "email"), Some(1.0 / 48.0));
}

#[test]
fn a_late_answer_is_late() {
    // Three e-mails at 09:00: done at 09:20, 09:40 and, after a call that came at 09:30 and goes first, 10:10; due at 10:00.
    let contacts = [("mail", 9 * H), ("mail", 9 * H), ("mail", 9 * H), ("call", 9 * H + 30)];
    let run = recorded(&blended(&contacts, ""));
    assert_eq!(of_channel(&run, "written_on_time", "email"), Some(2.0 / 3.0));
    assert_eq!(of_channel(&run, "mean_unanswered_late", "email"), Some(10.0 / (48.0 * 60.0)));
}

#[test]
fn each_mistake_of_a_channel_is_told_at_its_place() {
    let text = blended(&[("mail", 9 * H)], "patience = \"1m\"\nbalking = 0.1").replace(
        "[contact_types.call]",
        "[contact_types.chat]\nchannel = \"chat\"\nservice_time = \"1m\"\ndue = \"1h\"\nivr = \"m\"\n[ivr.m]\ntime = \"1s\"\n\
         redirect_time = \"1s\"\nmisrouted.call = { mail = 0.1 }\n[contact_types.call]\nivr = \"m\"\nworking_hours = \"08:00-09:00\"",
    );
    let found = centralino::model::compile(&scenario(&text)).expect_err("mistakes");
    let mut paths: Vec<&str> = found
        .iter()
        .filter(|found| found.code.as_str() == "E4260")
        .map(|found| found.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "contact_types.call.working_hours",
            "contact_types.chat.due",
            "contact_types.chat.ivr",
            "contact_types.mail.balking",
            "contact_types.mail.patience",
            "ivr.m.misrouted.call.mail",
        ]
    );
}
