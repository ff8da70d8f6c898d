//! Agents who ask others before they finish.

use centralino::log::{AgentStateName, LegFate, LegRow, OutcomeName};
use centralino::measures::Basis;

use crate::audited::is_sound;
use crate::support::{Recorded, estimate, record, scenario};

/// A desk that asks two experts, who also serve what is escalated; `{{more}}` is said of the consultation.
const CENTER: &str = r#"
[scenario]
name = "Who is asked"
start = "2008-06-16"
days = 2
[vendors.inside]
[vendors.outside]
[contact_types.taxes]
service_time = { exponential = "4m" }
patience = { exponential = "5m" }
wrap_up = { exponential = "20s" }
tier2.service_time = { exponential = "6m" }
outcome.tier1 = { consult = 0.3, escalate = 0.1, rest = "resolved" }
case = "check"
after_unresolved = { repeat = 0.8, delay = "20m" }
[contact_types.taxes.consultation]
service_time = { exponential = "90s" }
conclusion = { exponential = "40s" }
wrap_up = { exponential = "10s" }
limit = "60s"
otherwise = "case"
outcome = { unresolved = 0.1, escalate = 0.1, rest = "resolved" }
[case_types.check]
office = "desk"
work = "10m"
[offices.desk]
staff = 4
[arrivals.taxes]
per_hour = 40
[queues.general]
steps.first.groups = ["desk"]
[queues.experts]
hours = "Mon-Sun 06:00-22:00"
at_close = "send_away"
steps.first.groups = ["experts"]
[routing.escalated]
order = 1
when = { tier = 2 }
queue = "experts"
[routing.others]
order = 2
queue = "general"
[agent_groups.desk]
vendor = "outside"
serves = ["general"]
staffing.heads = 5
[agent_groups.experts]
tier = 2
vendor = "inside"
answer_delay = "3s"
serves = ["experts"]
staffing.heads = 2
"#;

fn run(text: &str) -> Recorded {
    record(&scenario(text), 11, 0)
}

fn asked(run: &Recorded) -> impl Iterator<Item = &LegRow> {
    run.logs.legs.iter().filter(|leg| leg.is_consultation())
}

#[test]
fn agents_ask_others_and_the_audit_follows_them() {
    let run = run(CENTER);
    is_sound(&run);
    let count = |fate| asked(&run).filter(|leg| leg.fate == fate).count();
    let (taken, given_up) = (count(LegFate::Answered), count(LegFate::Abandoned));
    assert!(taken > 200 && given_up > 30 && count(LegFate::RefusedClosed) > 20, "{taken} {given_up}");
    let holding = run.logs.agents.iter().filter(|row| row.state == AgentStateName::Holding).count();
    assert!(holding >= taken, "{holding} holds of {taken}");
    let cases = run.logs.legs.iter().filter(|leg| leg.outcome == Some(OutcomeName::Case)).count();
    assert_eq!(cases, asked(&run).filter(|leg| leg.fate != LegFate::Answered).count(), "else a case");
}

#[test]
fn the_measures_of_consultations_are_those_of_the_log() {
    let run = run(CENTER);
    let all = asked(&run).count() as f64;
    let taken = asked(&run).filter(|leg| leg.fate == LegFate::Answered);
    let (mut count, mut wait_us, mut time_us) = (0.0, 0, 0);
    for leg in taken {
        count += 1.0;
        wait_us += leg.left.us_since(leg.entered);
        time_us += leg.caller_left().us_since(leg.left);
    }
    for (measure, exact) in [
        ("consultations", all),
        ("consultations_taken", count / all),
        ("consultation_wait", wait_us as f64 / 1e6 / count),
        ("consultation_time", time_us as f64 / 1e6 / count),
        ("consultations_given", count),
    ] {
        let (told, _) = estimate(&run.results, measure, Basis::Leg);
        assert!((told - exact).abs() < 1e-9 * exact, "{measure}: {told}, not {exact}");
    }
}

#[test]
fn who_asks_is_no_caller_of_the_second_queue() {
    let offered = |text: &str| {
        let run = run(text);
        let callers = run.logs.legs.iter().filter(|leg| !leg.is_consultation());
        let of_queue = callers.filter(|leg| leg.queue.as_deref() == Some("experts") && leg.fate.is_queued());
        let counted = of_queue.count() as f64;
        let row = run.results.rows().find(|row| row.measure == "offered" && row.scope == "experts");
        (counted, row.and_then(|row| row.mean).unwrap_or(f64::NAN))
    };
    let (counted, told) = offered(CENTER);
    assert!(counted > 50.0 && counted == told, "{counted} in the log, {told} told");
}

#[test]
fn the_audit_notices_who_did_not_ask_as_was_said() {
    let run = run(CENTER);
    for (was, is) in [
        ("limit = \"60s\"", "limit = \"50s\""),
        ("otherwise = \"case\"", "otherwise = \"unresolved\""),
        ("outcome = { unresolved = 0.1, escalate = 0.1, rest = \"resolved\" }", ""),
        ("consult = 0.3, escalate", "escalate"),
        ("conclusion = { exponential = \"40s\" }", ""),
        ("wrap_up = { exponential = \"10s\" }", ""),
        ("service_time = { exponential = \"90s\" }", "service_time = \"90s\""),
    ] {
        assert!(CENTER.contains(was), "{was}");
        let report = run.audit_as(&scenario(&CENTER.replace(was, is)));
        assert!(report.failures() > 0, "{was} is {is}");
    }
}

