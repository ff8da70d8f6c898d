//! Broken engines: each has one mistake in a copy of the sources, is built, and must be found out by the audit or by an oracle.
//!
//! A proof of the tests, not of the engine, and a long one, since each mutant is compiled, after an unbroken copy that must pass:
//!
//! ```text
//! cargo test --test integration mutants -- --ignored --nocapture
//! CENTRALINO_MUTANT=transfer cargo test --test integration mutants -- --ignored --nocapture      # those with this in their names
//! ```
//!
//! Several such parts of names are parted by `|`, and with `CENTRALINO_MUTANT_FIRST=1` a run is over as soon as a test has failed. The
//! table that it prints says which tests noticed; a run that does not come to an end is ended, which is told and counts as noticed. The
//! normal test only sees that each mistake can still be made.

mod harness;

use harness::Package;
use std::fs;

/// A mistake: in a file, this in place of that.
struct Mutant {
    name: &'static str,
    patches: &'static [(&'static str, &'static str, &'static str)],
}

const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "who asks another agent gives up a second late",
        patches: &[(
            "src/engine/consultations.rs",
            "contact.until = self.now.after(limit);",
            "contact.until = self.now.after(limit).after(SimDuration::from_whole_s(1));",
        )],
    },
    Mutant {
        name: "who escalates after asking another agent goes at once where the type has warm transfers",
        patches: &[(
            "src/engine/consultations.rs",
            "if outcome == Outcome::Escalated && !is_callback && self.may_stay_with(index) {",
            "if outcome == Outcome::WrongDepartment && !is_callback && self.may_stay_with(index) {",
        )],
    },
    Mutant {
        name: "who stays after asking another agent does no work after it",
        patches: &[(
            "src/engine/consultations.rs",
            "self.holds_on(index, leg, service);",
            "self.holds_on(index, leg, Service { wrap_up_ended: service.talk_ended, ..service });",
        )],
    },
    Mutant {
        name: "the first agent goes on with the caller while the second is still being asked",
        patches: &[(
            "src/engine/consultations.rs",
            "self.work_ends.set(key(answered.after(time), agent.0));",
            "self.work_ends.set(key(answered.after(time), agent.0));\n        self.contacts[index].entered = answered;",
        )],
    },
    Mutant {
        name: "a question goes before all who wait in the line of tier 2",
        patches: &[(
            "src/engine/consultations.rs",
            "(contact.entered, contact.step) = (self.now, row.entry_step);",
            "(contact.entered, contact.step) = (SimTime::ZERO, row.entry_step);",
        )],
    },
    Mutant {
        name: "a caller whom the first agent took out of the queue waits on",
        patches: &[(
            "src/engine/warm.rs",
            "self.first_agent_goes(hold, self.now, HandOver::Withdrawn);",
            "self.first_agent_goes(hold, self.now, HandOver::Withdrawn);\n        if self.now.as_us() % 2 == 1 {\n            return;\n        }",
        )],
    },
    Mutant {
        name: "what people have learnt is nothing to a campaign",
        patches: &[(
            "src/engine/dialling.rs",
            "skill * self.tenure_times(agent, of)",
            "skill * self.tenure_times(agent, of).min(1.0)",
        )],
    },
    Mutant {
        name: "a wrap-up that comes into sight wakes no dialler",
        patches: &[(
            "src/engine/anticipating.rs",
            "let in_sight = ends.before(span);",
            "let in_sight = ends;",
        )],
    },
    Mutant {
        name: "a dialler looks ahead twice as far at wrap-ups",
        patches: &[(
            "src/engine/anticipating.rs",
            "let in_sight = self.now.after(span);",
            "let in_sight = self.now.after(span).after(span);",
        )],
    },
    Mutant {
        name: "a dialler expects half of the talks to be over that it should",
        patches: &[(
            "src/engine/anticipating.rs",
            "of.talks.at(self.now) * f64::from(row.talking)",
            "0.5 * of.talks.at(self.now) * f64::from(row.talking)",
        )],
    },
    Mutant {
        name: "whoever is expected is rung for before the reserve is full",
        patches: &[(
            "src/engine/anticipating.rs",
            "of_wrap_ups - f64::from(self.lacks_in_reserve(id))",
            "of_wrap_ups - 0.0 * f64::from(self.lacks_in_reserve(id))",
        )],
    },
    Mutant {
        name: "a campaign takes one of its reserve",
        patches: &[
            (
                "src/engine/blending.rs",
                "self.agents.idle_count(group) > of.reserve",
                "self.agents.idle_count(group) >= of.reserve.max(1)",
            ),
            (
                "src/engine/blending.rs",
                ".saturating_sub(of.reserve)).sum()",
                ".saturating_sub(of.reserve.saturating_sub(1))).sum()",
            ),
        ],
    },
    Mutant {
        name: "a campaign dials after its hours",
        patches: &[(
            "src/engine/blending.rs",
            "of.hours.is_none_or(|hours| self.open[hours.index()])",
            "of.hours.is_none_or(|hours| self.open[hours.index()] || self.turns[hours.index()] > 0)",
        )],
    },
    Mutant {
        name: "a campaign minds no service level",
        patches: &[(
            "src/engine/blending.rs",
            "is_low: in_time < gate.at_least * all",
            "is_low: in_time < 0.0 * gate.at_least * all",
        )],
    },
    Mutant {
        name: "a campaign minds no occupancy",
        patches: &[(
            "src/engine/blending.rs",
            "self.occupancy(id) < below",
            "self.occupancy(id) < below.max(2.0)",
        )],
    },
    Mutant {
        name: "an abandoned call costs a campaign nothing",
        patches: &[(
            "src/engine/dialling.rs",
            "self.paces(&call.person, 1.0);",
            "self.paces(&call.person, 0.0);",
        )],
    },
    Mutant {
        name: "a person is called once more than may be",
        patches: &[(
            "src/engine/dialling.rs",
            "person.attempts + 1 >= of.attempts",
            "person.attempts >= of.attempts",
        )],
    },
    Mutant {
        name: "whoever may be called again goes before all others",
        patches: &[(
            "src/engine/campaigns.rs",
            "campaigns.rows[person.campaign.index()].again.push_back(person);",
            "campaigns.rows[person.campaign.index()].again.push_front(person);",
        )],
    },
    Mutant {
        name: "a campaign sleeps when somebody may be called again",
        patches: &[(
            "src/engine/campaigns.rs",
            "            _ => self.level_is_looked_at(CampaignId(index as u16)),\n        }\n        self.concerns_campaigns();",
            "            _ => self.level_is_looked_at(CampaignId(index as u16)),\n        }\n        if kind != Timing::Again as u32 {\n            self.concerns_campaigns();\n        }",
        )],
    },
    Mutant {
        name: "a place that is left is empty for a day less",
        patches: &[("src/engine/tenure.rs", "(0..empty).any(|back|", "(0..empty - 1).any(|back|")],
    },
    Mutant {
        name: "who has been there for a day is new again",
        patches: &[(
            "src/engine/tenure.rs",
            ".saturating_sub(self.hired[agent.index()]);",
            ".saturating_sub(self.hired[agent.index()]).saturating_sub(1);",
        )],
    },
    Mutant {
        name: "a dead contact keeps its place and its line until an agent looks at it",
        patches: &[
            (
                "src/engine/leaving.rs",
                "        self.lanes.remove(&mut self.contacts, &mut self.tree, index);\n        self.abandons(index, self.now);\n",
                "        self.contacts[index].timer = super::wheel::TimerId::NONE;\n",
            ),
            ("src/engine/serving.rs", "if EAGER || !self.has_gone(index)", "if !self.has_gone(index)"),
        ],
    },
    Mutant {
        name: "a dead contact is served",
        patches: &[(
            "src/engine/leaving.rs",
            "        self.lanes.remove(&mut self.contacts, &mut self.tree, index);\n        self.abandons(index, self.now);\n",
            "        self.contacts[index].timer = super::wheel::TimerId::NONE;\n",
        )],
    },
    Mutant {
        name: "a talk is cut off when heads change",
        patches: &[(
            "src/engine/serving.rs",
            "        self.work_ends.set(key(talk_ends, agent.0));\n        if USUAL && answered",
            "        let cut = row.heads.get(self.heads[group.index()]).map_or(SimTime::MAX, |&(at, _)| at.max(answered));\n        self.work_ends.set(key(talk_ends.min(cut), agent.0));\n        if USUAL && answered",
        )],
    },
    Mutant {
        name: "a talk is cut off at the end of the shift, or for a break",
        patches: &[(
            "src/engine/serving.rs",
            "        self.work_ends.set(key(talk_ends, agent.0));\n        if USUAL && answered",
            "        let next = self.crews[group.index()].as_mut().and_then(|crew| crew.next_at());\n        let cut = next.map_or(SimTime::MAX, |at| at.max(answered));\n        self.work_ends.set(key(talk_ends.min(cut), agent.0));\n        if USUAL && answered",
        )],
    },
    Mutant {
        name: "who leaves at the end of the shift takes one contact more, every second time",
        patches: &[(
            "src/engine/serving.rs",
            "if self.agents.someone_is_to_go(group) && self.goes(agent, group) {",
            "let takes_one_more = self.crews[group.index()].is_some()\n            && self.now.since(SimTime::ZERO).as_us() % 2 == 1\n            && self.next_contact(group).is_some();\n        if self.agents.someone_is_to_go(group) && !takes_one_more && self.goes(agent, group) {",
        )],
    },
    Mutant {
        name: "one of those in reserve is taken",
        patches: &[("src/model/conditions.rs", "idle > way.reserve", "idle >= way.reserve")],
    },
    Mutant {
        name: "an agent goes home in the middle of a talk",
        patches: &[(
            "src/engine/agents.rs",
            "agents.find(|&agent| self.agents[usize::from(agent)].state == AgentState::Idle)",
            "agents.find(|&agent| self.agents[usize::from(agent)].state != AgentState::Off)",
        )],
    },
    Mutant {
        name: "an e-mail is sent away at closing as a call is",
        patches: &[(
            "src/engine/leaving.rs",
            "if !self.is_written(&citizen) {",
            "if citizen.attempt < u8::MAX {",
        )],
    },
    Mutant {
        name: "an e-mail holds a line",
        patches: &[
            (
                "src/engine/entering.rs",
                "        if self.channel(citizen) != Channel::Voice {\n            return true;\n        }\n",
                "",
            ),
            ("src/engine/entering.rs", "            && self.channel(citizen) == Channel::Voice\n", ""),
        ],
    },
    Mutant {
        name: "a chat goes on at the speed at which it began",
        patches: &[(
            "src/engine/chats.rs",
            "*left_us = (*left_us - done_us).max(0.0);",
            "*left_us = (*left_us - done_us / chatting.speed_of(self.chats.len().max(1)) * chatting.speed_of(1)).max(0.0);",
        )],
    },
    Mutant {
        name: "an agent takes one chat more than may be",
        patches: &[(
            "src/engine/chats.rs",
            "self.chats.len() < chatting.speed.len()",
            "self.chats.len() <= chatting.speed.len()",
        )],
    },
    Mutant {
        name: "a freed place at a desk is not offered to those who wait",
        patches: &[(
            "src/engine/chats.rs",
            "            return self.becomes_free(agent);\n        }\n        self.fills_desk(agent);\n",
            "            return self.becomes_free(agent);\n        }\n",
        )],
    },
    Mutant {
        name: "who is in surplus never goes home",
        patches: &[(
            "src/engine/agents.rs",
            "group.present > group.wanted || group.called_away > 0",
            "group.called_away > 0",
        )],
    },
    Mutant {
        name: "the last log-in is skipped",
        patches: &[(
            "src/engine/agents.rs",
            "group.present < group.wanted",
            "group.present + 1 < group.wanted",
        )],
    },
    Mutant {
        name: "who logs in does not look for work",
        patches: &[(
            "src/engine/staffing.rs",
            "            self.becomes_free(agent);\n",
            "            self.agents.idles(agent);\n            self.observer.agent_changes(self.now, agent, group, AgentState::Idle);\n",
        )],
    },
    Mutant {
        name: "< for <=: a wait equal to the threshold is late",
        patches: &[(
            "src/measures/cell.rs",
            "in_time: u32::from(wait <= within)",
            "in_time: u32::from(wait < within)",
        )],
    },
    Mutant {
        name: "< for <=: patience lasts a microsecond longer",
        patches: &[(
            "src/engine/entering.rs",
            "super::event::key(contact.until, self.slots.patience)",
            "super::event::key(contact.until.after(crate::time::SimDuration::from_us(1)), self.slots.patience)",
        )],
    },
    Mutant {
        name: "who waits at the start has had a part of its patience",
        patches: &[(
            "src/engine/entering.rs",
            "contact.entered.max(model.clock.begins).after",
            "contact.entered.after",
        )],
    },
    Mutant {
        name: "agents log in before the run begins",
        patches: &[(
            "src/model/compile/staffing.rs",
            "heads.insert(0, (SimTime::ZERO, 0))",
            "*at = SimTime::ZERO",
        )],
    },
    Mutant {
        name: "every hundredth transfer is lost",
        patches: &[(
            "src/engine/returning.rs",
            "        contact.leg += 1;\n        let order = contact.citizen.need.0;\n",
            "        contact.leg += 1;\n        let order = contact.citizen.need.0;\n        if order % 100 == 7 {\n            return;\n        }\n",
        )],
    },
    Mutant {
        name: "who chose wrongly goes on to tier 2",
        patches: &[(
            "src/model/contact_types.rs",
            "Outcome::Misrouted => Some(Bound::First)",
            "Outcome::Misrouted => Some(Bound::Second)",
        )],
    },
    Mutant {
        name: "whom the menu serves keeps the line",
        patches: &[("src/engine/greeting.rs", "        self.releases_line_of(&contact);\n", "")],
    },
    Mutant {
        name: "the clock of the first answer starts with the call",
        patches: &[(
            "src/engine/greeting.rs",
            "(contact.began, contact.entered) = (self.now, self.now);",
            "contact.entered = self.now;",
        )],
    },
    Mutant {
        name: "one attempt too many",
        patches: &[("src/engine/returning.rs", "+ 1 < rule.at_most", "+ 1 <= rule.at_most")],
    },
    Mutant {
        name: "a freed agent does not see priorities across queues",
        patches: &[(
            "src/routing/taking.rs",
            "    candidate.priority > best.priority\n        || candidate.priority == best.priority\n            && match",
            "    candidate.priority > best.priority + 1_000_000\n        || match",
        )],
    },
    Mutant {
        name: "a place that is kept for a callback goes to the end of the line",
        patches: &[(
            "src/engine/offers.rs",
            "            self.is_promised(index, offer);\n        } else {",
            "            self.is_promised(index, offer);\n            self.lanes.remove(&mut self.contacts, &mut self.tree, index);\n            self.contacts[index].entered = self.now;\n            self.takes_place(index);\n        } else {",
        )],
    },
    Mutant {
        name: "a callback is tried once more than was offered",
        patches: &[("src/engine/callbacks.rs", "tries < terms.tries", "tries <= terms.tries")],
    },
    Mutant {
        name: "a slot of callbacks holds one more",
        patches: &[("src/engine/callbacks.rs", "[slot] < slots.capacity)", "[slot] <= slots.capacity)")],
    },
    Mutant {
        name: "who accepts a callback keeps the line",
        patches: &[(
            "src/engine/callbacks.rs",
            "        self.releases_line_of(&contact);\n        let (id, within)",
            "        let (id, within)",
        )],
    },
    Mutant {
        name: "an offer is made whatever its condition says",
        patches: &[(
            "src/engine/offers.rs",
            "            || !invitation.condition.holds(contact.queue, self)\n",
            "",
        )],
    },
    Mutant {
        name: "who accepts a callback still hangs up when patience is over",
        patches: &[(
            "src/engine/offers.rs",
            "            self.wheel.cancel(std::mem::replace(&mut self.contacts[index].timer, TimerId::NONE));\n            self.contacts[index].until = SimTime::MAX;\n",
            "",
        )],
    },
    Mutant {
        name: "a promise is kept whenever it is kept",
        patches: &[("src/engine/callbacks.rs", "(at < until, 1)", "(at <= SimTime::MAX, 1)")],
    },
    Mutant {
        name: "an announced wait takes nobody's patience",
        patches: &[(
            "src/engine/offers.rs",
            "let until = self.now.after(SimDuration::from_s(until.since(self.now).as_s() * times));",
            "let until = self.now.after(SimDuration::from_s(until.since(self.now).as_s() * times.max(1.0)));",
        )],
    },
    Mutant {
        name: "a slot is booked once more than it has places",
        patches: &[(
            "src/engine/booking.rs",
            "self.free.set(slot as usize, *booked < agenda.places);",
            "self.free.set(slot as usize, *booked <= agenda.places);",
        )],
    },
    Mutant {
        name: "a cancellation frees no place",
        patches: &[(
            "src/engine/booking.rs",
            "self.changes(counters, (service, row, slot), -1);",
            "self.changes(counters, (service, row, slot), 0);",
        )],
    },
    Mutant {
        name: "walk-ins go before appointments",
        patches: &[(
            "src/engine/counter.rs",
            "(visit.booked.is_none(), since",
            "(visit.booked.is_some(), since",
        )],
    },
    Mutant {
        name: "a counter serves one more than it has clerks for",
        patches: &[(
            "src/engine/counter.rs",
            "state.served >= state.served_at_once",
            "state.served > state.served_at_once",
        )],
    },
    Mutant {
        name: "a visitor who has left is still waited for",
        patches: &[(
            "src/engine/counter.rs",
            "        self.counter_takes(counter);\n    }\n\n    /// The patience of a visitor",
            "    }\n\n    /// The patience of a visitor",
        )],
    },
    Mutant {
        name: "nobody ever stays away from an appointment",
        patches: &[(
            "src/engine/visit_choices.rs",
            "_ if !draw(2).happens(no_show) => (Doing::Coming, slot),",
            "_ if draw(2).uniform() >= 0.0 => (Doing::Coming, slot),",
        )],
    },
    Mutant {
        name: "what an agent has put aside is forgotten",
        patches: &[(
            "src/engine/serving.rs",
            "if RARE && self.piles.has_aside(agent) {",
            "if RARE && self.piles.has_aside(agent) && group.index() > 99 {",
        )],
    },
    Mutant {
        name: "an agent puts one more aside than may be",
        patches: &[(
            "src/engine/put_aside.rs",
            "pile.wrap_ups_aside() < rule.at_most as usize",
            "pile.wrap_ups_aside() <= rule.at_most as usize",
        )],
    },
    Mutant {
        name: "who wraps up is called before who is idle",
        patches: &[(
            "src/engine/conditions.rs",
            "if RARE && idle.is_none() && !self.piles.is_empty() {\n            return self.called_from_work(groups, rule, index);",
            "if RARE && !self.piles.is_empty() {\n            return self.called_from_work(groups, rule, index).or(idle);",
        )],
    },
    Mutant {
        name: "who is to go takes another call before what was put aside",
        patches: &[(
            "src/engine/put_aside.rs",
            "if self.piles.of(agent).is_leaving || self.agents.has_surplus(group) {",
            "if self.agents.has_surplus(group) {",
        )],
    },
    Mutant {
        name: "a wrap-up that was interrupted is begun anew",
        patches: &[("src/engine/put_aside.rs", "left: piece.left - did,", "left: piece.left,")],
    },
    Mutant {
        name: "an e-mail is put aside for nobody",
        patches: &[(
            "src/engine/put_aside.rs",
            "Work::Written(_) => !self.piles.of(agent).is_leaving,",
            "Work::Written(_) => false,",
        )],
    },
    Mutant {
        name: "what was opened is worked on before the call that waits by then",
        patches: &[(
            "src/engine/written.rs",
            "self.begins_piece(agent, group, piece, true);",
            "self.begins_piece(agent, group, piece, agent.0 == u16::MAX);",
        )],
    },
    Mutant {
        name: "who waits at the end of a talk waits for the wrap-up too",
        patches: &[(
            "src/engine/put_aside.rs",
            "self.next_call_for(agent, group).filter(|_| may)",
            "self.next_call_for(agent, group).filter(|_| may && matches!(piece.of, Work::Written(_)))",
        )],
    },
    Mutant {
        name: "an agent takes a case although too few stay idle",
        patches: &[(
            "src/engine/back_office.rs",
            "while self.agents.idle_count(group) > rule.keep_idle",
            "while self.agents.idle_count(group) >= rule.keep_idle.max(1)",
        )],
    },
    Mutant {
        name: "an agent takes a case before it has been idle for long enough",
        patches: &[(
            "src/engine/back_office.rs",
            "if ready > self.now {",
            "if ready > self.now.after(rule.after_idle) {",
        )],
    },
    Mutant {
        name: "work on a case that was interrupted is done anew",
        patches: &[(
            "src/engine/office.rs",
            "*task.left = until.since(now);",
            "*task.left = until.since(now) + *task.left;",
        )],
    },
    Mutant {
        name: "a call interrupts a case that it may not",
        patches: &[(
            "src/engine/put_aside.rs",
            "back_office.is_some_and(|rule| rule.interruptible)",
            "back_office.is_some()",
        )],
    },
    Mutant {
        name: "who goes keeps the case at hand",
        patches: &[(
            "src/engine/put_aside.rs",
            "if matches!(self.agents.state(agent), AgentState::Off | AgentState::OnBreak) {",
            "if matches!(self.agents.state(agent), AgentState::Holding) {",
        )],
    },
    Mutant {
        name: "a preparation takes nobody's time",
        patches: &[(
            "src/engine/preparing.rs",
            "left: work(rule, &citizen),",
            "left: work(rule, &citizen).min(SimDuration::from_us(1)),",
        )],
    },
    Mutant {
        name: "a prepared visit is not shorter",
        patches: &[(
            "src/engine/counter.rs",
            "if booked.prepared.is_done() => preparation.saves",
            "if booked.prepared.is_done() => preparation.saves.min(SimDuration::ZERO)",
        )],
    },
    Mutant {
        name: "a preparation goes on after closing",
        patches: &[(
            "src/engine/office.rs",
            "(self.worked_on.len() > self.people).then(|| self.worked_on.last().copied()).flatten()",
            "(self.worked_on.len() > self.people).then(|| self.worked_on.last().copied()).flatten().filter(|of| of.1 & PREPARES == 0)",
        )],
    },
    Mutant {
        name: "what nobody needs any more is prepared",
        patches: &[(
            "src/engine/preparing.rs",
            "        if let Doing::Waiting = piece.doing {",
            "        if let (Doing::Waiting, 1..) = (piece.doing, piece.left.as_us() % 2) {",
        )],
    },
    Mutant {
        name: "preparations go before all cases",
        patches: &[(
            "src/engine/preparing.rs",
            "Discipline::DueDate => [due, asked, need, 0],",
            "Discipline::DueDate => [0, due, asked, need],",
        )],
    },
    Mutant {
        name: "a visit is prepared as soon as somebody has begun",
        patches: &[(
            "src/engine/preparing.rs",
            "Some(_) => PreparationEnd::Interrupted,",
            "Some(of) => {\n                let of = &mut self.visits.visitors[of].visit;\n                of.booked = of.booked.map(|of| Booked { prepared: Prepared::Since(since), ..of });\n                PreparationEnd::Interrupted\n            }",
        )],
    },
    Mutant {
        name: "a citizen takes what is too far",
        patches: &[(
            "src/engine/visit_choices.rs",
            "is_late || f64::from(metres) > booking.accepted_m * profile.km_times",
            "is_late && metres > 0",
        )],
    },
    Mutant {
        name: "a visit that is booked at the start lies in the first free slot of all",
        patches: &[(
            "src/engine/start_bookings.rs",
            "left.first_in(at..slots.len())",
            "left.first_in(0..slots.len())",
        )],
    },
    Mutant {
        name: "a visit of the start was booked after its notice was over",
        patches: &[(
            "src/engine/start_bookings.rs",
            "SimTime::from_us(drawn_us.max(counters.released(booking, day).as_us()).min(latest_us))",
            "SimTime::from_us(drawn_us.max(counters.released(booking, day).as_us()).min(latest_us.max(drawn_us)))",
        )],
    },
    Mutant {
        name: "visits that are booked at the start take no places from those who book later",
        patches: &[(
            "src/engine/start_bookings.rs",
            "book.take(counters, of.service, row as u16, slot as u32);",
            "book.take(counters, of.service, row as u16, slot as u32);\n        book.give_back(counters, of.service, row as u16, slot as u32);",
        )],
    },
];

#[test]
fn every_mistake_can_still_be_made() {
    for Mutant { name, patches } in MUTANTS {
        for &patch in *patches {
            let text = fs::read_to_string(harness::root().join(patch.0)).expect("a source");
            assert_ne!(harness::broken(&text, name, patch), text);
        }
    }
}

#[test]
#[ignore = "compiles every mutant: an hour"]
fn every_broken_engine_is_found_out() {
    let wanted = std::env::var("CENTRALINO_MUTANT").unwrap_or_default();
    let is_wanted = |name: &str| wanted.split('|').any(|part| name.contains(part));
    let package = Package::that_passes();
    let mut unnoticed = Vec::new();
    for mutant in MUTANTS.iter().filter(|mutant| is_wanted(mutant.name)) {
        let noticed = package.noticed(mutant);
        println!(
            "{}:\n    {}",
            mutant.name,
            if noticed.is_empty() { "NOT NOTICED".into() } else { noticed.join("\n    ") }
        );
        if noticed.is_empty() {
            unnoticed.push(mutant.name);
        }
    }
    assert!(unnoticed.is_empty(), "engines with these mistakes pass: {unnoticed:#?}");
}
