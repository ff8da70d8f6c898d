//! Random numbers that a scenario is read off.

/// Random numbers that are read one after the other; past the end come zeros.
pub(super) struct Tape<'t>(pub(super) std::slice::Iter<'t, u32>);

impl Tape<'_> {
    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.next().copied().unwrap_or(0) as usize % n
    }

    /// True so many times in a hundred; false on an empty tape.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub(super) fn one_of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    /// Names `prefix0`, `prefix1` ... in random order, the first so many of `count`.
    pub(super) fn shuffled(&mut self, prefix: &str, count: usize) -> Vec<String> {
        let mut names: Vec<String> = (0..count).map(|i| format!("{prefix}{i}")).collect();
        for i in 0..count {
            let other = i + self.below(count - i);
            names.swap(i, other);
        }
        names
    }
}
