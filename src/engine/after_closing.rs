//! Rule: what follows the closing of a case: it is opened again, a message comes, its citizen contacts the center about that.
//!
//! Until the message comes the citizen knows nothing of the closing and asks for news as before; without one the citizen knows at once.

use super::cases::{Doing, OpenCase};
use super::contacts::Index;
use super::event::key;
use super::observer::{Cause, NeedEnd, Observer};
use super::returning::ASKS;
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{CallsBack, CaseType, ClosingMessage, NeedId, OFFICES_TIER, Reopening};
use crate::random::{Draw, Purpose};
use crate::time::{SimDuration, SimTime};

/// Where a case's timer says what it is for, above any index.
const KIND_SHIFT: u32 = 27;
const INDEX_MASK: u32 = (1 << KIND_SHIFT) - 1;
const _: () = assert!(super::MOST_PRESENT < INDEX_MASK as usize);

/// What a case's timer is for; the citizen asks for news where it says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reopens = 1,
    Message = 2,
    CallsBack = 3,
}

/// What is still to come of a closed case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AfterClosing {
    /// It is to be opened again.
    reopens: bool,
    /// Its citizen is on the line for that.
    complains: bool,
    /// How often its citizen tried to have it opened.
    tries: u32,
    /// A message is to come.
    message: Option<TimerId>,
    /// Its citizen is to contact the center about the message.
    calls_back: Option<TimerId>,
}

