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
