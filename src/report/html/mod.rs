//! A document as one HTML file that opens offline: text and tables as they are, charts drawn by vendored d3 and Observable Plot.
//!
//! The file asks nobody for anything: its policy forbids the browser every request.

mod body;

use self::body::Body;
use super::document::Document;
use super::language::Language;

const CSS: &str = include_str!("report.css");
const JS: &str = include_str!("report.js");
const D3: &str = include_str!("vendor/d3.min.js");
const PLOT: &str = include_str!("vendor/plot.umd.min.js");

/// No request leaves the file; what runs is in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:";

/// The whole page.
pub fn html(document: &Document, language: Language) -> String {
    let body = Body::of(document, language);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"generator\" content=\"centralino {version}\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{CSS}</style>\n</head>\n<body>\n{content}\
         <script type=\"application/json\" id=\"charts\">{charts}</script>\n\
         <script>{D3}</script>\n<script>{PLOT}</script>\n<script>\n{JS}</script>\n</body>\n</html>\n",
        lang = language.code(),
        version = env!("CARGO_PKG_VERSION"),
        title = escaped(&document.title),
        content = body.text,
        charts = script_safe(&body.charts),
    )
}

/// Text as HTML has it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    // Numbers keep their sign on the line.
    safe.replace(" %", "\u{a0}%").replace(" \u{b1} ", "\u{a0}\u{b1}\u{a0}")
}

/// JSON that can end no script element, whatever a scenario's author called things.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_place() {
        assert_eq!(escaped("<b title='\"x\"'>&"), "&lt;b title=&#39;&quot;x&quot;&#39;&gt;&amp;");
        assert_eq!(script_safe("\"</script>\""), "\"\\u003c/script>\"");
    }

    #[test]
    fn the_vendored_scripts_end_where_they_should() {
        for script in [D3, PLOT, JS] {
            assert!(!script.contains("</script"));
        }
    }
}
