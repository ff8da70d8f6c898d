//! Neighbouring addresses share nothing.
//!
//! A smoke test, a million pairs for each way of being neighbours; it does not
//! replace the long trials that the docs of `mix` name.

use super::chi_square_score;
use crate::random::{Draw, Key, Purpose, name_hash};

const PAIRS: u64 = 1_000_000;

fn need(seed: u64, replication: u64, cell: u64, i: u64) -> Key {
    Key::replication(seed, replication).named(name_hash("taxes")).cell(1_893_456 + cell).item(i)
}

fn talk(key: Key) -> Draw {
    key.draw(Purpose::TalkTier1)
}

/// Uniforms uncorrelated, their joint 16 x 16 histograms of upper bits even, and half of all bits different.
fn assert_independent(name: &str, pair: impl Fn(u64) -> (u64, u64)) {
    let (mut products, mut different) = (0.0, 0_u64);
    let mut joint = [0_u32; 256];
    for n in 0..PAIRS {
        let (a, b) = pair(n);
        let centred = |word: u64| (word >> 11) as f64 / 9_007_199_254_740_992.0 - 0.5;
        products += centred(a) * centred(b);
        different += u64::from((a ^ b).count_ones());
        joint[(a >> 60 << 4 | b >> 60) as usize] += 1;
    }
    let n = PAIRS as f64;
    let correlation = 12.0 * products / n;
    assert!(correlation.abs() < 4.0 / n.sqrt(), "{name}: correlation {correlation}");
    let bits = different as f64 / n - 32.0;
    assert!(bits.abs() < 4.0 * 4.0 / n.sqrt(), "{name}: {bits} bits from half");
    let score = chi_square_score(&joint, &[n / 256.0; 256]);
    assert!(score.abs() < 4.5, "{name}: joint chi-square is {score:.2} standard deviations off");
}

#[test]
fn neighbouring_needs_cells_replications_and_seeds() {
    assert_independent("needs", |n| {
        (talk(need(1, 0, n / 100, n % 100)).word(), talk(need(1, 0, n / 100, n % 100 + 1)).word())
    });
    assert_independent("cells", |n| {
        (talk(need(1, 0, n / 100, n % 100)).word(), talk(need(1, 0, n / 100 + 1, n % 100)).word())
    });
    assert_independent("replications", |n| {
        (talk(need(1, n, 5, 3)).word(), talk(need(1, n + 1, 5, 3)).word())
    });
    assert_independent("seeds", |n| (talk(need(n, 0, 5, 3)).word(), talk(need(n + 1, 0, 5, 3)).word()));
}

#[test]
fn neighbouring_stages_of_a_need() {
    let key = |n: u64| need(1, 0, n / 100, n % 100);
    assert_independent("attempts", |n| (talk(key(n).stage(0, 0)).word(), talk(key(n).stage(1, 0)).word()));
    assert_independent("legs", |n| (talk(key(n).stage(1, 0)).word(), talk(key(n).stage(1, 1)).word()));
}

#[test]
fn purposes_words_and_sub_draws_of_one_need() {
    let key = |n: u64| need(1, 0, n / 100, n % 100);
    assert_independent("purposes", |n| (talk(key(n)).word(), key(n).draw(Purpose::Patience).word()));
    assert_independent("first words", |n| (talk(key(n)).word(), talk(key(n)).word_at(1)));
    assert_independent("sub-draw and parent", |n| (talk(key(n)).word(), talk(key(n)).sub(0).word()));
    assert_independent("sub-draws", |n| (talk(key(n)).sub(0).word(), talk(key(n)).sub(1).word()));
}

#[test]
fn every_purpose_beside_every_other() {
    use Purpose::*;
    let purposes =
        [Count, Offset, ContactType, Profile, Recognised, Number, District, Balking, Patience, TalkTier1];
    for (p, &a) in purposes.iter().enumerate() {
        let b = purposes[(p + 1) % purposes.len()];
        let key = Key::replication(3, 0).named(name_hash("registry"));
        assert_independent(&format!("{a:?} and {b:?}"), |n| {
            let need = key.cell(n / 64).item(n % 64);
            (need.draw(a).word(), need.draw(b).word())
        });
    }
}
