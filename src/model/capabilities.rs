//! tmp
/// How patience is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// e
    Eager,
    /// l
    Lazy,
    /// r
    Recursion,
}
