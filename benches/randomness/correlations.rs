//! Correlation tests between neighbouring addresses: pairs and triples that differ in one part of the address, or in two at once.
//!
//! No word serves in two tuples of a relation, so that cells are multinomial; strides of 3 (pairs) and 5 (triples) let every pattern of low
//! bits begin a tuple.

use std::fmt::Write as _;

use centralino::random::{Draw, Key, Purpose, name_hash};

use super::orders::{CELLS, FIRST_CELL, PURPOSES};
use super::statistics::{Finding, Trial};

/// How often a sound generator may be called guilty, over all statistics together.
const FALSE_ALARMS: f64 = 0.01;

/// All statistics of all relations, from at least so many words each.
pub fn all(seed: u64, draws: u64) -> Vec<Finding> {
    let bench = Bench { seed, draws, names: (0..64).map(|n| name_hash(&format!("type_{n}"))).collect() };
    [bench.roots(), bench.places(), bench.within_needs(), bench.flipped_bits(), bench.triples()].concat()
}

/// The statistics of one relation, which gives the k-th tuple.
pub fn trial<const N: usize>(name: &str, draws: u64, tuple: impl Fn(u64) -> [u64; N]) -> Vec<Finding> {
    let mut trial = Trial::new();
    (0..draws.div_ceil(N as u64)).for_each(|k| trial.count(tuple(k)));
    trial.findings(name)
}

/// What the findings say together.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    pub statistics: usize,
    pub smallest: f64,
    pub below_5_percent: usize,
    pub below_1_percent: usize,
}

impl Verdict {
    /// Bonferroni's bound, which needs no independence of the statistics.
    pub fn is_innocent(self) -> bool {
        self.smallest * self.statistics as f64 >= FALSE_ALARMS
    }
}

pub fn verdict(findings: &[Finding]) -> Verdict {
    let below = |bound: f64| findings.iter().filter(|finding| finding.p < bound).count();
    Verdict {
        statistics: findings.len(),
        smallest: findings.iter().map(|finding| finding.p).fold(1.0, f64::min),
        below_5_percent: below(0.05),
        below_1_percent: below(0.01),
    }
}

/// One line a relation with its smallest p, then the verdict.
pub fn table(findings: &[Finding]) -> String {
    let mut text = String::from("| relation | statistics | smallest p | of |\n| --- | ---: | ---: | --- |\n");
    for of_one in findings.chunk_by(|a, b| a.relation == b.relation) {
        let least = of_one.iter().min_by(|a, b| a.p.total_cmp(&b.p));
        let Some(Finding { relation, statistic, p }) = least else { continue };
        let _ = writeln!(text, "| {relation} | {} | {p:.4} | {statistic} |", of_one.len());
    }
    let verdict = verdict(findings);
    let Verdict { statistics, smallest, below_5_percent, below_1_percent } = verdict;
    let _ = writeln!(
        text,
        "\n{statistics} statistics: the smallest p is {smallest:.2e}, {:.2} after Bonferroni; {below_5_percent} below 0.05 \
         ({:.1} expected), {below_1_percent} below 0.01 ({:.1} expected): {}",
        (smallest * statistics as f64).min(1.0),
        statistics as f64 * 0.05,
        statistics as f64 * 0.01,
        if verdict.is_innocent() { "innocent" } else { "GUILTY" },
    );
    text
}

/// The addresses from which tuples are made.
struct Bench {
    seed: u64,
    draws: u64,
    names: Vec<u64>,
}

impl Bench {
    fn two(&self, name: &str, pair: impl Fn(u64) -> [u64; 2]) -> Vec<Finding> {
        trial(name, self.draws, pair)
    }

    fn three(&self, name: &str, triple: impl Fn(u64) -> [u64; 3]) -> Vec<Finding> {
        trial(name, self.draws, triple)
    }

    /// The need with this seed, replication, cell of the year and number in its cell.
    fn need(&self, seed: u64, replication: u64, cell: u64, i: u64) -> Key {
        Key::replication(seed, replication).named(self.names[0]).cell(FIRST_CELL + cell).item(i)
    }

    /// The k-th need, 50 in each cell, a year in each replication.
    fn kth(&self, seed: u64, first_replication: u64, k: u64) -> Key {
        let (cell, i) = (k / 50, k % 50);
        self.need(seed, first_replication + cell / CELLS, cell % CELLS, i)
    }

