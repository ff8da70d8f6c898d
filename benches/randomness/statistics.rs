//! What is counted of pairs and triples of words that ought to share nothing, and how unlikely each count is by chance.

use centralino::random::special::{normal_cdf, normal_quantile, regularised_gamma_p, regularised_gamma_q};

/// One statistic of one relation.
#[derive(Clone, Debug)]
pub struct Finding {
    pub relation: String,
    pub statistic: &'static str,
    /// The probability of something at least so far from what is expected, to either side, if words are independent.
    pub p: f64,
}

/// Bits of a word that choose its place in the table of normal scores.
const SCORE_BITS: u32 = 10;
/// All 64 x 64 pairs of bits are counted in one block of 64 tuples out of so many.
const BLOCKS: u64 = 32;

/// The running counts of N words at a time.
pub struct Trial<const N: usize> {
    tuples: u64,
    scores: Scores,
    uniform_products: f64,
    score_products: f64,
    upper_cells: Vec<u32>,
    lower_cells: Vec<u32>,
    odd_ones: BitCounts,
    across: Across,
}

impl<const N: usize> Trial<N> {
    /// Bits of each word that choose a cell: 64 x 64 cells of pairs, 16 x 16 x 16 of triples.
    const CELL_BITS: u32 = 12 / N as u32;

    pub fn new() -> Self {
        Trial {
            tuples: 0,
            scores: Scores::new(),
            uniform_products: 0.0,
            score_products: 0.0,
            upper_cells: vec![0; 1 << 12],
            lower_cells: vec![0; 1 << 12],
            odd_ones: BitCounts::new(),
            across: Across::new(),
        }
    }

    #[inline(always)]
    pub fn count(&mut self, words: [u64; N]) {
        let (mut uniforms, mut scores, mut upper, mut lower, mut odd) = (1.0, 1.0, 0, 0, 0);
        for word in words {
            uniforms *= uniform(word) - 0.5;
            scores *= self.scores.of(word);
            upper = upper << Self::CELL_BITS | word >> (64 - Self::CELL_BITS);
            lower = lower << Self::CELL_BITS | word & ((1 << Self::CELL_BITS) - 1);
            odd ^= word;
        }
        self.uniform_products += uniforms;
        self.score_products += scores;
        self.upper_cells[upper as usize & 0xfff] += 1;
        self.lower_cells[lower as usize & 0xfff] += 1;
        self.odd_ones.add(odd);
        if N == 2 && (self.tuples / 64).is_multiple_of(BLOCKS) {
            self.across.add(words[0], words[1]);
        }
        self.tuples += 1;
    }

    /// The probabilities of all statistics.
    pub fn findings(&self, relation: &str) -> Vec<Finding> {
        let n = self.tuples as f64;
        let root = |variance: f64| (0..N).fold(n, |product, _| product * variance).sqrt();
        let bits = self.odd_ones.counts();
        let ones: u64 = bits.iter().sum();
        let by_bit: f64 = bits.iter().map(|&count| square((count as f64 - n / 2.0) / (n / 4.0).sqrt())).sum();
        let mut found = vec![
            ("product of uniforms", two_sided(self.uniform_products / root(1.0 / 12.0))),
            ("product of normal scores", two_sided(self.score_products / root(self.scores.variance))),
            ("cells of upper bits", chi_square(cells(&self.upper_cells, n), 4_095.0)),
            ("cells of lower bits", chi_square(cells(&self.lower_cells, n), 4_095.0)),
            ("ones of the xor", two_sided((ones as f64 - 32.0 * n) / (16.0 * n).sqrt())),
            ("xor bit by bit", chi_square(by_bit, 64.0)),
        ];
        if N == 2 {
            found.push(("every bit with every bit", chi_square(self.across.statistic(), 4_096.0)));
        }
        found.into_iter().map(|(statistic, p)| Finding { relation: relation.into(), statistic, p }).collect()
    }
}

/// The uniform variate that the product makes of a word.
#[inline(always)]
pub fn uniform(word: u64) -> f64 {
    ((word >> 11) | 1) as f64 / (1_u64 << 53) as f64
}

