//! Which mode a run takes: the cheapest legal one, or the one asked for.

use crate::model::{Capabilities, Mode};

/// The mode of a run, and why it is not a cheaper one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenMode {
    /// Which.
    pub mode: Mode,
    /// Whether somebody asked for it.
    pub asked_for: bool,
    /// What stands against each cheaper mode; empty for the recursion, and where nothing does.
    pub why_not_cheaper: Vec<String>,
}

/// A mode that would give wrong digits for the model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mode \"{}\" is not legal for this scenario: {}", name(*.asked), .reasons.join("; "))]
pub struct IllegalMode {
    asked: Mode,
    reasons: Vec<String>,
    /// The cheapest mode that is legal.
    pub legal: Mode,
}

impl ChosenMode {
    /// As commands and files name it.
    pub fn name(&self) -> &'static str {
        name(self.mode)
    }

    /// What the mode does.
    pub fn meaning(&self) -> &'static str {
        match self.mode {
            Mode::Eager => "each waiting contact has its own timer",
            Mode::Lazy => "patience is looked at when an agent is free",
            Mode::Recursion => "one queue, one group, constant heads: no events are needed",
        }
    }
}

impl IllegalMode {
    /// The cheapest legal mode, as commands name it.
    pub fn legal_name(&self) -> &'static str {
        name(self.legal)
    }
}

fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Eager => "eager",
        Mode::Lazy => "lazy",
        Mode::Recursion => "recursion",
    }
}

/// The mode asked for, or the cheapest legal one.
///
/// # Errors
/// A mode that is not legal, with what stands against it.
pub fn choose_mode(capabilities: &Capabilities, asked: Option<Mode>) -> Result<ChosenMode, IllegalMode> {
    match asked {
        Some(asked) if !capabilities.allows(asked) => {
            Err(IllegalMode { asked, reasons: against(capabilities, asked), legal: capabilities.mode })
        }
        Some(asked) => Ok(ChosenMode { asked_for: true, ..chosen(capabilities, asked) }),
        None => Ok(cheapest_mode(capabilities)),
    }
}

/// The cheapest legal mode.
pub fn cheapest_mode(capabilities: &Capabilities) -> ChosenMode {
    chosen(capabilities, capabilities.mode)
}

fn chosen(capabilities: &Capabilities, mode: Mode) -> ChosenMode {
    let cheaper = match mode {
        Mode::Eager => against(capabilities, Mode::Lazy),
        Mode::Lazy => against(capabilities, Mode::Recursion),
        Mode::Recursion => Vec::new(),
    };
    ChosenMode { mode, asked_for: false, why_not_cheaper: cheaper }
}

fn against(capabilities: &Capabilities, mode: Mode) -> Vec<String> {
    match mode {
        Mode::Eager => Vec::new(),
        Mode::Lazy => capabilities.not_lazy.clone(),
        Mode::Recursion => capabilities.not_recursion.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_queues() -> Capabilities {
        Capabilities { mode: Mode::Lazy, not_lazy: vec![], not_recursion: vec!["2 queues".into()] }
    }

    #[test]
    fn the_cheapest_legal_mode_is_taken_and_says_why_it_is_not_cheaper() {
        let chosen = choose_mode(&two_queues(), None).unwrap();
        assert_eq!((chosen.mode, chosen.asked_for), (Mode::Lazy, false));
        assert_eq!(chosen.why_not_cheaper, ["2 queues"]);
    }

    #[test]
    fn a_dearer_mode_may_be_asked_for_and_an_illegal_one_may_not() {
        assert_eq!(choose_mode(&two_queues(), Some(Mode::Eager)).map(|chosen| chosen.mode), Ok(Mode::Eager));
        let refused = choose_mode(&two_queues(), Some(Mode::Recursion)).unwrap_err();
        assert_eq!(refused.to_string(), "the mode \"recursion\" is not legal for this scenario: 2 queues");
        assert_eq!(refused.legal_name(), "lazy");
    }
}
