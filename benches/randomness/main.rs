//! The keyed generator on trial: streams for test batteries, and correlation tests of our own.
//!
//! ```text
//! cargo bench --bench randomness -- stream contact | dieharder -a -g 200
//! cargo bench --bench randomness -- stream contact reversed | head -c 1G > words
//! cargo bench --bench randomness -- correlate
//! cargo bench --bench randomness -- correlate 10000000
//! ```
//!
//! Orders: contact, purpose, replication, seed. `docs/random-numbers.md` has the results and all commands.

#![allow(clippy::exit, reason = "the exit code of this program is its verdict")]

mod correlations;
mod orders;
mod statistics;

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::process::exit;

use orders::ORDERS;

/// The master seed of all trials unless another is given.
const SEED: u64 = 20_202;
/// Words of each relation in a long trial.
const DRAWS: u64 = 1_000_000_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["stream", order] => stream(order, |word| word),
        ["stream", order, "reversed"] => stream(order, u64::reverse_bits),
        ["correlate"] => correlate(SEED, DRAWS),
        ["correlate", draws] => number(draws).map_or_else(usage, |draws| correlate(SEED, draws)),
        ["correlate", draws, seed] => {
            number(draws).zip(number(seed)).map_or_else(usage, |(draws, seed)| correlate(seed, draws));
        }
        // What `cargo bench` without a name comes to.
        [] => correlate(SEED, 1_000_000),
        _ => usage(),
    }
}

fn number(word: &str) -> Option<u64> {
    word.parse().ok()
}

fn usage() {
    eprintln!("usage: stream ORDER [reversed] | correlate [DRAWS [SEED]]");
    for order in &ORDERS {
        eprintln!("  {:<12} {}", order.name, order.nesting);
    }
    exit(2);
}

/// Whole words in little endian, so lower half first, until nobody reads any more.
fn stream(name: &str, turn: fn(u64) -> u64) {
    let Some(order) = ORDERS.iter().find(|order| order.name == name) else { return usage() };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    order.write(SEED, &mut |word| match out.write_all(&turn(word).to_le_bytes()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
}

fn correlate(seed: u64, draws: u64) {
    let findings = correlations::all(seed, draws);
    print!("{}", correlations::table(&findings));
    exit(i32::from(!correlations::verdict(&findings).is_innocent()));
}
