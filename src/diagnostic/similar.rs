//! The nearest of the names that there are.

/// The candidate that `name` was likely meant to be: the one of least edit distance (insertions, deletions,
/// substitutions and swaps of neighbours each count 1), if that is at most a third of the name's length, at least 1.
/// Ties go to the first. Case and the choice between `-` and `_` do not count.
pub fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = folded(name);
    let tolerated = (wanted.len() / 3).max(1);
    let distances =
        candidates.into_iter().map(|candidate| (distance(&wanted, &folded(candidate)), candidate));
    distances.filter(|&(d, _)| d <= tolerated).min_by_key(|&(d, _)| d).map(|(_, candidate)| candidate)
}

/// Names longer than this are compared by their beginnings.
const LONGEST: usize = 64;

fn folded(name: &str) -> Vec<char> {
    name.chars().take(LONGEST).map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// Optimal string alignment distance (Damerau 1964; Wagner and Fischer 1974, with swaps).
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i * width + j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => cell(&table, width, a, b, i, j),
            };
        }
    }
    table[table.len() - 1]
}

fn cell(table: &[usize], width: usize, a: &[char], b: &[char], i: usize, j: usize) -> usize {
    let at = |i: usize, j: usize| table[i * width + j];
    let substituted = at(i - 1, j - 1) + usize::from(a[i - 1] != b[j - 1]);
    let least = substituted.min(at(i - 1, j) + 1).min(at(i, j - 1) + 1);
    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    if swapped { least.min(at(i - 2, j - 2) + 1) } else { least }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_too_many_is_found_and_another_word_is_not() {
        let queues = ["billing", "taxes", "registry"];
        assert_eq!(did_you_mean("billling", queues), Some("billing"));
        assert_eq!(did_you_mean("taxse", queues), Some("taxes"));
        assert_eq!(did_you_mean("Registry", queues), Some("registry"));
        assert_eq!(did_you_mean("parking", queues), None);
        assert_eq!(did_you_mean("x", []), None);
    }

    #[test]
    fn distances_match_by_hand() {
        let between = |a: &str, b: &str| distance(&folded(a), &folded(b));
        assert_eq!(between("", "abc"), 3);
        assert_eq!(between("kitten", "sitting"), 3);
        assert_eq!(between("ab", "ba"), 1);
        assert_eq!(between("service_time", "service-time"), 0);
    }
}
