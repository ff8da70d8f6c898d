//! Rule: citizens who try the web site before they contact the center. Whose need it meets never does; of the others some call later.

use super::contacts::Citizen;
use super::event::key;
use super::observer::{Cause, NeedEnd, Observer, WebEnd, WebVisit};
use super::returning::need;
use super::simulation::Simulation;
use crate::model::WebFirst;
use crate::random::Purpose;
use crate::time::SimDuration;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Whether the citizen of a fresh need tries the web site, which then sees to it. Whose contacts are known beforehand has called.
    #[inline]
    pub(super) fn tries_web(&mut self, citizen: &Citizen) -> bool {
        match &self.model.contact_types[citizen.contact_type.index()].web {
            None => false,
            Some(web) => self.tries_web_first(citizen, web),
        }
    }

    #[cold]
    fn tries_web_first(&mut self, citizen: &Citizen, web: &WebFirst) -> bool {
        let (draw, profile) = (citizen.key.draw(Purpose::Web), citizen.profile.index());
        let is_listed = self.model.processes[citizen.need.process().index()].listed().is_some();
        if is_listed || !draw.sub(0).happens(web.share[profile]) {
            return false;
        }
        let end = if draw.sub(1).happens(web.solved[profile]) {
            WebEnd::Solved
        } else if !draw.sub(2).happens(web.calls) {
            WebEnd::GivesUp
        } else {
            let again = self.now.after(SimDuration::from_s(web.delay.sample(draw.sub(3))));
            if again < self.model.clock.horizon { WebEnd::Calls { at: again } } else { WebEnd::Open }
        };
        self.observer.web_is_tried(&WebVisit { caller: citizen.caller(self.now), at: self.now, end });
        match end {
            WebEnd::Calls { at } => {
                let index = self.returning.insert(Citizen { cause: Cause::Web, ..*citizen });
                self.wheel.set(key(at, self.slots.entries), citizen.need.0, index);
            }
            WebEnd::Solved => self.web_ends(citizen, NeedEnd::Resolved),
            WebEnd::GivesUp => self.web_ends(citizen, NeedEnd::GivenUp),
            WebEnd::Open => self.web_ends(citizen, NeedEnd::Open),
        }
        true
    }

    /// A need ends whose citizen never called.
    fn web_ends(&mut self, citizen: &Citizen, end: NeedEnd) {
        let citizen = Citizen { has_called: false, ..*citizen };
        self.tells_need(self.now, &citizen, &need(&citizen, self.now, end, None));
    }
}
