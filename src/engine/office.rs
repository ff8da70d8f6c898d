//! Rule: an office works on cases while it is open, in the order of its discipline, and on preparations of visits among them.
//!
//! A case that is taken up stays with whoever works on it; only a closing, or fewer people at work, interrupts. Then the case that
//! comes last by the discipline is laid down first; the work that is left of it waits in its place and is taken up by whoever is free.

use std::collections::BTreeSet;

use super::cases::{Doing, OpenCase};
use super::contacts::Index;
use super::event::{IDLE, key};
use super::observer::{Caller, CaseStretch, Observer, StretchEnd};
use super::preparing::{PREPARES, Piece};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{
    AgentId, CaseType, Discipline, Model, Office, OfficeAbsence, OfficeDuty, OfficeId, people_on,
};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

/// A case's place by its office's discipline: the smallest goes first. No two are equal: needs decide last.
pub(super) type Place = ([u64; 4], Index);

/// An office at an instant.
#[derive(Clone, Debug, Default)]
pub(super) struct AtOffice {
    /// How many people are at work.
    people: usize,
    /// Its next change of people.
    next: usize,
    /// Of an office that works by shifts with absence: how many are there, from when on; otherwise as the model says.
    own: Vec<(SimTime, u32)>,
    waiting: BTreeSet<Place>,
    worked_on: BTreeSet<Place>,
}

/// The place of a case.
pub(super) fn place(model: &Model, case: &OpenCase, index: Index) -> Place {
    let row = &model.case_types[case.case_type.index()];
    let (due, opened, need) = (case.due.as_us(), case.opened.as_us(), case.citizen.need.0);
    let urgency = match model.offices[case.office.index()].discipline {
        Discipline::DueDate => [due, opened, need, 0],
        Discipline::Oldest => [opened, need, 0, 0],
        Discipline::Priority => [falling(row.priority), due, opened, need],
    };
    (urgency, index)
}

/// Smaller for a larger priority.
pub(super) fn falling(priority: i32) -> u64 {
    (i64::from(i32::MAX) - i64::from(priority)) as u64
}

