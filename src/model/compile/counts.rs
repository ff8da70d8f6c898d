//! Counts that hold more than first attempts: what a telephone system counts, solved for the citizens behind it.
//!
//! Every attempt is abandoned with the share that goes with the counts, and otherwise talked to; then the contact type's
//! rules say who tries again. Attempts are few and bounded, so their expected number is a finite sum, exact under
//! two simplifications: all attempts of a need are counted in the interval of the first, and the share abandoned is the same
//! for each attempt. Contacts that met busy lines or a closed queue are not counted; what is passed on counts once,
//! and talks end as the type itself says.

use super::findings::{Findings, path};
use super::passes::unresolved;
use crate::diagnostic::Code;
use crate::model::{ContactType, Retrial};
use crate::scenario::{Arrivals, Counts, History};

/// The largest share abandoned from which first attempts can be told.
const MOST_ABANDONED: f64 = 0.99;
/// No need has more attempts.
const MOST_ATTEMPTS: u32 = 255;

/// First attempts for each contact that `counts` counts.
pub(super) fn first_attempts_a_count(
    name: &str,
    of: &Arrivals,
    contact_type: Option<&ContactType>,
    findings: &mut Findings,
) -> f64 {
    let at = |key: &str| path(&["arrivals", name, key]);
    let own = matches!(&of.history, Some(History::Days(days)) if !days.abandoned.is_empty());
    if own && of.counts != Counts::FirstAttempts {
        if of.abandonment.is_some() {
            let message = "the history says itself how many hung up";
            findings.add(
                Code::BAD_COUNTS,
                at("abandonment"),
                message,
                "take `abandonment` out, or the column",
            );
        }
        return 1.0;
    }
    let word = match of.counts {
        Counts::FirstAttempts => {
            if of.abandonment.is_some() {
                let message = "volumes are of first attempts, so `abandonment` says nothing";
                let help = "add `counts = \"offered\"` or `\"handled\"`, or take it out";
                findings.add(Code::BAD_COUNTS, at("abandonment"), message, help);
            }
            return 1.0;
        }
        Counts::Offered => "offered",
        Counts::Handled => "handled",
    };
    let Some(abandonment) = of.abandonment else {
        let message =
            format!("{word} contacts hold those who called again, and nothing says how many hang up");
        let help = "give the share that goes with the counts, such as `abandonment = 0.06`";
        findings.add(Code::BAD_COUNTS, at("counts"), message, help);
        return 1.0;
    };
    let abandonment = findings.number(&at("abandonment"), abandonment, 0.0..=MOST_ABANDONED);
    let Some(contact_type) = contact_type else { return 1.0 };
    let offered = attempts(contact_type, abandonment);
    match of.counts {
        Counts::Handled => 1.0 / (offered * (1.0 - abandonment)),
        _ => 1.0 / offered,
    }
}

/// First attempts behind a count of contacts of which, or beside which, so many hung up.
pub(super) fn first_attempts(counts: Counts, of: &ContactType, count: f64, abandoned: f64) -> f64 {
    let offered = match counts {
        Counts::FirstAttempts => return count,
        Counts::Offered => count.max(abandoned),
        Counts::Handled => count + abandoned,
    };
    if offered > 0.0 { offered / attempts(of, abandoned / offered) } else { 0.0 }
}

/// Expected attempts of a need if each is abandoned with probability `abandonment`; none of those who stay with the web site.
fn attempts(of: &ContactType, abandonment: f64) -> f64 {
    let unresolved = unresolved(of);
    let calling = of.web.as_ref().map_or(1.0, |web| web.calling);
    let (mut attempts, mut reaching) = (0.0, calling);
    for attempt in 1..=MOST_ATTEMPTS {
        if reaching <= 0.0 {
            break;
        }
        attempts += reaching;
        let again = |rule: &Option<Retrial>| {
            rule.as_ref().filter(|rule| attempt < rule.at_most).map_or(0.0, |rule| rule.probability)
        };
        reaching *= abandonment * again(&of.after_abandonment)
            + (1.0 - abandonment) * unresolved * again(&of.after_unresolved);
    }
    attempts
}