#[test]
fn the_audit_notices_broken_rows() {
    let run = run(CENTER);
    let index = |fate: LegFate| {
        let is_it = |leg: &LegRow| leg.is_consultation() && leg.fate == fate;
        run.logs.legs.iter().position(is_it).unwrap_or_default()
    };
    let (taken, given_up) = (index(LegFate::Answered), index(LegFate::Abandoned));
    type Break = fn(&mut Recorded, usize);
    let later = |at: &mut centralino::log::LogTime| at.0 += 1_000_000;
    let breaks: [(usize, Break); 4] = [
        (taken, |run, row| drop(run.logs.legs.remove(row))),
        (given_up, |run, row| drop(run.logs.legs.remove(row))),
        (taken, |run, row| run.logs.legs[row].rule = Some("others".into())),
        (given_up, |run, row| run.logs.legs[row].leg = 7),
    ];
    for (row, (number, change)) in breaks.into_iter().enumerate() {
        let mut broken = self::run(CENTER);
        change(&mut broken, number);
        assert!(broken.audit().failures() > 0, "break {row}");
    }
    let mut broken = self::run(CENTER);
    later(&mut broken.logs.legs[taken].entered);
    assert!(broken.audit().failures() > 0, "asked later");
}

/// The center, whose agents stay with whom they escalate.
fn warm_center() -> String {
    let consultation = "[contact_types.taxes.consultation]";
    let warm = "warm_transfer = { limit = \"90s\", introduction = \"15s\" }";
    CENTER.replace(consultation, &format!("{warm}\n{consultation}"))
}

#[test]
fn an_escalation_after_asking_is_warm() {
    let run = run(&warm_center());
    is_sound(&run);
    let legs: Vec<&LegRow> = run.logs.legs.iter().filter(|leg| !leg.is_consultation()).collect();
    let escalated = |leg: &&&LegRow| leg.outcome == Some(OutcomeName::Escalated);
    let follows = |leg: &LegRow| {
        let next = |other: &&&LegRow| {
            (&other.need, other.attempt, other.leg) == (&leg.need, leg.attempt, leg.leg + 1)
        };
        legs.iter().find(next).map(|next| next.entered)
    };
    let asks = |leg: &LegRow| {
        asked(&run).any(|row| (&row.need, row.attempt, row.leg) == (&leg.need, leg.attempt, leg.leg))
    };
    let after_asking = legs.iter().filter(escalated).filter(|leg| asks(leg));
    let (mut stayed, mut twice) = (0, 0);
    for leg in after_asking {
        let (Some(left), Some(entered)) = (leg.talk_ended, follows(leg)) else { continue };
        assert!(leg.wrap_up_ended > leg.talk_ended, "{}: work after it, whatever came before", leg.need);
        stayed += usize::from(left > entered);
        let holds = run.logs.agents.iter().filter(|row| {
            row.state == AgentStateName::Holding
                && row.need.as_ref() == Some(&leg.need)
                && row.leg == Some(leg.leg)
        });
        twice += usize::from(holds.count() == 2);
    }
    assert!(stayed > 10 && twice > 10, "{stayed} stayed with the caller, {twice} held twice");
}

#[test]
fn the_audit_notices_who_stayed_otherwise_after_asking() {
    let text = warm_center();
    // Whoever escalates has asked, so that nobody else's transfer gives it away.
    let text = text.replace("escalate = 0.1, rest = \"resolved\" }\ncase", "rest = \"resolved\" }\ncase");
    let run = run(&text);
    run.passes_audit();
    for (was, is) in [
        ("limit = \"90s\"", "limit = \"80s\""),
        ("introduction = \"15s\"", "introduction = \"16s\""),
        ("warm_transfer = { limit = \"90s\", introduction = \"15s\" }", ""),
        ("conclusion = { exponential = \"40s\" }", "conclusion = \"40s\""),
    ] {
        assert!(text.contains(was), "{was}");
        let report = run.audit_as(&scenario(&text.replace(was, is)));
        assert!(report.failures() > 0, "{was} is {is}");
    }
}

#[test]
fn mistakes_in_what_is_said_are_told() {
    let told = |was: &str, is: &str| {
        assert!(CENTER.contains(was), "{was}");
        let text = CENTER.replace(was, is);
        match centralino::model::compile(&scenario(&text)) {
            Ok(compiled) => compiled.warnings,
            Err(found) => found,
        }
        .iter()
        .map(|found| format!("{} {}", found.code, found.path))
        .collect::<Vec<_>>()
    };
    let at = |key: &str| format!("contact_types.taxes.{key}");
    let one = |code: &str, key: &str| vec![format!("{code} {}", at(key))];
    assert_eq!(told("consult = 0.3, escalate", "escalate"), one("W6002", "consultation"));
    let both = told("otherwise = \"case\"", "otherwise = \"consult\"");
    assert!(both.contains(&format!("E4321 {}", at("consultation.otherwise"))), "{both:?}");
    assert!(both.contains(&format!("W6002 {}", at("case"))), "nothing opens one: {both:?}");
    assert_eq!(
        told("otherwise = \"case\"", "otherwise = \"hang_up\"")[0],
        "E2109 contact_types.taxes.consultation.otherwise"
    );
    let whole = CENTER[CENTER.find("[contact_types.taxes.consultation]").unwrap_or(0)..]
        .split("[case_types")
        .next()
        .unwrap_or_default();
    assert!(told(whole, "").contains(&format!("E4320 {}", at("consultation"))));
    assert_eq!(
        told("case = \"check\"", "case = \"check\"\noutcome.tier2 = { consult = 0.2, rest = \"resolved\" }"),
        one("E4321", "outcome.tier2")
    );
    let chats = told("case = \"check\"", "case = \"check\"\nchannel = \"chat\"");
    assert!(chats.contains(&format!("E4260 {}", at("consultation"))), "{chats:?}");
}