/// A piece of an office's work: a case, or what is prepared before a visit.
struct Task<'t> {
    office: OfficeId,
    need: u64,
    left: &'t mut SimDuration,
    doing: &'t mut Doing,
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Sets the event of an office's next change of people.
    pub(super) fn schedule_office(&mut self, office: OfficeId) {
        let slot = self.slots.office(office);
        let state = &self.cases.offices[office.index()];
        let next = state.at_work(&self.model.offices[office.index()]).get(state.next);
        self.tree.set(usize::from(slot), next.map_or(IDLE, |&(at, _)| key(at, slot)));
    }

    /// An office opens or closes, or people come or go.
    #[cold]
    pub(super) fn office_changes(&mut self, office: OfficeId) {
        let people = self.people_after(office, self.cases.offices[office.index()].next);
        let state = &mut self.cases.offices[office.index()];
        state.people = people;
        state.next += 1;
        self.schedule_office(office);
        self.observer.office_changes(self.now, office, people as u32);
        while let Some(last) = self.cases.offices[office.index()].is_too_many() {
            self.is_interrupted(office, last);
        }
        self.office_takes(office);
    }

    fn task(&mut self, index: Index) -> Task<'_> {
        if index & PREPARES != 0 {
            let Piece { of, left, doing, .. } = &mut self.visits.pieces[index & !PREPARES];
            return Task { office: of.office, need: of.caller.need.0, left, doing };
        }
        let OpenCase { office, citizen, left, doing, .. } = &mut self.cases.open[index];
        Task { office: *office, need: citizen.need.0, left, doing }
    }

    fn place_of(&self, index: Index) -> Place {
        if index & PREPARES != 0 {
            return self.visits.pieces[index & !PREPARES].place(self.model, index);
        }
        place(self.model, &self.cases.open[index], index)
    }

    /// A case or a preparation waits for its office, and is taken up if somebody is free there.
    pub(super) fn waits_for_office(&mut self, index: Index) {
        let (office, place) = (self.task(index).office, self.place_of(index));
        self.cases.offices[office.index()].waiting.insert(place);
        self.office_takes(office);
    }

    /// Whoever is free takes up the first case, the office's own people before agents who have nothing else to do. From the horizon on nobody does.
    fn office_takes(&mut self, office: OfficeId) {
        let staying = self.people_staying(office);
        while self.now < self.model.clock.horizon
            && let Some(first) = self.cases.offices[office.index()].next_case(staying)
        {
            self.is_worked_on(first);
        }
        let model = self.model;
        for &group in &model.offices[office.index()].worked_by {
            self.looks_for_cases(group);
        }
    }

    /// How many of the people at work in an office stay beyond this instant: who goes within it begins nothing more.
    fn people_staying(&self, office: OfficeId) -> usize {
        let state = &self.cases.offices[office.index()];
        let row = &self.model.offices[office.index()];
        match state.at_work(row).get(state.next) {
            Some(&(at, _)) if at == self.now => state.people.min(self.people_after(office, state.next)),
            _ => state.people,
        }
    }

    /// How many are at work in an office after one of its changes.
    fn people_after(&self, office: OfficeId, change: usize) -> usize {
        let row = &self.model.offices[office.index()];
        let planned = self.cases.offices[office.index()].at_work(row)[change].1;
        let people = match &row.absence {
            None => planned,
            // By shifts, who is absent has been left out beforehand, be it that nobody is ever down for one.
            Some(absence) if absence.days.is_empty() => planned,
            Some(absence) => present(absence, self.root, planned, change),
        };
        people as usize
    }

    fn is_worked_on(&mut self, (urgency, index): Place) {
        let left = self.case_is_taken_up(index);
        let Task { office, need, .. } = self.task(index);
        let until = self.now.after(left);
        let set = self.wheel.set(key(until, self.slots.office_work()), need, index);
        if let Doing::AtWork { timer, .. } = self.task(index).doing {
            *timer = set;
        }
        self.cases.offices[office.index()].worked_on.insert((urgency, index));
    }

    /// Somebody works on a case from now on; says how long it takes if nothing interrupts.
    pub(super) fn case_is_taken_up(&mut self, index: Index) -> SimDuration {
        let since = self.now;
        let task = self.task(index);
        let until = since.after(*task.left);
        *task.doing = Doing::AtWork { since, until, timer: TimerId::NONE };
        *task.left
    }

    /// An agent lays a case down; what is left waits at its office in its place.
    pub(super) fn case_is_laid_down(&mut self, index: Index, agent: AgentId) {
        self.stops_at(index);
        self.tell_stretch(index, StretchEnd::Interrupted, Some(agent));
        if self.goes_back(index) {
            self.waits_for_office(index);
        }
    }

    /// Somebody stops working on a case or a preparation: what is left of it. Says the timer of its end.
    fn stops_at(&mut self, index: Index) -> TimerId {
        let now = self.now;
        let task = self.task(index);
        let Doing::AtWork { until, timer, .. } = *task.doing else { return TimerId::NONE };
        *task.left = until.since(now);
        timer
    }

    /// What was laid down waits again, unless it is a preparation that nobody needs.
    fn goes_back(&mut self, index: Index) -> bool {
        if index & PREPARES != 0 && !self.is_still_needed(index & !PREPARES) {
            self.visits.pieces.release(index & !PREPARES);
            return false;
        }
        *self.task(index).doing = Doing::Waiting;
        true
    }

    /// Whether work on a case that is worked on lies ahead.
    pub(super) fn is_left_of_case(&self, index: Index) -> bool {
        let doing = match index & PREPARES {
            0 => self.cases.open[index].doing,
            _ => self.visits.pieces[index & !PREPARES].doing,
        };
        matches!(doing, Doing::AtWork { until, .. } if until > self.now)
    }

    /// The citizen whose case or preparation it is.
    pub(super) fn caller_of_task(&self, index: Index) -> Caller {
        match index & PREPARES {
            0 => self.cases.open[index].told().caller,
            _ => self.visits.pieces[index & !PREPARES].of.caller,
        }
    }

    /// Work on a case is laid down; what is left waits in its place.
    fn is_interrupted(&mut self, office: OfficeId, place: Place) {
        let timer = self.stops_at(place.1);
        self.wheel.cancel(timer);
        self.tell_stretch(place.1, StretchEnd::Interrupted, None);
        let waits = self.goes_back(place.1);
        let state = &mut self.cases.offices[office.index()];
        state.worked_on.remove(&place);
        if waits {
            state.waiting.insert(place);
        }
    }

    /// Somebody of an office has done the work on a case.
    #[cold]
    pub(super) fn office_work_ends(&mut self) {
        let index = self.wheel.pop().payload;
        self.work_on_case_ends(index, None);
    }

    /// Work on a case is done, by an agent or by somebody of the office: it is done again, another office goes on, or it is closed.
    pub(super) fn work_on_case_ends(&mut self, index: Index, by: Option<AgentId>) {
        if index & PREPARES != 0 {
            let (place, office) = (self.place_of(index), self.task(index).office);
            self.cases.offices[office.index()].worked_on.remove(&place);
            self.tell_work_on_preparation(index & !PREPARES, by);
            self.preparation_is_done(index & !PREPARES);
            return self.office_takes(office);
        }
        let case = &self.cases.open[index];
        let row = &self.model.case_types[case.case_type.index()];
        let (place, office) = (place(self.model, case, index), case.office);
        let again = case.work_draw().sub(0).happens(row.rework);
        let next = if again { None } else { next_stage(row, case) };
        self.cases.offices[office.index()].worked_on.remove(&place);
        let end = match (again, next) {
            (true, _) => StretchEnd::Reworked,
            (false, Some(_)) => StretchEnd::HandedOver,
            (false, None) => StretchEnd::Closed,
        };
        self.tell_stretch(index, end, by);
        let case = &mut self.cases.open[index];
        match next {
            _ if again => {
                (case.doing, case.pass, case.reworked) = (Doing::Waiting, case.pass.saturating_add(1), true);
                case.left = case.work(row);
                self.cases.offices[office.index()].waiting.insert(place);
            }
            Some(stage) => {
                (case.doing, case.pass, case.stage) = (Doing::Waiting, 0, stage as u8 + 1);
                case.office = row.stages[stage].office;
                case.left = case.work(row);
                self.waits_for_office(index);
            }
            None => self.case_closes(index),
        }
        self.office_takes(office);
    }

    fn tell_stretch(&mut self, index: Index, end: StretchEnd, by: Option<AgentId>) {
        if index & PREPARES != 0 {
            return self.tell_work_on_preparation(index & !PREPARES, by);
        }
        let case = &self.cases.open[index];
        let Doing::AtWork { since, .. } = case.doing else { return };
        let stretch =
            CaseStretch { case: case.told(), pass: case.pass, from: since, until: self.now, end, by };
        self.observer.case_is_worked(&stretch);
    }
}

