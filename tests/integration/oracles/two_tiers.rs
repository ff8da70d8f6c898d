//! The center that several oracles are about: calls to one queue in front, whose agents may pass them on to one at the back.

/// Two tiers with a group and a queue each: `first` serves `front`, `second` serves `back`.
pub struct TwoTiers {
    pub days: u32,
    pub run_in: &'static str,
    pub per_hour: f64,
    /// Mean talks, exponential.
    pub services_s: [f64; 2],
    pub agents: [u32; 2],
    /// How talks in tier 1 end, but for the rest, which is resolved.
    pub ends: String,
    /// What else is said of the contact type, `calls`.
    pub more: String,
}

impl TwoTiers {
    /// Its scenario.
    pub fn text(&self) -> String {
        let TwoTiers { days, run_in, per_hour, services_s, agents, ends, more } = self;
        format!(
            r#"
            [scenario]
            name = "two tiers"
            start = "2024-01-01"
            days = {days}
            run_in = "{run_in}"
            [contact_types.calls]
            service_time = {{ exponential = "{}s" }}
            tier2.service_time = {{ exponential = "{}s" }}
            outcome.tier1 = {{ {ends}, rest = "resolved" }}
            {more}
            [arrivals.calls]
            per_hour = {per_hour}
            [queues.front.steps.all]
            groups = ["first"]
            [queues.back.steps.all]
            groups = ["second"]
            [routing.escalated]
            order = 1
            when = {{ tier = 2 }}
            queue = "back"
            [routing.new]
            order = 2
            queue = "front"
            [agent_groups.first]
            serves = ["front"]
            staffing.heads = {}
            [agent_groups.second]
            tier = 2
            serves = ["back"]
            staffing.heads = {}
            "#,
            services_s[0], services_s[1], agents[0], agents[1]
        )
    }
}
