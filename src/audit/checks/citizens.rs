//! A contact is about its type's topic, and a citizen lives in one district, of those in which the profile lives.

use crate::audit::counters::share_of;
use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;

pub fn examine_topics(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let types = &plan.scenario.contact_types;
    let any = types.values().any(|of| of.topic.is_some());
    for leg in &run.legs {
        let own = types.get(&*leg.contact_type).and_then(|of| of.topic.as_deref());
        let topic = any.then(|| own.unwrap_or(&leg.contact_type));
        check.expect_of(leg, leg.topic.as_deref() == topic, || {
            (leg.entered, format!("the topic {topic:?}"), format!("{:?}", leg.topic))
        });
    }
}

pub fn examine_districts(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for need in &run.needs {
        let lives = match need.district.as_deref() {
            Some(district) => share_of(plan.scenario, need.profile.as_deref(), district) > 0.0,
            None => plan.scenario.districts.is_empty(),
        };
        let found = || format!("{:?}", need.district);
        check.expect(lives, || need.finding(need.ended, "a district of its profile", found()));
        for visit in run.visits_of(&need.need) {
            check.expect(visit.district == need.district, || {
                need.finding(need.ended, format!("{:?}, as visits say", visit.district), found())
            });
        }
    }
}
