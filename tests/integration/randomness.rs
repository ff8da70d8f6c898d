//! Random numbers of neighbouring addresses share nothing: the short version of the trials of docs/random-numbers.md.
//!
//! The tests and their addresses are the bench's, `benches/randomness`, which runs them long; here some millions of words at a
//! fixed seed must be innocent, and generators with known faults must not.

#![allow(dead_code, reason = "the bench prints tables and writes streams for ever")]

#[path = "../../benches/randomness/correlations.rs"]
mod correlations;
#[path = "../../benches/randomness/orders.rs"]
mod orders;
#[path = "../../benches/randomness/statistics.rs"]
mod statistics;

use std::ops::ControlFlow;

use centralino::random::{Key, Purpose, name_hash, poisson_quantile};
use correlations::{all, trial, verdict};
use orders::{FIRST_CELL, ORDERS, PURPOSES};
use statistics::Finding;

const SEED: u64 = 20_202;

#[test]
fn neighbouring_addresses_share_nothing() {
    let findings = all(SEED, 100_000);
    assert_eq!(findings.len(), 25 * 7 + 10 * 6);
    assert!(verdict(&findings).is_innocent(), "{}", correlations::table(&findings));
}

/// The statistics that call it guilty.
fn guilty(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.p < 1e-6).map(|finding| finding.statistic).collect()
}

/// A word of a sound stream.
fn sound(k: u64) -> u64 {
    Key::replication(7, 0).item(k).draw(Purpose::TalkTier1).word()
}

#[test]
fn each_statistic_convicts_what_it_looks_for() {
    const PAIRS: u64 = 100_000;
    let independent = trial("", PAIRS, |k| [sound(2 * k), sound(2 * k + 1)]);
    assert_eq!(guilty(&independent), [""; 0]);
    let same = trial("", PAIRS, |k| [sound(k), sound(k)]);
    assert_eq!(guilty(&same).len(), 7, "{same:?}");
    let turned = trial("", PAIRS, |k| [sound(k), sound(k).rotate_left(20)]);
    assert_eq!(guilty(&turned), ["every bit with every bit"]);
    let one_bit =
        trial("", PAIRS, |k| [sound(2 * k), sound(2 * k + 1) & !(1 << 30) | sound(2 * k) & 1 << 30]);
    assert_eq!(guilty(&one_bit), ["ones of the xor", "xor bit by bit", "every bit with every bit"]);
    // Any two of a, b and their xor share nothing, the three do.
    let of_three = |k: u64| {
        let (a, b) = (sound(2 * k), sound(2 * k + 1));
        [a, b, a ^ b]
    };
    assert_eq!(guilty(&trial("", PAIRS, of_three)).len(), 6);
    let two_of_them = trial("", PAIRS, |k| [of_three(k)[0], of_three(k)[2]]);
    assert_eq!(guilty(&two_of_them), [""; 0]);
    // Without a mixer neighbours lie on a lattice.
    let weak = |k: u64| k.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    assert!(!verdict(&trial("", PAIRS, |k| [weak(3 * k), weak(3 * k + 1)])).is_innocent());
}

#[test]
fn the_streams_have_the_words_that_the_product_draws() {
    let words = |name: &str, count: usize| {
        let mut words = Vec::new();
        let order = ORDERS.iter().find(|order| order.name == name).unwrap();
        order.write(SEED, &mut |word| {
            words.push(word);
            if words.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        words
    };
    let cell = |seed, replication| {
        Key::replication(seed, replication).named(name_hash("information")).cell(FIRST_CELL)
    };
    let first = cell(SEED, 0);
    let needs = poisson_quantile(29.0, first.draw(Purpose::Count).uniform());
    assert!(needs > 1);
    let of_contacts: Vec<u64> =
        (0..2).flat_map(|i| PURPOSES.map(|purpose| first.item(i).draw(purpose).word())).collect();
    assert_eq!(words("contact", 68), of_contacts);
    let counts: Vec<u64> = (0..2).map(|i| first.item(i).draw(Purpose::Count).word()).collect();
    assert_eq!(words("purpose", 2), counts);
    let of_replications: Vec<u64> =
        (0..3).map(|r| cell(SEED, r).item(0).draw(Purpose::Count).word()).collect();
    assert_eq!(words("replication", 3), of_replications);
    let of_seeds: Vec<u64> = (0..3).map(|s| cell(SEED + s, 0).item(0).draw(Purpose::Count).word()).collect();
    assert_eq!(words("seed", 3), of_seeds);
    for order in &ORDERS {
        let mut words = words(order.name, 200_000);
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "{} repeats an address", order.name);
    }
}

#[test]
fn uniforms_are_made_of_words_as_the_product_makes_them() {
    for k in 0..1_000 {
        let draw = Key::from_raw(k).draw(Purpose::Offset);
        assert_eq!(statistics::uniform(draw.word()), draw.uniform());
    }
}
