//! What calls meet before their queue: the lookup of the caller's number, and the menu.

use super::{ContactTypeId, MenuId, NumberId, OpeningId};
use crate::random::Distribution;

/// Lookup and menus of a scenario that has either.
#[derive(Clone, Debug)]
pub struct Greetings {
    /// How callers are looked up.
    pub lookup: Lookup,
    /// The menus, sorted by name.
    pub menus: Vec<Menu>,
    /// By contact type and number, `[type * numbers + number]`: the menu that is heard.
    pub heard: Vec<Option<MenuId>>,
    /// Number of access numbers.
    pub numbers: usize,
}

/// How a caller's number is looked up.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// How long it takes; `None`: no time.
    pub delay: Option<Distribution>,
    /// Probability that it fails.
    pub failure: f64,
    /// While this is open, all lookups fail.
    pub down: Option<OpeningId>,
    /// Whether those whom it knows are spared the menu.
    pub skips_menu: bool,
}

/// A menu.
#[derive(Clone, Debug)]
pub struct Menu {
    /// Its name.
    pub name: String,
    /// From the end of the lookup to the choice.
    pub time: Distribution,
    /// Whether patience runs from the beginning of the call.
    pub patience_included: bool,
    /// By contact type: probability that it meets the need.
    pub self_service: Vec<f64>,
    /// By contact type: what is chosen by those whom it does not serve; `None`: always what they want.
    pub choices: Vec<Option<Choices>>,
    /// How long an agent talks with those who chose wrongly.
    pub redirect_time: Distribution,
}

/// What callers of a type choose in a menu; last what they want.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Cumulative probability of each.
    pub cumulative: Vec<f64>,
    /// What it is.
    pub contact_types: Vec<ContactTypeId>,
}

impl Greetings {
    /// The menu that a caller hears.
    pub fn menu(&self, contact_type: ContactTypeId, number: NumberId, recognised: bool) -> Option<MenuId> {
        let heard = self.heard[contact_type.index() * self.numbers + number.index()];
        heard.filter(|_| !(recognised && self.lookup.skips_menu))
    }
}
