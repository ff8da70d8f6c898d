//! `centralino report`: a page from saved results, and a word for whatever is wrong with them.

use super::{Desk, Ran};

/// A run of the small center.
fn simulated() -> Desk {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 3 --out results --quiet");
    desk
}

/// Headings, and the names of charts and tables, in the order of the page: what a reader finds, without the vendored scripts.
fn outline(page: &str) -> String {
    let body = page.split("<script").next().unwrap_or_default();
    let wanted =
        ["<h1", "<h2", "<h3", "<figure", "<div class=\"table\"", "<p class=\"empty\"", "<th scope=\"col\""];
    let is_wanted = |line: &&str| wanted.iter().any(|start| line.starts_with(start));
    let lines = body.lines().filter(|line| is_wanted(line) || line.contains("<thead>"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_run_becomes_one_page_that_asks_nobody_for_anything() {
    let desk = simulated();
    assert_eq!(desk.done("report results").out, "results/report.html\n");
    let page = desk.read("results/report.html");
    insta::assert_snapshot!(outline(&page));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert!(page.contains("default-src 'none'"));
    for asks in ["<script src", "<link rel=\"stylesheet\"", "<img", "@import", "url(http"] {
        assert!(!page.contains(asks), "{asks}");
    }
}

#[test]
fn the_page_shows_the_figures_of_the_summary() {
    let desk = simulated();
    desk.done("report results --quiet");
    let (page, summary) = (desk.read("results/report.html"), desk.json("results/summary.json"));
    let (_, queues) = page.split_once("-queues\">").unwrap();
    for (queue, bases) in summary["queue"].as_object().unwrap() {
        let offered = bases["leg"]["offered"]["mean"].as_f64().unwrap();
        let row = queues
            .lines()
            .find(|line| line.to_lowercase().contains(&format!("<th scope=\"row\">{queue}</th>")))
            .unwrap();
        assert!(row.contains(&format!("data-value=\"{offered}\"")), "{row}");
    }
}

#[test]
fn italian_is_italian_and_simulates_nothing_anew() {
    let desk = simulated();
    std::fs::remove_file(desk.path("small.toml")).unwrap();
    desk.done("report results --language it --out elsewhere --quiet");
    let page = desk.read("elsewhere/report.html");
    assert!(page.contains("<html lang=\"it\">") && page.contains("<h2>Livello di servizio nel tempo</h2>"));
    assert!(!desk.path("results/report.html").exists());
    let printed = desk.done("report results --language it --print").out;
    assert!(printed.contains("IN BREVE") && printed.contains("L'argomento"), "{printed}");
}

#[test]
fn a_comparison_has_its_own_report() {
    let desk = Desk::new();
    desk.done("compare small.toml --what-if agent_groups.front.staffing.heads=6 --replications 3 --out compared --quiet");
    desk.done("report compared --quiet");
    insta::assert_snapshot!("comparison", outline(&desk.read("compared/report.html")));
}

/// Channels, offers and counters have chapters where there are any; their cells are those of `measures.csv`, and flows balance, or they would not be drawn.
#[test]
fn whatever_else_there_is_has_a_chapter() {
    let desk = Desk::new();
    desk.write("many.toml", include_str!("many.toml"));
    desk.done("simulate many.toml --replications 2 --out many --quiet --report");
    let page = desk.read("many/report.html");
    let mut measures = csv::Reader::from_path(desk.path("many/measures.csv")).unwrap();
    let measures: Vec<std::collections::BTreeMap<String, String>> =
        measures.deserialize().map(Result::unwrap).collect();
    insta::assert_snapshot!("many", outline(&page));
    let cells = [
        ("districts", "district", "north", "visit", "lead_time", 86_400.0),
        ("districts", "district", "centre", "visit", "no_shows", 1.0),
        ("counters-table", "counter", "town_hall", "visit", "walk_in_wait", 60.0),
        ("counters-table", "counter", "library", "visit", "slot_use", 1.0),
        ("waits-by-counter", "counter", "town_hall", "visit", "booked_wait_p90", 60.0),
        ("waits-by-counter", "counter", "town_hall", "visit", "walk_in_wait_p95", 60.0),
        ("waits-by-service", "service", "card", "visit", "walk_in_wait_p50", 60.0),
        ("waits-by-district", "district", "north", "visit", "booked_wait_p80", 60.0),
        ("services", "service", "card", "visit", "booking_declined", 1.0),
        ("channels-table", "channel", "email", "contact", "time_to_reply", 3600.0),
        ("channels-table", "channel", "chat", "contact", "answered_over_offered", 1.0),
        ("offers-table", "queue", "taxes", "leg", "callbacks_kept", 1.0),
        ("offers-table", "queue", "registry", "leg", "deferral_success", 1.0),
    ];
    for (table, kind, scope, basis, measure, unit) in cells {
        let (_, rows) = page.split_once(&format!("-{table}\">")).unwrap();
        let head = format!("<th scope=\"row\">{}</th>", scope.replace('_', " "));
        let rows = rows.split("</table>").next().unwrap().lines();
        let rows: Vec<&str> = rows.filter(|line| line.to_lowercase().contains(&head)).collect();
        let is_it = |row: &&std::collections::BTreeMap<String, String>| {
            [("scope_kind", kind), ("scope", scope), ("basis", basis), ("measure", measure)]
                .iter()
                .all(|(column, value)| row[*column] == *value)
        };
        let mean: f64 = measures.iter().find(is_it).unwrap()["mean"].parse().unwrap();
        let value = format!("data-value=\"{}\"", mean / unit);
        assert!(rows.iter().any(|row| row.contains(&value)), "{measure} of {scope}: {rows:?}");
    }
    for chart in ["needs-flow", "contacts-flow", "offers-flow", "concurrency", "written-on-time"] {
        let (_, figure) = page.split_once(&format!("id=\"chart-{chart}\"")).unwrap();
        assert!(figure.split("</figure>").next().unwrap().contains("class=\"plot\""), "{chart}");
    }
    let small = simulated();
    small.done("report results --quiet");
    let small = small.read("results/report.html");
    for absent in ["id=\"channels\"", "id=\"offers\"", "id=\"counters\""] {
        assert!(page.contains(absent), "{absent}");
        assert!(!small.contains(absent), "{absent}");
    }
    for absent in ["id=\"campaigns\"", "id=\"web\""] {
        assert!(!small.contains(absent) && !page.contains(absent), "{absent}");
    }
}

/// A center that calls, and whose citizens try the web site first.
const CALLING: &str = r#"
extends = "small.toml"
[contact_types.registry.web]
share = 0.5
solved = 0.4
calls = 0.8
[contact_types.taxes.web]
share = 0.2
solved = 0.5
[agent_groups.front]
cost_per_hour = 25
[campaigns.first_reminders]
list = 40
hours = "Mon-Fri 09:00-18:00"
groups = ["front"]
attempts = 2
spacing = "1h"
answered = 0.5
right_party = 0.8
ring_time = { answered = "10s", unanswered = "25s" }
service_time = { exponential = "60s" }
wrong_party_time = "15s"
[campaigns.surveys]
list = 60
groups = ["experts"]
answered = 0.4
ring_time = { answered = "8s", unanswered = "20s" }
service_time = { exponential = "90s" }
"#;

/// A table with its basis, its rows by kind and name of scope, and its columns' measures.
type Shown<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

/// Campaigns and the web site have chapters where there are any, and their cells are those of `measures.csv`, with half-widths where these have them.
#[test]
fn campaigns_and_the_web_site_have_chapters() {
    let desk = Desk::new();
    desk.write("calling.toml", CALLING);
    desk.done("simulate calling.toml --replications 3 --out calling --quiet --report");
    let page = desk.read("calling/report.html");
    let campaigns = [("campaign", "first_reminders"), ("campaign", "surveys"), ("whole", "")];
    let columns: [Shown<'_>; 3] = [
        (
            "dials",
            "dial",
            &campaigns,
            &["persons_listed", "dials", "dials_answered", "dial_abandonment", "right_party_share"],
        ),
        (
            "persons",
            "dial",
            &campaigns,
            &[
                "persons_reached",
                "persons_exhausted",
                "reach_share",
                "attempts_per_person",
                "agent_time_per_reach",
                "cost_per_reach",
            ],
        ),
        (
            "web-table",
            "need",
            &[("contact_type", "registry"), ("contact_type", "taxes"), ("whole", "")],
            &["web_visits", "web_success", "web_deflected", "web_then_called"],
        ),
    ];
    let mut measures = csv::Reader::from_path(desk.path("calling/measures.csv")).unwrap();
    let measures: Vec<std::collections::BTreeMap<String, String>> =
        measures.deserialize().map(Result::unwrap).collect();
    for (table, basis, scopes, names) in columns {
        let rows = rows_of(&page, table);
        assert_eq!(rows.len(), scopes.len(), "{table}");
        for (&(kind, scope), row) in scopes.iter().zip(&rows) {
            assert_eq!(row.len(), names.len(), "{table} {scope}");
            for (measure, cell) in names.iter().zip(row) {
                let wanted =
                    [("scope_kind", kind), ("scope", scope), ("basis", basis), ("measure", *measure)];
                let is_it = |row: &&std::collections::BTreeMap<String, String>| {
                    let is_whole = kind == "whole";
                    wanted
                        .iter()
                        .all(|(column, value)| row[*column] == *value || (is_whole && *column == "scope"))
                };
                let known = measures.iter().find(is_it).unwrap();
                let (value, has_half) = *cell;
                assert_eq!(value, known["mean"].parse::<f64>().unwrap(), "{measure} {scope}");
                let half: f64 = known["half_width"].parse().unwrap_or_default();
                assert_eq!(has_half, half > 0.0, "{measure} {scope}");
            }
        }
    }
    assert!(page.contains("id=\"campaigns\"") && page.contains("id=\"web\""));
    desk.done("report calling --language it --quiet");
    let italian = desk.read("calling/report.html");
    assert!(italian.contains("<h2>Campagne</h2>") && italian.contains("<h2>Prima il sito web</h2>"));
}

/// The numbers of a table, row by row, and whether each has a half-width.
fn rows_of(page: &str, table: &str) -> Vec<Vec<(f64, bool)>> {
    let (_, rows) = page.split_once(&format!("-{table}\">")).unwrap();
    let rows = rows.split("</table>").next().unwrap_or_default();
    let number = |cell: &str| {
        let value = cell.split('"').next().unwrap_or_default();
        (value.parse().unwrap(), cell.contains("class=\"half\""))
    };
    let numbers = |row: &str| row.split("data-value=\"").skip(1).map(number).collect();
    rows.lines().filter(|row| row.contains("<th scope=\"row\">")).map(numbers).collect()
}

const STUDY: &str = r#"
[study]
name = "Volume and staff"
base = "priced.toml"
replications = 4

[factors.volume]
path = "arrivals.*.per_day"
times = [0.9, 1.2]

[factors.heads]
path = "agent_groups.front.staffing.heads"
values = [5, 8]
"#;

/// A sweep's page is made of what is kept, and its cells are those of the tables.
#[test]
fn a_sweep_has_its_own_report() {
    let desk = Desk::new();
    desk.write("priced.toml", "extends = \"small.toml\"\n[agent_groups.front]\ncost_per_hour = 25\n");
    desk.write("study.toml", STUDY);
    desk.done("sweep study.toml --quiet --out swept --report=it");
    std::fs::remove_file(desk.path("small.toml")).unwrap();
    assert!(desk.read("swept/report.html").contains("<h2>Fin dove reggono gli obiettivi</h2>"));
    let told = desk.done("report swept --xlsx --plots").out;
    assert_eq!(told, "swept/report.html\nswept/report.xlsx\nswept/plots\n");
    let page = desk.read("swept/report.html");
    insta::assert_snapshot!("sweep", outline(&page));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let (_, scenarios) = page.split_once("-scenarios-table\">").unwrap();
    let mut results = csv::Reader::from_path(desk.path("swept/results.csv")).unwrap();
    let mut compared = 0;
    for row in results.deserialize::<std::collections::BTreeMap<String, String>>().map(Result::unwrap) {
        if row["measure"] == "cost" && row["scope_kind"] == "whole" {
            let head = format!("<th scope=\"row\">{}</th>", row["scenario"]);
            let line = scenarios.lines().find(|line| line.contains(&head)).unwrap();
            assert!(line.contains(&format!("data-value=\"{}\"", row["value"])), "{line} {}", row["value"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 1 + 2 * 2);
    let pictures = desk.names("swept/plots");
    for name in ["front-chart.png", "response-1.svg", "tornado-1.svg", "effects-1.svg"] {
        assert!(pictures.contains(&name.to_string()), "{pictures:?}");
    }
    let printed = desk.done("report swept --print").out;
    assert!(printed.contains("WHAT MOVES IT") && printed.contains("with volume +20 %"), "{printed}");
}

/// Parts and unfinished sweeps have no report; what to do is told, and going on writes it.
#[test]
fn a_sweep_without_its_report_says_how_to_get_it() {
    let desk = Desk::new();
    desk.write("priced.toml", "extends = \"small.toml\"\n[agent_groups.front]\ncost_per_hour = 25\n");
    desk.write("study.toml", STUDY);
    desk.done("sweep study.toml --quiet --out part --shard 1/2");
    let told = refused(&desk, "report part");
    assert!(told.contains("E1040") && told.contains("centralino merge"), "{told}");
    desk.done("sweep study.toml --quiet --out swept");
    let before = desk.read("swept/report.json");
    std::fs::remove_file(desk.path("swept/report.json")).unwrap();
    assert!(refused(&desk, "report swept").contains("--resume"));
    desk.done("sweep study.toml --quiet --out swept --resume");
    assert!(desk.read("swept/report.json") == before);
}

/// Cells of the workbook are numbers, and those of the summary.
#[test]
fn the_workbook_has_typed_cells_and_pictures_are_written() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let desk = simulated();
    let told = desk.done("report results --xlsx --plots --out out").out;
    assert_eq!(told, "out/report.html\nout/report.xlsx\nout/plots\n");
    let mut book: Xlsx<_> = open_workbook(desk.path("out/report.xlsx")).unwrap();
    let waits = book.worksheet_range("Waits").unwrap();
    let summary = desk.json("results/summary.json");
    for (queue, bases) in summary["queue"].as_object().unwrap() {
        let offered = bases["leg"]["offered"]["mean"].as_f64().unwrap();
        let row = waits.rows().find(|row| row[0].to_string().to_lowercase() == *queue).unwrap();
        assert!(matches!(row[1], Data::Float(number) if (number - offered).abs() < 1e-9), "{row:?}");
    }
    let names = desk.names("out/plots");
    assert!(names.len() >= 20 && names.contains(&"needs-flow.svg".to_string()), "{names:?}");
    for name in names {
        let bytes = std::fs::read(desk.path("out/plots").join(&name)).unwrap();
        let start: &[u8] = if name.ends_with("svg") { b"<svg" } else { b"\x89PNG" };
        assert!(bytes.starts_with(start) && bytes.len() > 1000, "{name}");
    }
}

#[test]
fn equal_results_have_equal_reports() {
    let desk = simulated();
    for out in ["one", "two"] {
        desk.done(&format!("report results --xlsx --plots --quiet --out {out}"));
    }
    for name in ["report.html", "report.xlsx", "plots/waits.svg", "plots/waits.png"] {
        let bytes = |out: &str| std::fs::read(desk.path(out).join(name)).unwrap();
        assert!(bytes("one") == bytes("two"), "{name}");
    }
}

#[test]
fn simulate_and_compare_write_the_page_if_asked() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 2 --out run --quiet --report");
    desk.done("compare small.toml --what-if agent_groups.front.staffing.heads=6 --replications 2 --out both --quiet --report=it");
    assert!(desk.read("run/report.html").contains("<html lang=\"en\">"));
    let page = desk.read("both/report.html");
    assert!(page.contains("<html lang=\"it\">") && page.contains("2 repliche sono poche"));
}

fn refused(desk: &Desk, line: &str) -> String {
    let Ran { code, out, err } = desk.run(line);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    err
}

#[test]
fn what_is_no_result_is_told() {
    let desk = simulated();
    let file = desk.path("results/report.json");
    let text = desk.read("results/report.json");
    let mut told = vec![refused(&desk, "report nowhere"), refused(&desk, "report .")];
    let mut with = |text: &str| {
        std::fs::write(&file, text).unwrap();
        told.push(refused(&desk, "report results"));
    };
    with(&text[..text.len() / 2]);
    with(&text.replacen("\"shape\":1", "\"shape\":99", 1));
    with("{\"shape\":1,\"version\":\"0.1.0\"}");
    with("no json");
    std::fs::remove_file(&file).unwrap();
    told.push(refused(&desk, "report results"));
    insta::with_settings!({filters => vec![(r"column \d+", "column N"), (r"line \d+", "line N")]}, {
        insta::assert_snapshot!(told.join("\n"));
    });
}
