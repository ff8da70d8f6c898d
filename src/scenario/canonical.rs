//! The one form of a scenario: what a manifest keeps and what is hashed.

use serde_json::Value;

use super::document::Scenario;

impl Scenario {
    /// The scenario as a JSON document that loads again: every default spelt out, nothing that is absent, names sorted by bytes
    /// (outcomes in declared order).
    pub fn canonical(&self) -> Value {
        // A scenario holds text keys and finite numbers only, for which JSON has a form.
        let mut document = serde_json::to_value(self).unwrap_or_default();
        drop_nulls(&mut document);
        document
    }

    /// The same as text, without white space.
    pub fn canonical_json(&self) -> String {
        self.canonical().to_string()
    }

    /// The [`hash_of`] its [`canonical`](Scenario::canonical) form.
    pub fn hash(&self) -> String {
        hash_of(&self.canonical())
    }
}

/// The 128-bit FNV-1a hash of a canonical form's text as 32 hexadecimal digits: the same on
/// every machine, different for different scenarios but for chance. It guards against mix-ups, not malice.
pub fn hash_of(canonical: &Value) -> String {
    format!("{:032x}", fnv1a_128(canonical.to_string().as_bytes()))
}

/// Takes out the members that are null, at any depth.
pub(super) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => members.retain(|_, value| {
            drop_nulls(value);
            !value.is_null()
        }),
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// FNV-1a with 128 bits (Fowler, Noll and Vo; constants of RFC 9923).
pub(super) fn fnv1a_128(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, &byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a_128(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv1a_128(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
