//! Rule: outbound campaigns. Their lists, which person is called next, and when a campaign may dial.
//!
//! Contacts that come in go first: a campaign looks for agents when an event has been carried out with all that follows from it, so only idle
//! ones are left to it. Campaigns look in the order of their names. What becomes of a dial is [`super::dialling`]'s, what stands
//! against one [`super::blending`]'s.

use std::collections::VecDeque;

use super::blending::Level;
use super::contacts::{Citizen, Index, Slab};
use super::dialling::Call;
use super::event::key;
use super::observer::{ListedPerson, Observer};
use super::simulation::Simulation;
use crate::model::{Campaign, CampaignId, Dialling, Model};
use crate::random::{Draw, Key, Purpose};
use crate::time::SimTime;

/// Set in the payload of a timer of the kind of tries that is a campaign's.
pub(super) const OF_CAMPAIGN: u32 = 1 << 31;
/// Where such a payload says what the timer is for, above any index.
const KIND_SHIFT: u32 = 28;
const INDEX_MASK: u32 = (1 << KIND_SHIFT) - 1;

/// What a campaign's timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timing {
    /// Persons come on the list.
    List = 0,
    /// A person may be called again.
    Again = 1,
    /// It is answered, or has rung long enough.
    Rung = 2,
    /// Whoever has answered hangs up.
    HangsUp = 3,
    /// The service level of the time that has passed is looked at.
    Level = 4,
    /// The end of a wrap-up comes into sight.
    InSight = 5,
}

/// What a dial's random numbers are for, below its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DialDraw {
    Answered = 0,
    RightParty = 1,
    RingTime = 2,
    Talk = 3,
    WrapUp = 4,
    Spacing = 5,
    Patience = 6,
    Preview = 7,
}

/// All campaigns.
#[derive(Clone, Debug)]
pub struct Campaigns {
    pub(super) rows: Vec<OfCampaign>,
    /// Dials under way.
    pub(super) calls: Slab<Call>,
    /// Persons who may be called again at a later time.
    later: Slab<Person>,
    /// Whether a campaign may have found an agent or a person since it looked last.
    pub(super) concerned: bool,
}

/// The state of one campaign.
#[derive(Clone, Debug, Default)]
pub(super) struct OfCampaign {
    /// Batches that have come on the list.
    released: usize,
    /// The first of them of which persons have not been called yet, and how many have.
    fresh: (usize, u32),
    /// Persons who may be called again, in the order in which they may.
    again: VecDeque<Person>,
    /// Persons who were called at all, or wait to be: ranks them among timers of one instant.
    known: u64,
    /// Dials under way for which no agent is there yet.
    pub(super) lines: u32,
    /// Whoever of them has answered and waits, the longest first.
    pub(super) waiting: VecDeque<Index>,
    /// Persons whom agents speak with after such a dial.
    pub(super) talking: u32,
    /// Lines for each agent.
    pub(super) pace: f64,
    /// When wrap-ups end that are under way, in order; kept only where they are anticipated.
    pub(super) wrap_ups: VecDeque<SimTime>,
    /// The service level of contacts that come in.
    pub(super) level: Level,
}

/// Somebody on a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) campaign: CampaignId,
    pub(super) who: ListedPerson,
    pub(super) key: Key,
    pub(super) rank: u64,
    pub(super) listed: SimTime,
    /// From when on the next attempt may be made.
    pub(super) due: SimTime,
    /// Attempts so far.
    pub(super) attempts: u8,
}

impl Person {
    /// The random numbers of the person's next dial.
    pub(super) fn draw(&self, of: DialDraw) -> Draw {
        self.key.stage(self.attempts.into(), 0).draw(Purpose::Dialler).sub(of as u64)
    }

    /// The place among timers of one instant.
    pub(super) fn order(&self) -> u64 {
        u64::from(self.campaign.0) << 40 | self.rank
    }
}

impl Campaigns {
    /// Lists on which nobody is yet; `None` where there are no campaigns.
    pub(super) fn new(model: &Model) -> Option<Box<Self>> {
        let row = |_: &Campaign| OfCampaign { pace: 1.0, ..OfCampaign::default() };
        let rows: Vec<OfCampaign> = model.campaigns.iter().map(row).collect();
        let none = rows.is_empty();
        (!none).then(|| {
            Box::new(Campaigns { rows, calls: Slab::default(), later: Slab::default(), concerned: false })
        })
    }

