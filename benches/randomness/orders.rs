//! The product's random words, one after the other, in the orders in which neighbouring addresses could betray each other.
//!
//! Addresses are those of a year of a center like Milan's: four arrival processes, 35,136 quarter-hours from
//! 2008-01-01 on, in each cell as many needs as its Poisson count says, the first 34 purposes of every need: whatever the
//! purpose, its number enters the same hash.

use std::ops::ControlFlow;

use centralino::random::{Key, Purpose, name_hash, poisson_quantile};

/// The quarter-hour of 2008-01-01, in Unix time, and how many a year has.
pub const FIRST_CELL: u64 = 1_332_384;
pub const CELLS: u64 = 35_136;
/// How many neighbouring seeds or replications follow each other.
const NEIGHBOURS: u64 = 1_000;
/// Arrival processes: name, mean number of needs in a cell.
const PROCESSES: [(&str, f64); 4] =
    [("information", 29.0), ("services", 10.0), ("mobility", 4.0), ("complaints", 0.6)];

/// The first purposes, in their frozen order.
pub const PURPOSES: [Purpose; 34] = {
    use Purpose::*;
    [
        Count,
        Offset,
        ContactType,
        Profile,
        Recognised,
        Number,
        District,
        Balking,
        Patience,
        TalkTier1,
        TalkTier2,
        TalkTier3,
        WrapUp,
        Outcome,
        Retrial,
        RetrialDelay,
        Busyness,
        Absence,
        AgentChoice,
        Status,
        Case,
        Office,
        Dialler,
        Topic,
        Subtopic,
        Complaint,
        Language,
        Channel,
        Callback,
        Booking,
        NoShow,
        Delay,
        Shrinkage,
        Adherence,
    ]
};

/// An order of the words: what comes first changes slowest.
pub struct Order {
    /// Its name on the command line.
    pub name: &'static str,
    /// What follows what.
    pub nesting: &'static str,
    write: fn(u64, &mut Sink) -> ControlFlow<()>,
}

/// Takes words until it has enough.
pub type Sink<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

/// The orders that are tested.
pub const ORDERS: [Order; 4] = [
    Order { name: "contact", nesting: "replication, cell, process, contact, purpose", write: contact_major },
    Order { name: "purpose", nesting: "replication, purpose, cell, process, contact", write: purpose_major },
    Order {
        name: "replication",
        nesting: "cell, process, contact, purpose, replication",
        write: replications,
    },
    Order { name: "seed", nesting: "cell, process, contact, purpose, seed", write: seeds },
];

impl Order {
    /// Feeds words to the sink, never the same address twice, until it breaks.
    pub fn write(&self, seed: u64, sink: &mut Sink) {
        // `Continue` would mean that the addresses have come to an end, which takes longer than anybody waits.
        let _ = (self.write)(seed, sink);
    }
}

/// One caller after the other, each with all its numbers: as the engine asks for them.
fn contact_major(seed: u64, sink: &mut Sink) -> ControlFlow<()> {
    for replication in 0.. {
        needs(Key::replication(seed, replication), |need| {
            PURPOSES.into_iter().try_for_each(|purpose| sink(need.draw(purpose).word()))
        })?;
    }
    ControlFlow::Continue(())
}

/// One purpose after the other, each for all callers of the year.
fn purpose_major(seed: u64, sink: &mut Sink) -> ControlFlow<()> {
    for replication in 0.. {
        for purpose in PURPOSES {
            needs(Key::replication(seed, replication), |need| sink(need.draw(purpose).word()))?;
        }
    }
    ControlFlow::Continue(())
}

/// The same number of the same caller in 1,000 replications, then the next number.
fn replications(seed: u64, sink: &mut Sink) -> ControlFlow<()> {
    one_address_of_many_roots(|neighbour| Key::replication(seed, neighbour), sink)
}

/// The same number of the same caller under 1,000 seeds, then the next number.
fn seeds(seed: u64, sink: &mut Sink) -> ControlFlow<()> {
    one_address_of_many_roots(|neighbour| Key::replication(seed + neighbour, 0), sink)
}

fn one_address_of_many_roots(root: impl Fn(u64) -> Key, sink: &mut Sink) -> ControlFlow<()> {
    for cell in FIRST_CELL.. {
        for (name, mean) in PROCESSES {
            let hash = name_hash(name);
            let cells: Vec<Key> = (0..NEIGHBOURS).map(|n| root(n).named(hash).cell(cell)).collect();
            for i in 0..mean.ceil() as u64 {
                for purpose in PURPOSES {
                    cells.iter().try_for_each(|key| sink(key.item(i).draw(purpose).word()))?;
                }
            }
        }
    }
    ControlFlow::Continue(())
}

/// All needs of a year, each cell with the number that the product draws for it.
fn needs(root: Key, mut each: impl FnMut(Key) -> ControlFlow<()>) -> ControlFlow<()> {
    for cell in FIRST_CELL..FIRST_CELL + CELLS {
        for (name, mean) in PROCESSES {
            let key = root.named(name_hash(name)).cell(cell);
            let count = poisson_quantile(mean, key.draw(Purpose::Count).uniform());
            (0..count).try_for_each(|i| each(key.item(i)))?;
        }
    }
    ControlFlow::Continue(())
}
