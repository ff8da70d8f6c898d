//! Rule: a talk opens a case; its citizen asks for news while it is open; its closing meets the need.
//!
//! A need has one case at most. What its contacts share is kept with the case; who works on it when is [`super::office`]'s.

use std::collections::BTreeMap;

use super::after_closing::AfterClosing;
use super::contacts::{Citizen, Contact, Index, Slab};
use super::event::key;
use super::observer::{Case, Cause, NeedEnd, Observer};
use super::office::AtOffice;
use super::returning::{ASKS, need};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{CaseTypeId, ContactTypeId, Model, NeedId, OFFICES_TIER, OfficeId};
use crate::random::{Key, Purpose, choose};
use crate::time::{SimDuration, SimTime, US_PER_S};

/// The cases of a run.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// Those that are not closed, or whose citizen is still on the line.
    pub(super) open: Slab<OpenCase>,
    /// By need.
    pub(super) of_need: BTreeMap<u64, Index>,
    /// By office.
    pub(super) offices: Vec<AtOffice>,
}

/// A case on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenCase {
    /// The citizen, as of the last contact.
    pub(super) citizen: Citizen,
    /// When the last contact began.
    pub(super) began: SimTime,
    /// When its caller left, once that is so.
    pub(super) left_at: Option<SimTime>,
    pub(super) case_type: CaseTypeId,
    /// Whose turn it is.
    pub(super) office: OfficeId,
    pub(super) opened: SimTime,
    /// [`SimTime::MAX`]: whenever.
    pub(super) due: SimTime,
    /// How often its work was done before.
    pub(super) pass: u16,
    /// Whether work that was done was not right.
    pub(super) reworked: bool,
    /// Work left of this pass.
    pub(super) left: SimDuration,
    pub(super) doing: Doing,
    pub(super) news: News,
    /// How often it was opened again.
    pub(super) reopened: u16,
    /// Offices on its way that are done or were passed by since it was opened last; 0: its own works.
    pub(super) stage: u8,
    pub(super) after: AfterClosing,
}

/// What happens to a case.
#[derive(Clone, Copy, Debug)]
pub(super) enum Doing {
    /// It waits for its office.
    Waiting,
    /// Somebody works on it.
    AtWork { since: SimTime, until: SimTime, timer: TimerId },
    /// It is closed, and its citizen is still on the line, or something is to come.
    Closed { at: SimTime },
}

/// The next contact that asks for news.
#[derive(Clone, Copy, Debug)]
pub(super) struct News {
    pub(super) timer: TimerId,
    /// How many came before it.
    pub(super) count: u32,
    /// The integrated hazard at which it comes.
    pub(super) sum: f64,
}