    /// Whether a campaign is to look for agents.
    #[inline]
    pub(super) fn is_concerned(&self) -> bool {
        self.concerned
    }

    /// Dials under way of all campaigns for which no agent is there yet.
    pub(super) fn lines(&self) -> u32 {
        self.rows.iter().map(|row| row.lines).sum()
    }
}

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// An agent idles, hours begin, a person may be called: campaigns are to look.
    #[inline]
    pub(super) fn concerns_campaigns(&mut self) {
        if let Some(campaigns) = &mut self.campaigns {
            campaigns.concerned = true;
        }
    }

    /// Sets the first timers of all campaigns.
    pub(super) fn schedule_campaigns(&mut self) {
        for row in 0..self.model.campaigns.len() {
            let id = CampaignId::from_index(row);
            self.schedule_list(id);
            self.schedule_level(id);
        }
    }

    pub(super) fn sets_campaign_timer(
        &mut self,
        at: SimTime,
        order: u64,
        timing: Timing,
        index: Index,
    ) -> super::wheel::TimerId {
        self.wheel.set(key(at, self.slots.tries), order, OF_CAMPAIGN | (timing as u32) << KIND_SHIFT | index)
    }

    /// A timer of a campaign fires.
    #[cold]
    pub(super) fn dialler_timer_fires(&mut self, payload: u32) {
        let (kind, index) = (payload >> KIND_SHIFT, payload & INDEX_MASK);
        match kind {
            kind if kind == Timing::List as u32 => self.list_grows(CampaignId(index as u16)),
            kind if kind == Timing::Again as u32 => self.may_be_called_again(index),
            kind if kind == Timing::Rung as u32 => self.has_rung(index),
            kind if kind == Timing::HangsUp as u32 => self.hangs_up_on_silence(index),
            kind if kind == Timing::InSight as u32 => {}
            _ => self.level_is_looked_at(CampaignId(index as u16)),
        }
        self.concerns_campaigns();
    }

    /// Sets the timer of the next batch.
    fn schedule_list(&mut self, id: CampaignId) {
        let Some(campaigns) = &self.campaigns else { return };
        let next = campaigns.rows[id.index()].released;
        if let Some(batch) = self.model.campaigns[id.index()].batches.get(next) {
            self.sets_campaign_timer(batch.at, u64::from(id.0) << 40, Timing::List, id.0.into());
        }
    }

    fn list_grows(&mut self, id: CampaignId) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let row = &mut campaigns.rows[id.index()];
        let persons = self.model.campaigns[id.index()].batches[row.released].persons;
        row.released += 1;
        self.observer.persons_are_listed(self.now, id, persons);
        self.schedule_list(id);
    }

    /// The citizen of a closed case comes on a list.
    pub(super) fn citizen_comes_on_list(&mut self, id: CampaignId, citizen: &Citizen, opening: u16) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let row = &mut campaigns.rows[id.index()];
        let key = citizen.key.named(self.model.campaigns[id.index()].key).item(opening.into());
        let who = ListedPerson::OfCase { need: citizen.need, opening };
        row.known += 1;
        row.again.push_back(Person {
            campaign: id,
            who,
            key,
            rank: row.known,
            listed: self.now,
            due: self.now,
            attempts: 0,
        });
        self.observer.persons_are_listed(self.now, id, 1);
        self.concerns_campaigns();
    }

    /// A person is to be called again at `at`.
    pub(super) fn is_called_later(&mut self, person: Person, at: SimTime) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let index = campaigns.later.insert(Person { due: at, ..person });
        self.sets_campaign_timer(at, person.order(), Timing::Again, index);
    }

    fn may_be_called_again(&mut self, index: Index) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let person = campaigns.later.remove(index);
        campaigns.rows[person.campaign.index()].again.push_back(person);
    }

    /// Takes whoever may be called next off the list: who could be called first; of equals who was not called yet.
    fn next_person(&mut self, id: CampaignId) -> Option<Person> {
        loop {
            let person = self.first_on_list(id)?;
            match person.who {
                // The case may have been opened again since.
                ListedPerson::OfCase { need, opening } if self.case_to_be_told(need, opening).is_none() => {}
                _ => return Some(person),
            }
        }
    }

    fn first_on_list(&mut self, id: CampaignId) -> Option<Person> {
        let of = &self.model.campaigns[id.index()];
        let row = &mut self.campaigns.as_mut()?.rows[id.index()];
        let listed = |row: &OfCampaign| of.batches[..row.released].get(row.fresh.0);
        while listed(row).is_some_and(|batch| row.fresh.1 >= batch.persons) {
            row.fresh = (row.fresh.0 + 1, 0);
        }
        let Some(batch) = listed(row) else { return row.again.pop_front() };
        if row.again.front().is_some_and(|person| person.due < batch.at) {
            return row.again.pop_front();
        }
        let (place, number) = row.fresh;
        row.fresh.1 += 1;
        row.known += 1;
        Some(Person {
            campaign: id,
            who: ListedPerson::OfList { batch: place as u16, number },
            key: self.root.named(of.key).cell(batch.day.into()).item(number.into()),
            rank: row.known,
            listed: batch.at,
            due: batch.at,
            attempts: 0,
        })
    }

    /// Campaigns look for agents, first for those who have answered.
    #[cold]
    #[inline(never)]
    pub(super) fn campaigns_dial(&mut self) {
        if let Some(campaigns) = &mut self.campaigns {
            campaigns.concerned = false;
        }
        // A line that another campaign has no longer leaves room for one that has looked already.
        while self.campaigns_look() {}
    }

    /// All campaigns look, in their order; whether one that others came before has given somebody an agent.
    fn campaigns_look(&mut self) -> bool {
        let mut again = false;
        for row in 0..self.model.campaigns.len() {
            let id = CampaignId::from_index(row);
            again |= self.connects(id) && row > 0;
            self.forgets_wrap_ups(id);
            if self.may_be_on_list(id) {
                self.dials_for(id);
            }
        }
        again
    }

    /// Whether anybody may be left on a list: mostly nobody is, whoever idles.
    fn may_be_on_list(&self, id: CampaignId) -> bool {
        let row = self.campaigns.as_ref().map(|campaigns| &campaigns.rows[id.index()]);
        row.is_some_and(|row| row.fresh.0 < row.released || !row.again.is_empty())
    }

    /// Whoever has answered is given agents; whether anybody was.
    fn connects(&mut self, id: CampaignId) -> bool {
        let mut any = false;
        while let Some(&call) =
            self.campaigns.as_ref().and_then(|campaigns| campaigns.rows[id.index()].waiting.front())
        {
            let Some(agent) = self.spare_agent(id) else { return any };
            if let Some(campaigns) = &mut self.campaigns {
                campaigns.rows[id.index()].waiting.pop_front();
            }
            self.is_connected(call, agent);
            any = true;
        }
        any
    }

    /// As many dials as may be now.
    fn dials_for(&mut self, id: CampaignId) {
        while let Some(with) = self.may_dial(id) {
            let Some(person) = self.next_person(id) else { return };
            match with {
                Line::Of(agent) => self.dials_with(agent, person),
                Line::Open => self.dials_ahead(person),
            }
        }
    }

    /// Whether a campaign may dial now, and whether an agent does.
    fn may_dial(&self, id: CampaignId) -> Option<Line> {
        if !self.may_blend(id) {
            return None;
        }
        let campaigns = self.campaigns.as_ref()?;
        let (row, spare) = (&campaigns.rows[id.index()], self.spare_agents(id));
        let of = &self.model.campaigns[id.index()];
        if let Dialling::Predictive(of) = &of.dialling
            && row.pace > 1.0
        {
            let others = campaigns.lines() - row.lines;
            let spare = spare.saturating_sub(others);
            if let Some(anticipation) = &of.anticipation {
                let agents = f64::from(spare) + self.expected_agents(id, anticipation);
                return (row.lines < (row.pace * agents) as u32).then_some(Line::Open);
            }
            let lines = (row.pace * f64::from(spare + row.talking)) as u32;
            return (row.lines + row.talking < lines).then_some(Line::Open);
        }
        // Agents for whom it rings already are not spare.
        if spare > campaigns.lines() { self.spare_agent(id).map(Line::Of) } else { None }
    }
}

/// How a dial is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// By an agent, who stays on the line.
    Of(crate::model::AgentId),
    /// Without one.
    Open,
}
