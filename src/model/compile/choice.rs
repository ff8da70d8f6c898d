//! Lists of names in conditions.

use super::findings::Findings;
use super::names::Names;
use crate::scenario::OneOrMany;

/// The rows of the names that the document lists at `at`, rising, each once.
pub(super) fn listed(names: &OneOrMany, at: &str, among: &Names<'_>, findings: &mut Findings) -> Vec<usize> {
    let mut rows = Vec::new();
    for (i, name) in names.names().iter().enumerate() {
        let at = if let OneOrMany::One(_) = names { at.to_string() } else { format!("{at}[{i}]") };
        rows.extend(among.resolve(name, &at, findings));
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}
