//! The engine's bench: the product beside bare kernels, scaled up, on two cores, and its parts by themselves.
//!
//! ```text
//! cargo bench --bench kernel                            everything, as tables
//! cargo bench --bench kernel -- loop                    W1, W2, Milan's day and year, regions, beside bare kernels
//! cargo bench --bench kernel -- scaling                 W1 and W2 ten and a hundred times as large
//! cargo bench --bench kernel -- cores                   64 replications on one core and on two
//! cargo bench --bench kernel -- parts                   event set, random numbers, routing, counters
//! cargo bench --bench kernel -- instructions            instructions a call under callgrind beside the stored ones
//! cargo bench --bench kernel -- instructions --renew    stores them
//! cargo bench --bench kernel -- run w1 lazy 5           one piece of work five times, for a profiler
//! ```
//!
//! Kernels are what one would write by hand for exactly this center, with the same keyed random numbers and nothing but a
//! few sums; everything else is the product's own path from the scenario file on. Runs alternate, and medians are taken,
//! because machines are noisy: read ratios, not times. Instructions repeat, whatever else the machine does.

#![allow(clippy::disallowed_types, reason = "a bench reads the clock")]
#![allow(clippy::expect_used, reason = "a bench that cannot go on panics")]

mod kernels;

use kernels::{clock, cores, instructions, parts, works};

fn main() -> std::process::ExitCode {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [] => {
            compare();
            scale();
            cores::print();
            parts::print();
        }
        ["loop"] => compare(),
        ["scaling"] => scale(),
        ["cores"] => cores::print(),
        ["parts"] => parts::print(),
        ["instructions"] => return instructions::check(),
        ["instructions", "--renew"] => instructions::renew(),
        ["run", ref name @ .., times] => println!("{}", works::run(&name.join(" "), times)),
        _ => {
            eprintln!("unknown: {}; the head of benches/kernel.rs has the words", words.join(" "));
            return 2.into();
        }
    }
    0.into()
}

/// The loop beside bare kernels, and the budget of what it does more.
fn compare() {
    let medians = clock::medians(&works::COMPARED);
    let of = |name: &str| medians.iter().find(|(n, _)| *n == name).map_or(f64::NAN, |&(_, ns)| ns);
    println!("{:<24}{:>8}   {:>6}   beside", "work", "ns/call", "ratio");
    for &(name, ns) in &medians {
        let beside = works::beside(name);
        println!("{name:<24}{ns:>8.1}   {:>6.2}   {beside}", ns / of(beside));
    }
    println!();
    println!("{:<48}{:>8}{:>9}", "budget beside the bare kernel (ns at 30 ns/kernel)", "here", "budget");
    let scale = 30.0 / of("w1 kernel");
    let line = |what: &str, ns: f64, budget: f64| println!("{what:<48}{:>8.1}{budget:>9.1}", ns * scale);
    line("W1 slab and routing", of("w1 lazy deaf") - of("w1 kernel"), 10.0);
    line("W1 eager instead of lazy", of("w1 eager deaf") - of("w1 lazy deaf"), 14.0);
    line("W1 cells: type, queue and group", of("w1 lazy") - of("w1 lazy deaf"), 22.0);
    line("W2 cells: type, queue and group", of("w2 eager") - of("w2 eager deaf"), 22.0);
    line("Milan beyond W2: tiers, needs, retrials", of("milan weekday deaf") - of("w2 eager deaf"), 58.0);
    line("Milan cells: with profiles", of("milan weekday") - of("milan weekday deaf"), 31.0);
    println!();
}

/// W1 and W2 with ten and a hundred times the load and the agents.
fn scale() {
    let medians = clock::medians(&works::SCALED);
    println!("{:<24}{:>8}   ratio to the small one", "work", "ns/call");
    for family in medians.chunks(3) {
        for &(name, ns) in family {
            println!("{name:<24}{ns:>8.1}   {:>6.2}", ns / family[0].1);
        }
    }
    println!();
}
