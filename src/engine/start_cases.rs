//! Rule: cases that are open when the run begins. They wait for their offices, some of them late already; nobody knows who asked for news before.

use super::cases::{Doing, OpenCase};
use super::contacts::{Answer, Citizen};
use super::entering::drawn_profile;
use super::observer::{Cause, Observer};
use super::simulation::Simulation;
use crate::model::{CELL_US, NeedId, StartCases};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Opens the cases of the start state, before anything else happens.
    pub(super) fn opens_start_cases(&mut self) {
        let model = self.model;
        for of in &model.start_cases {
            (0..of.count).for_each(|number| self.opens_start_case(of, number));
        }
    }

    fn opens_start_case(&mut self, of: &StartCases, number: u32) {
        let key = self.root.named(self.model.processes[of.process.index()].key).cell(0).item(number.into());
        let begins = self.model.clock.begins;
        let age = SimDuration::from_s(of.age.sample(key.draw(Purpose::Age))).min(of.oldest);
        let opened = SimTime::from_us(begins.as_us().saturating_sub(age.as_us()));
        let citizen = self.citizen_of_start_case(of, (key, number), opened);
        let case = OpenCase::new(self.model, citizen, of.case_type, opened);
        self.opens_before_start(case, begins);
    }

    fn citizen_of_start_case(&self, of: &StartCases, (key, number): (Key, u32), opened: SimTime) -> Citizen {
        let model = self.model;
        let cell = opened.as_us() / CELL_US;
        let profile = of.profile.unwrap_or_else(|| drawn_profile(model, key));
        let share = model.profiles[profile.index()].recognised;
        let recognised =
            of.recognised.unwrap_or_else(|| share > 0.0 && key.draw(Purpose::Recognised).happens(share));
        Citizen {
            need: NeedId::new(of.process, cell as u32, number),
            key,
            need_began: opened,
            first_answer: Answer::NOT,
            contact_type: of.contact_type,
            profile,
            number: of.number,
            attempt: 0,
            cause: Cause::Fresh,
            answered: 0,
            recognised,
            transferred: false,
            tries: 0,
            has_called: true,
        }
    }

    fn opens_before_start(&mut self, case: OpenCase, begins: SimTime) {
        debug_assert!(matches!(case.doing, Doing::Waiting));
        let status = self.model.case_types[case.case_type.index()].status;
        let sum = status.map_or(0.0, |status| {
            let due_s =
                if case.due == SimTime::MAX { f64::INFINITY } else { case.due.since(case.opened).as_s() };
            status.sum_s(due_s, begins.since(case.opened).as_s())
        });
        let index = self.inserts_case(case);
        // Memory of a Poisson process is none: what came before the start does not matter.
        self.cases.open[index].news.sum = sum;
        self.sets_news(index);
        self.waits_for_office(index);
    }
}