fn square(x: f64) -> f64 {
    x * x
}

/// Of a standard normal statistic.
fn two_sided(z: f64) -> f64 {
    2.0 * normal_cdf(-z.abs())
}

/// Of a chi-square statistic: too even is as suspicious as too uneven.
fn chi_square(statistic: f64, freedom: f64) -> f64 {
    let (shape, x) = (freedom / 2.0, statistic / 2.0);
    2.0 * regularised_gamma_p(shape, x).min(regularised_gamma_q(shape, x)).min(0.5)
}

/// The chi-square statistic of equally likely cells.
fn cells(counts: &[u32], tuples: f64) -> f64 {
    let mean = tuples / counts.len() as f64;
    counts.iter().map(|&count| square(f64::from(count) - mean) / mean).sum()
}

/// Normal scores by the upper bits of a word: symmetric, so their mean is 0, and of known variance.
struct Scores {
    table: Vec<f64>,
    variance: f64,
}

impl Scores {
    fn new() -> Self {
        let places = 1_u32 << SCORE_BITS;
        let score = |place| normal_quantile((f64::from(place) + 0.5) / f64::from(places));
        let table: Vec<f64> = (0..places).map(score).collect();
        let variance = table.iter().map(|&score| square(score)).sum::<f64>() / f64::from(places);
        Scores { table, variance }
    }

    #[inline(always)]
    fn of(&self, word: u64) -> f64 {
        self.table[(word >> (64 - SCORE_BITS)) as usize]
    }
}

/// How many of the words had a one at each place. Eight bits a count, eight counts a lane, emptied before one overflows.
struct BitCounts {
    lanes: [u64; 8],
    words: u32,
    counts: [u64; 64],
}

impl BitCounts {
    fn new() -> Self {
        BitCounts { lanes: [0; 8], words: 0, counts: [0; 64] }
    }

    #[inline(always)]
    fn add(&mut self, word: u64) {
        for (shift, lane) in self.lanes.iter_mut().enumerate() {
            *lane += word >> shift & 0x0101_0101_0101_0101;
        }
        self.words += 1;
        if self.words == 255 {
            self.counts = self.counts();
            (self.lanes, self.words) = ([0; 8], 0);
        }
    }

    fn counts(&self) -> [u64; 64] {
        std::array::from_fn(|bit| self.counts[bit] + (self.lanes[bit % 8] >> (bit / 8 * 8) & 0xff))
    }
}

/// How often bit i of the first word and bit j of the second differ, for all i and j.
struct Across {
    blocks: u64,
    first: Vec<u64>,
    second: Vec<u64>,
    differ: Vec<[u32; 64]>,
}

impl Across {
    fn new() -> Self {
        Across { blocks: 0, first: Vec::new(), second: Vec::new(), differ: vec![[0; 64]; 64] }
    }

    fn add(&mut self, first: u64, second: u64) {
        self.first.push(first);
        self.second.push(second);
        if self.first.len() == 64 {
            self.close_block();
        }
    }

    #[inline(never)]
    fn close_block(&mut self) {
        let (first, second) = (columns(&self.first), columns(&self.second));
        for (counts, a) in self.differ.iter_mut().zip(first) {
            for (count, b) in counts.iter_mut().zip(second) {
                *count += (a ^ b).count_ones();
            }
        }
        self.first.clear();
        self.second.clear();
        self.blocks += 1;
    }

    /// The sum of 4,096 squared z-scores, pairwise uncorrelated, so a chi-square statistic of many blocks.
    fn statistic(&self) -> f64 {
        let n = 64.0 * self.blocks as f64;
        let z = |&count: &u32| (f64::from(count) - n / 2.0) / (n / 4.0).sqrt();
        self.differ.iter().flatten().map(|count| square(z(count))).sum()
    }
}

/// The 64 columns of 64 words as words.
fn columns(words: &[u64]) -> [u64; 64] {
    let mut columns = [0; 64];
    for (row, &word) in words.iter().enumerate() {
        for (bit, column) in columns.iter_mut().enumerate() {
            *column |= (word >> bit & 1) << row;
        }
    }
    columns
}
