//! The web site before the telephone.

use super::Measure;
use super::entry::{WEB, count, of_web, share};

pub(super) static MEASURES: &[Measure] = &[
    of_web(count("web_visits", WEB, "citizens who tried the web site first", |t| t.web_visits)),
    of_web(count("web_deflected", WEB, "citizens whose need the web site met, who never called", |t| {
        t.web_solved
    })),
    of_web(share(
        "web_success",
        WEB,
        "citizens whose need the web site met / citizens who tried it first",
        |t| t.web_solved,
        |t| t.web_visits,
    )),
    of_web(share(
        "web_then_called",
        WEB,
        "citizens who contacted the center after the web site / citizens who tried it first",
        |t| t.web_called,
        |t| t.web_visits,
    )),
];
