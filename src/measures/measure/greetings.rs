//! Lookups and menus.

use super::Measure;
use super::entry::{CONTACTS, count, of_greetings, seconds, share};

pub(super) static MEASURES: &[Measure] = &[
    of_greetings(count("greeted", CONTACTS, "calls that were looked up or came to a menu", |t| t.greeted)),
    of_greetings(share(
        "recognised_share",
        CONTACTS,
        "greeted calls whose caller the telephone system knew / greeted calls",
        |t| t.recognised,
        |t| t.greeted,
    )),
    of_greetings(seconds(
        "greeting_time",
        CONTACTS,
        "time from the call to the end of lookup and menu / greeted calls",
        |t| t.greeting_s,
        |t| t.greeted,
    )),
    of_greetings(count("self_served", CONTACTS, "calls whose need a menu met", |t| t.self_served)),
    of_greetings(share(
        "self_service_share",
        CONTACTS,
        "calls whose need a menu met / calls that came to a menu",
        |t| t.self_served,
        |t| t.menus,
    )),
    of_greetings(share(
        "menu_abandonment",
        CONTACTS,
        "greeted calls whose caller hung up before the queue / greeted calls",
        |t| t.hung_up,
        |t| t.greeted,
    )),
    of_greetings(share(
        "misroute_share",
        CONTACTS,
        "calls that chose another contact type than they wanted / calls that went from a menu to a queue",
        |t| t.misrouted,
        |t| t.chose,
    )),
];