impl Cases {
    pub(super) fn new(model: &Model, root: Key) -> Self {
        Cases {
            offices: model.offices.iter().map(|row| AtOffice::new(row, root)).collect(),
            ..Cases::default()
        }
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A talk with an agent of `tier` ends with a case.
    #[inline(never)]
    pub(super) fn case_opens(&mut self, index: Index, tier: u8) {
        let contact = self.contacts.remove(index);
        self.releases_line_of(&contact);
        let case = new_case(self.model, &contact, self.now);
        let row = &self.model.case_types[case.case_type.index()];
        self.observer.case_opens(&case.told());
        if row.resolves {
            let need = need(&case.citizen, case.began, NeedEnd::Resolved, Some(tier));
            let need = super::observer::Need { case: true, ..need };
            self.tells_need(self.now, &case.citizen, &need);
        }
        let index = self.inserts_case(case);
        self.sets_news(index);
        self.waits_for_office(index);
    }

    pub(super) fn inserts_case(&mut self, case: OpenCase) -> Index {
        let need = case.citizen.need.0;
        let index = self.cases.open.insert(case);
        self.cases.of_need.insert(need, index);
        index
    }

    /// If a case is closed, nobody is on the line for it and nothing is to come, its need is met.
    pub(super) fn ends_if_over(&mut self, index: Index) {
        let case = &self.cases.open[index];
        let (Doing::Closed { at }, Some(left_at)) = (case.doing, case.left_at) else { return };
        if case.after.is_something_to_come() {
            return;
        }
        let case = self.cases.open.remove(index);
        self.cases.of_need.remove(&case.citizen.need.0);
        self.pasts.forget(case.citizen.need.0);
        if !self.model.case_types[case.case_type.index()].resolves {
            self.need_of_case_ends(&case, NeedEnd::Resolved, Some(OFFICES_TIER), at.max(left_at));
        }
    }

    pub(super) fn need_of_case_ends(
        &mut self,
        case: &OpenCase,
        end: NeedEnd,
        resolved_at: Option<u8>,
        at: SimTime,
    ) {
        let need = need(&case.citizen, case.began, end, resolved_at);
        self.tells_need(at, &case.citizen, &super::observer::Need { case: true, ..need });
    }

    /// Sets the next contact that asks for news: where the integrated hazard has grown by a unit exponential of its own.
    pub(super) fn sets_news(&mut self, index: Index) {
        if !self.may_contact_again(index) {
            return;
        }
        let case = &mut self.cases.open[index];
        let Some(status) = self.model.case_types[case.case_type.index()].status else { return };
        case.news.sum += case.news_draw().unit_exponential();
        let due_s = if case.due == SimTime::MAX { f64::INFINITY } else { case.due.since(case.opened).as_s() };
        let after_s = status.after_s(due_s, case.news.sum);
        let horizon = self.model.clock.horizon;
        if after_s < horizon.since(case.opened).as_s() {
            let at =
                case.opened.after(SimDuration::from_us((after_s * US_PER_S as f64) as u64)).max(self.now);
            case.news.timer = self.wheel.set(key(at, self.slots.entries), case.citizen.need.0, index | ASKS);
        }
    }

    /// Whether the citizen of a case makes contacts about it: all are known where a log is replayed as it was.
    pub(super) fn may_contact_again(&self, index: Index) -> bool {
        let process = self.cases.open[index].citizen.need.process();
        self.model.processes[process.index()].listed().is_none_or(|listed| !listed.once)
    }

    /// A citizen asks for news, unless on the line already.
    pub(super) fn asks_for_news(&mut self, index: Index) {
        let case = &mut self.cases.open[index];
        let key = case.news_key();
        case.news.count += 1;
        case.news.timer = TimerId::NONE;
        let status = self.model.case_types[case.case_type.index()].status;
        self.sets_news(index);
        self.contacts_about_case(index, key, Cause::Status, status.and_then(|status| status.contact_type));
    }

    /// A contact about a case, of the need's own type unless another is given; whether it comes about: not from whoever is on the line.
    pub(super) fn contacts_about_case(
        &mut self,
        index: Index,
        key: Key,
        cause: Cause,
        contact_type: Option<ContactTypeId>,
    ) -> bool {
        let case = &mut self.cases.open[index];
        if case.left_at.is_none() || case.citizen.attempt == u8::MAX || self.end.overflowed_at_us.is_some() {
            return false;
        }
        case.citizen.attempt += 1;
        (case.began, case.left_at) = (self.now, None);
        let contact_type = contact_type.unwrap_or(case.citizen.contact_type);
        let citizen = Citizen { key, contact_type, cause, ..case.citizen };
        self.attempt_begins(citizen);
        true
    }

    /// A talk about a case, which is shorter where the agent sees the case at once.
    #[cold]
    pub(super) fn news_talk(&self, index: Index, talk: SimDuration) -> SimDuration {
        let citizen = &self.contacts[index].citizen;
        let case = self.cases.of_need.get(&citizen.need.0).map(|&index| &self.cases.open[index]);
        let status = case.and_then(|case| self.model.case_types[case.case_type.index()].status);
        let times = status.filter(|_| citizen.recognised).map_or(1.0, |status| status.recognised_times);
        if times == 1.0 { talk } else { SimDuration::from_s(talk.as_s() * times) }
    }

    /// Whoever made a contact about a case has left at `at`, and it did not help.
    #[cold]
    pub(super) fn news_contact_fails(&mut self, citizen: &Citizen, at: SimTime) {
        let Some(index) = self.news_contact_ends(citizen, at) else { return };
        if citizen.cause == Cause::Complaint {
            self.complains_in_vain(index);
        }
        self.ends_if_over(index);
    }

    fn news_contact_ends(&mut self, citizen: &Citizen, at: SimTime) -> Option<Index> {
        let &index = self.cases.of_need.get(&citizen.need.0)?;
        let case = &mut self.cases.open[index];
        case.left_at = Some(at);
        case.citizen.first_answer = citizen.first_answer;
        case.citizen.answered = citizen.answered;
        case.citizen.transferred = citizen.transferred;
        // Its lookup may have ended otherwise than the last one's.
        case.citizen.recognised = citizen.recognised;
        Some(index)
    }

    /// A contact about a case was answered.
    #[cold]
    pub(super) fn news_is_told(&mut self, index: Index) {
        let contact = self.contacts.remove(index);
        self.releases_line_of(&contact);
        let Some(index) = self.news_contact_ends(&contact.citizen, self.now) else { return };
        match contact.citizen.cause {
            Cause::Complaint => self.complaint_is_heard(index),
            _ => self.closing_is_known(index),
        }
        self.ends_if_over(index);
    }

    /// Whether a need has a case that is not closed.
    pub(super) fn has_open_case(&self, need: NeedId) -> bool {
        let case = self.cases.of_need.get(&need.0).map(|&index| &self.cases.open[index]);
        case.is_some_and(|case| !matches!(case.doing, Doing::Closed { .. }))
    }

    /// The citizen of a need's case.
    pub(super) fn citizen_of_case(&self, need: NeedId) -> Option<&Citizen> {
        self.cases.of_need.get(&need.0).map(|&index| &self.cases.open[index].citizen)
    }

    /// The run is over: whatever case is not closed stays open, and its need with it.
    pub(super) fn cases_stay_open(&mut self) {
        for index in std::mem::take(&mut self.cases.of_need).into_values() {
            let case = self.cases.open[index];
            if let Doing::Closed { at } = case.doing {
                self.closed_case_ends(&case, at);
                continue;
            }
            let at = case.opened.max(case.left_at.unwrap_or(case.opened)).max(self.model.clock.horizon);
            self.observer.case_stays_open(at, &case.told());
            if !self.model.case_types[case.case_type.index()].resolves {
                self.need_of_case_ends(&case, NeedEnd::Open, None, at);
            }
        }
    }

    /// Sets the first event of each office.
    pub(super) fn schedule_offices(&mut self) {
        (0..self.model.offices.len()).for_each(|office| self.schedule_office(OfficeId::from_index(office)));
    }
}

/// The case that a contact opens at `now`.
fn new_case(model: &Model, contact: &Contact, now: SimTime) -> OpenCase {
    let citizen = contact.citizen;
    let choice = model.contact_types[citizen.contact_type.index()].case.as_ref();
    let drawn = |choice: &crate::model::CaseChoice| {
        choice.case_types[choose(&choice.cumulative, citizen.key.draw(Purpose::Case).uniform())]
    };
    let case_type = choice.map_or(CaseTypeId(0), drawn);
    OpenCase { began: contact.began, ..OpenCase::new(model, citizen, case_type, now) }
}

impl OpenCase {
    /// A case of this citizen that is opened at `opened`, when the contact is over.
    pub(super) fn new(model: &Model, citizen: Citizen, case_type: CaseTypeId, opened: SimTime) -> Self {
        let row = &model.case_types[case_type.index()];
        let case = OpenCase {
            citizen,
            began: opened,
            left_at: Some(opened),
            case_type,
            office: row.office,
            opened,
            due: row.due(&model.offices[row.office.index()], opened),
            pass: 0,
            reworked: false,
            left: SimDuration::ZERO,
            doing: Doing::Waiting,
            news: News { timer: TimerId::NONE, count: 0, sum: 0.0 },
            reopened: 0,
            stage: 0,
            after: AfterClosing::default(),
        };
        OpenCase { left: case.work(row), ..case }
    }

    /// How observers see it.
    pub(super) fn told(&self) -> Case {
        let due = (self.due < SimTime::MAX).then_some(self.due);
        Case {
            caller: self.citizen.caller(self.began),
            case_type: self.case_type,
            office: self.office,
            opened: self.opened,
            due,
            reworked: self.reworked,
            reopened: self.reopened,
        }
    }

    fn news_draw(&self) -> crate::random::Draw {
        self.citizen.key.draw(Purpose::Status).sub(self.news.count.into())
    }

    /// The address of what belongs to (case, j): the contact's own patience, talk and outcome.
    fn news_key(&self) -> Key {
        Key::from_raw(self.news_draw().word_at(1))
    }
}
