//! Which rule takes a contact.

use crate::model::{Asks, Model, OpeningId, RuleId};

/// The first rule for the class (see [`Routes::class`](crate::model::Routes::class)) whose condition holds now, and that finds what it asks.
#[inline]
pub fn match_rule(
    model: &Model,
    class: usize,
    open: impl Fn(OpeningId) -> bool,
    is_as_asked: impl Fn(RuleId, &Asks) -> bool,
) -> Option<RuleId> {
    if let Some(rule) = model.routes.certain(class) {
        return Some(rule);
    }
    let holds = |&&rule: &&RuleId| {
        let row = &model.rules[rule.index()];
        row.condition.is_none_or(&open) && row.asks.as_deref().is_none_or(|asks| is_as_asked(rule, asks))
    };
    model.routes.candidates(class).iter().find(holds).copied()
}