    /// Neighbouring seeds and replications, at many addresses.
    fn roots(&self) -> Vec<Finding> {
        let seed = self.seed;
        [
            self.two("seeds s, s + 1", |k| {
                let s = seed + 3 * (k % 10_000);
                [s, s + 1].map(|s| talk(self.kth(s, 0, k / 10_000)))
            }),
            self.two("replications r, r + 1", |k| {
                let (r, k) = (3 * (k % 333), k / 333);
                [r, r + 1].map(|r| talk(self.need(seed, r, k % CELLS, k / CELLS)))
            }),
            self.two("seed and replication (s, r + 1), (s + 1, r)", |k| {
                let (s, r) = (seed + 2 * (k % 100), k / 100 % 100);
                [(s, r + 1), (s + 1, r)]
                    .map(|(s, r)| talk(self.need(s, r, k / 10_000 % CELLS, k / 10_000 / CELLS)))
            }),
            self.two("seed and replication swapped (a, b), (b, a)", |k| {
                let (a, b) = (2 * (k % 100), 2 * (k / 100 % 100) + 1);
                [(a, b), (b, a)].map(|(s, r)| talk(self.need(s, r, k / 10_000 % CELLS, k / 10_000 / CELLS)))
            }),
        ]
        .concat()
    }

    /// Neighbouring processes, cells and contacts.
    fn places(&self) -> Vec<Finding> {
        let seed = self.seed;
        let in_cell = |cell: u64, i: u64, years: u64| talk(self.need(seed, years, cell, i));
        [
            self.two("processes type_n, type_n+1", |k| {
                let (n, k) = (2 * (k % 32) as usize, k / 32);
                let root = Key::replication(seed, k / 50 / CELLS);
                [n, n + 1]
                    .map(|n| talk(root.named(self.names[n]).cell(FIRST_CELL + k / 50 % CELLS).item(k % 50)))
            }),
            self.two("cells c, c + 1", |k| {
                let (c, k) = (3 * (k % 11_712), k / 11_712);
                [c, c + 1].map(|c| in_cell(c, k % 50, k / 50))
            }),
            self.two("cells a day apart", |k| {
                let (c, k) = (k % 96 + 192 * (k / 96 % 183), k / 96 / 183);
                [c, c + 96].map(|c| in_cell(c, k % 50, k / 50))
            }),
            self.two("cells a week apart", |k| {
                let (c, k) = (k % 672 + 1_344 * (k / 672 % 26), k / 672 / 26);
                [c, c + 672].map(|c| in_cell(c, k % 50, k / 50))
            }),
            self.two("contacts i, i + 1", |k| {
                let (i, k) = (3 * (k % 21), k / 21);
                [i, i + 1].map(|i| in_cell(k % CELLS, i, k / CELLS))
            }),
            self.two("contacts and cells (c, i + 1), (c + 1, i)", |k| {
                let (i, k) = (k % 50, k / 50);
                let (c, year) = (2 * (k % (CELLS / 2)), k / (CELLS / 2));
                [(c, i + 1), (c + 1, i)].map(|(c, i)| in_cell(c, i, year))
            }),
        ]
        .concat()
    }

    /// Neighbouring attempts, legs, purposes, words and sub-draws of one contact.
    fn within_needs(&self) -> Vec<Finding> {
        let need = |k: u64| self.kth(self.seed, 0, k);
        [
            self.two("attempts a, a + 1", |k| {
                let a = 3 * (k % 4) as u32;
                [a, a + 1].map(|a| talk(need(k / 4).stage(a, 0)))
            }),
            self.two("legs l, l + 1", |k| {
                let l = 3 * (k % 4) as u32;
                [l, l + 1].map(|l| talk(need(k / 4).stage(0, l)))
            }),
            self.two("attempt and leg swapped (a, l), (l, a)", |k| {
                let (a, l) = (2 * (k % 4) as u32, 2 * (k / 4 % 4) as u32 + 1);
                [(a, l), (l, a)].map(|(a, l)| talk(need(k / 16).stage(a, l)))
            }),
            self.two("purposes p, p + 1", |k| {
                let p = (k % 33) as usize;
                [p, p + 1].map(|p| need(k).draw(PURPOSES[p]).word())
            }),
            self.two("purposes p, q, all pairs", |k| {
                let (p, step) = ((k % 34) as usize, 1 + (k / 34 % 33) as usize);
                [p, (p + step) % 34].map(|p| need(k).draw(PURPOSES[p]).word())
            }),
            self.two("talk of a contact, patience of the next", |k| {
                [talk(need(2 * k)), need(2 * k + 1).draw(Purpose::Patience).word()]
            }),
            self.two("words j, j + 1 of a draw", |k| {
                let j = 3 * (k % 4);
                [j, j + 1].map(|j| draw(need(k / 4)).word_at(j))
            }),
            self.two("sub-draws j, j + 1", |k| {
                let j = 3 * (k % 4);
                [j, j + 1].map(|j| draw(need(k / 4)).sub(j).word())
            }),
            self.two("a draw and its first sub-draw", |k| [talk(need(k)), draw(need(k)).sub(0).word()]),
        ]
        .concat()
    }

