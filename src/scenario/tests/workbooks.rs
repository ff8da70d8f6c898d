//! Sheets of workbooks named in a scenario, and workbooks that are none.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::History;
use super::super::workbook::SheetPath;
use super::{Files, SMALL};
use crate::calendar::Date;

/// The bytes of a zip file with these parts.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs></styleSheet>"#;

/// The bytes of an XLSX file with these sheets, each given as the rows of its `sheetData`.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    zip(&borrowed(&parts(sheets)))
}

fn borrowed(parts: &[(String, String)]) -> Vec<(&str, &str)> {
    parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

fn parts(sheets: &[(&str, &str)]) -> Vec<(String, String)> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, rows)) in (1..).zip(sheets) {
        list += &format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
        relations += &format!(
            r#"<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".into(),
        format!(r#"<workbook xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")));
    parts.push(("xl/styles.xml".into(), STYLES.into()));
    let main = format!(
        r#"<Relationships><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    parts.push(("_rels/.rels".into(), main));
    parts
}

/// The rows of a sheet from those of a CSV file, with each field typed as spreadsheets type what is entered.
fn typed(csv: &str) -> String {
    let cell = |field: &str| match entered(field) {
        None => format!(r#"<c t="inlineStr"><is><t>{field}</t></is></c>"#),
        Some((value, style)) => format!(r#"<c s="{style}"><v>{value}</v></c>"#),
    };
    let row = |line: &str| format!("<row>{}</row>", line.split(',').map(cell).collect::<String>());
    csv.lines().map(row).collect()
}

/// The number that stands for a field and the number of its style in [`STYLES`].
fn entered(field: &str) -> Option<(f64, u8)> {
    // Day 0 of spreadsheets, from March 1900 on.
    let day_0 = Date::new(1899, 12, 30)?;
    let day = |text: &str| Some(day_0.days_until(text.parse().ok()?) as f64);
    let time = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some((hours.parse::<f64>().ok()? * 60.0 + minutes.parse::<f64>().ok()?) / 1440.0)
    };
    let number = field.parse().ok().map(|number| (number, 0));
    let date = || day(field).map(|days| (days, 1));
    let clock = || time(field).map(|days| (days, 2));
    let both = || field.split_once(' ').and_then(|(date, at)| Some((day(date)? + time(at)?, 3)));
    number.or_else(date).or_else(clock).or_else(both)
}

/// The rows of an ODS sheet from those of a CSV file, typed likewise.
fn typed_ods(csv: &str) -> String {
    let cell = |field: &str| {
        let said = match (entered(field), field.split_once([':', ' '])) {
            (None, _) => {
                return format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{field}</text:p></table:table-cell>"
                );
            }
            (Some((_, 1)), _) => format!("date\" office:date-value=\"{field}"),
            (Some((_, 2)), Some((hours, minutes))) => {
                format!("time\" office:time-value=\"PT{hours}H{minutes}M00S")
            }
            (Some((_, 3)), Some((date, time))) => format!("date\" office:date-value=\"{date}T{time}:00"),
            (Some((number, _)), _) => format!("float\" office:value=\"{number}"),
        };
        format!("<table:table-cell office:value-type=\"{said}\"/>")
    };
    let row = |line: &str| {
        format!("<table:table-row>{}</table:table-row>", line.split(',').map(cell).collect::<String>())
    };
    csv.lines().map(row).collect()
}

/// The bytes of an ODS file with these sheets.
fn ods(sheets: &[(&str, &str)]) -> Vec<u8> {
    let sheet =
        |(name, rows): &(&str, &str)| format!("<table:table table:name=\"{name}\">{rows}</table:table>");
    let sheets: String = sheets.iter().map(sheet).collect();
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// One table of each kind, under the name that its key has below.
const TABLES: [(&str, &str); 8] = [
    ("day", "type,day,start,weight\ntaxes,,00:00,0.1\ntaxes,,08:30,1\ntaxes,sat,00:00,1\n"),
    ("month", "month,weight\njan,1.1\n2,0.9\nAugust,0.5\n"),
    ("weekday", "type,day,weight\ntaxes,weekday,1.2\ntaxes,saturday,0.4\n"),
    ("volumes", "type,yearly,per_day\ntaxes,310000,5\n"),
    (
        "history",
        "start,offered,abandoned\n2007-06-18 00:00,2,0\n2007-06-18 09:15,10.5,1\n2007-06-18 09:30,3,0\n2007-06-19 00:00,7,0\n",
    ),
    (
        "staffing",
        "group,day,start,heads\nt1,weekday,08:30,12\nt1,2008-06-18,09:00,3\nt1,,20:00,0\nt2,,00:00,4\n",
    ),
    ("roster", "day,shift,heads\nmon,early,12\n2008-06-17,early,3\n"),
    ("seconds", "seconds\n30\n45.5\n"),
];

/// A scenario that has each of [`TABLES`] from where `at` says.
fn with_tables(at: impl Fn(&str) -> String) -> String {
    let text = SMALL
        .replace("per_day = 1_200", &format!("yearly = \"{}\"\nmonth = \"{}\"", at("volumes"), at("month")))
        .replace(
            "day = { \"00:00\" = 0.1, \"08:00\" = 1, \"20:00\" = 0.3 }",
            &format!("day = \"{}\"", at("day")),
        )
        .replace("weekday = { sat = 0.4, sun = 0.2 }", &format!("weekday = \"{}\"", at("weekday")))
        .replace("wrap_up = \"30s\"", &format!("wrap_up = {{ empirical = \"{}\" }}", at("seconds")))
        .replace(
            "staffing = { heads = { \"00:00\" = 3, \"08:00\" = 20 } }",
            &format!("staffing.file = \"{}\"", at("staffing")),
        )
        .replace(
            "staffing = { heads = 4, sunday = [1, 2] }",
            &format!("staffing.roster = \"{}\"", at("roster")),
        );
    text + &format!(
        "[arrivals.more]\ntype = \"taxes\"\ncounts = \"offered\"\nhistory = \"{}\"\n",
        at("history")
    ) + "[shifts.early]\nstart = \"07:00\"\nend = \"15:00\"\n"
}

#[test]
fn a_scenario_is_the_same_whether_its_tables_are_texts_or_sheets() {
    let text = with_tables(|name| format!("{name}.csv"));
    let named: Vec<(String, &str)> = TABLES.iter().map(|(name, csv)| (format!("{name}.csv"), *csv)).collect();
    let mut list: Vec<(&str, &str)> = named.iter().map(|(name, csv)| (name.as_str(), *csv)).collect();
    let (from_xlsx, from_ods) =
        (with_tables(|name| format!("t.xlsx#{name}")), with_tables(|name| format!("t.ods#{name}")));
    list.extend([
        ("csv.toml", text.as_str()),
        ("xlsx.toml", from_xlsx.as_str()),
        ("ods.toml", from_ods.as_str()),
    ]);
    let files = Files::new(&list);
    let sheets = |typed: fn(&str) -> String| TABLES.map(|(name, csv)| (name.to_string(), typed(csv)));
    std::fs::write(files.path("t.xlsx"), xlsx(&borrowed(&sheets(typed)))).unwrap();
    std::fs::write(files.path("t.ods"), ods(&borrowed(&sheets(typed_ods)))).unwrap();
    let scenario = files.scenario("csv.toml", &[]);
    assert_eq!(scenario.agent_groups["t1"].staffing.rows.len(), 3);
    for name in ["xlsx.toml", "ods.toml"] {
        let other = files.scenario(name, &[]);
        assert_eq!(other, scenario, "{name}");
        assert_eq!(other.canonical_json(), scenario.canonical_json(), "{name}");
    }
}

/// `tests/data/tables.xlsx` has two sheets, each with a header in its third row: "Counts" with dates and times, "Staffing" with times.
#[test]
fn a_sheet_is_named_or_the_first() {
    let text = SMALL
        .replace("per_day = 1_200\nday = { \"00:00\" = 0.1, \"08:00\" = 1, \"20:00\" = 0.3 }\nweekday = { sat = 0.4, sun = 0.2 }", "history = \"t.xlsx\"\ncounts = \"offered\"")
        .replace("staffing = { heads = 4, sunday = [1, 2] }", "staffing.file = \"t.xlsx#staffing\"");
    let files = Files::new(&[("a.toml", &text)]);
    std::fs::write(files.path("t.xlsx"), include_bytes!("../../../tests/data/tables.xlsx")).unwrap();
    let scenario = files.scenario("a.toml", &[]);
    let Some(History::Days(days)) = &scenario.arrivals["taxes"].history else { panic!("days") };
    let day = "2007-06-18".parse().unwrap();
    let list = &days.counts[&day];
    assert_eq!(
        (list.len(), list[0], list[36], list[37], days.abandoned[&day][36]),
        (96, 2.0, 12.0, 10.5, 3.0)
    );
    let rows = &scenario.agent_groups["t2"].staffing.rows;
    let rows: Vec<_> = rows.iter().map(|row| format!("{} {}", row.start, row.heads)).collect();
    assert_eq!(rows, ["08:00 4", "18:00 0"]);
    let wrong = files.refused("a.toml", &["arrivals.taxes.counts=handled"]);
    assert!(wrong[0].starts_with("E1010 t.xlsx#Counts:3 arrivals.taxes.history"), "{wrong:?}");
    let said = files.refused("a.toml", &["arrivals.taxes.history=t.xlsx#Count"]);
    assert!(said[0].starts_with("E1012 --set:1 arrivals.taxes.history"), "{said:?}");
    assert!(said[0].contains("did you mean \"Counts\"? sheets: Counts, Staffing"), "{said:?}");
}

/// What is said about a staffing from a file of these bytes.
fn said_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let text =
        SMALL.replace("staffing = { heads = 4, sunday = [1, 2] }", &format!("staffing.file = \"{name}\""));
    let files = Files::new(&[("a.toml", &text)]);
    std::fs::write(files.path(name), bytes).unwrap();
    match files.load("a.toml", &[]) {
        Ok(_) => Vec::new(),
        Err(found) => files.print(&found),
    }
}

const HEADS: &str = "start,heads\n00:00,4\n";

#[test]
fn what_is_wrong_in_a_sheet_is_placed_in_its_row() {
    let said = said_of(
        "t.xlsx",
        &xlsx(&[("Heads", &typed("start,heads,day\n08:00,4,mon\n,,\n09:00,-1,\n#N/A,2,2008-06-18 10:00\n"))]),
    );
    let heads: Vec<_> = said.iter().map(|text| text.split('\n').next().unwrap_or_default()).collect();
    assert_eq!(heads.len(), 3, "{said:#?}");
    assert!(
        heads[0].starts_with("E3009 t.xlsx#Heads:4 agent_groups.t2.staffing.file: heads \"-1\""),
        "{said:#?}"
    );
    assert!(heads[1..].iter().all(|head| head.starts_with("E3009 t.xlsx#Heads:5 ")), "{said:#?}");
    let empty = said_of("t.ods", &ods(&[("Heads", "")]));
    assert!(
        empty[0].starts_with("E1009 t.ods#Heads:1") && empty[0].contains("the table is empty"),
        "{empty:?}"
    );
}

#[test]
fn workbooks_that_are_none_are_refused_and_nothing_panics() {
    for (name, whole) in
        [("t.xlsx", xlsx(&[("A", &typed(HEADS))])), ("t.ods", ods(&[("A", &typed_ods(HEADS))]))]
    {
        assert!(said_of(name, &whole).is_empty());
        for cut in (0..whole.len()).step_by(53) {
            let said = said_of(name, &whole[..cut]);
            assert!(
                said[0].starts_with("E1011 a.toml:") && said[0].contains("save it again"),
                "{cut}: {said:?}"
            );
        }
    }
    for (name, bytes) in [
        ("t.xlsx", HEADS.as_bytes()),
        ("t.ods", b""),
        ("t.xlsx", &zip(&[("a.txt", "a")])),
        ("t.ods", &zip(&[("a.txt", "a")])),
    ] {
        assert!(said_of(name, bytes)[0].starts_with("E1011"), "{name}");
    }
}

/// Damage that a zip's sums do not find, since the parts were packed so.
#[test]
fn workbooks_with_damaged_parts_are_read_or_refused_and_nothing_panics() {
    let whole = parts(&[("A", &typed(HEADS))]);
    let read = |part: usize, text: String| {
        let mut parts = whole.clone();
        parts[part].1 = text;
        SheetPath::of("t.xlsx".as_ref()).unwrap().read(&zip(&borrowed(&parts)))
    };
    let mut refused = 0;
    for (part, (_, text)) in whole.iter().enumerate() {
        assert!(read(part, text.clone()).is_ok());
        for at in (0..text.len()).step_by(3) {
            let damage = ["<", "\"", "/", "9", "-"];
            let damaged = damage.map(|other| format!("{}{other}{}", &text[..at], &text[at + 1..]));
            refused += damaged.into_iter().filter(|text| read(part, text.clone()).is_err()).count();
            refused += usize::from(read(part, text[..at].into()).is_err());
        }
    }
    assert!(refused > 500, "{refused}");
}

#[test]
fn a_small_file_that_unpacks_to_more_than_memory_is_refused() {
    let bomb = " ".repeat(257 * 1024 * 1024);
    let bytes = zip(&[("xl/workbook.xml", &bomb)]);
    assert!(bytes.len() < 1_000_000);
    let said = said_of("t.xlsx", &bytes);
    assert!(
        said[0].starts_with("E1013 a.toml:") && said[0].contains("unpacks to more than 256 MB"),
        "{said:?}"
    );
}

#[test]
fn the_last_place_of_a_sheet_costs_nothing() {
    let row = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let said = said_of("t.xlsx", &xlsx(&[("A", &(typed(HEADS) + row))]));
    assert!(
        said[0].starts_with("E1010 t.xlsx#A:1") && said[0].contains("no column is named \"\""),
        "{said:?}"
    );
}

#[test]
fn places_that_no_sheet_has_are_refused_and_nothing_panics() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="AAAAAAAAAAAAAA1"><v>1</v></c><c r="A99999999999999999999"><v>1</v></c></row>"#;
    let said = said_of("t.xlsx", &xlsx(&[("A", rows)]));
    assert!(said[0].starts_with("E101"), "{said:?}");
    let far = format!(
        "{}<table:table-row table:number-rows-repeated=\"4294967295\"/>{}",
        typed_ods(HEADS),
        typed_ods(HEADS)
    );
    let said = said_of("t.ods", &ods(&[("A", &far)]));
    assert!(said[0].starts_with("E1013") && said[0].contains("beyond row 1048576"), "{said:?}");
}

#[test]
fn a_workbook_of_two_gigabytes_is_not_read() {
    let text = SMALL.replace("staffing = { heads = 4, sunday = [1, 2] }", "staffing.file = \"t.xlsx#A\"");
    let files = Files::new(&[("a.toml", &text)]);
    for name in ["t.xlsx", "t.ods", "t.csv"] {
        std::fs::File::create(files.path(name)).unwrap().set_len(2 << 30).unwrap();
        let said = files.refused("a.toml", &[&format!("agent_groups.t2.staffing.file={name}")]);
        assert!(said[0].starts_with("E1002 --set:1") && said[0].contains("larger than 64 MB"), "{said:?}");
    }
}
