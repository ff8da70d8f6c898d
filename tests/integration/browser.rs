//! The report of Milan in a real browser: its charts are drawn, nothing is asked of anybody, no error is told, and the figures are the summary's.
//!
//! Needs Chromium (Debian's package `chromium`); where there is none, the test says so and passes:
//!
//! ```text
//! cargo test --release --test integration browser -- --nocapture
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;

/// The first browser of these that there is.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

/// What a browser made of a page.
struct Opened {
    /// The document after its scripts have run.
    dom: String,
    /// What it told, errors among it.
    told: String,
    /// Every request of its network, as it logs them.
    network: String,
}

fn open(browser: &Path, page: &Path, folder: &Path) -> Opened {
    let log = folder.join("network.json");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--window-size=1280,900",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
        ])
        .args(["--enable-logging=stderr", "--v=0", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Opened {
        dom: String::from_utf8(output.stdout).unwrap(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
        network: std::fs::read_to_string(log).unwrap(),
    }
}

fn centralino(folder: &Path, words: &[&str]) {
    let mut command = assert_cmd::Command::cargo_bin("centralino").unwrap();
    command.current_dir(folder).args(words).assert().success();
}

#[test]
fn the_report_of_milan_opens_in_a_browser() {
    let Some(browser) = browser() else {
        eprintln!("skipped: there is no Chromium; apt-get install chromium");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/milano-020202/weekday.toml");
    centralino(folder.path(), &["simulate", scenario.to_str().unwrap(), "--out", "milano", "--quiet"]);
    centralino(folder.path(), &["report", "milano", "--quiet"]);
    let page = folder.path().join("milano/report.html");
    let opened = open(&browser, &page, folder.path());
    is_drawn(&std::fs::read_to_string(&page).unwrap(), &opened, 10);
    asks_nobody(&opened);
    has_the_figures_of(&folder.path().join("milano/summary.json"), &opened.dom);
}

/// A sweep's page has kinds of charts that a run's has not.
#[test]
fn the_report_of_a_sweep_opens_in_a_browser() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/2-three-topics.toml");
    let study = format!(
        "[study]\nname = \"s\"\nbase = {base:?}\nreplications = 2\n\
         [factors.volume]\npath = \"arrivals.*.per_day\"\ntimes = [1.0, 1.3]\n\
         [factors.heads]\npath = \"agent_groups.*.staffing\"\ntimes = [0.9, 1.1]\n"
    );
    std::fs::write(folder.path().join("study.toml"), study).unwrap();
    centralino(folder.path(), &["sweep", "study.toml", "--out", "swept", "--quiet", "--report"]);
    let page = folder.path().join("swept/report.html");
    let opened = open(&browser, &page, folder.path());
    is_drawn(&std::fs::read_to_string(&page).unwrap(), &opened, 7);
    asks_nobody(&opened);
}

/// Every place for a chart has a picture with shapes in it.
fn is_drawn(page: &str, opened: &Opened, at_least: usize) {
    let places = page.matches("<div class=\"plot\"").count();
    assert!(places >= at_least, "{places} charts");
    assert!(
        opened.dom.contains(&format!("data-drawn=\"{places}\"")) && opened.dom.contains("data-errors=\"0\"")
    );
    let figures: Vec<&str> = opened.dom.split("<figure class=\"chart\"").skip(1).collect();
    assert_eq!(figures.len(), places);
    for figure in figures {
        let figure = figure.split("</figure>").next().unwrap();
        let shapes =
            ["<path ", "<rect ", "<circle "].map(|shape| figure.matches(shape).count()).iter().sum::<usize>();
        assert!(figure.contains("<svg") && shapes > 0, "{}", &figure[..200.min(figure.len())]);
    }
    assert!(!opened.told.contains(":CONSOLE"), "{}", opened.told);
}

/// The network's log has no request of the page. What the browser asks on its own account has no origin.
fn asks_nobody(opened: &Opened) {
    assert_eq!(requests(opened), Vec::<String>::new());
}

/// Addresses that a page asked for.
fn requests(opened: &Opened) -> Vec<String> {
    let entries = opened.network.split("\"initiator\":\"").skip(1);
    let of_page = entries.filter(|entry| !entry.starts_with("not an origin"));
    let urls = of_page.filter_map(|entry| entry.split_once("\"url\":\"")?.1.split('"').next());
    urls.filter(|url| !url.starts_with("file:") && !url.starts_with("data:")).map(String::from).collect()
}

/// The test above would see a page that asks.
#[test]
fn a_page_that_asks_is_noticed() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("asks.html");
    std::fs::write(&page, "<img src=\"http://127.0.0.1:9/picture.png\">").unwrap();
    let asked = requests(&open(&browser, &page, folder.path()));
    assert!(asked.iter().any(|url| url == "http://127.0.0.1:9/picture.png"), "{asked:?}");
}

/// Tables hold the very numbers of `summary.json`.
fn has_the_figures_of(summary: &Path, dom: &str) {
    let summary: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(summary).unwrap()).unwrap();
    let number = |value: &serde_json::Value| format!("data-value=\"{}\"", value["mean"].as_f64().unwrap());
    let table = |name: &str| {
        let (_, rest) = dom.split_once(&format!("-{name}\">")).unwrap();
        rest.split("</table>").next().unwrap().to_lowercase()
    };
    let row = |table: &str, name: &str| {
        let head = format!("<th scope=\"row\">{}</th>", name.replace('_', " "));
        table.lines().find(|line| line.contains(&head)).unwrap_or_else(|| panic!("no {name}")).to_string()
    };
    let (queues, topics, groups) = (table("queues"), table("topics-table"), table("agent-groups"));
    for (name, of) in summary["queue"].as_object().unwrap() {
        for measure in ["offered", "answered_over_offered", "speed_of_answer", "wait_p90", "abandonment"] {
            assert!(row(&queues, name).contains(&number(&of["leg"][measure])), "{name} {measure}");
        }
    }
    for (name, of) in summary["contact_type"].as_object().unwrap() {
        for measure in ["offered", "abandonment"] {
            assert!(row(&topics, name).contains(&number(&of["contact"][measure])), "{name} {measure}");
        }
    }
    for (name, of) in summary["agent_group"].as_object().unwrap() {
        assert!(row(&groups, name).contains(&number(&of["time"]["occupancy"])), "{name}");
    }
    let target = &summary["targets"][0]["service_level"];
    assert!(row(&table("scorecard"), "contract_voice").contains(&number(target)));
}
