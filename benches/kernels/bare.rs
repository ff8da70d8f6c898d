//! Bare kernels: W1 and W2 written by hand, as a yardstick for the machine.
//!
//! The same keyed random numbers as the product's, a winner tree, and sums that can be checked; no scenario, no routing
//! tables, no statistics by period.

use std::collections::VecDeque;

use centralino::random::{Key, Purpose};

const SERVICE_US: f64 = 240e6;
const PATIENCE_US: f64 = 300e6;
const NONE: u64 = u64::MAX;

/// A winner tree over slots, in its shortest form.
struct Tree {
    nodes: Vec<u64>,
    leaves: usize,
}

impl Tree {
    fn new(slots: usize) -> Self {
        let leaves = slots.next_power_of_two();
        Tree { nodes: vec![NONE; 2 * leaves], leaves }
    }

    #[inline]
    fn set(&mut self, slot: usize, key: u64) {
        let mut node = self.leaves + slot;
        let mut winner = key;
        self.nodes[node] = key;
        while node > 1 {
            winner = winner.min(self.nodes[node ^ 1]);
            node >>= 1;
            self.nodes[node] = winner;
        }
    }

    #[inline]
    fn first(&self) -> u64 {
        self.nodes[1]
    }
}

#[inline]
fn exponential(key: Key, purpose: Purpose, mean: f64) -> u64 {
    (key.draw(purpose).unit_exponential() * mean) as i64 as u64
}

/// What a kernel sums, so that nothing of it can be left out.
#[derive(Default)]
struct Sums {
    wait_us: u64,
    abandoned: u64,
    in_time: u64,
}

impl Sums {
    #[inline]
    fn answered(&mut self, wait_us: u64) {
        self.wait_us += wait_us;
        self.in_time += u64::from(wait_us <= 20_000_000);
    }

    #[inline]
    fn abandoned(&mut self, wait_us: u64) {
        self.wait_us += wait_us;
        self.abandoned += 1;
    }
}

/// M/M/150+M at 145 erlangs, FIFO, patience looked at when an agent does.
pub fn w1_events(replication: u64, calls: u64) -> u64 {
    const AGENTS: u16 = 150;
    const GAP_US: f64 = SERVICE_US / 145.0;
    let root = Key::replication(1, replication);
    let (mut tree, mut idle, mut sums) =
        (Tree::new(AGENTS.into()), Vec::from_iter(0..AGENTS), Sums::default());
    let mut queue: VecDeque<(u64, u64, Key)> = VecDeque::new();
    let (mut call, mut arrival) = (0, exponential(root.item(0), Purpose::Offset, GAP_US));
    while call < calls {
        let next = tree.first();
        if arrival << 16 <= next {
            let (now, key) = (arrival, root.item(call));
            call += 1;
            arrival += exponential(root.item(call), Purpose::Offset, GAP_US);
            match idle.pop() {
                Some(agent) => {
                    sums.answered(0);
                    let end = now + exponential(key, Purpose::TalkTier1, SERVICE_US);
                    tree.set(agent.into(), end << 16 | u64::from(agent));
                }
                None => queue.push_back((now, now + exponential(key, Purpose::Patience, PATIENCE_US), key)),
            }
        } else {
            let (now, agent) = (next >> 16, next as u16);
            let key = loop {
                match queue.pop_front() {
                    None => break None,
                    Some((entered, gone, _)) if gone < now => sums.abandoned(gone - entered),
                    Some((entered, _, key)) => {
                        sums.answered(now - entered);
                        break Some(key);
                    }
                }
            };
            let end = key.map(|key| now + exponential(key, Purpose::TalkTier1, SERVICE_US));
            tree.set(agent.into(), end.map_or(NONE, |end| end << 16 | u64::from(agent)));
            idle.extend(end.is_none().then_some(agent));
        }
    }
    check(&sums, call);
    call
}

/// The same by recursion on the agents' free times.
pub fn w1_recursion(replication: u64, calls: u64) -> u64 {
    const AGENTS: u16 = 150;
    const GAP_US: f64 = SERVICE_US / 145.0;
    let root = Key::replication(1, replication);
    let (mut tree, mut sums, mut now) = (Tree::new(AGENTS.into()), Sums::default(), 0);
    (0..AGENTS).for_each(|agent| tree.set(agent.into(), u64::from(agent)));
    for call in 0..calls {
        let key = root.item(call);
        now += exponential(key, Purpose::Offset, GAP_US);
        let (free, agent) = (tree.first() >> 16, tree.first() as u16);
        let start = free.max(now);
        if start > now {
            let patience = exponential(key, Purpose::Patience, PATIENCE_US);
            if patience < start - now {
                sums.abandoned(patience);
                continue;
            }
        }
        sums.answered(start - now);
        let end = start + exponential(key, Purpose::TalkTier1, SERVICE_US);
        tree.set(agent.into(), end << 16 | u64::from(agent));
    }
    check(&sums, calls);
    calls
}

/// Half of the calls are answered in time and few hang up, or the kernel is broken.
fn check(sums: &Sums, calls: u64) {
    assert!(sums.in_time > calls / 2 && sums.abandoned < calls / 5 && sums.wait_us > 0);
}

/// 8 types, 12 groups, 448 agents; types list groups, groups list types.
struct Skills {
    groups_of: [Vec<usize>; 8],
    types_of: [Vec<usize>; 12],
    agents: [std::ops::Range<u16>; 12],
}

