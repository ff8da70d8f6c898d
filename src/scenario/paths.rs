//! Dotted paths: `agent_groups.t2.serves[0]`, `queues."a.b".steps`.

use super::tree::Segment;

/// The path of `key` within `parent`; a key that would be misread stands in quotes.
pub fn join(parent: &str, key: &str) -> String {
    let plain = !key.is_empty()
        && !key.contains(|c: char| ".[]\"'\\=".contains(c) || c.is_whitespace() || c.is_control());
    let key = if plain { key.into() } else { quoted(key) };
    if parent.is_empty() { key } else { format!("{parent}.{key}") }
}

/// The path of an item of the list `parent`, from 0.
pub fn join_index(parent: &str, index: usize) -> String {
    format!("{parent}[{index}]")
}

fn quoted(key: &str) -> String {
    format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Segments as a dotted path.
pub fn to_text(segments: &[Segment]) -> String {
    segments.iter().fold(String::new(), |path, segment| match segment {
        Segment::Key(key) => join(&path, key),
        Segment::Index(index) => join_index(&path, *index),
    })
}

/// The segments of a dotted path; names in quotes (`"` with backslashes, `'` without) may hold anything.
///
/// # Errors
/// What is wrong, in words.
pub fn parse(path: &str) -> Result<Vec<Segment>, String> {
    let (mut segments, mut rest) = (Vec::new(), path.trim());
    loop {
        let (key, after) = take_key(rest)?;
        segments.push(Segment::Key(key));
        rest = after;
        while let Some(after) = rest.strip_prefix('[') {
            let (index, after) = after.split_once(']').ok_or("a \"[\" has no \"]\"")?;
            let index = index.trim().parse().map_err(|_| format!("\"[{index}]\" is no place in a list"))?;
            segments.push(Segment::Index(index));
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Ok(segments),
            None => return Err(format!("\"{rest}\" follows without a dot")),
        }
    }
}

fn take_key(text: &str) -> Result<(String, &str), String> {
    if let Some(inner) = text.strip_prefix('\'') {
        let (key, after) = inner.split_once('\'').ok_or("a quote is not closed")?;
        return Ok((key.into(), after));
    }
    if let Some(inner) = text.strip_prefix('"') {
        return take_quoted(inner);
    }
    let len = text.find(['.', '[']).unwrap_or(text.len());
    let (key, after) = text.split_at(len);
    if key.trim().is_empty() { Err("a name is missing".into()) } else { Ok((key.trim().into(), after)) }
}

fn take_quoted(inner: &str) -> Result<(String, &str), String> {
    let (mut key, mut escaped) = (String::new(), false);
    for (at, c) in inner.char_indices() {
        match c {
            '"' if !escaped => return Ok((key, &inner[at + 1..])),
            '\\' if !escaped => escaped = true,
            _ => {
                key.push(c);
                escaped = false;
            }
        }
    }
    Err("a quote is not closed".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_back_whatever_the_names_hold() {
        for key in
            ["t2", "a.b", "a b", "", "x[0]", "say \"hi\"", "back\\slash", "città", "08:00", "a'b", "a=b"]
        {
            let path = join_index(&join("queues", key), 3);
            let segments = [Segment::Key("queues".into()), Segment::Key(key.into()), Segment::Index(3)];
            assert_eq!(parse(&path).as_deref(), Ok(segments.as_slice()), "{path}");
            assert_eq!(to_text(&segments), path);
        }
        assert_eq!(join("a", "b.c"), "a.\"b.c\"");
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[0]b", "\"a", "'a"] {
            assert!(parse(path).is_err(), "{path}");
        }
    }
}