    /// Avalanche: one bit of one part of the address flipped, each bit in turn. Bases are spread
    /// over the whole range, so that tuples hardly ever meet.
    fn flipped_bits(&self) -> Vec<Finding> {
        let spread = |k: u64, bits: u32| k.wrapping_mul(0xD134_2543_DE82_EF95) >> (64 - bits);
        let flipped = |k: u64, bits: u32| {
            let x = spread(k, bits);
            [x, x ^ 1 << (k % u64::from(bits))]
        };
        let seed = self.seed;
        [
            self.two("one bit of the seed", |k| flipped(k, 64).map(|s| talk(self.need(s, 0, 40, 3)))),
            self.two("one bit of the replication", |k| {
                flipped(k, 48).map(|r| talk(self.need(seed, r, 40, 3)))
            }),
            self.two("one bit of the name's hash", |k| {
                flipped(k, 64)
                    .map(|hash| talk(Key::replication(seed, 0).named(hash).cell(FIRST_CELL).item(3)))
            }),
            self.two("one bit of the cell", |k| flipped(k, 48).map(|c| talk(self.need(seed, 0, c, 3)))),
            self.two("one bit of the contact", |k| flipped(k, 48).map(|i| talk(self.need(seed, 0, 40, i)))),
            self.two("one bit of the contact's key", |k| flipped(k, 64).map(|raw| talk(Key::from_raw(raw)))),
        ]
        .concat()
    }

    /// Three neighbours at a time.
    fn triples(&self) -> Vec<Finding> {
        let seed = self.seed;
        let need = |k: u64| self.kth(seed, 0, k);
        [
            self.three("three seeds", |k| {
                let s = seed + 5 * (k % 10_000);
                [s, s + 1, s + 2].map(|s| talk(self.kth(s, 0, k / 10_000)))
            }),
            self.three("three replications", |k| {
                let (r, k) = (5 * (k % 200), k / 200);
                [r, r + 1, r + 2].map(|r| talk(self.need(seed, r, k % CELLS, k / CELLS)))
            }),
            self.three("three processes", |k| {
                let (n, k) = (3 * (k % 21) as usize, k / 21);
                let root = Key::replication(seed, k / 50 / CELLS);
                [n, n + 1, n + 2]
                    .map(|n| talk(root.named(self.names[n]).cell(FIRST_CELL + k / 50 % CELLS).item(k % 50)))
            }),
            self.three("three cells", |k| {
                let (c, k) = (5 * (k % 7_027), k / 7_027);
                [c, c + 1, c + 2].map(|c| talk(self.need(seed, k / 50, c, k % 50)))
            }),
            self.three("three contacts", |k| {
                let (i, k) = (5 * (k % 12), k / 12);
                [i, i + 1, i + 2].map(|i| talk(self.need(seed, k / CELLS, k % CELLS, i)))
            }),
            self.three("three attempts", |k| {
                let a = 5 * (k % 3) as u32;
                [a, a + 1, a + 2].map(|a| talk(need(k / 3).stage(a, 0)))
            }),
            self.three("three purposes", |k| {
                let (p, step) = ((k % 34) as usize, 1 + (k / 34 % 16) as usize);
                [p, p + step, p + 2 * step].map(|p| need(k).draw(PURPOSES[p % 34]).word())
            }),
            self.three("three words of a draw", |k| {
                let j = 5 * (k % 3);
                [j, j + 1, j + 2].map(|j| draw(need(k / 3)).word_at(j))
            }),
            self.three("offset, talk and patience of a contact", |k| {
                [Purpose::Offset, Purpose::TalkTier1, Purpose::Patience].map(|p| need(k).draw(p).word())
            }),
            self.three("(s, r, i), (s + 1, r, i), (s, r + 1, i + 1)", |k| {
                let (s, r, k) = (seed + 2 * (k % 50), 2 * (k / 50 % 50), k / 2_500);
                let (c, i) = (k % CELLS, 2 * (k / CELLS));
                [(s, r, i), (s + 1, r, i), (s, r + 1, i + 1)].map(|(s, r, i)| talk(self.need(s, r, c, i)))
            }),
        ]
        .concat()
    }
}

fn draw(key: Key) -> Draw {
    key.draw(Purpose::TalkTier1)
}

fn talk(key: Key) -> u64 {
    draw(key).word()
}