/// Group g of the first eight serves types g and g + 1; group 8 + j serves four types, every other one.
fn skills() -> Skills {
    let mut first_agent = 0;
    let agents = std::array::from_fn(|group| {
        let size = if group < 8 { 42 } else { 28 };
        first_agent += size;
        first_agent - size..first_agent
    });
    let types_of: [Vec<usize>; 12] = std::array::from_fn(|group| match group {
        0..8 => vec![group, (group + 1) % 8],
        _ => (0..4).map(|i| (group - 8 + 2 * i) % 8).collect(),
    });
    let groups_of =
        std::array::from_fn(|of| (0..12).filter(|&group| types_of[group].contains(&of)).collect());
    Skills { groups_of, types_of, agents }
}

/// Multi-skill center with sinusoidal rates by thinning; patience lazy, or as events in a heap with tombstones.
pub fn w2_events<const EAGER: bool>(replication: u64, calls: u64) -> u64 {
    let skills = skills();
    let root = Key::replication(1, replication);
    let mut tree = Tree::new(448 + 8);
    let mut idle: Vec<VecDeque<u16>> = skills.agents.iter().map(|agents| agents.clone().collect()).collect();
    let group_of: Vec<usize> = skills
        .agents
        .iter()
        .enumerate()
        .flat_map(|(group, agents)| agents.clone().map(move |_| group))
        .collect();
    let mut queues: [VecDeque<Waiting>; 8] = Default::default();
    let mut alive: Vec<bool> = vec![false; calls as usize];
    let mut patience: std::collections::BinaryHeap<std::cmp::Reverse<(u64, u32, u8)>> = Default::default();
    let (mut sums, mut call, mut candidates) = (Sums::default(), 0u64, [0u64; 8]);
    for (of, candidate) in candidates.iter_mut().enumerate() {
        let (at, number) = next_arrival(root, of, 0, 0);
        *candidate = number;
        tree.set(448 + of, at << 16 | (448 + of) as u64);
    }
    while call < calls {
        let next = tree.first();
        if EAGER
            && let Some(&std::cmp::Reverse((at, number, of))) = patience.peek()
            && at < next >> 16
        {
            patience.pop();
            if alive[number as usize] {
                alive[number as usize] = false;
                let queue = &mut queues[usize::from(of)];
                let place = queue.iter().position(|waiting| waiting.number == number).expect("it waits");
                let waiting = queue.remove(place).expect("it waits");
                sums.abandoned(at - waiting.entered);
            }
            continue;
        }
        let (now, slot) = (next >> 16, usize::from(next as u16));
        if slot >= 448 {
            let of = slot - 448;
            let key = root.cell(of as u64).item(candidates[of]);
            let (at, number) = next_arrival(root, of, now, candidates[of] + 1);
            candidates[of] = number;
            tree.set(slot, at << 16 | slot as u64);
            let agent = skills.groups_of[of].iter().find_map(|&group| idle[group].pop_front());
            match agent {
                Some(agent) => {
                    sums.answered(0);
                    tree.set(agent.into(), (now + talk(key)) << 16 | u64::from(agent));
                }
                None => {
                    let gone = now + exponential(key, Purpose::Patience, PATIENCE_US);
                    let number = call as u32;
                    queues[of].push_back(Waiting { entered: now, gone, key, number });
                    alive[call as usize] = true;
                    if EAGER {
                        patience.push(std::cmp::Reverse((gone, number, of as u8)));
                    }
                }
            }
            call += 1;
            continue;
        }
        let group = group_of[slot];
        let taken = skills.types_of[group].iter().find_map(|&of| {
            while let Some(waiting) = queues[of].pop_front() {
                alive[waiting.number as usize] = false;
                if !EAGER && waiting.gone < now {
                    sums.abandoned(waiting.gone - waiting.entered);
                    continue;
                }
                return Some(waiting);
            }
            None
        });
        match taken {
            Some(waiting) => {
                sums.answered(now - waiting.entered);
                tree.set(slot, (now + talk(waiting.key)) << 16 | slot as u64);
            }
            None => {
                tree.set(slot, NONE);
                idle[group].push_back(slot as u16);
            }
        }
    }
    check(&sums, call);
    call
}

/// Who waits in W2.
struct Waiting {
    entered: u64,
    gone: u64,
    key: Key,
    number: u32,
}

/// Lognormal with mean 240 s and cv 1: exp(ln(mean) - s^2 / 2 + s Z) with s^2 = ln 2.
#[inline]
fn talk(key: Key) -> u64 {
    const SIGMA: f64 = 0.832_554_611_157_697_8;
    const MU: f64 = 5.134_065_332_975_013;
    let seconds = centralino::random::math::exp(MU + SIGMA * key.draw(Purpose::TalkTier1).standard_normal());
    (seconds * 1e6) as i64 as u64
}

/// The next call of a type: candidates at the peak rate of 62.5 erlangs, kept in proportion to the rate of their quarter-hour.
#[inline]
fn next_arrival(root: Key, of: usize, mut now: u64, mut number: u64) -> (u64, u64) {
    const GAP_US: f64 = SERVICE_US / 62.5;
    loop {
        let key = root.cell(of as u64).item(number);
        now += exponential(key, Purpose::Offset, GAP_US);
        if key.draw(Purpose::Count).uniform() * 1.25 < QUARTERS[(now / 900_000_000 % 96) as usize] {
            return (now, number);
        }
        number += 1;
    }
}

/// 1 + 0.25 sin(2 pi (k + 1/2) / 96) over a day.
static QUARTERS: std::sync::LazyLock<[f64; 96]> = std::sync::LazyLock::new(|| {
    #[allow(clippy::disallowed_methods, reason = "a bench's shape needs no pinned digits")]
    std::array::from_fn(|k| 1.0 + 0.25 * ((k as f64 + 0.5) * std::f64::consts::TAU / 96.0).sin())
});
