//! Wrap-up that a call interrupts: what is said about each mistake, and what it makes of a model.

use super::*;
use crate::model::{InterruptibleWrapUp, Mode, Rest};

const GENERAL: &str = "agent_groups.general.interruptible_wrap_up";

#[test]
fn a_rule_has_a_rest_and_a_limit() {
    let rule = |text: &str| model(&[&format!("{GENERAL}={text}")]).groups[1].interruptible_wrap_up;
    assert_eq!(rule("{}"), Some(InterruptibleWrapUp { rest: Rest::Resumed, at_most: u32::MAX }));
    assert_eq!(
        rule("{ put_aside_at_most = 2 }"),
        Some(InterruptibleWrapUp { rest: Rest::Resumed, at_most: 2 })
    );
    assert_eq!(
        rule("{ rest = 'dropped' }"),
        Some(InterruptibleWrapUp { rest: Rest::Dropped, at_most: u32::MAX })
    );
    let limited = format!("{GENERAL}={{ rest = 'dropped', put_aside_at_most = 2 }}");
    assert_eq!(errors(&[&limited]), [format!("E5120 {GENERAL}.put_aside_at_most")]);
    let nothing = format!("{GENERAL}={{ put_aside_at_most = 0 }}");
    assert_eq!(errors(&[&nothing]), [format!("E3005 {GENERAL}.put_aside_at_most")]);
}

#[test]
fn who_has_several_chats_has_no_such_wrap_up() {
    let rule = format!("{GENERAL}={{}}");
    let told = errors(&[&rule, "agent_groups.general.concurrency=2"]);
    assert!(told.contains(&format!("E5120 {GENERAL}")), "{told:?}");
}

#[test]
fn it_needs_an_end_that_is_taken_back_and_so_no_recursion() {
    let capabilities = model(&[&format!("{GENERAL}={{}}")]).capabilities();
    assert!(capabilities.allows(Mode::Lazy) && !capabilities.allows(Mode::Recursion));
    assert!(
        capabilities
            .not_recursion
            .contains(&"the wrap-up of people of \"general\" may be interrupted".to_string())
    );
}

#[test]
fn what_is_never_interrupted_is_told() {
    let rule = format!("{GENERAL}={{}}");
    let warned =
        |sets: &[&str]| warnings(sets).into_iter().filter(|told| told.starts_with("W6120")).collect();
    let no_wrap_up: Vec<String> = warned(&[&rule, "contact_types.taxes.wrap_up=0s"]);
    assert_eq!(no_wrap_up, [""; 0], "a wrap-up of no length is one all the same");
    let mail = "contact_types.mail={ service_time = '4m', channel = 'email' }";
    let written: Vec<String> = warned(&[&rule, mail]);
    assert_eq!(written, [format!("W6120 {GENERAL}")], "mails come to the only queue that the group serves");
}

#[test]
fn a_group_works_on_cases_of_offices_that_there_are() {
    let office = "offices.registry={ staff = 1 }";
    let form = "case_types.form={ office = 'registry', work = '10m' }";
    let opens =
        "contact_types.taxes={ case = 'form', outcome = { tier1 = { case = 0.2, rest = 'resolved' } } }";
    let with = |rule: &'static str| vec![office, form, opens, rule];
    let model = model(&with(
        "agent_groups.general.back_office={ offices = ['registry'], after_idle = '1m', keep_idle = 1 }",
    ));
    let rule = model.groups[1].back_office.as_deref().expect("a rule");
    assert_eq!((rule.after_idle.as_s(), rule.keep_idle, rule.interruptible), (60.0, 1, true));
    assert_eq!(model.offices[0].worked_by, [crate::model::GroupId(1)]);
    assert!(!model.capabilities().allows(Mode::Recursion));
    let at = "agent_groups.general.back_office";
    let errors = |rule| errors(&with(rule));
    assert_eq!(errors("agent_groups.general.back_office={ offices = [] }"), [format!("E5121 {at}.offices")]);
    assert_eq!(
        errors("agent_groups.general.back_office={ offices = ['park'] }"),
        [format!("E2120 {at}.offices[0]")]
    );
    let twice = errors("agent_groups.general.back_office={ offices = ['registry', 'registry'] }");
    assert!(twice.len() == 1 && twice[0].ends_with("offices[1]"), "{twice:?}");
    let many = with("agent_groups.general.back_office={ offices = ['registry'], keep_idle = 6 }");
    assert!(warnings(&many).contains(&format!("W6121 {at}.keep_idle")), "{:?}", warnings(&many));
}

#[test]
fn what_is_written_gives_way_to_calls_of_a_queue_of_their_own() {
    let rule = "agent_groups.general.interruptible_written";
    let said = &*format!("{rule}=true");
    let warned = |sets: &[&str]| {
        let told = warnings(sets).into_iter();
        told.filter(|told| told.starts_with("W6120")).collect::<Vec<String>>()
    };
    assert_eq!(warned(&[said]), [format!("W6120 {rule}")], "nothing written comes");
    let mail = "contact_types.mail={ service_time = '4m', channel = 'email' }";
    assert_eq!(warned(&[said, mail]), [format!("W6120 {rule}")], "mails come to the queue of the calls");
    let chats = errors(&[said, "agent_groups.general.concurrency=2"]);
    assert!(chats.contains(&format!("E5120 {rule}")), "{chats:?}");
}