impl AtOffice {
    /// An office in a replication.
    pub(super) fn new(office: &Office, root: Key) -> Self {
        let own = office.absence.as_ref().filter(|absence| !absence.duties.is_empty());
        let own =
            own.map(|absence| people_on(absence.duties.iter().filter(|duty| comes(absence, root, duty))));
        AtOffice { own: own.unwrap_or_default(), ..AtOffice::default() }
    }

    /// How many are down for work, or there, from when on.
    fn at_work<'s>(&'s self, office: &'s Office) -> &'s [(SimTime, u32)] {
        if self.own.is_empty() { &office.at_work } else { &self.own }
    }

    /// The case to be laid down next, as long as there are more than people.
    fn is_too_many(&self) -> Option<Place> {
        (self.worked_on.len() > self.people).then(|| self.worked_on.last().copied()).flatten()
    }

    /// The case that comes next, whoever takes it up.
    pub(super) fn first_waiting(&self) -> Option<Place> {
        self.waiting.first().copied()
    }

    /// A case waits no longer.
    pub(super) fn is_taken_from(&mut self, place: &Place) {
        self.waiting.remove(place);
    }

    /// The case that one of so many people is free for.
    fn next_case(&mut self, people: usize) -> Option<Place> {
        if self.worked_on.len() < people { self.waiting.pop_first() } else { None }
    }
}

/// Those of so many people who are there on the day of a row: each has a draw for each day, whoever else is down for work.
fn present(absence: &OfficeAbsence, root: Key, planned: u32, row: usize) -> u32 {
    let office = root.named(absence.key);
    let day = absence.days[row].into();
    let is_there =
        |head: &u32| !office.item((*head).into()).cell(day).draw(Purpose::Absence).happens(absence.share);
    (0..planned).filter(is_there).count() as u32
}

/// Whether somebody who is down for a shift is there: each has a draw for each.
fn comes(absence: &OfficeAbsence, root: Key, duty: &OfficeDuty) -> bool {
    let person = root.named(absence.key).named(duty.shift).item(duty.head.into());
    !person.cell(duty.day.into()).draw(Purpose::Absence).happens(absence.share)
}

/// The next office on a case's way that it does not pass by.
fn next_stage(row: &CaseType, case: &OpenCase) -> Option<usize> {
    let draw = case.citizen.key.draw(Purpose::HandOver).sub(case.reopened.into());
    let goes_to = |stage: &usize| draw.sub(*stage as u64).happens(row.stages[*stage].share);
    (usize::from(case.stage)..row.stages.len()).find(goes_to)
}

impl OpenCase {
    /// The work of its pass.
    pub(super) fn work(&self, row: &CaseType) -> SimDuration {
        let work = match self.stage {
            0 => &row.work,
            stage => &row.stages[usize::from(stage) - 1].work,
        };
        SimDuration::from_s(work.sample(self.work_draw()))
    }

    /// The random numbers of (case, opening, office, pass).
    fn work_draw(&self) -> crate::random::Draw {
        let pass = u64::from(self.reopened) << 32 | u64::from(self.stage) << 16 | u64::from(self.pass);
        self.citizen.key.draw(Purpose::Office).sub(pass)
    }
}
