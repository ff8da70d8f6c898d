//! Rule: what a call meets before its queue. Its number is looked up; then its caller hears a menu and chooses, is served
//! by the menu, or hangs up. Whoever chose wrongly is passed on by the agent who answers.
//!
//! All of it is drawn when the call comes, by its own address, so nothing that happens meanwhile changes it. A
//! contact is in the center from then on and holds its line.

use super::contacts::{Citizen, Contact, Index};
use super::entering::{may_be_recognised, new_contact, patience_ends};
use super::event::key;
use super::observer::{Cause, Greeting, GreetingEnd, NeedEnd, Observer};
use super::returning::need;
use super::simulation::Simulation;
use crate::model::{Bound, ContactTypeId, Greetings, MenuId, Model};
use crate::random::{Key, Purpose, choose};
use crate::time::{SimDuration, SimTime};

/// Set in a timer's payload for a contact that is being greeted, beside no other mark.
pub const GREETED: u32 = 1 << 29;
const _: () = assert!(super::MOST_PRESENT < GREETED as usize);

/// By contact in the center: how it was greeted, as far as that matters later. Empty where nothing greets.
#[derive(Clone, Debug, Default)]
pub struct Greeted {
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    began: SimTime,
    end: GreetingEnd,
    menu: Option<MenuId>,
    chosen: ContactTypeId,
    /// Whether it is in a queue that is not its own.
    stray: bool,
    /// When patience ends that began with the call.
    patience_until: Option<SimTime>,
}

impl Greeted {
    fn note(&mut self, index: Index, row: Row) {
        if self.rows.len() <= index as usize {
            self.rows.resize(index as usize + 1, row);
        }
        self.rows[index as usize] = row;
    }

    /// Whether a contact is in a queue that is not its own.
    #[inline(always)]
    pub fn is_stray(&self, index: Index) -> bool {
        self.rows.get(index as usize).is_some_and(|row| row.stray)
    }

    /// When the patience of a contact ends, if it began before the queue.
    #[inline(always)]
    pub fn patience_until(&self, index: Index) -> Option<SimTime> {
        self.rows.get(index as usize)?.patience_until
    }

    /// How long an agent talks with a stray contact until it is passed on.
    #[cold]
    pub fn redirect_time(&self, model: &Model, index: Index, contact: &Contact) -> SimDuration {
        let menu = self.rows[index as usize].menu;
        let time =
            model.greetings.as_deref().zip(menu).map(|(of, menu)| &of.menus[menu.index()].redirect_time);
        let seconds =
            |time: &crate::random::Distribution| time.sample(contact.stage().draw(Purpose::Redirect));
        time.map_or(SimDuration::ZERO, |time| SimDuration::from_s(seconds(time)))
    }

    /// A contact leaves its queue for another one, which is its own, with a new patience.
    pub fn moves(&mut self, index: Index) {
        if let Some(row) = self.rows.get_mut(index as usize) {
            (row.stray, row.patience_until) = (false, None);
        }
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A call has come and has its line.
    #[cold]
    #[inline(never)]
    pub(super) fn is_greeted(&mut self, citizen: Citizen) {
        let Some(greetings) = self.model.greetings.as_deref() else { return };
        let index = self.contacts.insert(new_contact(citizen, self.now));
        if has_left_the_menu(self.model, &citizen) {
            self.greeted.note(index, ungreeted(&citizen, self.now));
            let rule = self.route(&citizen, Bound::First);
            return self.enters_if_open(index, rule);
        }
        let stage = citizen.key.stage(u32::from(citizen.attempt), 0);
        let recognised = self.looks_up(greetings, &citizen, stage);
        self.contacts[index].citizen.recognised = recognised;
        let menu = greetings.menu(citizen.contact_type, citizen.number, recognised);
        let ends = self.now.after(greeting_time(greetings, menu, stage));
        let mut row = chosen(greetings, menu, &citizen, stage, self.now);
        let included = menu.is_some_and(|menu| greetings.menus[menu.index()].patience_included);
        row.patience_until = included
            .then(|| patience_ends(self.model, &self.contacts[index]))
            .filter(|&until| until < SimTime::MAX);
        let gone = row.patience_until.filter(|&until| until <= ends && self.now < ends);
        if gone.is_some() {
            (row.end, row.chosen) = (GreetingEnd::HungUp, citizen.contact_type);
        }
        self.greeted.note(index, row);
        let timer = gone.map_or(key(ends, self.slots.entries), |until| key(until, self.slots.patience));
        self.wheel.set(timer, citizen.need.0, index | GREETED);
    }

    /// Whether the telephone system knows the caller this time.
    fn looks_up(&self, greetings: &Greetings, citizen: &Citizen, stage: Key) -> bool {
        let lookup = &greetings.lookup;
        let fails = lookup.down.is_some_and(|down| self.open[down.index()])
            || lookup.failure > 0.0 && stage.draw(Purpose::LookupFails).happens(lookup.failure);
        !fails && may_be_recognised(self.model, citizen)
    }

    /// The menu is over: the caller is served by it, or enters the queue of what was chosen.
    pub(super) fn greeting_ends(&mut self, index: Index) {
        let row = self.tells_greeting(index);
        if row.end == GreetingEnd::SelfServed {
            return self.is_served_by_menu(index);
        }
        let contact = &mut self.contacts[index];
        (contact.began, contact.entered) = (self.now, self.now);
        let citizen = contact.citizen;
        let own = self.route(&citizen, Bound::First);
        if row.chosen == citizen.contact_type {
            return self.enters_if_open(index, own);
        }
        let rule = self.route(&Citizen { contact_type: row.chosen, ..citizen }, Bound::First);
        let queue =
            |rule: Option<crate::model::RuleId>| rule.map(|rule| self.model.rules[rule.index()].queue);
        let stray = queue(own) != queue(rule);
        self.greeted.note(index, Row { stray, ..row });
        self.enters_if_open(index, rule);
    }

    /// Patience that began with the call is over before the queue.
    #[cold]
    pub(super) fn hangs_up_before_queue(&mut self, index: Index) {
        self.tells_greeting(index);
        let contact = self.contacts.remove(index);
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, self.now, Cause::Retrial, row.after_abandonment.as_ref());
    }

