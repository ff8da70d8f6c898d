//! Lookup and menus: whom they greet, whom they serve, and what callers choose.

use super::distributions::{SHARES_WITHIN, distribution, nothing};
use super::findings::{Findings, path, written};
use super::names::Directory;
use super::openings::Openings;
use crate::diagnostic::Code;
use crate::model::{Channel, Choices, ContactTypeId, Greetings, Lookup, Menu, MenuId};
use crate::scenario::{Counts, Ivr, MenuPatience, Ordered, Scenario};

/// What calls meet before their queue; `None` where nothing is said of it.
pub(super) fn greetings(
    scenario: &Scenario,
    names: &Directory<'_>,
    openings: &Openings,
    findings: &mut Findings,
) -> Option<Box<Greetings>> {
    let heard = heard(scenario, names, findings);
    let lookup = lookup(scenario, openings, findings);
    if scenario.recognition.is_none() && scenario.ivr.is_empty() {
        return None;
    }
    let menus: Vec<Menu> = scenario.ivr.iter().map(|(name, of)| menu(name, of, names, findings)).collect();
    check_heard(&menus, &heard, findings);
    check_counts(scenario, names, &menus, &heard, findings);
    Some(Box::new(Greetings { lookup, menus, heard, numbers: names.numbers.len() }))
}

fn lookup(scenario: &Scenario, openings: &Openings, findings: &mut Findings) -> Lookup {
    let Some(of) = &scenario.recognition else { return Lookup::default() };
    // Hours that never end have no turns, and so no opening.
    let always = of.down.is_some() && openings.of_down.is_none();
    let failure = findings.number("recognition.failure", of.failure, 0.0..=1.0);
    Lookup {
        delay: of.delay.as_ref().map(|delay| distribution(delay, "recognition.delay", findings)),
        failure: if always { 1.0 } else { failure },
        down: openings.of_down,
        skips_menu: of.skips_menu,
    }
}

/// By contact type and number, the menu that is heard: the type's own, or else the number's.
fn heard(scenario: &Scenario, names: &Directory<'_>, findings: &mut Findings) -> Vec<Option<MenuId>> {
    let mut resolve = |menu: &Option<String>, table: &str, name: &str| {
        let row = names.menus.resolve(menu.as_ref()?, &path(&[table, name, "ivr"]), findings);
        row.map(MenuId::from_index)
    };
    let of_types: Vec<_> =
        scenario.contact_types.iter().map(|(name, of)| resolve(&of.ivr, "contact_types", name)).collect();
    let mut of_numbers: Vec<_> =
        scenario.numbers.iter().map(|(name, of)| resolve(&of.ivr, "numbers", name)).collect();
    of_numbers.resize(names.numbers.len(), None);
    let spoken = scenario.contact_types.values().map(|of| of.channel == Channel::Voice);
    let of_type = |(own, spoken): (&Option<MenuId>, bool)| {
        let own = *own;
        of_numbers.iter().map(move |of_number| own.or(*of_number).filter(|_| spoken)).collect::<Vec<_>>()
    };
    of_types.iter().zip(spoken).flat_map(of_type).collect()
}

fn menu(name: &str, of: &Ivr, names: &Directory<'_>, findings: &mut Findings) -> Menu {
    let at = |key: &str| path(&["ivr", name, key]);
    let mut self_service = vec![0.0; names.contact_types.len()];
    for (contact_type, &share) in &of.self_service {
        let at = path(&["ivr", name, "self_service", contact_type]);
        let share = findings.number(&at, share, 0.0..=1.0);
        if let Some(row) = names.contact_types.resolve(contact_type, &at, findings) {
            self_service[row] = share;
        }
    }
    let mut choices = vec![None; names.contact_types.len()];
    for (contact_type, shares) in &of.misrouted {
        let at = path(&["ivr", name, "misrouted", contact_type]);
        if let Some(row) = names.contact_types.resolve(contact_type, &at, findings) {
            choices[row] = misrouted(row, shares, &at, names, findings);
        }
    }
    let redirect_time = match &of.redirect_time {
        Some(time) => distribution(time, &at("redirect_time"), findings),
        None => {
            if choices.iter().any(Option::is_some) {
                let message = "`redirect_time` is missing: somebody is misrouted";
                let help = "say how long an agent talks before passing such a call on, such as \"30s\"";
                findings.add(Code::MISSING_KEY, path(&["ivr", name]), message, help);
            }
            nothing()
        }
    };
    Menu {
        name: name.into(),
        time: distribution(&of.time, &at("time"), findings),
        patience_included: of.patience == MenuPatience::Included,
        self_service,
        choices,
        redirect_time,
    }
}

/// What callers of a type choose; `None` if nobody is misrouted.
fn misrouted(
    own: usize,
    shares: &Ordered<f64>,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Choices> {
    let (mut sum, mut made) = (0.0, Choices { cumulative: Vec::new(), contact_types: Vec::new() });
    for (other, &share) in shares.iter() {
        let at = crate::scenario::join(at, other);
        sum += findings.number(&at, share, 0.0..=1.0);
        let Some(row) = names.contact_types.resolve(other, &at, findings) else { continue };
        if row == own {
            let help = "name the contact types that are chosen wrongly; the rest choose their own";
            findings.add(Code::BAD_VALUE, at, format!("\"{other}\" is what they want"), help);
        }
        made.cumulative.push(sum);
        made.contact_types.push(ContactTypeId::from_index(row));
    }
    if sum > 1.0 + SHARES_WITHIN {
        let message = format!("the misrouted parts sum to {}", written(sum));
        findings.add(Code::SHARES, at, message, "let them sum to at most 1");
    }
    made.cumulative.push(1.0);
    made.contact_types.push(ContactTypeId::from_index(own));
    (sum > 0.0).then_some(made)
}

fn check_heard(menus: &[Menu], heard: &[Option<MenuId>], findings: &mut Findings) {
    for (row, menu) in menus.iter().enumerate() {
        if !heard.contains(&Some(MenuId::from_index(row))) {
            let message = format!("\"{}\" is heard by nobody", menu.name);
            let help = "name it as `ivr` of a number or of a contact type, or take it out";
            findings.add(Code::UNUSED, path(&["ivr", &menu.name]), message, help);
        }
    }
}

/// Counts of offered or handled contacts do not hold those whom the menu served, so first attempts do not follow from them.
fn check_counts(
    scenario: &Scenario,
    names: &Directory<'_>,
    menus: &[Menu],
    heard: &[Option<MenuId>],
    findings: &mut Findings,
) {
    for (name, of) in scenario.arrivals.iter().filter(|(_, of)| of.counts != Counts::FirstAttempts) {
        let wanted = of.contact_type.as_deref().unwrap_or(name);
        let unheard = &mut Findings::default();
        let number = of.number.as_deref().map_or(Some(0), |number| names.dialled(number, "", unheard));
        let (Some(wanted), Some(number)) = (names.contact_types.row(wanted), number) else { continue };
        let menu = heard[wanted * names.numbers.len() + number].map(|id| &menus[id.index()]);
        if let Some(menu) = menu.filter(|menu| menu.self_service[wanted] > 0.0) {
            let message = format!(
                "what \"{}\" serves is neither offered nor handled, so first attempts do not follow",
                menu.name
            );
            let help = "give the volume of first attempts, or take the self-service out";
            findings.add(Code::BAD_COUNTS, path(&["arrivals", name, "counts"]), message, help);
        }
    }
}
