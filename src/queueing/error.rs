//! Why a formula has no answer, and the checks at its door.

use thiserror::Error;

/// Why a closed formula has no answer for these inputs.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum QueueingError {
    /// The work that arrives is at least what the agents can do, and nobody gives up: the queue has no steady state.
    #[error(
        "{erlangs} erlangs of work reach {agents} agents, and nobody gives up: the queue grows without end; give more agents or a patience time"
    )]
    Overload {
        /// Agents present.
        agents: u32,
        /// Offered load: arrivals per second times mean service in seconds.
        erlangs: f64,
    },
    /// An input that must be a positive, finite number is not.
    #[error("{name} must be a positive number, not {value}")]
    NotPositive {
        /// The input's name as the struct spells it.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// An input that must be finite and at least 0 is not.
    #[error("{name} must be a number of at least 0, not {value}")]
    Negative {
        /// The input's name as the struct spells it.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// The queue would be so long that its states do not fit in memory.
    #[error(
        "the queue would hold about {contacts:.0} contacts: too long for the formula; is the patience time right?"
    )]
    TooLong {
        /// The likeliest queue length.
        contacts: f64,
    },
}

/// `value`, if it is positive, finite, and large enough to have a reciprocal.
pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, QueueingError> {
    if value > 0.0 && value.is_normal() { Ok(value) } else { Err(QueueingError::NotPositive { name, value }) }
}

/// `value`, if it is finite and at least 0.
pub(super) fn not_negative(name: &'static str, value: f64) -> Result<f64, QueueingError> {
    if value >= 0.0 && value.is_finite() { Ok(value) } else { Err(QueueingError::Negative { name, value }) }
}

/// The number of agents, if there is one at all.
pub(super) fn at_least_one_agent(agents: u32) -> Result<f64, QueueingError> {
    positive("agents", f64::from(agents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overload_is_said_in_words_with_its_numbers() {
        let text = QueueingError::Overload { agents: 140, erlangs: 145.0 }.to_string();
        assert!(text.starts_with("145 erlangs of work reach 140 agents"), "{text}");
    }

    #[test]
    fn what_is_no_number_is_refused_at_the_door() {
        assert!(positive("erlangs", f64::NAN).is_err());
        assert!(positive("erlangs", f64::INFINITY).is_err());
        assert!(positive("erlangs", 0.0).is_err());
        assert!(positive("erlangs", 1e-310).is_err());
        assert_eq!(not_negative("erlangs", 0.0), Ok(0.0));
        assert!(not_negative("erlangs", -1e-9).is_err());
        assert!(at_least_one_agent(0).is_err());
    }
}
