//! What reading found, in the words that users see.

use super::paths;
use super::reading::Trouble;
use super::repair::Finding;
use crate::diagnostic::{Code, Diagnostic};

/// A finding as a diagnostic, without its place.
pub fn diagnostic(finding: &Finding) -> Diagnostic {
    let path = paths::to_text(&finding.path);
    match &finding.trouble {
        Trouble::WrongType { found, expected } => {
            Diagnostic::new(Code::WRONG_TYPE, path, format!("expected {expected}, found {found}"))
        }
        Trouble::UnknownKey { key, known } => {
            Diagnostic::new(Code::UNKNOWN_KEY, path, format!("no key is named \"{key}\" here"))
                .with_candidates(key, "keys", known.iter().map(String::as_str))
        }
        Trouble::UnknownWord { word, known } => {
            Diagnostic::new(Code::UNKNOWN_NAME, path, format!("\"{word}\" is none of the words allowed here"))
                .with_candidates(word, "words", known.iter().map(String::as_str))
        }
        Trouble::Missing { key } => {
            let path = paths::join(&path, key);
            Diagnostic::new(Code::MISSING_KEY, path, format!("the key \"{key}\" is missing"))
        }
        Trouble::Undeclared { name, known } => {
            let message = format!("the path addresses nothing: \"{name}\" is not declared");
            Diagnostic::new(Code::OVERRIDE, path, message).with_candidates(
                name,
                "declared",
                known.iter().map(String::as_str),
            )
        }
        Trouble::Said(message) => Diagnostic::new(code_of(message), path, message.clone()),
    }
}

/// The code of what a type said about its text; the words are those of `Span`, `Clock`, `Date` and `Distribution`.
fn code_of(message: &str) -> Code {
    const WORDS: [(&str, Code); 7] = [
        ("is no duration", Code::BAD_DURATION),
        ("a duration needs a unit", Code::BAD_DURATION),
        ("is more than a century", Code::BAD_DURATION),
        ("is no time of day", Code::BAD_CLOCK),
        ("is no date", Code::BAD_DATE),
        ("a distribution has one family", Code::BAD_DISTRIBUTION),
        ("name a family", Code::BAD_DISTRIBUTION),
    ];
    WORDS.into_iter().find(|(words, _)| message.contains(words)).map_or(Code::BAD_VALUE, |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Clock, DateText, Span};

    #[test]
    fn what_the_types_say_has_their_codes() {
        let span = |text: &str| text.parse::<Span>().unwrap_err().to_string();
        assert_eq!(
            [span("9"), span(""), span("99999999d")].map(|said| code_of(&said)),
            [Code::BAD_DURATION; 3]
        );
        assert_eq!(code_of(&"25:00".parse::<Clock>().unwrap_err().to_string()), Code::BAD_CLOCK);
        assert_eq!(code_of(&"2008-02-30".parse::<DateText>().unwrap_err().to_string()), Code::BAD_DATE);
        assert_eq!(code_of("anything else"), Code::BAD_VALUE);
    }
}