    fn is_served_by_menu(&mut self, index: Index) {
        if self.contacts[index].citizen.cause.is_about_case() {
            return self.news_is_told(index);
        }
        let contact = self.contacts.remove(index);
        self.pasts.forget(contact.citizen.need.0);
        let need = need(&contact.citizen, contact.began, NeedEnd::Resolved, None);
        self.tells_need(self.now, &contact.citizen, &need);
        self.releases_line_of(&contact);
    }

    fn tells_greeting(&mut self, index: Index) -> Row {
        let (row, contact) = (self.greeted.rows[index as usize], &self.contacts[index]);
        let chose = (row.chosen != contact.citizen.contact_type).then_some(row.chosen);
        let Row { began, end, menu, .. } = row;
        let caller = contact.caller();
        self.observer.greeting_ends(&Greeting { caller, menu, began, ended: self.now, end, chose });
        row
    }
}

/// Whether this attempt was past the menu when it was noted: first attempts that are known one by one.
fn has_left_the_menu(model: &Model, citizen: &Citizen) -> bool {
    citizen.attempt == 0 && model.processes[citizen.need.process().index()].listed().is_some()
}

fn ungreeted(citizen: &Citizen, began: SimTime) -> Row {
    Row {
        began,
        end: GreetingEnd::Queue,
        menu: None,
        chosen: citizen.contact_type,
        stray: false,
        patience_until: None,
    }
}

/// How long lookup and menu take.
fn greeting_time(greetings: &Greetings, menu: Option<MenuId>, stage: Key) -> SimDuration {
    let delay = greetings.lookup.delay.as_ref();
    let delay_s = delay.map_or(0.0, |delay| delay.sample(stage.draw(Purpose::Lookup)));
    let time = menu.map(|menu| &greetings.menus[menu.index()].time);
    let time_s = time.map_or(0.0, |time| time.sample(stage.draw(Purpose::Delay)));
    SimDuration::from_s(delay_s + time_s)
}

/// What a caller who stays makes of the menu.
fn chosen(greetings: &Greetings, menu: Option<MenuId>, citizen: &Citizen, stage: Key, began: SimTime) -> Row {
    let row = Row { menu, ..ungreeted(citizen, began) };
    let Some(heard) = menu.map(|menu| &greetings.menus[menu.index()]) else { return row };
    let wanted = citizen.contact_type.index();
    let share = heard.self_service[wanted];
    if share > 0.0 && stage.draw(Purpose::SelfService).happens(share) {
        return Row { end: GreetingEnd::SelfServed, ..row };
    }
    let Some(choices) = &heard.choices[wanted] else { return row };
    let choice = choose(&choices.cumulative, stage.draw(Purpose::Choice).uniform());
    Row { chosen: choices.contact_types[choice], ..row }
}
