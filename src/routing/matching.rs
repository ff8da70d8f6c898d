//! Which rule takes a contact.

use crate::model::{Model, OpeningId, RuleId};

/// The first rule for the class (see [`Routes::class`](crate::model::Routes::class)) whose condition holds now.
#[inline]
pub fn match_rule(model: &Model, class: usize, open: impl Fn(OpeningId) -> bool) -> Option<RuleId> {
    let holds = |rule: &&RuleId| model.rules[rule.index()].condition.is_none_or(&open);
    model.routes.candidates(class).iter().find(holds).copied()
}
