//! A center of many groups: 30 regions with two topics each, so 60 types, and 90 groups. A contact is offered to its
//! region first, after 20 s to four regions around, after 60 s to all.

use std::fmt::Write as _;

use centralino::model::{self, Model};
use centralino::scenario;

const REGIONS: usize = 30;

/// The scenario, compiled.
pub fn model() -> Model {
    let folder = std::env::temp_dir().join(format!("centralino-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for a scenario");
    let path = folder.join("regions.toml");
    std::fs::write(&path, text()).expect("a scenario is written");
    let loaded = scenario::load(&path, &[]).expect("it loads");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    model::compile(&loaded.scenario).expect("it compiles").model
}

/// 10 erlangs a type; 9 specialists a type and 4 generalists a region, so 660 agents for 600 erlangs.
fn text() -> String {
    let mut text =
        String::from("[scenario]\nname = \"Regions\"\nstart = \"2008-01-01\"\ndays = 1\nrun_in = \"4h\"\n");
    for region in 0..REGIONS {
        for topic in ["p", "q"] {
            type_of(&mut text, region, topic).expect("text takes text");
        }
        let queues = format!("\"p{region}\", \"q{region}\"");
        group(&mut text, &format!("all{region}"), &queues, 4).expect("text takes text");
    }
    text
}

fn type_of(text: &mut String, region: usize, topic: &str) -> std::fmt::Result {
    let near = [1, 2, 28, 29].map(|step| (region + step) % REGIONS);
    let far = (0..REGIONS).filter(|other| *other != region && !near.contains(other));
    let names = |regions: &mut dyn Iterator<Item = usize>| {
        regions.map(|other| format!("\"{topic}{other}_only\"")).collect::<Vec<_>>().join(", ")
    };
    let name = format!("{topic}{region}");
    writeln!(text, "[contact_types.{name}]")?;
    writeln!(text, "service_time = {{ lognormal = {{ mean = \"240s\", sd = \"240s\" }} }}")?;
    writeln!(text, "patience = {{ exponential = \"300s\" }}")?;
    writeln!(text, "[arrivals.{name}]\nper_hour = 150")?;
    writeln!(text, "[queues.{name}.steps.local]\ngroups = [\"{name}_only\", \"all{region}\"]")?;
    writeln!(text, "[queues.{name}.steps.near]\nafter = \"20s\"\nadd = [{}]", names(&mut near.into_iter()))?;
    writeln!(text, "[queues.{name}.steps.far]\nafter = \"60s\"\nadd = [{}]", names(&mut { far }))?;
    writeln!(text, "[routing.{name}]\norder = {}", 10 * region + topic.len() + usize::from(topic == "q"))?;
    writeln!(text, "when = {{ type = [\"{name}\"] }}\nqueue = \"{name}\"")?;
    let serves = (0..REGIONS).map(|step| format!("\"{topic}{}\"", (region + step) % REGIONS));
    group(text, &format!("{name}_only"), &serves.collect::<Vec<_>>().join(", "), 9)
}

fn group(text: &mut String, name: &str, serves: &str, heads: u32) -> std::fmt::Result {
    writeln!(text, "[agent_groups.{name}]\nserves = [{serves}]\nstaffing.heads = {heads}")
}