impl AfterClosing {
    /// Whether the need is not to be told of yet.
    pub(super) fn is_something_to_come(&self) -> bool {
        self.reopens || self.message.is_some() || self.calls_back.is_some()
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A timer of a case fires.
    #[cold]
    pub(super) fn case_timer_fires(&mut self, payload: u32) {
        let index = payload & INDEX_MASK;
        match payload >> KIND_SHIFT {
            kind if kind == Kind::Reopens as u32 => self.reopening_comes(index),
            kind if kind == Kind::Message as u32 => self.message_comes(index),
            kind if kind == Kind::CallsBack as u32 => self.calls_back(index),
            _ => self.asks_for_news(index),
        }
    }

    /// A timer for what comes after `delay`, if that is before the horizon.
    fn sets_follow_up(&mut self, index: Index, kind: Kind, delay: SimDuration) -> TimerId {
        let at = self.now.after(delay);
        if at >= self.model.clock.horizon {
            return TimerId::NONE;
        }
        let order = self.cases.open[index].citizen.need.0;
        self.wheel.set(key(at, self.slots.entries), order, index | (kind as u32) << KIND_SHIFT | ASKS)
    }

    /// The work on a case is done.
    pub(super) fn case_closes(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        (case.doing, case.after) = (Doing::Closed { at: self.now }, AfterClosing::default());
        let row = &self.model.case_types[case.case_type.index()];
        match &row.message {
            Some(message) => self.sends_message(index, message),
            None => self.closing_is_known(index),
        }
        if let Some(reopening) = &row.reopening {
            self.reopens_perhaps(index, reopening);
        }
        self.ends_if_over(index);
    }

    /// The citizen of a closed case asks no more.
    pub(super) fn closing_is_known(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        if let Doing::Closed { .. } = case.doing {
            self.wheel.cancel(std::mem::replace(&mut case.news.timer, TimerId::NONE));
        }
    }

    fn sends_message(&mut self, index: Index, message: &ClosingMessage) {
        let delay = SimDuration::from_s(message.delay.sample(self.cases.open[index].message_draw().sub(0)));
        let timer = self.sets_follow_up(index, Kind::Message, delay);
        self.cases.open[index].after.message = Some(timer);
    }

    fn message_comes(&mut self, index: Index) {
        let model = self.model;
        let row = &model.case_types[self.cases.open[index].case_type.index()];
        if let Some(campaign) = row.message.as_ref().and_then(|message| message.campaign) {
            let case = &mut self.cases.open[index];
            case.after.message = Some(TimerId::NONE);
            let (citizen, opening) = (case.citizen, case.reopened);
            return self.citizen_comes_on_list(campaign, &citizen, opening);
        }
        self.message_is_heard(index);
    }

    /// The case that waits for a campaign to tell its citizen of the closing; `None` where it was opened again, or is over.
    pub(super) fn case_to_be_told(&self, need: NeedId, opening: u16) -> Option<Index> {
        let index = *self.cases.of_need.get(&need.0)?;
        let case = &self.cases.open[index];
        let closed = matches!(case.doing, Doing::Closed { .. }) && case.reopened == opening;
        (closed && case.after.message.is_some()).then_some(index)
    }

    /// A campaign has reached the citizen of a closed case. Whom it does not reach goes on asking.
    pub(super) fn closing_is_told(&mut self, need: NeedId, opening: u16) {
        if let Some(index) = self.case_to_be_told(need, opening) {
            self.message_is_heard(index);
        }
    }

    fn message_is_heard(&mut self, index: Index) {
        self.cases.open[index].after.message = None;
        self.closing_is_known(index);
        let row = &self.model.case_types[self.cases.open[index].case_type.index()];
        if let Some(calls_back) = row.message.as_ref().and_then(|message| message.calls_back.as_ref()) {
            self.calls_back_perhaps(index, calls_back);
        }
        self.ends_if_over(index);
    }

    fn calls_back_perhaps(&mut self, index: Index, of: &CallsBack) {
        let draw = self.cases.open[index].message_draw();
        if !draw.sub(1).happens(of.probability) || !self.may_contact_again(index) {
            return;
        }
        let timer =
            self.sets_follow_up(index, Kind::CallsBack, SimDuration::from_s(of.delay.sample(draw.sub(2))));
        self.cases.open[index].after.calls_back = (timer != TimerId::NONE).then_some(timer);
    }

    /// A citizen contacts the center about a message; who is on the line already does not.
    fn calls_back(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        case.after.calls_back = None;
        let row = &self.model.case_types[case.case_type.index()];
        let contact_type =
            row.message.as_ref().and_then(|of| of.calls_back.as_ref()).and_then(|of| of.contact_type);
        let key = crate::random::Key::from_raw(case.message_draw().sub(3).word());
        self.contacts_about_case(index, key, Cause::Complaint, contact_type);
        self.ends_if_over(index);
    }

    fn reopens_perhaps(&mut self, index: Index, reopening: &Reopening) {
        if !self.cases.open[index].reopening_draw().sub(0).happens(reopening.probability) {
            return;
        }
        if reopening.contact_type.is_none() || self.may_contact_again(index) {
            self.cases.open[index].after.reopens = true;
            self.sets_reopening(index, reopening);
        }
    }

    fn sets_reopening(&mut self, index: Index, reopening: &Reopening) {
        let case = &self.cases.open[index];
        let draw = case.reopening_draw().sub(2 * u64::from(case.after.tries) + 1);
        self.sets_follow_up(index, Kind::Reopens, SimDuration::from_s(reopening.delay.sample(draw)));
    }

    /// A closed case is opened again, or its citizen contacts the center for that.
    fn reopening_comes(&mut self, index: Index) {
        let case = &self.cases.open[index];
        let Some(reopening) = &self.model.case_types[case.case_type.index()].reopening else { return };
        if reopening.contact_type.is_none() {
            return self.case_opens_again(index);
        }
        let draw = case.reopening_draw().sub(2 * u64::from(case.after.tries) + 2);
        let key = crate::random::Key::from_raw(draw.word());
        self.cases.open[index].after.complains = true;
        if !self.contacts_about_case(index, key, Cause::Complaint, reopening.contact_type) {
            self.complains_in_vain(index);
        }
    }

    /// Whoever wants a case to be opened again was not heard, and tries again after another delay.
    pub(super) fn complains_in_vain(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        let reopening = self.model.case_types[case.case_type.index()].reopening.as_ref();
        let Some(reopening) = reopening.filter(|_| case.after.complains) else { return };
        case.after.complains = false;
        case.after.tries += 1;
        // Nobody makes more attempts than can be numbered.
        case.after.reopens = case.citizen.attempt < u8::MAX;
        if case.after.reopens {
            self.sets_reopening(index, reopening);
        }
    }

    /// A talk about a closed case: it is opened again if that is what its citizen wants.
    pub(super) fn complaint_is_heard(&mut self, index: Index) {
        let after = &mut self.cases.open[index].after;
        let complains = std::mem::take(&mut after.complains);
        if complains && self.now < self.model.clock.horizon {
            self.case_opens_again(index);
        }
    }

    /// A closed case is open again, at its own office and due anew.
    fn case_opens_again(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        let row: &CaseType = &self.model.case_types[case.case_type.index()];
        self.wheel.cancel(std::mem::replace(&mut case.news.timer, TimerId::NONE));
        let AfterClosing { message, calls_back, .. } = std::mem::take(&mut case.after);
        message.into_iter().chain(calls_back).for_each(|timer| self.wheel.cancel(timer));
        (case.opened, case.due) = (self.now, row.due(&self.model.offices[row.office.index()], self.now));
        (case.reopened, case.stage, case.pass) = (case.reopened.saturating_add(1), 0, 0);
        (case.doing, case.office, case.reworked, case.news.sum) = (Doing::Waiting, row.office, false, 0.0);
        case.left = case.work(row);
        let told = case.told();
        self.observer.case_opens(&told);
        self.sets_news(index);
        self.waits_for_office(index);
    }

    /// The run is over, and something was still to come of a case that was closed at `closed`.
    pub(super) fn closed_case_ends(&mut self, case: &OpenCase, closed: SimTime) {
        if self.model.case_types[case.case_type.index()].resolves {
            return;
        }
        let at = closed.max(case.left_at.unwrap_or(closed));
        match case.after.reopens {
            true => self.need_of_case_ends(case, NeedEnd::Open, None, at.max(self.model.clock.horizon)),
            false => self.need_of_case_ends(case, NeedEnd::Resolved, Some(OFFICES_TIER), at),
        }
    }
}

impl OpenCase {
    /// The random numbers of a closing's message.
    fn message_draw(&self) -> Draw {
        self.citizen.key.draw(Purpose::Message).sub(self.reopened.into())
    }

    /// The random numbers of what follows a closing.
    fn reopening_draw(&self) -> Draw {
        self.citizen.key.draw(Purpose::Reopening).sub(self.reopened.into())
    }
}
