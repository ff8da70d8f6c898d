//! The measures by name.

/// What a measure's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Between 0 and 1.
    Share,
    /// Seconds.
    Seconds,
    /// How many, on average a replication.
    Count,
    /// Contacts at one time.
    Contacts,
    /// A pure number.
    Number,
    /// Hours of work.
    Hours,
    /// The scenario's currency.
    Money,
}
